"""What is written down of a business, checked as it comes in."""

import re
import unicodedata
from enum import StrEnum

import msgspec

from vouchers.domain.errors import VouchersError
from vouchers.domain.merchants.errors import (
    MerchantContactInvalid,
    MerchantNameInvalid,
    PayeeAccountInvalid,
    StoreAddressInvalid,
    SuspensionReasonInvalid,
)

_NAME_LENGTH = 60
_ADDRESS_LENGTH = 120
_PERSON_LENGTH = 50
_LEAST_REASON, _MOST_REASON = 4, 200
_PHONE = re.compile(r"1[3-9][0-9]{9}|0[0-9]{9,11}|400[0-9]{7}")
_ACCOUNT_NUMBER = re.compile(r"[0-9]{8,32}")


class BusinessKind(StrEnum):
    """What a merchant lives by."""

    CATERING = "catering"
    GROCERY = "grocery"
    RETAIL = "retail"
    PHARMACY = "pharmacy"
    HEALTH = "health"
    HOUSEKEEPING = "housekeeping"
    REPAIR = "repair"
    LEISURE = "leisure"
    OTHER = "other"


class Contact(msgspec.Struct, frozen=True):
    """Whom to turn to."""

    name: str
    phone: str


class Payee(msgspec.Struct, frozen=True):
    """Where the merchant's money goes: the name and the number of a bank account."""

    name: str
    account_number: str


def checked_name(typed: str) -> str:
    """The name of a merchant or a store. Raises: MerchantNameInvalid."""
    return _text(typed, 1, _NAME_LENGTH, MerchantNameInvalid)


def checked_address(typed: str) -> str:
    """Where a store is. Raises: StoreAddressInvalid."""
    return _text(typed, 1, _ADDRESS_LENGTH, StoreAddressInvalid)


def checked_reason(typed: str) -> str:
    """Why a merchant is shut out. Raises: SuspensionReasonInvalid."""
    return _text(typed, _LEAST_REASON, _MOST_REASON, SuspensionReasonInvalid)


def checked_contact(name: str, phone: str) -> Contact:
    """Raises: MerchantContactInvalid."""
    number = _digits(phone)
    if not _PHONE.fullmatch(number):
        raise MerchantContactInvalid
    return Contact(_text(name, 1, _PERSON_LENGTH, MerchantContactInvalid), number)


def checked_payee(name: str, account_number: str) -> Payee:
    """Raises: PayeeAccountInvalid."""
    number = _digits(account_number)
    if not _ACCOUNT_NUMBER.fullmatch(number):
        raise PayeeAccountInvalid
    return Payee(_text(name, 1, _NAME_LENGTH, PayeeAccountInvalid), number)


def _text(typed: str, least: int, most: int, refusal: type[VouchersError]) -> str:
    text = unicodedata.normalize("NFC", typed).strip()
    if not least <= len(text) <= most or not text.isprintable():
        raise refusal
    return text


def _digits(typed: str) -> str:
    """A number without what people put between its digits."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed))
