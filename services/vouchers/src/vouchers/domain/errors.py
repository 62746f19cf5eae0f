"""What can go wrong, as facts; each room adds its own. `code` is the contract of the graph."""

from typing import ClassVar


class VouchersError(Exception):
    """Something the person should hear of.

    Attributes:
        code: for programs; never changes.
        message: for the person, plain Chinese.
    """

    code: ClassVar[str]
    message: ClassVar[str]

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
