"""What can be refused about merchants' clients."""

from datetime import datetime

from residents.domain.errors import ResidentsError


class MerchantNotFound(ResidentsError):
    """No such merchant in the caller's community, as far as was heard."""

    code = "MERCHANT_NOT_FOUND"
    message = "找不到该商户。"


class MerchantNotApproved(ResidentsError):
    """Only an approved merchant has clients made."""

    code = "MERCHANT_NOT_APPROVED"
    message = "该商户尚未通过审核或已被暂停。"


class MerchantClientNotFound(ResidentsError):
    """No such client in the caller's community."""

    code = "MERCHANT_CLIENT_NOT_FOUND"
    message = "找不到该接入凭证。"


class ClientRefused(ResidentsError):
    """Id or secret is wrong, or may not be used now: it never says which."""

    code = "CLIENT_REFUSED"
    message = "接入凭证不正确或已停用。"


class TooManyTokens(ResidentsError):
    """The client has more tokens that stand than it can have use for."""

    code = "TOO_MANY_TOKENS"
    message = "获取令牌过于频繁，请稍后再试。"

    def __init__(self, again_at: datetime) -> None:
        self.again_at = again_at
        super().__init__()
