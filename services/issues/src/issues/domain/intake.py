"""A comment on its way to becoming an issue, or not. It makes at most one."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from issues.domain import events
from issues.domain.categories import category_of
from issues.domain.decisions import Acceptance, Dismissal, DismissalReason
from issues.domain.errors import IntakeAlreadyAccepted, IntakeDismissed, ReplyPending
from issues.domain.first_reply import FirstReply, ReplyOutcome, first_reply_owed
from issues.domain.hazard_rules import HazardRule, first_match
from issues.domain.public_text import checked_public_text
from issues.domain.reporter import Reporter


class IntakeSource(StrEnum):
    """How it reached us."""

    ARTICLE = "article"
    MESSAGE = "message"


class IntakeState(StrEnum):
    """Where it stands."""

    RECEIVED = "received"
    REPLIED = "replied"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """One comment as this service knows it; the original is outreach's.

    `text_sequence` is the number of the comment's event that `redacted_text` stems from,
    `deleted_sequence` that of the last deletion heard of, also after the comment was shown again.
    """

    id: str
    community_id: str
    comment_id: str
    source: IntakeSource
    channel_id: str
    article_id: str | None
    person_key: str
    redacted_text: str
    text_sequence: int
    received_at: datetime
    first_reply: FirstReply
    state: IntakeState = IntakeState.RECEIVED
    acceptance: Acceptance | None = None
    dismissal: Dismissal | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    deleted_sequence: int = 0
    reporter: Reporter | None = None
    version: int = 0

    def accept(
        self,
        *,
        issue_id: str,
        category: str,
        hazard: bool,
        public_text: str | None,
        by: str,
        at: datetime,
    ) -> tuple["Intake", Sequence[events.Event]]:
        """Make an issue of it, on a person's word.

        Who waits for a reply gets it first, unless the person says that it is a hazard.

        Raises: IntakeAlreadyAccepted; IntakeDismissed; ReplyPending; CategoryUnknown;
            PublicTextInvalid; PublicTextRevealsPerson.
        Emits: intake.accepted v1.
        """
        self._still_undecided()
        if self.first_reply.outcome == ReplyOutcome.AWAITED and not hazard:
            raise ReplyPending
        return self._accepted(
            Acceptance(
                issue_id=issue_id,
                redacted_text=self.redacted_text,
                category=category_of(category).code,
                hazard=hazard,
                public_text=checked_public_text(public_text),
                accepted_by=by,
                accepted_at=at,
            )
        )

    def apply_hazard_rules(
        self, rules: Sequence[HazardRule], *, issue_id: str, at: datetime
    ) -> tuple["Intake", Sequence[events.Event]]:
        """Make an issue of it at once if a rule sees danger; nobody waits for a reply then.

        Emits: intake.accepted v1, or nothing.
        """
        rule = first_match(rules, self.redacted_text) if self._undecided else None
        if rule is None:
            return self, ()
        return self._accepted(
            Acceptance(
                issue_id=issue_id,
                redacted_text=self.redacted_text,
                category=rule.category or "other",
                hazard=True,
                rule_id=rule.id,
                accepted_at=at,
            )
        )

    def dismiss(
        self, *, reason: DismissalReason, by: str, at: datetime
    ) -> tuple["Intake", Sequence[events.Event]]:
        """Close it without an issue.

        "Answered" presupposes an answer; for the other reasons a reply may be out of place.

        Raises: IntakeAlreadyAccepted; IntakeDismissed; ReplyPending.
        Emits: intake.dismissed v1.
        """
        self._still_undecided()
        if reason == DismissalReason.ANSWERED and self.first_reply.replied_at is None:
            raise ReplyPending
        dismissed = msgspec.structs.replace(
            self,
            state=IntakeState.DISMISSED,
            dismissal=Dismissal(reason=reason, dismissed_by=by, dismissed_at=at),
            first_reply=self.first_reply.no_longer_owed(at, ReplyOutcome.DISMISSED),
        )
        return dismissed, facts_of_intake(dismissed)

    def note_reply(self, *, at: datetime, by: str) -> tuple["Intake", Sequence[events.Event]]:
        """Note that the resident was answered; one that is decided keeps its decision."""
        state = IntakeState.REPLIED if self.state == IntakeState.RECEIVED else self.state
        replied = msgspec.structs.replace(
            self, state=state, first_reply=self.first_reply.given(at, by)
        )
        return replied, ()

    def note_edit(
        self,
        *,
        redacted_text: str,
        sequence: int,
        edited_at: datetime | None,
        rules: Sequence[HazardRule],
        issue_id: str,
        at: datetime,
    ) -> tuple["Intake", Sequence[events.Event]]:
        """Note that the comment reads otherwise now, or is shown again after a deletion.

        Emits: intake.accepted v1 where nothing was decided yet and a rule matches.
        """
        return self._shown_again(sequence).note_reading(
            redacted_text=redacted_text,
            sequence=sequence,
            edited_at=edited_at,
            rules=rules,
            issue_id=issue_id,
            at=at,
        )

    def note_reading(
        self,
        *,
        redacted_text: str,
        sequence: int,
        edited_at: datetime | None,
        rules: Sequence[HazardRule],
        issue_id: str,
        at: datetime,
    ) -> tuple["Intake", Sequence[events.Event]]:
        """Note how the comment reads; danger may show in it only now.

        An older reading, or the same one again, changes nothing.

        Emits: intake.accepted v1 where nothing was decided yet and a rule matches.
        """
        if sequence < self.text_sequence:
            return self, ()
        edited = msgspec.structs.replace(
            self, redacted_text=redacted_text, text_sequence=sequence, edited_at=edited_at
        )
        if edited == self:
            return self, ()
        return edited.apply_hazard_rules(rules, issue_id=issue_id, at=at)

    def reads_otherwise(self, received: "Intake") -> bool:
        """Whether the same comment, received again, has another text."""
        return self.redacted_text != received.redacted_text

    def note_deletion(
        self, *, sequence: int, at: datetime
    ) -> tuple["Intake", Sequence[events.Event]]:
        """Note that the comment is gone and can no longer be answered.

        One that was told before a later reading is over: the comment was shown again since.
        """
        if sequence < max(self.text_sequence, self.deleted_sequence):
            return self, ()
        told_again = at == self.deleted_at
        reply = self.first_reply if told_again else self._reply_as_if_shown()
        deleted = msgspec.structs.replace(
            self,
            deleted_at=at,
            deleted_sequence=sequence,
            first_reply=reply.no_longer_owed(at, ReplyOutcome.DELETED),
        )
        return deleted, ()

    def note_join(self, reporter: Reporter) -> tuple["Intake", Sequence[events.Event]]:
        """Note whose account it is of; what was told earlier changes nothing."""
        if self.reporter is not None and reporter.sequence < self.reporter.sequence:
            return self, ()
        return msgspec.structs.replace(self, reporter=reporter), ()

    def _shown_again(self, sequence: int) -> "Intake":
        if self.deleted_at is None or sequence <= self.deleted_sequence:
            return self
        return msgspec.structs.replace(self, deleted_at=None, first_reply=self._reply_as_if_shown())

    def _reply_as_if_shown(self) -> FirstReply:
        """What the reply would be if the comment had never been gone."""
        shown = self.first_reply.owed_after_all()
        if self.dismissal is None:
            return shown
        return shown.no_longer_owed(self.dismissal.dismissed_at, ReplyOutcome.DISMISSED)

    @property
    def _undecided(self) -> bool:
        return self.acceptance is None and self.dismissal is None

    def _still_undecided(self) -> None:
        if self.acceptance is not None:
            raise IntakeAlreadyAccepted
        if self.dismissal is not None:
            raise IntakeDismissed

    def _accepted(self, acceptance: Acceptance) -> tuple["Intake", Sequence[events.Event]]:
        accepted = msgspec.structs.replace(self, state=IntakeState.ACCEPTED, acceptance=acceptance)
        return accepted, facts_of_intake(accepted)


def receive_comment(
    *,
    intake_id: str,
    community_id: str,
    comment_id: str,
    source: IntakeSource,
    channel_id: str,
    article_id: str | None,
    person_key: str,
    redacted_text: str,
    sequence: int,
    received_at: datetime,
) -> Intake:
    """Take a comment in; the day for its first reply starts when it was received."""
    return Intake(
        id=intake_id,
        community_id=community_id,
        comment_id=comment_id,
        source=source,
        channel_id=channel_id,
        article_id=article_id,
        person_key=person_key,
        redacted_text=redacted_text,
        text_sequence=sequence,
        received_at=received_at,
        first_reply=first_reply_owed(received_at),
    )


def facts_of_intake(intake: Intake) -> tuple[events.Event, ...]:
    """All that others may know of an intake: the decision, once there is one."""
    if intake.acceptance is not None:
        acceptance = intake.acceptance
        return (
            events.IntakeAccepted(
                community_id=intake.community_id,
                intake_id=intake.id,
                comment_id=intake.comment_id,
                issue_id=acceptance.issue_id,
                category=acceptance.category,
                hazard=acceptance.hazard,
                redacted_text=acceptance.redacted_text,
                person_key=intake.person_key,
                received_at=intake.received_at,
                accepted_at=acceptance.accepted_at,
                accepted_by=acceptance.accepted_by or f"rule:{acceptance.rule_id}",
            ),
        )
    if intake.dismissal is not None:
        return (
            events.IntakeDismissed(
                community_id=intake.community_id,
                intake_id=intake.id,
                comment_id=intake.comment_id,
                reason=intake.dismissal.reason,
                dismissed_at=intake.dismissal.dismissed_at,
                dismissed_by=intake.dismissal.dismissed_by,
            ),
        )
    return ()
