"""What is given to change merchants."""

import strawberry

from vouchers.api.merchants.enums import BusinessKind

_REQUEST_ID = "The same in every repeat of this request."


@strawberry.input(description="A business that wants to take vouchers.")
class RegisterMerchantInput:
    """See RegisterMerchant."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    name: str = strawberry.field(description="What it is called: up to 60 characters.")
    credit_code: str = strawberry.field(
        description="Its unified social credit code (GB 32100): 18 characters."
    )
    business: BusinessKind = strawberry.field(description="What it lives by.")
    is_alliance_member: bool = strawberry.field(
        description="Whether it belongs to the alliance of the neighbourhood's merchants."
    )
    contact_name: str = strawberry.field(description="Whom to turn to; kept encrypted.")
    contact_phone: str = strawberry.field(description="Their phone; kept encrypted.")
    payee_name: str = strawberry.field(
        description="In whose name the bank account is; kept encrypted."
    )
    payee_account_number: str = strawberry.field(
        description="The number of the bank account: 8 to 32 digits; kept encrypted."
    )


@strawberry.input(description="A shop of a merchant.")
class AddStoreInput:
    """See AddStore."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    merchant_id: strawberry.ID = strawberry.field(description="The merchant.")
    name: str = strawberry.field(description="What the shop is called: up to 60 characters.")
    address: str = strawberry.field(description="Where it is: up to 120 characters.")
    estate_id: strawberry.ID | None = strawberry.field(
        default=None, description="The estate it stands in; null for one outside of all."
    )


@strawberry.input(description="The merchant to let in.")
class ApproveMerchantInput:
    """See ApproveMerchant."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    merchant_id: strawberry.ID = strawberry.field(description="The merchant.")


@strawberry.input(description="The merchant to shut out.")
class SuspendMerchantInput:
    """See SuspendMerchant."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    merchant_id: strawberry.ID = strawberry.field(description="The merchant.")
    reason: str = strawberry.field(
        description="Why: 4 to 200 characters, for the office; kept encrypted."
    )


@strawberry.input(description="The suspended merchant to let in again.")
class ReinstateMerchantInput:
    """See ReinstateMerchant."""

    request_id: strawberry.ID = strawberry.field(description=_REQUEST_ID)
    merchant_id: strawberry.ID = strawberry.field(description="The merchant.")
