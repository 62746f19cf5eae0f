"""What can go wrong with vouchers."""

from vouchers.domain.errors import VouchersError


class AccountHolderNotFound(VouchersError):
    """Nobody verified who stands behind the account."""

    code = "ACCOUNT_HOLDER_NOT_FOUND"
    message = "该账号尚未绑定住户。"
