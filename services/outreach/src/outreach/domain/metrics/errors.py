"""Why a figure is not taken."""

from outreach.domain.errors import OutreachError


class MetricSubjectNotFound(OutreachError):
    """No such article or channel in this community."""

    code = "METRIC_SUBJECT_NOT_FOUND"
    message = "没有找到这个数字所说的文章或渠道。"


class MetricUnfit(OutreachError):
    """Followers of an article, likes of a community: nothing counts that."""

    code = "METRIC_UNFIT"
    message = "这类对象没有这项指标，请重新选择。"


class MetricValueInvalid(OutreachError):
    """Below nothing, or beyond what can be counted."""

    code = "METRIC_VALUE_INVALID"
    message = "数字不能小于 0，也不能超过 21 亿。"


class MetricDayInFuture(OutreachError):
    """Nobody knows a figure of a day to come."""

    code = "METRIC_DAY_IN_FUTURE"
    message = "日期不能晚于今天。"


class MetricHistoryInvalid(OutreachError):
    """A historical figure says for which time it stands and who said so; no other does."""

    code = "METRIC_HISTORY_INVALID"
    message = "历史数字须写明所指的起止时间和出处；其他来源的数字不填这两项。"


class MetricAlreadyRecorded(OutreachError):
    """There is a figure of that day; another word on it is a correction."""

    code = "METRIC_ALREADY_RECORDED"
    message = "这一天的数字已经登记过，如有变动请登记为更正。"


class MetricSnapshotNotFound(OutreachError):
    """What is to be corrected is not there."""

    code = "METRIC_SNAPSHOT_NOT_FOUND"
    message = "没有找到要更正的数字。"


class MetricCorrectionMismatched(OutreachError):
    """A correction is of the same subject, metric and day; what was historical stays so."""

    code = "METRIC_CORRECTION_MISMATCHED"
    message = "更正须与原数字是同一对象、同一指标、同一天，历史数字须更正为历史数字。"


class MetricAlreadyCorrected(OutreachError):
    """Somebody corrected it already; what stands now is that correction."""

    code = "METRIC_ALREADY_CORRECTED"
    message = "这个数字已经更正过，请在最新的数字上再更正。"
