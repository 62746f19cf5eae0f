"""Say who owns a dwelling of which nothing was known."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.owners.ownership_by_hand import Change, OwnershipByHand, OwnershipOrder
from residents.domain.owners.ownership import Events, Ownership
from residents.domain.owners.permissions import RECORD_OWNERSHIP
from residents.domain.roles import Actor


@dataclass(frozen=True)
class RecordOwnership:
    """The first entry of a dwelling."""

    by_hand: OwnershipByHand

    async def __call__(self, actor: Actor, order: OwnershipOrder, *, request: Request) -> Ownership:
        """Record its owners since a day.

        Raises: Forbidden; HouseholdNotFound; OwnerNotFound; OwnersMissing; OwnersTooMany;
            NameInvalid; IdentityNumberInvalid; PhoneInvalid; OwnerDescriptionInvalid;
            OwnerShareInvalid; OwnerRepeated; OwnerSharesDoNotAddUp; OwnershipKnown;
            OwnershipInFuture; RequestIdReused.
        """
        demand(actor, RECORD_OWNERSHIP)
        return await self.by_hand.make(actor, order, _recorded, request=request)


def _recorded(ownership: Ownership, change: Change) -> tuple[Ownership, Events]:
    return ownership.record(
        change.period, change.people, edition=change.edition, today=change.today
    )
