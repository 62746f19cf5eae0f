"""What can be done with merchants."""
# ruff: noqa: A002 - `input` is the word of the graph

from typing import Annotated

import strawberry
from chassis.graphql import scopes_for
from chassis.graphql_errors import RequestIdReused
from chassis.ids import derived_id

from vouchers.api.context import Info, actor
from vouchers.api.errors import MakerMayNotApprove
from vouchers.api.merchants.errors import (
    CreditCodeInvalid,
    CreditCodeTaken,
    MerchantContactInvalid,
    MerchantNameInvalid,
    MerchantNotApproved,
    MerchantNotFound,
    MerchantNotSuspended,
    MerchantNotWaiting,
    PayeeAccountInvalid,
    StoreAddressInvalid,
    SuspensionReasonInvalid,
    TooManyStores,
)
from vouchers.api.merchants.inputs import (
    AddStoreInput,
    ApproveMerchantInput,
    RegisterMerchantInput,
    ReinstateMerchantInput,
    SuspendMerchantInput,
)
from vouchers.api.merchants.types import Merchant, Store
from vouchers.application.merchants.add_store import NewStore
from vouchers.domain.merchants import particulars
from vouchers.domain.merchants.merchant import NewMerchant


@strawberry.type(description="The merchant waits for a second person.")
class RegisterMerchantSuccess:
    """See RegisterMerchant."""

    merchant: Merchant = strawberry.field(description="The merchant.")


@strawberry.type(description="The merchant has the shop.")
class AddStoreSuccess:
    """See AddStore."""

    merchant: Merchant = strawberry.field(description="The merchant.")
    store: Store = strawberry.field(description="The shop.")


@strawberry.type(description="The merchant may take vouchers.")
class ApproveMerchantSuccess:
    """See ApproveMerchant."""

    merchant: Merchant = strawberry.field(description="The merchant.")


@strawberry.type(description="The merchant takes none; its systems lose their access in seconds.")
class SuspendMerchantSuccess:
    """See SuspendMerchant."""

    merchant: Merchant = strawberry.field(description="The merchant.")


@strawberry.type(description="The merchant may take vouchers again.")
class ReinstateMerchantSuccess:
    """See ReinstateMerchant."""

    merchant: Merchant = strawberry.field(description="The merchant.")


RegisterMerchantResult = Annotated[
    RegisterMerchantSuccess
    | MerchantNameInvalid
    | CreditCodeInvalid
    | CreditCodeTaken
    | MerchantContactInvalid
    | PayeeAccountInvalid
    | RequestIdReused,
    strawberry.union("RegisterMerchantResult", description="What can come of registering one."),
]
AddStoreResult = Annotated[
    AddStoreSuccess
    | MerchantNotFound
    | MerchantNameInvalid
    | StoreAddressInvalid
    | TooManyStores
    | RequestIdReused,
    strawberry.union("AddStoreResult", description="What can come of adding a shop."),
]
ApproveMerchantResult = Annotated[
    ApproveMerchantSuccess
    | MerchantNotFound
    | MerchantNotWaiting
    | MakerMayNotApprove
    | RequestIdReused,
    strawberry.union("ApproveMerchantResult", description="What can come of letting one in."),
]
SuspendMerchantResult = Annotated[
    SuspendMerchantSuccess
    | MerchantNotFound
    | MerchantNotApproved
    | SuspensionReasonInvalid
    | RequestIdReused,
    strawberry.union("SuspendMerchantResult", description="What can come of shutting one out."),
]
ReinstateMerchantResult = Annotated[
    ReinstateMerchantSuccess | MerchantNotFound | MerchantNotSuspended | RequestIdReused,
    strawberry.union("ReinstateMerchantResult", description="What can come of that."),
]


@strawberry.type
class MerchantMutations:
    """The part of Mutation that is about merchants."""

    @strawberry.federation.mutation(
        description="Write down a business that wants to take vouchers.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def register_merchant(
        self,
        info: Info,
        input: Annotated[RegisterMerchantInput, strawberry.argument(description="The business.")],
    ) -> RegisterMerchantResult | None:
        """See RegisterMerchant."""
        caller = actor(info)
        new = NewMerchant(
            name=input.name,
            credit_code=input.credit_code,
            business=particulars.BusinessKind[input.business.name],
            is_alliance_member=input.is_alliance_member,
            contact_name=input.contact_name,
            contact_phone=input.contact_phone,
            payee_name=input.payee_name,
            payee_account_number=input.payee_account_number,
        )
        merchant = await info.context.application.merchants.register(
            caller,
            derived_id("merchant", caller.account_id, input.request_id),
            new,
            request=info.context.request_for(input.request_id, register_merchant=new),
        )
        return RegisterMerchantSuccess(merchant=Merchant.of(merchant))

    @strawberry.federation.mutation(
        description="Write down a shop of a merchant.",
        authenticated=True,
        requires_scopes=scopes_for("clerk", "secretary"),
    )
    async def add_store(
        self,
        info: Info,
        input: Annotated[AddStoreInput, strawberry.argument(description="The shop.")],
    ) -> AddStoreResult | None:
        """See AddStore."""
        caller, merchant_id = actor(info), str(input.merchant_id)
        store_id = derived_id("store", merchant_id, caller.account_id, input.request_id)
        new = NewStore(
            store_id, input.name, input.address, str(input.estate_id) if input.estate_id else None
        )
        merchant = await info.context.application.merchants.add_store(
            caller,
            merchant_id,
            new,
            request=info.context.request_for(
                input.request_id, merchant_id=merchant_id, add_store=new
            ),
        )
        (store,) = (each for each in merchant.stores if each.id == store_id)
        return AddStoreSuccess(merchant=Merchant.of(merchant), store=Store.of(store))

    @strawberry.federation.mutation(
        description="Let a merchant in; never by who registered it.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def approve_merchant(
        self,
        info: Info,
        input: Annotated[ApproveMerchantInput, strawberry.argument(description="Which.")],
    ) -> ApproveMerchantResult | None:
        """See ApproveMerchant."""
        merchant_id = str(input.merchant_id)
        merchant = await info.context.application.merchants.approve(
            actor(info),
            merchant_id,
            request=info.context.request_for(input.request_id, approve_merchant=merchant_id),
        )
        return ApproveMerchantSuccess(merchant=Merchant.of(merchant))

    @strawberry.federation.mutation(
        description="Shut a merchant out until it is let in again.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def suspend_merchant(
        self,
        info: Info,
        input: Annotated[SuspendMerchantInput, strawberry.argument(description="Which, why.")],
    ) -> SuspendMerchantResult | None:
        """See SuspendMerchant."""
        merchant_id = str(input.merchant_id)
        merchant = await info.context.application.merchants.suspend(
            actor(info),
            merchant_id,
            input.reason,
            request=info.context.request_for(
                input.request_id, suspend_merchant=merchant_id, reason=input.reason
            ),
        )
        return SuspendMerchantSuccess(merchant=Merchant.of(merchant))

    @strawberry.federation.mutation(
        description="Let a suspended merchant in again.",
        authenticated=True,
        requires_scopes=scopes_for("secretary"),
    )
    async def reinstate_merchant(
        self,
        info: Info,
        input: Annotated[ReinstateMerchantInput, strawberry.argument(description="Which.")],
    ) -> ReinstateMerchantResult | None:
        """See ReinstateMerchant."""
        merchant_id = str(input.merchant_id)
        merchant = await info.context.application.merchants.reinstate(
            actor(info),
            merchant_id,
            request=info.context.request_for(input.request_id, reinstate_merchant=merchant_id),
        )
        return ReinstateMerchantSuccess(merchant=Merchant.of(merchant))
