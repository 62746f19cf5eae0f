"""Owners as somebody at a desk types them."""

import msgspec

from residents.domain.archive.fact_checks import checked_identity_number, checked_phone
from residents.domain.naming import checked_name
from residents.domain.owners.descriptions import ClearOwner
from residents.domain.owners.errors import OwnerDescriptionInvalid
from residents.domain.owners.owner import OwnerKind
from residents.domain.owners.register_rows import credit_code_of

_LONGEST_ADDRESS = 200


class TypedOwner(msgspec.Struct, frozen=True, kw_only=True):
    """An owner as typed. Not to be kept or logged.

    Attributes:
        number: an identity number, or a company's unified social credit code.
        address: where they live or sit, when that is not here.
    """

    kind: OwnerKind
    name: str
    number: str | None = None
    phone: str | None = None
    address: str | None = None
    lives_elsewhere: bool = False

    def __repr__(self) -> str:
        """What they are, and not who."""
        return f"TypedOwner(kind={self.kind.value})"


def checked_owner(typed: TypedOwner) -> ClearOwner:
    """The owner in the one form in which they are compared and kept.

    Raises: NameInvalid; IdentityNumberInvalid; PhoneInvalid; OwnerDescriptionInvalid.
    """
    address = typed.address.strip() if typed.address else None
    if address and (len(address) > _LONGEST_ADDRESS or not address.isprintable()):
        raise OwnerDescriptionInvalid("住址须为 1 至 200 个字。")
    is_company = typed.kind is OwnerKind.COMPANY
    return ClearOwner(
        kind=typed.kind,
        name=checked_name(typed.name),
        identity_number=(
            _checked_credit_code(typed.number)
            if is_company
            else checked_identity_number(typed.number, None)
        ),
        phone=checked_phone(typed.phone),
        address=address or None,
        is_said_elsewhere=typed.lives_elsewhere,
    )


def _checked_credit_code(typed: str | None) -> str | None:
    if not typed or not typed.strip():
        return None
    code = credit_code_of(typed)
    if code is None:
        raise OwnerDescriptionInvalid("统一社会信用代码有误，应为 18 位。")
    return code
