"""Somebody moves to another household, or out of the community, by a clerk's word."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from chassis.requests import Request

from residents.application.archive.ports import Residents, Today
from residents.application.archive.reading import ArchiveReading
from residents.application.authorisation import demand
from residents.application.ports import Now
from residents.domain.archive.editions import View
from residents.domain.archive.errors import HouseholdNotFound, ResidentNotFound
from residents.domain.archive.homes import Home, MoveReason
from residents.domain.archive.permissions import CHANGE_HOUSEHOLD, MOVE_OUT
from residents.domain.archive.reach import governs_estate, governs_resident
from residents.domain.archive.residents import Outcome, Resident
from residents.domain.roles import Actor


def within_reach(
    actor: Actor, view: View, transition: Callable[[Resident], Outcome]
) -> Callable[[Resident], Outcome]:
    """The transition, for a resident who counts and is the actor's to change.

    It raises ResidentNotFound for any other.
    """

    def checked(before: Resident) -> Outcome:
        if not view.sees(before.from_edition):
            raise ResidentNotFound
        if not governs_resident(actor, before.effective(view.edition)):
            raise ResidentNotFound
        return transition(before)

    return checked


@dataclass(frozen=True)
class ChangeHousehold:
    """Within the community, so that the total stays."""

    reading: ArchiveReading
    residents: Residents
    today: Today
    now: Now

    async def __call__(
        self, actor: Actor, *, resident_id: str, household_id: str, on: date, request: Request
    ) -> Resident:
        """Move somebody to another household on a day; the old home goes into the history.

        Raises: ResidentNotFound; HouseholdNotFound; SameHousehold; ResidentMovedOut;
            MoveBeforeHome; MoveInFuture; RequestIdReused.
        Emits: resident.moved v1.
        """
        demand(actor, CHANGE_HOUSEHOLD)
        household = await self.reading.household(actor.community_id, household_id)
        if not governs_estate(actor, household.estate_id):
            raise HouseholdNotFound
        view = await self.reading.view(actor.community_id)
        home, today, at = Home.at(household, since=on), self.today(), self.now()
        return await self.residents.change(
            actor.community_id,
            resident_id,
            within_reach(
                actor,
                view,
                lambda before: before.change_household(
                    home, edition=view.edition, today=today, at=at
                ),
            ),
            request=request,
        )


@dataclass(frozen=True)
class MoveOut:
    """The person leaves the totals and keeps a history."""

    reading: ArchiveReading
    residents: Residents
    today: Today
    now: Now

    async def __call__(
        self, actor: Actor, *, resident_id: str, on: date, reason: MoveReason, request: Request
    ) -> Resident:
        """Let somebody leave the community on a day.

        Raises: ResidentNotFound; ResidentMovedOut; MoveBeforeHome; MoveInFuture;
            RequestIdReused.
        Emits: resident.moved v1.
        """
        demand(actor, MOVE_OUT)
        view = await self.reading.view(actor.community_id)
        today, at = self.today(), self.now()
        return await self.residents.change(
            actor.community_id,
            resident_id,
            within_reach(
                actor,
                view,
                lambda before: before.move_out(
                    on, reason, edition=view.edition, today=today, at=at
                ),
            ),
            request=request,
        )
