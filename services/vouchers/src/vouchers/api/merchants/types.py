"""The types of the graph that merchants are."""
# ruff: noqa: A002 - `id` is the word of the graph

from datetime import datetime

import strawberry

from vouchers.api.context import Info
from vouchers.api.merchants import loaders
from vouchers.api.merchants.enums import BusinessKind, MerchantState
from vouchers.domain.merchants import merchant as domain
from vouchers.domain.merchants.masking import masked_contact, masked_payee


@strawberry.type(description="A shop where vouchers are taken.")
class Store:
    """See vouchers.domain.merchants.merchant."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    name: str = strawberry.field(description="What it is called.")
    address: str = strawberry.field(description="Where it is.")
    estate_id: strawberry.ID | None = strawberry.field(
        description="The estate it stands in; null for one outside of all."
    )

    @classmethod
    def of(cls, store: domain.Store) -> "Store":
        """As the graph shows it."""
        return cls(
            id=strawberry.ID(store.id),
            name=store.name,
            address=store.address,
            estate_id=strawberry.ID(store.estate_id) if store.estate_id else None,
        )


@strawberry.type(description="Whom to turn to, masked.")
class MerchantContact:
    """See vouchers.domain.merchants.masking."""

    masked_name: str = strawberry.field(description="The first character of the name.")
    masked_phone: str = strawberry.field(description="The first three and the last four digits.")


@strawberry.type(description="Where the merchant's money goes, masked.")
class MerchantPayee:
    """See vouchers.domain.merchants.masking."""

    masked_name: str = strawberry.field(description="The first character of the account's name.")
    masked_account_number: str = strawberry.field(description="The last four digits.")


@strawberry.federation.type(
    keys=["id"], description="A business of the neighbourhood that takes vouchers."
)
class Merchant:
    """See vouchers.domain.merchants.merchant."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    name: str = strawberry.field(description="What it is called.")
    credit_code: str = strawberry.field(description="Its unified social credit code.")
    business: BusinessKind = strawberry.field(description="What it lives by.")
    is_alliance_member: bool = strawberry.field(
        description="Whether it belongs to the alliance of the neighbourhood's merchants."
    )
    contact: MerchantContact | None = strawberry.field(
        description="Whom to turn to; null once that was erased."
    )
    payee: MerchantPayee | None = strawberry.field(
        description="Where its money goes; null once that was erased."
    )
    stores: list[Store] = strawberry.field(description="Its shops, at most 50.")
    state: MerchantState = strawberry.field(description="Where it stands.")
    registered_at: datetime = strawberry.field(description="When it was written down.")
    registered_by: strawberry.ID = strawberry.field(description="The account that did.")
    approved_at: datetime | None = strawberry.field(
        description="When it was last let in; null while it waits."
    )
    approved_by: strawberry.ID | None = strawberry.field(description="The account that did.")
    suspended_at: datetime | None = strawberry.field(
        description="Since when it is shut out; null for one that is not."
    )
    suspended_by: strawberry.ID | None = strawberry.field(description="The account that did.")
    suspension_reason: str | None = strawberry.field(description="Why it is shut out.")

    @classmethod
    def of(cls, kept: domain.Merchant) -> "Merchant":
        """As the graph shows it."""
        contact, payee = masked_contact(kept.contact), masked_payee(kept.payee)
        return cls(
            id=strawberry.ID(kept.id),
            name=kept.name,
            credit_code=kept.credit_code,
            business=BusinessKind[kept.business.name],
            is_alliance_member=kept.is_alliance_member,
            contact=MerchantContact(masked_name=contact.name, masked_phone=contact.phone)
            if contact
            else None,
            payee=MerchantPayee(masked_name=payee.name, masked_account_number=payee.account_number)
            if payee
            else None,
            stores=[Store.of(store) for store in kept.stores],
            state=MerchantState[kept.state.name],
            registered_at=kept.registered_at,
            registered_by=strawberry.ID(kept.registered_by),
            approved_at=kept.approved_at,
            approved_by=strawberry.ID(kept.approved_by) if kept.approved_by else None,
            suspended_at=kept.suspended_at,
            suspended_by=strawberry.ID(kept.suspended_by) if kept.suspended_by else None,
            suspension_reason=kept.suspension_reason,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Merchant | None":
        """By the same rule as a direct read."""
        found = await info.context.load(loaders.merchants, str(id))
        return cls.of(found) if found else None
