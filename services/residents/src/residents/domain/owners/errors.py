"""What can be refused of owners and shares."""

from typing import ClassVar

from residents.domain.errors import ResidentsError
from residents.domain.imports.errors import WorkInterrupted


class OwnerShareInvalid(ResidentsError):
    """A share that is not above nothing and at most the whole."""

    code: ClassVar[str] = "OWNER_SHARE_INVALID"
    message = "产权份额无效：须大于 0 且不超过 1，请按“1/2”或“50%”填写。"


class OwnerSharesDoNotAddUp(ResidentsError):
    """The shares of a dwelling are not exactly the whole, and it is not owned jointly."""

    code: ClassVar[str] = "OWNER_SHARES_DO_NOT_ADD_UP"
    message = "同一套房屋的产权份额之和须恰好为 1；共同共有的，每位产权人都不填份额。"


class OwnerRepeated(ResidentsError):
    """The same owner twice in one dwelling."""

    code: ClassVar[str] = "OWNER_REPEATED"
    message = "同一位产权人在同一套房屋中只能登记一次。"


class OwnersMissing(ResidentsError):
    """A dwelling is owned by somebody."""

    code: ClassVar[str] = "OWNERS_MISSING"
    message = "至少要登记一位产权人。"


class OwnersTooMany(ResidentsError):
    """More owners than one dwelling can have here."""

    code: ClassVar[str] = "OWNERS_TOO_MANY"
    message = "一套房屋最多登记 50 位产权人。"


class OwnerDescriptionInvalid(ResidentsError):
    """Neither a known owner nor one described well enough."""

    code: ClassVar[str] = "OWNER_DESCRIPTION_INVALID"

    def __init__(self, message: str) -> None:
        """Args: message: what is wrong, never what was typed."""
        self.message = message
        super().__init__()


class OwnerNotFound(ResidentsError):
    """No such owner that the caller may read."""

    code: ClassVar[str] = "OWNER_NOT_FOUND"
    message = "找不到该产权人。"


class OwnershipNotFound(ResidentsError):
    """Nothing is known of who owns the dwelling. It never leaves the application."""

    code: ClassVar[str] = "OWNERSHIP_NOT_FOUND"
    message = "该房屋还没有产权登记。"


class OwnershipKnown(ResidentsError):
    """The dwelling has owners already: what is meant is a transfer."""

    code: ClassVar[str] = "OWNERSHIP_KNOWN"
    message = "该房屋已有产权登记，如产权发生变更，请办理产权转移。"


class OwnershipUnknown(ResidentsError):
    """The dwelling has no owners yet that could pass it on."""

    code: ClassVar[str] = "OWNERSHIP_UNKNOWN"
    message = "该房屋还没有产权登记，请先登记现有产权人。"


class OwnershipBeforePresent(ResidentsError):
    """A change that begins before the present owners did."""

    code: ClassVar[str] = "OWNERSHIP_BEFORE_PRESENT"
    message = "生效日期早于现有产权人的登记日期。"


class OwnershipInFuture(ResidentsError):
    """A change that has not begun yet."""

    code: ClassVar[str] = "OWNERSHIP_IN_FUTURE"
    message = "生效日期不能晚于今天。"


class OwnershipHistoryFull(ResidentsError):
    """The dwelling changed hands more often than is kept; nothing kept is ever dropped."""

    code: ClassVar[str] = "OWNERSHIP_HISTORY_FULL"
    message = "该房屋的产权变更次数已达上限，请联系系统管理员。"


class RegisterBusy(WorkInterrupted):
    """Another import of the owners' register is under way; this one goes on after it."""

    code: ClassVar[str] = "OWNERS_REGISTER_BUSY"
    message = "另一批产权登记正在写入，请稍后再试。"


class RegisterUnreadable(ResidentsError):
    """No sheet of the workbook looks like a register of owners."""

    code: ClassVar[str] = "OWNERS_REGISTER_UNREADABLE"
    message = "没有找到产权登记的表头，应有“小区、门牌、产权人、份额”等列。"
