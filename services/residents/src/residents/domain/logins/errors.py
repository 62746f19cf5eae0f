"""What logging in by WeChat, binding and resetting can refuse."""

from residents.domain.errors import ResidentsError


class WeChatNotConfigured(ResidentsError):
    """This installation has no mini-program, or WeChat does not know it by its secret."""

    code = "WECHAT_NOT_CONFIGURED"
    message = "尚未配置微信小程序，暂不能用微信登录，请联系社区。"


class WeChatCodeInvalid(ResidentsError):
    """WeChat does not know the code: it is wrong, older than five minutes, or was used."""

    code = "WECHAT_CODE_INVALID"
    message = "微信登录信息无效或已过期，请重新打开小程序再试。"


class WeChatTooFrequent(ResidentsError):
    """WeChat limits how often one person logs in."""

    code = "WECHAT_TOO_FREQUENT"
    message = "操作过于频繁，请一分钟后再试。"


class WeChatAway(ResidentsError):
    """There is no answer of WeChat's; the code may have been spent."""

    code = "WECHAT_UNAVAILABLE"
    message = "微信服务暂时没有响应，请稍后再试。"


class WeChatUserAtRisk(ResidentsError):
    """WeChat thinks that the person's account was taken over, and lets nobody in by it."""

    code = "WECHAT_USER_AT_RISK"
    message = "微信提示该微信号存在风险，暂时不能登录，请先在微信中解除。"


class OpenidClaimed(ResidentsError):
    """Two people claim one openid: it is known as somebody else's."""

    code = "OPENID_CLAIMED"
    message = "该微信身份已属于另一位用户，请联系社区核实。"


class AccountIsDisabled(ResidentsError):
    """The account was shut. Only who has proven whose it is hears that."""

    code = "ACCOUNT_DISABLED"
    message = "该账号已停用，请联系社区。"


class PhoneNotMobile(ResidentsError):
    """What WeChat gave is no telephone number."""

    code = "PHONE_NUMBER_INVALID"
    message = "微信返回的手机号码有误，请重试。"


class ConsentRequired(ResidentsError):
    """The person has not agreed to what a binding needs, as its policy now stands."""

    code = "CONSENT_REQUIRED"
    message = "请先阅读并同意住户绑定的个人信息使用说明。"


class TooManyBindings(ResidentsError):
    """An account is bound, or waits to be bound, to as many households as it may be."""

    code = "TOO_MANY_BINDINGS"
    message = "每个账号最多绑定 5 户，请先解除不再需要的绑定。"


class BindingExists(ResidentsError):
    """The account is bound to this household, or waits to be."""

    code = "BINDING_EXISTS"
    message = "您已绑定该户，或正在等待核实。"


class BindingNotFound(ResidentsError):
    """No such binding that the caller may see."""

    code = "BINDING_NOT_FOUND"
    message = "找不到该绑定。"


class BindingDecided(ResidentsError):
    """Somebody has verified, refused or revoked it already."""

    code = "BINDING_DECIDED"
    message = "该绑定已有处理结果，请刷新后查看。"


class VerifyingOneself(ResidentsError):
    """Nobody decides about the binding of their own account."""

    code = "VERIFYING_ONESELF"
    message = "不能核实自己的绑定，请由其他工作人员核实。"


class ResidentOfAnotherHousehold(ResidentsError):
    """The resident does not live in the household that is to be bound."""

    code = "RESIDENT_OF_ANOTHER_HOUSEHOLD"
    message = "该居民不住在申请绑定的这一户。"


class ResidentAlreadyClaimed(ResidentsError):
    """The resident is bound to another account, or another binding to them is being verified."""

    code = "RESIDENT_ALREADY_CLAIMED"
    message = "该居民已被其他账号绑定，请先核对或解除原绑定。"


class ReasonInvalid(ResidentsError):
    """No reason, or too long a one."""

    code = "REASON_INVALID"
    message = "请填写原因，不超过 200 字。"


class ResetNotFound(ResidentsError):
    """Nobody has asked lately that this account's credentials be reset."""

    code = "RESET_NOT_FOUND"
    message = "该账号没有待批准的重置申请，申请须在 24 小时内批准。"


class ResetOfOneself(ResidentsError):
    """Nobody has a hand in the reset of their own credentials."""

    code = "RESET_OF_ONESELF"
    message = "不能申请或批准重置自己的密码和动态口令，请由其他两位同事办理。"


class SecondPersonNeeded(ResidentsError):
    """Who asked for a reset does not approve it."""

    code = "SECOND_PERSON_NEEDED"
    message = "重置须由另一位同事批准。"


class SecretaryNeeded(ResidentsError):
    """One of the two must be a secretary."""

    code = "SECRETARY_NEEDED"
    message = "申请人和批准人中至少一位须为社区书记。"


class AccountNotResettable(ResidentsError):
    """The account has no password: its person has not come yet, it is shut, or comes by WeChat."""

    code = "ACCOUNT_NOT_RESETTABLE"
    message = "该账号没有可重置的密码：尚未启用、已停用，或通过微信登录。"


class ResetCodeInvalid(ResidentsError):
    """The reset code is unknown, used or expired."""

    code = "RESET_CODE_INVALID"
    message = "重置码无效、已使用或已过期，请重新申请。"
