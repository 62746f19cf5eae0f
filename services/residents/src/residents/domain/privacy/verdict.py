"""What can be wrong with a chain, and what was found."""

from enum import StrEnum

import msgspec


class BreakKind(StrEnum):
    """What was done to a chain where it first breaks."""

    CHANGED = "changed entry"
    MISSING = "missing entry"
    INSERTED = "inserted entry"
    REORDERED = "reordered"
    CUT_OFF = "cut off at the end"
    HEAD_ALTERED = "head altered"
    NOT_AS_EXPECTED = "not the chain that was expected"


class Break(msgspec.Struct, frozen=True):
    """The first place where a chain is not what was written.

    Attributes:
        seq: of the first entry that is not as it was written, or is not there.
    """

    seq: int
    kind: BreakKind


class Verdict(msgspec.Struct, frozen=True):
    """What came of walking a community's chain.

    Attributes:
        entries: how many were read, up to the break if there is one.
        head_hash: the hash of the last of them that is whole.
    """

    community_id: str
    entries: int
    head_hash: str
    first_break: Break | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return self.first_break is None
