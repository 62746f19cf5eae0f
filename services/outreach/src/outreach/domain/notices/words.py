"""What is said of something that happened: sentences made of the facts, and of nothing else."""

from datetime import date

import msgspec

from outreach.domain.notices.kinds import NoticeKind

HEADLINE_MAX_LENGTH = 20
"""What WeChat takes in a field `thing`."""
STATUS_MAX_LENGTH = 5
"""What WeChat takes in a field `phrase`, Chinese characters alone."""

PARTIES = {
    "water": "供水公司",
    "power": "供电公司",
    "gas": "燃气公司",
    "heating": "供热公司",
    "telecom": "通信公司",
    "property": "物业公司",
    "sub_district": "街道",
    "district": "区级部门",
    "neighbour": "相关方",
    "other": "相关单位",
}
"""As issues name them in the timeline."""


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What a person reads.

    Attributes:
        headline: at most 20 characters.
        status: one to five Chinese characters.
        text: one or two whole sentences.
        amount_fen: of a voucher's notice.
    """

    kind: NoticeKind
    headline: str
    status: str
    text: str
    amount_fen: int | None = None


def acknowledged() -> Words:
    """The staff have taken notice of an issue."""
    return Words(
        kind=NoticeKind.ISSUE_ACKNOWLEDGED,
        headline="社区已签收您关心的事项",
        status="已签收",
        text="社区已签收您关心的事项，正在安排处理。",
    )


def assigned() -> Words:
    """Somebody has been named for it."""
    return Words(
        kind=NoticeKind.ISSUE_ASSIGNED,
        headline="事项已安排专人负责",
        status="已派单",
        text="您关心的事项已安排专人负责。",
    )


def started() -> Words:
    """Somebody is at work."""
    return Words(
        kind=NoticeKind.ISSUE_STARTED,
        headline="工作人员已开始处理",
        status="处理中",
        text="工作人员已开始处理您关心的事项。",
    )


def waiting() -> Words:
    """It depends on somebody outside."""
    return Words(
        kind=NoticeKind.ISSUE_WAITING,
        headline="正在等待有关单位配合",
        status="等待中",
        text="您关心的事项需要有关单位配合，正在等待对方处理，有进展会再告诉您。",
    )


def resumed() -> Words:
    """It no longer does."""
    return Words(
        kind=NoticeKind.ISSUE_RESUMED,
        headline="等待结束，继续处理",
        status="处理中",
        text="等待已结束，工作人员继续处理您关心的事项。",
    )


def escalated() -> Words:
    """A higher level deals with it."""
    return Words(
        kind=NoticeKind.ISSUE_ESCALATED,
        headline="事项已提请上级协调",
        status="已上报",
        text="您关心的事项已提请上级协调处理。",
    )


def rejected() -> Words:
    """Nothing will be done; why, the issue's page says."""
    return Words(
        kind=NoticeKind.ISSUE_REJECTED,
        headline="事项不予办理，请查看原因",
        status="不予办理",
        text="社区决定不予办理您关心的事项，请打开查看原因。",
    )


def duplicate() -> Words:
    """It is the same matter as another one; which, the issue's page says where it is public."""
    return Words(
        kind=NoticeKind.ISSUE_DUPLICATE,
        headline="事项已并入相同事项办理",
        status="已合并",
        text="您关心的事项与已有事项相同，已合并办理，请打开查看；合并后的事项已公开的，进展会继续通知您。",
    )


def round_recorded(number: int, party_kind: str, promise_due_on: date | None) -> Words:
    """Somebody outside was spoken to; `number` counts from 1."""
    contact = f"第{number}次联系{_party(party_kind)}"
    short = long = contact
    if promise_due_on is not None:
        day = f"{promise_due_on.month}月{promise_due_on.day}日"
        short, long = (
            f"{contact}，承诺{day}",
            f"{contact}，对方承诺{promise_due_on.year}年{day}前处理",
        )
    return Words(
        kind=NoticeKind.ROUND_RECORDED,
        headline=_short(short),
        status="协调中",
        text=f"社区{long}。",
    )


def promise_settled(party_kind: str, outcome: str) -> Words:
    """Somebody outside kept a promise, late or not, or broke it."""
    party = _party(party_kind)
    headline, status, text = {
        "kept": (f"{party}兑现了承诺", "已兑现", f"{party}按时兑现了承诺。"),
        "late": (f"{party}逾期兑现了承诺", "逾期兑现", f"{party}兑现了承诺，但晚于约定日期。"),
    }.get(
        outcome,
        (f"{party}未兑现承诺", "未兑现", f"{party}没有兑现承诺，社区会继续协调。"),
    )
    return Words(
        kind=NoticeKind.PROMISE_SETTLED, headline=_short(headline), status=status, text=text
    )


def resolved(photo_count: int) -> Words:
    """The work is done, as far as the staff can say."""
    proof = f"，附现场照片 {photo_count} 张" if photo_count else ""
    return Words(
        kind=NoticeKind.ISSUE_RESOLVED,
        headline="事项已办结，请查看",
        status="已办结",
        text=f"您关心的事项已办结{proof}。反映人可以打开确认并评价。",
    )


def confirmed(how: str, rating: int | None) -> Words:
    """It is over: by the person's word, by the staff's, or because nobody objected."""
    headline, text = {
        "reporter": ("反映人已确认办结", "反映人已确认事项办结"),
        "on_behalf": ("已代反映人确认办结", "工作人员已代反映人确认事项办结"),
    }.get(how, ("事项到期自动确认办结", "事项办结后到期没有异议，自动确认"))
    rated = f"，评价 {rating} 星" if rating is not None else ""
    return Words(
        kind=NoticeKind.ISSUE_CONFIRMED, headline=headline, status="已确认", text=f"{text}{rated}。"
    )


def reopened() -> Words:
    """It was not over."""
    return Words(
        kind=NoticeKind.ISSUE_REOPENED,
        headline="事项已重新办理",
        status="重新办理",
        text="您关心的事项已重新办理。",
    )


def voucher_claimed(how: str, face_value_fen: int) -> Words:
    """A person has a voucher now, by asking or as thanks for a rating."""
    headline = "感谢评价，送您一张卡券" if how == "reward" else "您领到一张卡券"
    return Words(
        kind=NoticeKind.VOUCHER_CLAIMED,
        headline=headline,
        status="已领取",
        text=f"{headline}，面值 {yuan(face_value_fen)}。",
        amount_fen=face_value_fen,
    )


def voucher_redeemed(amount_fen: int, remaining_fen: int) -> Words:
    """Some of a voucher was spent."""
    return Words(
        kind=NoticeKind.VOUCHER_REDEEMED,
        headline="卡券已使用",
        status="已使用",
        text=f"您的卡券本次使用 {yuan(amount_fen)}，剩余 {yuan(remaining_fen)}。",
        amount_fen=amount_fen,
    )


def voucher_reversed(amount_fen: int) -> Words:
    """What was spent is back."""
    return Words(
        kind=NoticeKind.VOUCHER_REVERSED,
        headline="一笔卡券使用已撤销",
        status="已撤销",
        text=f"您的一笔卡券使用已撤销，退回 {yuan(amount_fen)}。",
        amount_fen=amount_fen,
    )


def voucher_expired(released_fen: int) -> Words:
    """What was not spent in time is gone."""
    return Words(
        kind=NoticeKind.VOUCHER_EXPIRED,
        headline="卡券已过期",
        status="已过期",
        text=f"您的卡券已过期，未使用的 {yuan(released_fen)}已失效。",
        amount_fen=released_fen,
    )


def yuan(fen: int) -> str:
    """An amount as people read it, in whole fen."""
    return f"{fen // 100}.{fen % 100:02d} 元"


def _party(party_kind: str) -> str:
    return PARTIES.get(party_kind, PARTIES["other"])


def _short(headline: str) -> str:
    """As much of it as WeChat takes; the whole is in the text."""
    if len(headline) <= HEADLINE_MAX_LENGTH:
        return headline
    return headline[: HEADLINE_MAX_LENGTH - 1] + "…"
