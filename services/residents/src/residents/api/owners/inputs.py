"""What is typed of owners and shares."""

from datetime import date

import strawberry

from residents.api.owners.enums import OwnerKind
from residents.application.owners.ownership_by_hand import OrderedStake, OwnershipOrder
from residents.domain.owners import owner
from residents.domain.owners.errors import OwnerDescriptionInvalid
from residents.domain.owners.typed_owners import TypedOwner


@strawberry.input(description="A share, exact: 1 of 2 is the half.")
class OwnershipShareInput:
    """See residents.domain.owners.shares."""

    numerator: int = strawberry.field(description="How many of the parts.")
    denominator: int = strawberry.field(description="Into how many parts the whole is divided.")


@strawberry.input(description="An owner who is described: recognised if known, else entered.")
class OwnerInput:
    """See residents.domain.owners.typed_owners."""

    kind: OwnerKind = strawberry.field(description="A person or a company.")
    name: str = strawberry.field(description="The name.")
    number: str | None = strawberry.field(
        default=None,
        description="The identity number, or a company's credit code. Only a keyed hash is kept.",
    )
    phone: str | None = strawberry.field(default=None, description="The phone.")
    address: str | None = strawberry.field(
        default=None, description="Where they live or sit, when that is not here."
    )
    lives_elsewhere: bool = strawberry.field(
        default=False, description="Whether they say that they do not live here."
    )


@strawberry.input(description="An owner and their share. Give `ownerId` or `owner`, not both.")
class OwnershipStakeInput:
    """See OrderedStake."""

    owner_id: strawberry.ID | None = strawberry.field(
        default=None, description="Somebody who is known as an owner."
    )
    owner: OwnerInput | None = strawberry.field(
        default=None, description="Somebody who is described."
    )
    share: OwnershipShareInput | None = strawberry.field(
        default=None,
        description="The share; null for each owner in joint ownership, and of a single owner.",
    )

    def ordered(self) -> OrderedStake:
        """As the use case takes it. Raises: OwnerDescriptionInvalid."""
        share = (self.share.numerator, self.share.denominator) if self.share else None
        if self.owner is not None and self.owner_id is None:
            return OrderedStake(owner=_typed(self.owner), share=share)
        if self.owner is None and self.owner_id is not None:
            return OrderedStake(owner=str(self.owner_id), share=share)
        raise OwnerDescriptionInvalid("每位产权人须选择已登记的，或填写其信息，二者选一。")


def order_of(
    household_id: str, valid_from: date, owners: list[OwnershipStakeInput]
) -> OwnershipOrder:
    """What is asked for. Raises: OwnerDescriptionInvalid."""
    stakes = tuple(stake.ordered() for stake in owners)
    return OwnershipOrder(household_id=household_id, valid_from=valid_from, stakes=stakes)


def _typed(typed: OwnerInput) -> TypedOwner:
    return TypedOwner(
        kind=owner.OwnerKind[typed.kind.name],
        name=typed.name,
        number=typed.number,
        phone=typed.phone,
        address=typed.address,
        lives_elsewhere=typed.lives_elsewhere,
    )
