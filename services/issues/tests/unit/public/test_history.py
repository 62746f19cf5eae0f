"""Events of issues become entries: once, in whatever order, without a word that somebody typed."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from chassis.event_contracts import Contracts
from chassis.events import Received
from issues.adapters.public.memory import MemoryTimeline
from issues.application.public.write_timeline import WriteTimeline
from issues.consumers import issue_history as told
from issues.consumers.on_issue_history import on_issue_history
from issues.derived_ids import entry_id_of
from issues.domain.handling.party import PartyKind
from issues.domain.handling.rounds import PromiseOutcome
from issues.domain.issue import Change
from issues.domain.timeline.entry import EntryKind, Happening, TimelineEntry, entry_of

FOLDER = next(
    folder / "contracts" / "events"
    for folder in Path(__file__).parents
    if (folder / "contracts" / "events").is_dir()
)
TELLINGS: dict[type[Any], Callable[[Any], Happening]] = {
    told.IssueReported: told.of_report,
    told.IssueAcknowledged: told.of_acknowledgement,
    told.IssueAssigned: told.of_assignment,
    told.IssueUpdated: told.of_update,
    told.CoordinationRecorded: told.of_round,
    told.IssueResolved: told.of_resolution,
    told.IssueConfirmed: told.of_confirmation,
    told.IssueReopened: told.of_reopening,
    told.IssueSlaAtRisk: told.of_risk,
    told.IssueSlaBreached: told.of_breach,
}


@pytest.fixture
def timeline() -> MemoryTimeline:
    return MemoryTimeline()


async def tell(timeline: MemoryTimeline, event: Any, *, sequence: int = 1) -> None:
    write = WriteTimeline(timeline, entry_id_of)
    await on_issue_history(write, TELLINGS[type(event)])(
        Received(
            id=f"event_{sequence}",
            type=event.type,
            subject=event.issue_id,
            sequence=sequence,
            community_id="community_1",
            time=datetime(2026, 11, 23, tzinfo=UTC),
            data=event,
        )
    )


@pytest.mark.parametrize("kind", TELLINGS)
async def test_each_example_of_a_contract_is_an_entry(kind: type[Any]) -> None:
    examples = Contracts(FOLDER).examples(kind.type)
    assert examples
    for example in examples:
        timeline = MemoryTimeline()
        await tell(timeline, msgspec.convert(example, kind))
        (entry,) = timeline.all
        assert entry.issue_id == example["issue_id"]


@pytest.mark.parametrize("kind", TELLINGS)
async def test_told_again_it_is_the_same_entry_even_at_a_later_sequence(
    timeline: MemoryTimeline, kind: type[Any]
) -> None:
    event = msgspec.convert(Contracts(FOLDER).examples(kind.type)[0], kind)
    for sequence in (3, 3, 9):
        await tell(timeline, event, sequence=sequence)
    (entry,) = timeline.all
    assert entry.event_sequence == 3


async def test_a_moment_is_the_same_from_the_store_and_from_the_event(
    timeline: MemoryTimeline, nine: datetime
) -> None:
    for at in (nine.replace(microsecond=123_456), nine.replace(microsecond=123_000)):
        await tell(timeline, told.IssueReported(issue_id="issue_1", reported_at=at))
    assert len(timeline.all) == 1


async def test_two_promises_settled_at_one_moment_are_two_entries(
    timeline: MemoryTimeline, nine: datetime
) -> None:
    for number in (1, 2):
        event = told.CoordinationRecorded(
            issue_id="issue_1",
            round=number,
            party_kind=PartyKind.WATER,
            promise_due_on=None,
            outcome=PromiseOutcome.BROKEN,
            recorded_at=nine,
        )
        await tell(timeline, event, sequence=number)
    assert [entry.facts.round for entry in timeline.all] == [1, 2]
    assert {entry.kind for entry in timeline.all} == {EntryKind.PROMISE_BROKEN}


def test_every_change_of_an_issue_is_a_kind_of_entry() -> None:
    assert {change.value for change in Change} <= {kind.value for kind in EntryKind}


def test_what_only_the_staff_may_know_is_private(nine: datetime) -> None:
    private = {kind for kind in EntryKind if not _entry(kind, nine).public}
    assert private == {
        EntryKind.HAZARD_CONFIRMED,
        EntryKind.HAZARD_DECLINED,
        EntryKind.REPORTER_JOINED,
        EntryKind.SLA_AT_RISK,
        EntryKind.SLA_BREACHED,
    }


def _entry(kind: EntryKind, at: datetime) -> TimelineEntry:
    happening = Happening(issue_id="issue_1", kind=kind, at=at)
    return entry_of(happening, entry_id="entry_1", community_id="community_1", sequence=1)


@pytest.mark.parametrize("outcome", [None, *PromiseOutcome])
async def test_what_a_neighbour_said_or_promised_is_not_public(
    timeline: MemoryTimeline, outcome: PromiseOutcome | None
) -> None:
    at = datetime(2026, 11, 23, 1, tzinfo=UTC)
    for number, party in enumerate([PartyKind.NEIGHBOUR, PartyKind.WATER], start=1):
        round_ = told.CoordinationRecorded("issue_1", number, party, at.date(), outcome, at)
        await tell(timeline, round_, sequence=number)
    assert [entry.public for entry in timeline.all] == [False, True]
