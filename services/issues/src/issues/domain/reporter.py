"""The account of who wrote a comment, once that is known."""

from datetime import datetime

import msgspec


class Reporter(msgspec.Struct, frozen=True, kw_only=True):
    """Whom progress can be told to.

    Attributes:
        person_key: the account's pseudonym; None while nobody is verified behind it.
        sequence: the number of the comment's event that this stems from.
    """

    account_id: str
    person_key: str | None
    joined_at: datetime
    sequence: int
