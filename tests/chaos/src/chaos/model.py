"""What was asked for, and what was acknowledged: the side of the truth that the clients hold."""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum
from itertools import takewhile
from typing import Any

import msgspec


class Deed(StrEnum):
    """What somebody asked for; the value is the mutation, or the edge beside the graph."""

    COMMENT = "comment under an article"
    MESSAGE = "message to the account"
    REPLY = "replyToComment"
    DISMISS = "dismissIntake"
    OPEN = "openIssue"
    ACKNOWLEDGE = "acknowledgeIssue"
    RULE = "setHazardRule"
    TRIAGE = "triageIssue"
    ASSIGN = "assignIssue"
    START = "startIssue"
    ROUND = "recordRound"
    SETTLE = "settlePromise"
    TICKET = "createPhotoUpload"
    PHOTO = "PUT /photos"
    RESOLVE = "resolveIssue"
    RATE = "confirmIssue"
    RATE_FOR = "confirmIssueOnBehalf"
    FOLLOW = "followIssue"
    UNFOLLOW = "unfollowIssue"
    CLAIM = "claimVoucher"
    REDEEM = "POST /till/v1/redemptions"
    REVERSE = "reverseRedemption"
    DRAFT = "draftCampaign"
    APPROVE = "approveCampaign"
    GRANT = "recordGrant"
    READ = "markNoticesRead"
    METRIC = "recordMetric"
    TEAM = "createTeam"
    MEMBER = "addMember"
    MOVE_IN = "moveIn"
    TAG = "tagResident"


SERVICE_OF = {
    **dict.fromkeys((Deed.REPLY, Deed.GRANT, Deed.READ, Deed.METRIC), "outreach"),
    **dict.fromkeys((Deed.CLAIM, Deed.REDEEM, Deed.REVERSE, Deed.DRAFT, Deed.APPROVE), "vouchers"),
    **dict.fromkeys((Deed.TEAM, Deed.MEMBER, Deed.MOVE_IN, Deed.TAG), "residents"),
    **dict.fromkeys(
        (
            *(Deed.DISMISS, Deed.OPEN, Deed.ACKNOWLEDGE, Deed.TRIAGE, Deed.ASSIGN, Deed.START),
            *(Deed.ROUND, Deed.SETTLE, Deed.TICKET, Deed.PHOTO, Deed.RESOLVE, Deed.RATE),
            *(Deed.RATE_FOR, Deed.FOLLOW, Deed.UNFOLLOW, Deed.RULE),
        ),
        "issues",
    ),
}
"""Who answers for a deed; what people write in WeChat is brought from there."""


class State(StrEnum):
    """What is known of a write.

    `unknown` is one whose last answer was lost: it may have happened or not, and nothing can be
    said of it until a repeat is answered.
    """

    ASKED = "asked"
    UNKNOWN = "unknown"
    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"


class Write(msgspec.Struct, kw_only=True):
    """One write, and how its asking went.

    Attributes:
        key: the request id or idempotency key, the same in every repeat.
        actor: who asks: an account, a merchant, or a phone.
        about: what it is done to, such as the id of an issue.
        marker: words that nothing else has, by which it is found where no id says it.
        given: what was asked for, as far as the audit needs it.
        answer: what came back of it.
        code: of the refusal.
        lost: how many answers were lost on the way.
        begun_at, answered_at: seconds of this machine's monotonic clock.
    """

    number: int
    deed: Deed
    key: str
    actor: str
    about: str
    marker: str
    given: dict[str, Any]
    begun_at: float
    state: State = State.ASKED
    answer: dict[str, Any] = {}
    code: str = ""
    tries: int = 0
    lost: int = 0
    lost_as: list[str] = []
    answered_at: float | None = None

    @property
    def told(self) -> str:
        """What is needed to look for it."""
        return (
            f"#{self.number} {self.deed.value} {self.about} {self.marker} key={self.key}"
            f" actor={self.actor} {self.state.value} tries={self.tries} lost={self.lost}"
        )


class Model:
    """Every write of a run."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.writes: list[Write] = []
        self._monotonic = monotonic

    def begin(
        self,
        deed: Deed,
        *,
        key: str,
        actor: str,
        about: str = "",
        marker: str = "",
        given: dict[str, Any] | None = None,
    ) -> Write:
        """Note that a write is about to be asked for."""
        write = Write(
            number=len(self.writes) + 1,
            deed=deed,
            key=key,
            actor=actor,
            about=about,
            marker=marker,
            given=given or {},
            begun_at=self._monotonic(),
            lost_as=[],
        )
        self.writes.append(write)
        return write

    def lost(self, write: Write, why: str) -> None:
        """Note that a try ended without an answer that says what became of it."""
        write.tries += 1
        write.lost += 1
        write.lost_as.append(why)
        write.state = State.UNKNOWN

    def acknowledged(self, write: Write, answer: dict[str, Any]) -> None:
        """Note that it was answered with its success."""
        write.tries += 1
        write.state, write.answer = State.ACKNOWLEDGED, answer
        write.answered_at = self._monotonic()

    def refused(self, write: Write, code: str) -> None:
        """Note that it was answered with a named error: it did not happen."""
        write.tries += 1
        write.state, write.code = State.REFUSED, code
        write.answered_at = self._monotonic()

    def done(self, *deeds: Deed) -> list[Write]:
        """Return the acknowledged writes of these deeds, or of all."""
        return [
            write
            for write in self.writes
            if write.state is State.ACKNOWLEDGED and (not deeds or write.deed in deeds)
        ]

    def in_state(self, *states: State) -> list[Write]:
        """Return the writes of these states."""
        return [write for write in self.writes if write.state in states]

    def first_answered(self, service: str, *, begun_after: float) -> float | None:
        """When a write to a service that began after a moment was first acknowledged."""
        since = takewhile(lambda write: write.begun_at >= begun_after, reversed(self.writes))
        moments = [
            write.answered_at
            for write in since
            if write.answered_at is not None
            and write.state is State.ACKNOWLEDGED
            and SERVICE_OF.get(write.deed) == service
        ]
        return min(moments, default=None)

    def counted(self) -> dict[str, dict[str, int]]:
        """How many writes of each deed are in each state."""
        counts: dict[str, Counter[str]] = {}
        for write in self.writes:
            counts.setdefault(write.deed.value, Counter())[write.state.value] += 1
        return {deed: dict(states) for deed, states in sorted(counts.items())}


def retries(writes: Iterable[Write]) -> int:
    """How often something was asked for again."""
    return sum(max(write.tries - 1, 0) for write in writes)
