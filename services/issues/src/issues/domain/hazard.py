"""Danger in an issue: a rule proposes it, a person has the last word."""

from datetime import datetime
from enum import StrEnum

import msgspec

from issues.domain.clocks import HAZARD, Clock, ClockKind, start_clock
from issues.domain.decisions import Acceptance
from issues.domain.errors import (
    HazardAlreadyConfirmed,
    HazardAlreadyDeclined,
    HazardNotRaised,
)


class HazardState(StrEnum):
    """What is known of the danger."""

    NONE = "none"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class Hazard(msgspec.Struct, frozen=True, kw_only=True):
    """The danger, its clock, and who decided."""

    state: HazardState = HazardState.NONE
    rule_id: str | None = None
    found_at: datetime | None = None
    clock: Clock | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None

    @property
    def is_raised(self) -> bool:
        """Whether to act on it: a proposal counts until a person says no."""
        return self.state in (HazardState.PROPOSED, HazardState.CONFIRMED)

    def confirm(self, *, by: str, at: datetime) -> "Hazard":
        """Say that it is there. Its clock runs since it was proposed, else from now.

        Raises: HazardAlreadyConfirmed.
        """
        if self.state == HazardState.CONFIRMED:
            raise HazardAlreadyConfirmed
        proposed = self.state == HazardState.PROPOSED
        return Hazard(
            state=HazardState.CONFIRMED,
            rule_id=self.rule_id if proposed else None,
            found_at=self.found_at if proposed else at,
            clock=self.clock if proposed else start_clock(ClockKind.HAZARD, at, HAZARD),
            decided_at=at,
            decided_by=by,
        )

    def somebody_there(self, at: datetime) -> "Hazard":
        """Note that somebody is on the spot: its clock has done its work."""
        if self.clock is None:
            return self
        return msgspec.structs.replace(self, clock=self.clock.stop(at))

    def set_aside(self, at: datetime) -> "Hazard":
        """Note that the matter is closed and nobody is to come; its clock rests until it is not."""
        if self.clock is None:
            return self
        return msgspec.structs.replace(self, clock=self.clock.stop(at))

    def taken_up(self, at: datetime) -> "Hazard":
        """Note that the matter goes on: while danger is named, its clock runs on to be there."""
        if self.clock is None or not self.is_raised:
            return self
        return msgspec.structs.replace(self, clock=self.clock.run_on(at))

    def decline(self, *, by: str, at: datetime) -> "Hazard":
        """Say that it is not there; its clock stops.

        Raises: HazardNotRaised; HazardAlreadyDeclined.
        """
        if self.state == HazardState.NONE:
            raise HazardNotRaised
        if self.state == HazardState.DECLINED:
            raise HazardAlreadyDeclined
        return msgspec.structs.replace(
            self,
            state=HazardState.DECLINED,
            clock=self.clock.stop(at) if self.clock else None,
            decided_at=at,
            decided_by=by,
        )


def hazard_at_start(acceptance: Acceptance, *, reported_at: datetime) -> Hazard:
    """Return what the acceptance says of danger: a rule proposes it, a person confirms it."""
    if not acceptance.hazard:
        return Hazard()
    clock = start_clock(ClockKind.HAZARD, reported_at, HAZARD)
    if acceptance.accepted_by is None:
        return Hazard(
            state=HazardState.PROPOSED,
            rule_id=acceptance.rule_id,
            found_at=acceptance.accepted_at,
            clock=clock,
        )
    return Hazard(
        state=HazardState.CONFIRMED,
        found_at=acceptance.accepted_at,
        clock=clock,
        decided_at=acceptance.accepted_at,
        decided_by=acceptance.accepted_by,
    )
