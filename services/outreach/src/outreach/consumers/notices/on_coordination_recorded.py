"""Somebody outside was spoken to, or what they promised is settled."""

from datetime import date, datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from outreach.application.notices.note_issue_step import NoteIssueStep
from outreach.domain.notices import words
from outreach.domain.notices.issue_steps import Happening
from outreach.domain.notices.words import Words


class CoordinationRecorded(msgspec.Struct, frozen=True):
    """What outreach needs of issues' coordination.recorded."""

    type: ClassVar[str] = "coordination.recorded.v1"

    issue_id: str
    round: int
    party_kind: str
    promise_due_on: date | None
    outcome: str | None
    recorded_at: datetime


def on_coordination_recorded(note_issue_step: NoteIssueStep) -> Handle[CoordinationRecorded]:
    """Tell those who follow the issue."""

    async def handle(event: Received[CoordinationRecorded]) -> None:
        told = event.data
        await note_issue_step(
            event.community_id,
            Happening(
                subject_id=told.issue_id,
                words=_words(told),
                happened_at=told.recorded_at,
                sequence=event.sequence,
                detail=str(told.round),
            ),
        )

    return handle


def _words(told: CoordinationRecorded) -> Words:
    if told.outcome is not None:
        return words.promise_settled(told.party_kind, told.outcome)
    return words.round_recorded(told.round, told.party_kind, told.promise_due_on)
