"""Scenes of the phone: what one allows, and what comes."""

from typing import Any

from story.graph import outcome
from story.stage import Person, Stage
from story.stopped import check
from story.waiting import until
from story.words import in_zh

_LONGEST_PAGE = 100


async def have_templates(stage: Stage, person: Person) -> dict[str, str]:
    """Have the mini-program's templates in WeChat's console; return each kind's id."""
    answer = await stage.ask(person, "NoticeTemplates")
    templates = answer.field("noticeTemplates")
    ids = {each["kind"]: each["wechatTemplateId"] for each in templates}
    for kind, template_id in ids.items():
        await stage.phones.have_template(stage.mini_program.app_id, template_id, kind)
    return ids


async def allow(
    stage: Stage, person: Person, templates: dict[str, str], *kinds: str, times: int
) -> None:
    """Tap `allow` so many times; each allows one message of each kind."""
    with stage.narrator.step(
        person.who,
        f"{person.who}点了{times}次“允许”：一次允许一条消息，没允许的在小程序里等。",
        "Each tap allows one message of a kind; what is not allowed waits in the app.",
    ) as step:
        app_id = stage.mini_program.app_id
        for _ in range(times):
            await stage.phones.allow(person.who, app_id, [templates[kind] for kind in kinds])
            code = await stage.phones.login_code(person.who, app_id)
            made = await stage.do(
                person, "RecordGrant", "recordGrant", wechatCode=code, templates=list(kinds)
            )
        allowed = outcome(made, "RecordGrantSuccess")["allowed"]
        step.saw("，".join(f"{in_zh(each['template'])} {each['left']} 条" for each in allowed))


async def notices_of(stage: Stage, person: Person, **about: str) -> list[Any]:
    """Return what the app tells of one matter or voucher, the first first."""
    answer = await stage.ask(person, "MyNotices", first=_LONGEST_PAGE)
    nodes = answer.field("myNotices")["nodes"]
    return [n for n in reversed(nodes) if all(n[key] == value for key, value in about.items())]


async def wait_inside(stage: Stage, staff: Person, issue_id: str, kind: str) -> None:
    """Wait until a notice was found to have no grant."""

    async def look() -> Any:
        answer = await stage.ask(staff, "Notifications", issueId=issue_id)
        nodes = answer.field("notifications")["nodes"]
        return [each["delivery"]["state"] for each in nodes if each["kind"] == kind]

    await until(f"{kind} waits in the app", look, lambda states: states == ["NO_GRANT"])


async def follows(stage: Stage, reporter: Person, issue_id: str) -> None:
    """Wait until she is known as the reporter: her comment was joined by an event."""
    with stage.narrator.step(
        "系统",
        f"系统知道这件事是{reporter.who}反映的，往后每一步都告诉她。",
        "She is the reporter of the issue and its first follower.",
    ) as step:

        async def look() -> Any:
            return (await stage.ask(reporter, "MyMatter", id=issue_id)).field("publicIssue")

        matter = await until("she is the reporter", look, lambda seen: bool(seen["mine"]))
        step.saw(f"{matter['publicText']}  [{in_zh(matter['state'])}]")


async def see_what_came(stage: Stage, person: Person, issue_id: str, *, after: int) -> None:
    """See what came to the phone, in order, and what waits in the app."""
    with stage.narrator.step(
        person.who,
        f"{person.who}的手机上来了三条，其余的在小程序里，一条不少。",
        "Three messages came to the phone, as allowed; the app has every one.",
    ) as step:
        came = await comes_to_the_phone(stage, person, 3, after=after)
        for text in came:
            step.saw(f"手机：{text}")

        async def look() -> list[Any]:
            return await notices_of(stage, person, issueId=issue_id)

        notices = await until(
            "the app tells of the repair",
            look,
            lambda seen: bool(seen) and seen[-1]["kind"] == "ISSUE_RESOLVED",
        )
        step.saw("小程序：" + "，".join(each["headline"] for each in notices))


async def comes_to_the_phone(stage: Stage, person: Person, texts: int, *, after: int) -> list[str]:
    """Wait until so many messages have come after a number; return them in order."""

    async def look() -> list[str]:
        received = await stage.phones.received(person.who)
        return [
            str(item["text"])
            for item in received
            if item["kind"] == "subscribe_message" and item["number"] > after
        ]

    came = await until(f"{texts} messages on the phone", look, lambda seen: len(seen) >= texts)
    check(len(came) == texts, f"{texts} messages and no more", came)
    return came
