"""What can be refused here, each with a code for the program and a sentence for the person."""

from datetime import datetime
from typing import ClassVar


class ResidentsError(Exception):
    """An expected outcome that is not the one asked for; nothing was changed."""

    code: ClassVar[str]
    message: str

    def __init__(self) -> None:
        super().__init__(f"{self.code}: {self.message}")


class LoginRefused(ResidentsError):
    """Wrong username, password or code, or an account that may not log in: it never says which."""

    code = "LOGIN_REFUSED"
    message = "用户名、密码或动态验证码不正确。"


class AccountLocked(ResidentsError):
    """Too many failed attempts; said of names that nobody has, too."""

    code = "ACCOUNT_LOCKED"
    message = "登录失败次数过多，请在 15 分钟后再试。"

    def __init__(self, locked_until: datetime) -> None:
        self.locked_until = locked_until
        super().__init__()


class SessionEnded(ResidentsError):
    """The refresh token is unknown, used before, expired or of a session that was ended."""

    code = "SESSION_ENDED"
    message = "登录已结束，请重新登录。"


class SessionNotFound(ResidentsError):
    """No such session that the caller may end."""

    code = "SESSION_NOT_FOUND"
    message = "找不到该登录会话。"


class AccountNotFound(ResidentsError):
    """No such account in the caller's community."""

    code = "ACCOUNT_NOT_FOUND"
    message = "找不到该账号。"


class CommunityNotFound(ResidentsError):
    """No such community."""

    code = "COMMUNITY_NOT_FOUND"
    message = "找不到该社区。"


class UsernameTaken(ResidentsError):
    """Somebody else has this username, or is invited to have it."""

    code = "USERNAME_TAKEN"
    message = "该用户名已被使用，请换一个。"


class UsernameInvalid(ResidentsError):
    """Not a username."""

    code = "USERNAME_INVALID"
    message = "用户名须为 3 至 32 位小写字母、数字、点、下划线或短横线，并以字母或数字开头。"


class NameInvalid(ResidentsError):
    """A name that is empty or too long."""

    code = "NAME_INVALID"
    message = "姓名或名称须为 1 至 50 个字。"


class RoleBeyondScope(ResidentsError):
    """The giver may not give this role, or not for this part of the community."""

    code = "ROLE_BEYOND_SCOPE"
    message = "您不能授予该角色，或该角色超出了您的管辖范围。"


class InvitationInvalid(ResidentsError):
    """The invitation is unknown, used or expired."""

    code = "INVITATION_INVALID"
    message = "邀请码无效、已使用或已过期，请联系社区书记重新邀请。"


class InvitationNotOpen(ResidentsError):
    """The account does not wait for its person: it was taken, or withdrawn."""

    code = "INVITATION_NOT_OPEN"
    message = "该账号没有待接受的邀请。"


class TooManyRoles(ResidentsError):
    """An account holds as many roles as an account can."""

    code = "TOO_MANY_ROLES"
    message = "该账号的角色过多，请先收回不再需要的角色。"


class PasswordTooWeak(ResidentsError):
    """The password is too short, too long, too common, or the username."""

    code = "PASSWORD_TOO_WEAK"
    message = "密码须为 10 至 128 个字符，不能与用户名相同，也不能是常见密码。"


class OwnAccount(ResidentsError):
    """Nobody disables the account that they work with."""

    code = "OWN_ACCOUNT"
    message = "不能停用自己的账号。"


class NextKeyTooYoung(ResidentsError):
    """The key that would sign was made so lately that some verifier may not know it yet."""

    code = "NEXT_KEY_TOO_YOUNG"

    def __init__(self, known_at: datetime) -> None:
        self.known_at = known_at
        self.message = (
            f"下一把签名密钥刚生成，其他服务可能尚未读取，请在 {known_at:%Y-%m-%dT%H:%M:%SZ} 之后"
            "再轮换；密钥泄露等紧急情况请加 --force。"
        )
        super().__init__()
