"""Say to whom a dwelling passed, and on which day."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.owners.ownership_by_hand import Change, OwnershipByHand, OwnershipOrder
from residents.domain.owners.ownership import Events, Ownership
from residents.domain.owners.permissions import TRANSFER_OWNERSHIP
from residents.domain.roles import Actor


@dataclass(frozen=True)
class TransferOwnership:
    """The owners before stay in the history."""

    by_hand: OwnershipByHand

    async def __call__(self, actor: Actor, order: OwnershipOrder, *, request: Request) -> Ownership:
        """Change the owners from a day on; the first day of the present ones corrects them.

        Raises: Forbidden; HouseholdNotFound; OwnerNotFound; OwnersMissing; OwnersTooMany;
            NameInvalid; IdentityNumberInvalid; PhoneInvalid; OwnerDescriptionInvalid;
            OwnerShareInvalid; OwnerRepeated; OwnerSharesDoNotAddUp; OwnershipUnknown;
            OwnershipBeforePresent; OwnershipHistoryFull;
            OwnershipInFuture; RequestIdReused.
        """
        demand(actor, TRANSFER_OWNERSHIP)
        return await self.by_hand.make(actor, order, _transferred, request=request)


def _transferred(ownership: Ownership, change: Change) -> tuple[Ownership, Events]:
    return ownership.transfer(
        change.period, change.people, edition=change.edition, today=change.today
    )
