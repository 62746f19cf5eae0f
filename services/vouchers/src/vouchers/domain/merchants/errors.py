"""What can go wrong with merchants."""

from vouchers.domain.errors import VouchersError


class MerchantNotFound(VouchersError):
    """No such merchant within the caller's reach."""

    code = "MERCHANT_NOT_FOUND"
    message = "找不到该商户。"


class CreditCodeInvalid(VouchersError):
    """Not eighteen characters of GB 32100, or the check character is another."""

    code = "CREDIT_CODE_INVALID"
    message = "统一社会信用代码有误，请核对 18 位代码。"


class CreditCodeTaken(VouchersError):
    """The community has a merchant of this code."""

    code = "CREDIT_CODE_TAKEN"
    message = "该统一社会信用代码的商户已登记。"


class MerchantNameInvalid(VouchersError):
    """The name of a merchant or of a store is empty, too long or holds control characters."""

    code = "MERCHANT_NAME_INVALID"
    message = "商户或门店名称须为 1 至 60 个字符。"


class StoreAddressInvalid(VouchersError):
    """An address is empty, too long or holds control characters."""

    code = "STORE_ADDRESS_INVALID"
    message = "门店地址须为 1 至 120 个字符。"


class MerchantContactInvalid(VouchersError):
    """The name or the phone of the person to turn to cannot be right."""

    code = "MERCHANT_CONTACT_INVALID"
    message = "联系人姓名须为 1 至 50 个字符，电话须为有效的手机号或座机号。"


class PayeeAccountInvalid(VouchersError):
    """Not a number that a bank gives."""

    code = "PAYEE_ACCOUNT_INVALID"
    message = "收款账号须为 8 至 32 位数字，开户名须为 1 至 60 个字符。"


class TooManyStores(VouchersError):
    """A merchant has as many stores as it can have."""

    code = "TOO_MANY_STORES"
    message = "每个商户最多登记 50 个门店。"


class SuspensionReasonInvalid(VouchersError):
    """Nobody is shut out without a reason."""

    code = "SUSPENSION_REASON_INVALID"
    message = "请填写暂停原因，长度须为 4 至 200 个字符。"


class MerchantNotWaiting(VouchersError):
    """Only who applied can be approved, once."""

    code = "MERCHANT_NOT_WAITING"
    message = "该商户不在待审核状态。"


class MerchantNotApproved(VouchersError):
    """Only an approved merchant can be suspended, named in a campaign or take vouchers."""

    code = "MERCHANT_NOT_APPROVED"
    message = "该商户尚未通过审核或已被暂停。"


class MerchantNotSuspended(VouchersError):
    """Only a suspended merchant can be let in again."""

    code = "MERCHANT_NOT_SUSPENDED"
    message = "该商户没有被暂停。"
