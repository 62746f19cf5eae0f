"""A merchant: a business of the neighbourhood that takes vouchers for money."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from vouchers.domain.actors import Actor
from vouchers.domain.errors import MakerMayNotApprove
from vouchers.domain.events import Event
from vouchers.domain.merchants.credit_code import checked_credit_code
from vouchers.domain.merchants.errors import (
    MerchantNotApproved,
    MerchantNotSuspended,
    MerchantNotWaiting,
    TooManyStores,
)
from vouchers.domain.merchants.events import MerchantApproved, MerchantSuspended
from vouchers.domain.merchants.particulars import (
    BusinessKind,
    Contact,
    Payee,
    checked_address,
    checked_contact,
    checked_name,
    checked_payee,
    checked_reason,
)

MOST_STORES = 50


class MerchantState(StrEnum):
    """applied → approved ⇄ suspended."""

    APPLIED = "applied"
    APPROVED = "approved"
    SUSPENDED = "suspended"


class Store(msgspec.Struct, frozen=True, kw_only=True):
    """A shop where vouchers are taken.

    Attributes:
        estate_id: the estate it stands in; None for one outside of all.
    """

    id: str
    name: str
    address: str
    estate_id: str | None = None


class NewMerchant(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed about a business."""

    name: str
    credit_code: str
    business: BusinessKind
    is_alliance_member: bool
    contact_name: str
    contact_phone: str
    payee_name: str
    payee_account_number: str


class Merchant(msgspec.Struct, frozen=True, kw_only=True):
    """A merchant of a community.

    Attributes:
        credit_code: never changes: a community has a business once.
        contact: encrypted, as are `payee` and `suspension_reason`; None once the key is gone.
    """

    id: str
    community_id: str
    credit_code: str
    name: str
    business: BusinessKind
    is_alliance_member: bool
    contact: Contact | None
    payee: Payee | None
    state: MerchantState
    registered_at: datetime
    registered_by: str
    stores: tuple[Store, ...] = ()
    approved_at: datetime | None = None
    approved_by: str | None = None
    suspended_at: datetime | None = None
    suspended_by: str | None = None
    suspension_reason: str | None = None
    version: int = 0

    @classmethod
    def register(cls, merchant_id: str, new: NewMerchant, *, by: Actor, at: datetime) -> "Merchant":
        """A merchant that waits for a second person.

        Raises: MerchantNameInvalid; CreditCodeInvalid; MerchantContactInvalid;
            PayeeAccountInvalid.
        """
        return cls(
            id=merchant_id,
            community_id=by.community_id,
            credit_code=checked_credit_code(new.credit_code),
            name=checked_name(new.name),
            business=new.business,
            is_alliance_member=new.is_alliance_member,
            contact=checked_contact(new.contact_name, new.contact_phone),
            payee=checked_payee(new.payee_name, new.payee_account_number),
            state=MerchantState.APPLIED,
            registered_at=at,
            registered_by=by.account_id,
        )

    @property
    def is_approved(self) -> bool:
        """Whether it may take vouchers now."""
        return self.state is MerchantState.APPROVED

    def has_store(self, store_id: str) -> bool:
        """Whether the store is one of its own."""
        return any(store.id == store_id for store in self.stores)

    def add_store(
        self, store_id: str, *, name: str, address: str, estate_id: str | None
    ) -> "Changed":
        """Add a shop; one that is there stays as it is.

        Raises: MerchantNameInvalid; StoreAddressInvalid; TooManyStores.
        """
        store = Store(
            id=store_id,
            name=checked_name(name),
            address=checked_address(address),
            estate_id=estate_id,
        )
        if self.has_store(store_id):
            return self, ()
        if len(self.stores) >= MOST_STORES:
            raise TooManyStores
        return msgspec.structs.replace(self, stores=(*self.stores, store)), ()

    def approve(self, by: Actor, at: datetime) -> "Changed":
        """Let it in.

        Raises: MerchantNotWaiting; MakerMayNotApprove to who registered it.
        Emits: merchant.approved v1.
        """
        if self.state is not MerchantState.APPLIED:
            raise MerchantNotWaiting
        if by.account_id == self.registered_by:
            raise MakerMayNotApprove
        return self._let_in(by, at)

    def suspend(self, reason: str, by: Actor, at: datetime) -> "Changed":
        """Shut it out until somebody lets it in again.

        Raises: MerchantNotApproved; SuspensionReasonInvalid. Emits: merchant.suspended v1.
        """
        if self.state is not MerchantState.APPROVED:
            raise MerchantNotApproved
        suspended = msgspec.structs.replace(
            self,
            state=MerchantState.SUSPENDED,
            suspended_at=at,
            suspended_by=by.account_id,
            suspension_reason=checked_reason(reason),
        )
        return suspended, (_suspension(suspended, by.account_id, at),)

    def reinstate(self, by: Actor, at: datetime) -> "Changed":
        """Let it in again. Raises: MerchantNotSuspended. Emits: merchant.approved v1."""
        if self.state is not MerchantState.SUSPENDED:
            raise MerchantNotSuspended
        return self._let_in(by, at)

    def _let_in(self, by: Actor, at: datetime) -> "Changed":
        approved = msgspec.structs.replace(
            self,
            state=MerchantState.APPROVED,
            approved_at=at,
            approved_by=by.account_id,
            suspended_at=None,
            suspended_by=None,
            suspension_reason=None,
        )
        return approved, (_approval(approved, by.account_id, at),)


Changed = tuple[Merchant, Sequence[Event]]


def merchant_facts(merchant: Merchant) -> Sequence[Event]:
    """What there is to say of it as it now is: nothing as long as it waits."""
    if merchant.suspended_at is not None and merchant.suspended_by is not None:
        return (_suspension(merchant, merchant.suspended_by, merchant.suspended_at),)
    if merchant.approved_at is not None and merchant.approved_by is not None:
        return (_approval(merchant, merchant.approved_by, merchant.approved_at),)
    return ()


def _approval(merchant: Merchant, by: str, at: datetime) -> MerchantApproved:
    return MerchantApproved(
        community_id=merchant.community_id,
        merchant_id=merchant.id,
        store_ids=tuple(store.id for store in merchant.stores),
        approved_at=at,
        approved_by=by,
    )


def _suspension(merchant: Merchant, by: str, at: datetime) -> MerchantSuspended:
    return MerchantSuspended(
        community_id=merchant.community_id,
        merchant_id=merchant.id,
        suspended_at=at,
        suspended_by=by,
    )
