"""What can go wrong, as facts; each room adds its own. `code` is the contract of the graph."""

from typing import ClassVar


class VouchersError(Exception):
    """Something the person should hear of.

    Attributes:
        code: for programs; never changes.
        message: for the person, plain Chinese.
    """

    code: ClassVar[str]
    message: str

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class MakerMayNotApprove(VouchersError):
    """Two people: who made it is not who approves it."""

    code = "MAKER_MAY_NOT_APPROVE"
    message = "提交人不能审核自己提交的内容，请由另一位负责人审核。"
