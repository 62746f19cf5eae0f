"""What the events of comments do, however often and in whatever order they come."""

import itertools
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import msgspec
import pytest
from chassis.ids import derived_id
from chassis.testing import FrozenClock
from issues.adapters.memory import MemoryHazardRuleSets, MemoryIntakes, MemoryIssues
from issues.adapters.mongo_hazard_rule_sets import rule_set_id
from issues.application.handling.note_issue_reporter import NoteIssueReporter
from issues.application.hazard_rules_in_force import HazardRulesInForce
from issues.application.note_deletion import NoteDeletion
from issues.application.note_edit import NoteEdit
from issues.application.note_join import NoteJoin
from issues.application.note_reply import NoteReply
from issues.application.receive_comment import ReceiveComment
from issues.application.report_issue import ReportIssue
from issues.domain.errors import IntakeNotFound
from issues.domain.hazard_rule_set import HazardRuleSet
from issues.domain.intake import Intake, IntakeState
from issues.domain.reporter import Reporter

MakeIntake = Callable[..., Intake]
CLERK = "account_01jd8f6v5tev4b8f4z9x7m2k08"


class Worker:
    """The use cases that events call, over stores in memory."""

    def __init__(self, clock: FrozenClock) -> None:
        self.intakes = MemoryIntakes()
        self.issues = MemoryIssues()
        self.rule_sets = MemoryHazardRuleSets()
        rules = HazardRulesInForce(self.rule_sets, rule_set_id)
        self._receive = ReceiveComment(self.intakes, rules, clock)
        self.edit = NoteEdit(self.intakes, rules, clock)
        self.reply = NoteReply(self.intakes)
        self.delete = NoteDeletion(self.intakes)
        self.join = NoteJoin(self.intakes)
        self.report = ReportIssue(self.intakes, self.issues, NoteIssueReporter(self.issues, clock))

    async def receive(self, intake: Intake) -> Intake:
        return await self._receive(intake, issue_id=derived_id("issue", intake.id))


@pytest.fixture
def worker(clock: FrozenClock) -> Worker:
    return Worker(clock)


async def test_a_comment_received_twice_makes_one_intake(
    worker: Worker, an_intake: MakeIntake
) -> None:
    intake = an_intake()
    assert await worker.receive(intake) == await worker.receive(intake)
    assert worker.intakes.writes == 1


async def test_a_dangerous_comment_becomes_an_issue_once(
    worker: Worker, an_intake: MakeIntake
) -> None:
    intake = await worker.receive(an_intake(redacted_text="楼道冒烟了"))
    first = await worker.report(intake.community_id, intake.id)
    assert await worker.report(intake.community_id, intake.id) == first
    assert [event.type for event in worker.intakes.events] == ["intake.accepted.v1"]
    assert [event.type for event in worker.issues.events] == [
        "issue.reported.v1",
        "hazard.found.v1",
    ]


async def test_a_community_with_rules_of_its_own_goes_by_them(
    worker: Worker, an_intake: MakeIntake, community_id: str
) -> None:
    none = HazardRuleSet(id=rule_set_id(community_id), community_id=community_id, rules=())
    await worker.rule_sets.add(none)
    intake = await worker.receive(an_intake(redacted_text="楼道冒烟了"))
    assert intake.state == IntakeState.RECEIVED


async def test_another_communitys_rules_change_nothing(
    worker: Worker, an_intake: MakeIntake
) -> None:
    await worker.rule_sets.add(
        HazardRuleSet(id=rule_set_id("community_other"), community_id="community_other", rules=())
    )
    intake = await worker.receive(an_intake(redacted_text="楼道冒烟了"))
    assert intake.state == IntakeState.ACCEPTED


async def test_what_follows_a_comment_waits_for_it(
    worker: Worker, an_intake: MakeIntake, nine: datetime
) -> None:
    intake = an_intake()
    with pytest.raises(IntakeNotFound):
        await worker.reply(intake.community_id, intake.id, replied_at=nine, replied_by=CLERK)
    with pytest.raises(IntakeNotFound):
        await worker.delete(intake.community_id, intake.id, sequence=2, deleted_at=nine)
    with pytest.raises(IntakeNotFound):
        await worker.join(intake.community_id, intake.id, reporter(nine, 2))
    with pytest.raises(IntakeNotFound):
        await worker.report(intake.community_id, intake.id)
    assert worker.intakes.writes == 0


async def test_no_issue_is_reported_of_an_undecided_intake(
    worker: Worker, an_intake: MakeIntake
) -> None:
    intake = await worker.receive(an_intake())
    with pytest.raises(IntakeNotFound):
        await worker.report(intake.community_id, intake.id)
    assert worker.issues.writes == 0


async def test_a_fact_told_again_with_a_later_reading_is_read_again(
    worker: Worker, an_intake: MakeIntake
) -> None:
    first = await worker.receive(an_intake(sequence=1))
    told_again = an_intake(comment_id=first.comment_id, sequence=4, redacted_text="灯还没修")
    assert (await worker.receive(told_again)).redacted_text == "灯还没修"
    late = an_intake(comment_id=first.comment_id, sequence=1)
    assert (await worker.receive(late)).redacted_text == "灯还没修"


@pytest.mark.parametrize("is_gone", [False, True])
async def test_every_order_and_repetition_gives_the_same_intake(
    is_gone: bool, an_intake: MakeIntake, nine: datetime, clock: FrozenClock
) -> None:
    """Edited, gone, shown again; gone once more, or not."""
    numbers = range(6 if is_gone else 5)
    states = set()
    for order in itertools.permutations(numbers):
        fresh = Worker(clock)
        intake = await fresh.receive(an_intake(comment_id="comment_1"))
        events = _events(fresh, intake, nine)
        for number in (*order, *reversed(order)):
            await events[number]()
        stored = await fresh.intakes.get(intake.community_id, intake.id)
        assert (stored.deleted_at is not None) is is_gone
        seen = (
            stored.first_reply,
            stored.redacted_text,
            stored.state,
            stored.deleted_at,
            stored.reporter,
        )
        states.add(msgspec.json.encode(seen))
    assert len(states) == 1


def reporter(nine: datetime, sequence: int) -> Reporter:
    return Reporter(account_id="account_tian", person_key=None, joined_at=nine, sequence=sequence)


def _events(
    worker: Worker, intake: Intake, nine: datetime
) -> list[Callable[[], Awaitable[Intake]]]:
    community_id, intake_id = intake.community_id, intake.id

    def edit(text: str, sequence: int) -> Callable[[], Awaitable[Intake]]:
        return lambda: worker.edit(
            community_id,
            intake_id,
            redacted_text=text,
            sequence=sequence,
            edited_at=nine + timedelta(minutes=sequence),
            issue_id=derived_id("issue", intake_id),
        )

    def delete(sequence: int) -> Callable[[], Awaitable[Intake]]:
        at = nine + timedelta(minutes=sequence)
        return lambda: worker.delete(community_id, intake_id, sequence=sequence, deleted_at=at)

    return [
        edit("灯还是不亮", 2),
        delete(3),
        edit("灯修好了", 4),
        lambda: worker.reply(community_id, intake_id, replied_at=nine, replied_by=CLERK),
        lambda: worker.join(community_id, intake_id, reporter(nine, 5)),
        delete(6),
    ]


async def test_a_comment_told_again_is_edited_only_if_it_reads_otherwise(
    worker: Worker, an_intake: MakeIntake, clock: FrozenClock
) -> None:
    intake = await worker.receive(an_intake())
    again = msgspec.structs.replace(intake, text_sequence=intake.text_sequence + 1)

    told_again = await worker.receive(again)
    assert (told_again.edited_at, told_again.text_sequence) == (None, again.text_sequence)

    otherwise = msgspec.structs.replace(
        again, redacted_text="楼道灯又亮了", text_sequence=again.text_sequence + 1
    )
    assert (await worker.receive(otherwise)).edited_at == clock()
