"""What can go wrong with campaigns."""

from vouchers.domain.errors import VouchersError


class CampaignNotFound(VouchersError):
    """No such campaign in the caller's community."""

    code = "CAMPAIGN_NOT_FOUND"
    message = "找不到该发放活动。"


class CampaignTitleInvalid(VouchersError):
    """The title is empty, too long or holds control characters."""

    code = "CAMPAIGN_TITLE_INVALID"
    message = "活动名称须为 1 至 40 个字符。"


class FunderInvalid(VouchersError):
    """Whose money it is, is not said, or at too great length."""

    code = "FUNDER_INVALID"
    message = "出资方须为单位，名称须为 1 至 60 个字符。"


class FaceValueInvalid(VouchersError):
    """A voucher is worth between one fen and a thousand yuan."""

    code = "FACE_VALUE_INVALID"
    message = "面额须在 0.01 元至 1000 元之间。"


class MinimumSpendInvalid(VouchersError):
    """A bill's least amount is between nothing and ten thousand yuan."""

    code = "MINIMUM_SPEND_INVALID"
    message = "最低消费金额须在 0 元至 10000 元之间。"


class StockInvalid(VouchersError):
    """A campaign has between one and two hundred thousand vouchers."""

    code = "STOCK_INVALID"
    message = "发放数量须在 1 至 200000 张之间。"


class DailyStockInvalid(VouchersError):
    """One voucher a day or more, no more than there are, and the last before claiming ends."""

    code = "DAILY_STOCK_INVALID"
    message = "每日投放数量须不少于 1 张且不超过发放数量，并保证在领取截止前全部投放。"


class BudgetTooSmall(VouchersError):
    """All the vouchers together are worth more than may be spent."""

    code = "BUDGET_TOO_SMALL"
    message = "预算不足：面额乘以数量不能超过预算。"


class BudgetInvalid(VouchersError):
    """Nothing may be spent, or more than a campaign of this system can ever hold."""

    code = "BUDGET_INVALID"
    message = "预算须在 0.01 元至 10 亿元之间。"


class CapInvalid(VouchersError):
    """Each person may claim one to twenty, each household as many up to a hundred."""

    code = "CAP_INVALID"
    message = "每人限领须在 1 至 20 张之间，每户限领不少于每人限领且不超过 100 张。"


class WindowInvalid(VouchersError):
    """Claiming does not begin before it ends, or using ends before claiming, or too late."""

    code = "WINDOW_INVALID"
    message = "领取开始时间须早于截止时间，使用截止时间不早于领取截止时间，且全程不超过三年。"


class WindowOver(VouchersError):
    """Nobody could claim any more."""

    code = "WINDOW_OVER"
    message = "领取截止时间已过，请调整时间。"


class TooManyPlaces(VouchersError):
    """More estates or merchants are named than a campaign can name."""

    code = "TOO_MANY_PLACES"
    message = "指定的小区不超过 100 个，商户不超过 200 个，且不能为空编号。"


class CampaignNotDraft(VouchersError):
    """What was approved is amended no more, and approved once."""

    code = "CAMPAIGN_NOT_DRAFT"
    message = "该活动不在草稿状态。"


class CampaignTermsChanged(VouchersError):
    """Nobody approves terms that they have not read."""

    code = "CAMPAIGN_TERMS_CHANGED"
    message = "活动条款已被修改，请重新查看后再批准。"


class CampaignNotLive(VouchersError):
    """Only what runs can be paused."""

    code = "CAMPAIGN_NOT_LIVE"
    message = "该活动当前没有在进行。"


class CampaignNotPaused(VouchersError):
    """Only what was paused goes on."""

    code = "CAMPAIGN_NOT_PAUSED"
    message = "该活动没有被暂停。"


class CampaignNotRunning(VouchersError):
    """Only what runs or was paused can be ended."""

    code = "CAMPAIGN_NOT_RUNNING"
    message = "该活动尚未开始或已经结束。"
