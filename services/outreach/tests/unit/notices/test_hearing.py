"""What is heard is what the contracts say, and becomes a notice of the right kind."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from chassis.event_contracts import Contracts
from chassis.events import Received
from chassis.listening import Handle
from outreach.consumers.notices.on_account_bound import AccountBound
from outreach.consumers.notices.on_coordination_recorded import (
    CoordinationRecorded,
    on_coordination_recorded,
)
from outreach.consumers.notices.on_issue_acknowledged import (
    IssueAcknowledged,
    on_issue_acknowledged,
)
from outreach.consumers.notices.on_issue_assigned import IssueAssigned, on_issue_assigned
from outreach.consumers.notices.on_issue_confirmed import IssueConfirmed, on_issue_confirmed
from outreach.consumers.notices.on_issue_followed import IssueFollowed, on_issue_followed
from outreach.consumers.notices.on_issue_reopened import IssueReopened, on_issue_reopened
from outreach.consumers.notices.on_issue_resolved import IssueResolved, on_issue_resolved
from outreach.consumers.notices.on_issue_unfollowed import IssueUnfollowed, on_issue_unfollowed
from outreach.consumers.notices.on_issue_updated import TOLD, IssueUpdated, on_issue_updated
from outreach.consumers.notices.on_voucher_claimed import VoucherClaimed, on_voucher_claimed
from outreach.consumers.notices.on_voucher_expired import VoucherExpired, on_voucher_expired
from outreach.consumers.notices.on_voucher_redeemed import VoucherRedeemed, on_voucher_redeemed
from outreach.consumers.notices.on_voucher_reversed import VoucherReversed, on_voucher_reversed
from outreach.domain.notices.kinds import NoticeKind, Template

from .cast import COMMUNITY, ISSUE, TIAN, Cast

CONTRACTS = Contracts(Path(__file__).parents[5] / "contracts" / "events")
HEARD = [
    AccountBound,
    IssueAcknowledged,
    IssueAssigned,
    IssueUpdated,
    CoordinationRecorded,
    IssueResolved,
    IssueConfirmed,
    IssueReopened,
    IssueFollowed,
    IssueUnfollowed,
    VoucherClaimed,
    VoucherRedeemed,
    VoucherReversed,
    VoucherExpired,
]
AT = datetime(2026, 11, 23, 7, 59, tzinfo=UTC)
VOUCHER = "voucher_1"


def received(data: Any) -> Received[Any]:
    return Received(
        id="event_1",
        type=type(data).type,
        subject="subject",
        sequence=3,
        community_id=COMMUNITY,
        time=AT,
        data=data,
    )


@pytest.mark.parametrize("heard", HEARD)
def test_what_is_heard_is_what_the_contracts_say(heard: type[Any]) -> None:
    examples = CONTRACTS.examples(heard.type)

    assert examples
    for example in examples:
        msgspec.convert(example, heard)


def of_issue(cast: Cast) -> list[tuple[Handle[Any], Any, NoticeKind]]:
    return [
        (
            on_issue_acknowledged(cast.note_issue_step),
            IssueAcknowledged(ISSUE, AT),
            NoticeKind.ISSUE_ACKNOWLEDGED,
        ),
        (
            on_issue_assigned(cast.note_issue_step),
            IssueAssigned(ISSUE, AT),
            NoticeKind.ISSUE_ASSIGNED,
        ),
        *(
            (
                on_issue_updated(cast.note_issue_step),
                IssueUpdated(ISSUE, change, AT),
                NoticeKind(f"issue_{change}"),
            )
            for change in TOLD
        ),
        (
            on_coordination_recorded(cast.note_issue_step),
            CoordinationRecorded(ISSUE, 1, "water", None, None, AT),
            NoticeKind.ROUND_RECORDED,
        ),
        (
            on_coordination_recorded(cast.note_issue_step),
            CoordinationRecorded(ISSUE, 1, "water", AT.date(), "broken", AT),
            NoticeKind.PROMISE_SETTLED,
        ),
        (
            on_issue_resolved(cast.note_issue_step),
            IssueResolved(ISSUE, 2, AT),
            NoticeKind.ISSUE_RESOLVED,
        ),
        (
            on_issue_confirmed(cast.note_issue_step),
            IssueConfirmed(ISSUE, "silence", None, AT, None),
            NoticeKind.ISSUE_CONFIRMED,
        ),
        (
            on_issue_reopened(cast.note_issue_step),
            IssueReopened(ISSUE, AT, "account_clerk"),
            NoticeKind.ISSUE_REOPENED,
        ),
    ]


def of_voucher(cast: Cast, account_id: str | None) -> list[tuple[Handle[Any], Any, NoticeKind]]:
    note = cast.note_voucher_change
    return [
        (
            on_voucher_claimed(note),
            VoucherClaimed(VOUCHER, account_id, 2000, "reward", AT),
            NoticeKind.VOUCHER_CLAIMED,
        ),
        (
            on_voucher_redeemed(note),
            VoucherRedeemed(VOUCHER, account_id, "use_1", 1500, 500, AT),
            NoticeKind.VOUCHER_REDEEMED,
        ),
        (
            on_voucher_reversed(note),
            VoucherReversed(VOUCHER, account_id, "use_1", 1500, AT),
            NoticeKind.VOUCHER_REVERSED,
        ),
        (
            on_voucher_expired(note),
            VoucherExpired(VOUCHER, account_id, 500, AT),
            NoticeKind.VOUCHER_EXPIRED,
        ),
    ]


async def test_every_event_of_an_issue_becomes_a_notice_of_its_own(cast: Cast) -> None:
    follow = on_issue_followed(cast.note_following)
    await follow(received(IssueFollowed(ISSUE, TIAN, AT)))
    heard = of_issue(cast)

    for handle, data, _ in heard:
        for _ in range(2):
            await handle(received(data))

    assert sorted(it.words.kind for it in cast.of(TIAN)) == sorted(kind for _, _, kind in heard)
    assert {it.template for it in cast.of(TIAN)} == {Template.ISSUE_PROGRESS}
    assert {it.told_sequence for it in cast.of(TIAN)} == {3}


async def test_every_event_of_a_voucher_becomes_a_notice_of_its_own(cast: Cast) -> None:
    heard = of_voucher(cast, TIAN)

    for handle, data, _ in heard:
        for _ in range(2):
            await handle(received(data))

    assert sorted(it.words.kind for it in cast.of(TIAN)) == sorted(kind for _, _, kind in heard)
    assert {it.page for it in cast.of(TIAN)} == {"pages/voucher?id=voucher_1"}
    assert {kind for _, _, kind in heard} | {kind for _, _, kind in of_issue(cast)} == set(
        NoticeKind
    )


async def test_of_a_person_without_an_account_nobody_is_told(cast: Cast) -> None:
    for handle, data, _ in of_voucher(cast, None):
        await handle(received(data))

    assert cast.notifications.all == []


async def test_changes_that_are_the_staffs_own_are_told_nobody(cast: Cast) -> None:
    await cast.follows(TIAN)
    handle = on_issue_updated(cast.note_issue_step)
    for change in ("triaged", "hazard_confirmed", "reporter_joined", "new"):
        await handle(received(IssueUpdated(ISSUE, change, AT)))

    assert cast.notifications.all == []


async def test_who_has_left_hears_no_more(cast: Cast) -> None:
    await on_issue_followed(cast.note_following)(received(IssueFollowed(ISSUE, TIAN, AT)))
    left_at = AT.replace(second=30)
    await on_issue_unfollowed(cast.note_following)(received(IssueUnfollowed(ISSUE, TIAN, left_at)))
    await cast.happens()

    assert cast.of(TIAN) == []


async def test_two_rounds_of_one_moment_are_two(cast: Cast) -> None:
    await cast.follows(TIAN, AT)
    handle = on_coordination_recorded(cast.note_issue_step)
    for number in (1, 2):
        await handle(received(CoordinationRecorded(ISSUE, number, "water", None, None, AT)))

    assert len(cast.of(TIAN)) == 2
