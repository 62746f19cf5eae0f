"""Scenes of who is who: residents log in by WeChat, and somebody who knows them says so."""

from typing import Any

from demo_community.story_people import TIAN, WANG, StoryPerson

from story.graph import outcome
from story.prologue import mini_program
from story.prologue.figures import Found, Population
from story.prologue.mini_program import Claim
from story.stage import Person, Stage
from story.stopped import check
from story.words import in_zh

_LONGEST_PAGE = 100


async def become_steward(stage: Stage, clerk: Person, population: Population) -> Person:
    """Have the clerk verify the steward; his next token is for his estate."""
    await mini_program.connect(stage)
    estate_id = population.estate_id(WANG.estate)
    with stage.narrator.step(
        WANG.nickname,
        f"{WANG.nickname}用微信登录小程序，同意隐私政策，申请绑定自己家。",
        "Master Wang logs in by WeChat, agrees to the policies and says where he lives.",
    ) as step:
        wang, roles = await mini_program.open_by(stage, WANG)
        claim = await _claimed_after_agreeing(stage, wang, WANG)
        step.saw(f"角色 {'、'.join(in_zh(role) for role in sorted(roles))}")
    await _verify(stage, clerk, WANG, claim)
    with stage.narrator.step(
        WANG.nickname,
        f"{WANG.nickname}被任命为{WANG.estate}的管家，新令牌里就带着这个小区。",
        "He was appointed steward: his next token carries that estate, and no other.",
    ) as step:
        steward, scope = await mini_program.open_with_role(stage, wang, WANG, "STEWARD")
        check(scope == [estate_id], f"a steward of {estate_id}", scope)
        step.saw(f"管家：{WANG.estate}")
    return steward


async def bind_tian(stage: Stage, steward: Person, population: Population, tian: Found) -> None:
    """Have the steward verify her; then she sees her own home and nobody else's."""
    estate_id = population.estate_id(TIAN.estate)
    person = await _log_in(stage, TIAN)
    household_id = await _is_asked_first(stage, person)
    check(household_id == tian.household_id, f"the household {tian.household_id}", household_id)
    with stage.narrator.step(
        TIAN.nickname,
        f"{TIAN.nickname}同意隐私政策，再申请绑定{TIAN.door}。",
        "She agrees to the policies, and asks to be bound to her household.",
    ) as step:
        claim = await _claimed_after_agreeing(stage, person, TIAN)
        step.saw("等管家或社区核对")
    await _verify(stage, steward, TIAN, claim)
    with stage.narrator.step(
        TIAN.nickname,
        f"{TIAN.nickname}再打开小程序：看到自己家，名字打码。",
        "Her next token is for her estate; she sees her own household.",
    ) as step:
        bound, scope = await mini_program.open_with_role(stage, person, TIAN, "RESIDENT")
        check(scope == [estate_id], f"a resident of {estate_id}", scope)
        answer = await stage.ask(bound, "Me")
        me, homes = answer.field("me"), answer.field("myHouseholds")
        (binding,) = me["bindings"]
        check(binding["state"] == "VERIFIED", "a verified binding", me)
        check(binding["resident"]["id"] == tian.resident_id, "bound to her entry", me)
        check([home["id"] for home in homes] == [tian.household_id], "her home alone", homes)
        check(TIAN.name not in answer.body, "nobody in clear", answer.body)
        step.saw(f"{binding['resident']['maskedName']}  {me['maskedPhone']}")
        step.saw(f"{homes[0]['door']}：{'、'.join(x['maskedName'] for x in homes[0]['residents'])}")


async def _log_in(stage: Stage, who: StoryPerson) -> Person:
    with stage.narrator.step(
        who.nickname,
        f"{who.nickname}用微信登录小程序，授权手机号。",
        "Aunt Tian logs in by WeChat and gives her number: a resident of nothing yet.",
    ) as step:
        person, roles = await mini_program.open_by(stage, who)
        check(set(roles) == {"RESIDENT"}, "a resident and nothing else", roles)
        shown = await mini_program.give_number(stage, person)
        check(who.phone not in shown, "a masked number", shown)
        step.saw(f"{shown}，还没有绑定住户")
    return person


async def _is_asked_first(stage: Stage, person: Person) -> str:
    """See that nothing is taken of somebody who has not agreed; return her household's id."""
    with stage.narrator.step(
        TIAN.nickname,
        f"{TIAN.nickname}选小区、楼、单元、门牌。没同意隐私政策之前，系统不收。",
        "She finds her door; before she has agreed, nothing is taken.",
    ) as step:
        household_id = await mini_program.find_home(stage, person, TIAN)
        answered = await mini_program.claim(stage, person, TIAN, household_id)
        if answered["__typename"] == "RequestBindingSuccess":
            step.saw("上次中断之前她已经同意")
            return household_id
        check(answered["__typename"] == "ConsentRequired", "outcome ConsentRequired", answered)
        step.saw(f"{answered['code']}：{answered['message']}")
    return household_id


async def _claimed_after_agreeing(stage: Stage, person: Person, who: StoryPerson) -> Claim:
    await mini_program.give_number(stage, person)
    await mini_program.agree(stage, person, who)
    household_id = await mini_program.find_home(stage, person, who)
    return mini_program.claimed(await mini_program.claim(stage, person, who, household_id))


async def _verify(stage: Stage, staff: Person, who: StoryPerson, claim: Claim) -> None:
    with stage.narrator.step(
        staff.who,
        f"{staff.who}核对{who.nickname}的申请：姓名、手机号与档案一致。",
        "Whoever verifies sees a masked claim with its hints, and says who it is.",
    ) as step:
        if claim.is_verified:
            step.saw("上次已经核对过")
            return
        waiting = await _waiting(stage, staff, claim)
        (candidate,) = [each for each in waiting["candidates"] if each["nameMatches"]]
        check(candidate["phoneMatches"] is True, "the same phone", candidate)
        check(who.name not in str(waiting), "nobody in clear", waiting)
        check(who.phone not in str(waiting), "no phone in clear", waiting)
        step.saw(
            f"申请人 {waiting['binding']['claimedName']}  {waiting['maskedPhone']}，"
            f"{waiting['binding']['household']['door']}"
        )
        step.saw(f"档案里 {candidate['maskedName']}  {candidate['maskedPhone']}：姓名、手机号相符")
        made = await stage.do_once(
            staff,
            "VerifyBinding",
            "verifyBinding",
            f"{mini_program.once_of(who)}-verified",
            bindingId=claim.binding_id,
            residentId=candidate["residentId"],
        )
        outcome(made, "VerifyBindingSuccess")


async def _waiting(stage: Stage, staff: Person, claim: Claim) -> Any:
    answer = await stage.ask(staff, "BindingsToVerify", first=_LONGEST_PAGE)
    nodes = answer.field("bindingsToVerify")["nodes"]
    found = [node for node in nodes if node["binding"]["id"] == claim.binding_id]
    check(len(found) == 1, f"the claim {claim.binding_id} waits", nodes)
    return found[0]
