"""To whose account a commenter, or a comment, is joined, and which of two claims stands."""

from datetime import datetime
from enum import StrEnum

import msgspec


class JoinedBy(StrEnum):
    """How we know that it is the same person."""

    UNION = "union"
    LINK = "link"


class Joined(msgspec.Struct, frozen=True, kw_only=True):
    """A claim to what somebody wrote.

    Attributes:
        person_key: the account's pseudonym; None while residents verified nobody behind it.
        told_sequence: of the event by which residents told it; 0 before any.
    """

    account_id: str
    person_key: str | None
    how: JoinedBy
    at: datetime
    told_sequence: int = 0


def which_stands(there: Joined | None, new: Joined) -> Joined:
    """Decide between two claims, in whichever order they came.

    The first stands, but WeChat's word that two identities are one person outweighs a link, which
    anybody may open who sees it. A claim for the same account adds the pseudonym that was missing,
    or the one that residents told since.
    """
    if there is None:
        return new
    if there.account_id == new.account_id:
        if new.person_key == there.person_key or new.told_sequence <= there.told_sequence:
            return there
        return msgspec.structs.replace(
            there, person_key=new.person_key, told_sequence=new.told_sequence
        )
    if there.how is JoinedBy.LINK and new.how is JoinedBy.UNION:
        return new
    return there
