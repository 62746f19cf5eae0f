"""How a person's name, a phone and an account number are shown to who reads a merchant."""

from vouchers.domain.merchants.particulars import Contact, Payee

_TAIL = 4


def masked_name(name: str) -> str:
    """The first character."""
    return name[:1] + "*" * max(1, len(name) - 1)


def masked_number(number: str) -> str:
    """The first three and the last four digits."""
    return f"{number[:3]}****{number[-_TAIL:]}"


def masked_contact(contact: Contact | None) -> Contact | None:
    """Nothing where the person was erased."""
    return contact and Contact(masked_name(contact.name), masked_number(contact.phone))


def masked_payee(payee: Payee | None) -> Payee | None:
    """The last four digits of the account, and the name as far as it is a person's.

    A business is called by its whole name everywhere; that of an account may be its owner's.
    """
    return payee and Payee(masked_name(payee.name), "****" + payee.account_number[-_TAIL:])
