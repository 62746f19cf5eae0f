"""What can go wrong with vouchers."""

from datetime import datetime

from vouchers.domain.errors import VouchersError


class AccountHolderNotFound(VouchersError):
    """Nobody verified who stands behind the account."""

    code = "ACCOUNT_HOLDER_NOT_FOUND"
    message = "该账号尚未绑定住户。"


class VoucherNotFound(VouchersError):
    """No such voucher that is the caller's, or that the caller may see."""

    code = "VOUCHER_NOT_FOUND"
    message = "找不到该卡券。"


class NotEligible(VouchersError):
    """The campaign is not for this person: not verified, or of another estate."""

    code = "NOT_ELIGIBLE"
    message = "您不在本次活动的发放范围内，请先完成住户认证或查看活动说明。"


class CampaignPaused(VouchersError):
    """The campaign stands still for now: no claims and no uses."""

    code = "CAMPAIGN_PAUSED"
    message = "活动已暂停，请稍后再试。"


class ClaimWindowClosed(VouchersError):
    """Claims are taken at another time."""

    code = "CLAIM_WINDOW_CLOSED"
    message = "现在不在领取时间内。"


class SoldOut(VouchersError):
    """None can be claimed now.

    Attributes:
        more_at: when the next are released; None when there are no more.
    """

    code = "SOLD_OUT"
    message = "卡券已经领完。"

    def __init__(self, more_at: datetime | None = None) -> None:
        self.more_at = more_at
        if more_at is not None:
            self.message = "本批卡券已经领完，请等待下一批投放。"
        super().__init__()


class PersonCapReached(VouchersError):
    """The person has as many of this campaign as one person may."""

    code = "PERSON_CAP_REACHED"
    message = "您已达到本次活动的个人领取上限。"


class HouseholdCapReached(VouchersError):
    """The household has as many of this campaign as one household may."""

    code = "HOUSEHOLD_CAP_REACHED"
    message = "您的家庭已达到本次活动的领取上限。"


class OnlyAsReward(VouchersError):
    """The campaign thanks people for something; nobody helps themselves."""

    code = "ONLY_AS_REWARD"
    message = "该活动的卡券仅作为奖励发放，无需领取。"


class CodeInvalid(VouchersError):
    """No code of a voucher that may be shown now: mistyped, forged, or out of date."""

    code = "CODE_INVALID"
    message = "付款码无效或已过期，请让居民刷新后重新出示。"


class CodeAlreadyUsed(VouchersError):
    """This code, or a newer one, was used; the next comes within half a minute."""

    code = "CODE_ALREADY_USED"
    message = "该付款码已使用过，请等待付款码刷新后再试。"


class VoucherNotUsable(VouchersError):
    """Nobody has claimed it, so nothing can be shown or spent."""

    code = "VOUCHER_NOT_USABLE"
    message = "该卡券目前不能使用。"


class VoucherSpent(VouchersError):
    """Nothing is left, or it was good for one use."""

    code = "VOUCHER_SPENT"
    message = "该卡券已经用完。"


class VoucherExpired(VouchersError):
    """The time in which it could be used is over."""

    code = "VOUCHER_EXPIRED"
    message = "该卡券已过期。"


class BillBelowMinimum(VouchersError):
    """The bill is too small for this voucher.

    Attributes:
        minimum_spend_fen: what the bill must come to.
    """

    code = "BILL_BELOW_MINIMUM"
    message = "账单金额未达到该卡券的最低消费。"

    def __init__(self, minimum_spend_fen: int = 0) -> None:
        self.minimum_spend_fen = minimum_spend_fen
        super().__init__()


class AmountInvalid(VouchersError):
    """An amount that cannot be: nothing, negative, above the bill, or beyond all bounds."""

    code = "AMOUNT_INVALID"
    message = "金额须为正整数（分），且抵扣金额不能超过账单金额。"


class RemainderTooLow(VouchersError):
    """Less is left on the voucher than was asked for.

    Attributes:
        remaining_fen: what is left.
    """

    code = "REMAINDER_TOO_LOW"
    message = "卡券余额不足。"

    def __init__(self, remaining_fen: int = 0) -> None:
        self.remaining_fen = remaining_fen
        super().__init__()


class MerchantNotInCampaign(VouchersError):
    """The voucher is not taken by this merchant."""

    code = "MERCHANT_NOT_IN_CAMPAIGN"
    message = "该卡券不能在本商户使用。"


class StoreNotOfMerchant(VouchersError):
    """The merchant has no such store."""

    code = "STORE_NOT_OF_MERCHANT"
    message = "找不到该门店。"


class IdempotencyKeyReused(VouchersError):
    """The key came before with another body."""

    code = "IDEMPOTENCY_KEY_REUSED"
    message = "同一幂等键已用于其他内容，请更换后重试。"


class TooManyUses(VouchersError):
    """A voucher remembers so many uses and no more."""

    code = "TOO_MANY_USES"
    message = "该卡券的使用次数已达上限。"


class RedemptionNotFound(VouchersError):
    """No such use that the caller may see."""

    code = "REDEMPTION_NOT_FOUND"
    message = "找不到该笔核销。"


class RedemptionAlreadyReversed(VouchersError):
    """A use is taken back once."""

    code = "REDEMPTION_ALREADY_REVERSED"
    message = "该笔核销已撤销。"


class ReversalTooLate(VouchersError):
    """The voucher has expired; what was used of it stays used."""

    code = "REVERSAL_TOO_LATE"
    message = "卡券已过使用期限，不能再撤销核销。"
