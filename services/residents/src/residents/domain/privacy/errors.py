"""What this room can refuse, each with a code for the program and a sentence for the person."""

from datetime import datetime

from residents.domain.errors import ResidentsError


class RevealReasonRequired(ResidentsError):
    """Nobody sees a contact without saying why."""

    code = "REVEAL_REASON_REQUIRED"
    message = "请选择查看原因，并用 4 至 200 个字说明。"


class RevealLimitReached(ResidentsError):
    """Too many contacts in an hour for one account.

    Attributes:
        again_at: when the next one may be asked for.
    """

    code = "REVEAL_LIMIT_REACHED"
    message = "一小时内查看联系方式的次数已达上限，请稍后再试。"

    def __init__(self, again_at: datetime) -> None:
        self.again_at = again_at
        super().__init__()


class RevealNotFound(ResidentsError):
    """No such reveal of this account in this session."""

    code = "REVEAL_NOT_FOUND"
    message = "找不到该查看记录。"


class ConsentNotFound(ResidentsError):
    """Nothing is agreed to that could be withdrawn."""

    code = "CONSENT_NOT_FOUND"
    message = "没有可以撤回的同意。"


class PolicyNotCurrent(ResidentsError):
    """The person agreed to a text that is no longer, or not yet, the one that counts."""

    code = "POLICY_NOT_CURRENT"
    message = "隐私说明已更新，请阅读最新版本后再同意。"


class ConsentChangedTooOften(ResidentsError):
    """The history of one purpose is full; what stands can still be withdrawn."""

    code = "CONSENT_CHANGED_TOO_OFTEN"
    message = "该项同意变更过于频繁，请联系社区工作人员。"


class ConsentChannelInvalid(ResidentsError):
    """At the counter somebody agreed in some way that is not the person's own screen."""

    code = "CONSENT_CHANNEL_INVALID"
    message = "请选择居民当面、书面或电话表示同意的方式。"


class ExportReasonRequired(ResidentsError):
    """Staff say why they take out the data of a resident."""

    code = "EXPORT_REASON_REQUIRED"
    message = "请用 4 至 200 个字说明代居民导出数据的原因。"


class ExportNotFound(ResidentsError):
    """No such ticket, or one that was used or has expired: it never says which."""

    code = "EXPORT_NOT_FOUND"
    message = "下载链接无效、已使用或已过期，请重新申请导出。"
