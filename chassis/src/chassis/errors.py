"""Errors that every service shares, and the shape that every named error has.

A named error has a stable `code` for the program and a `message` in plain Chinese for the
person. A service's own errors live in its domain and have the same two attributes.
"""

from typing import ClassVar, Protocol, runtime_checkable


@runtime_checkable
class NamedError(Protocol):
    """What an expected outcome looks like, whoever raises it."""

    @property
    def code(self) -> str:
        """UPPER_SNAKE, never changed once published."""

    @property
    def message(self) -> str:
        """One sentence in zh-CN, for the person who asked."""


class ChassisError(Exception):
    """An error with a code and a sentence of its own."""

    code: ClassVar[str]
    message: str

    def __init__(self, message: str | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(f"{self.code}: {self.message}")


class Unauthenticated(ChassisError):
    """No valid identity came with the request."""

    code = "UNAUTHENTICATED"
    message = "登录已失效，请重新登录。"


class Forbidden(ChassisError):
    """This role may never do this."""

    code = "FORBIDDEN"
    message = "您没有权限进行此操作。"


class BadUserInput(ChassisError):
    """The request cannot be understood as it stands."""

    code = "BAD_USER_INPUT"
    message = "提交的内容有误，请检查后重试。"

    def __init__(self, message: str | None = None, *, input_name: str | None = None) -> None:
        """Args: input_name: which input is wrong, where that is known; a name, never a value."""
        self.input_name = input_name
        super().__init__(message)


class RateLimited(ChassisError):
    """Too many requests from one caller.

    Attributes:
        retry_after_seconds: from then on the same request may be served.
    """

    code = "RATE_LIMITED"
    message = "操作过于频繁，请稍后再试。"

    def __init__(self, message: str | None = None, *, retry_after_seconds: int = 1) -> None:
        self.retry_after_seconds = retry_after_seconds
        super().__init__(message)


class QueryRefused(ChassisError):
    """The query is over a limit."""

    code = "QUERY_REFUSED"
    message = "查询超出限制，已被拒绝。"


class Unavailable(ChassisError):
    """Something the answer needs is away; the same request may succeed later."""

    code = "UNAVAILABLE"
    message = "服务暂时不可用，请稍后重试。"


class StoreUnavailable(Unavailable):
    """The store did not answer in time.

    Attributes:
        for_operators: what a command says of it.
    """

    for_operators: ClassVar[str] = "StoreUnavailable: the store does not answer at MONGODB_URI"


class ReadOnly(StoreUnavailable):
    """Nothing is written for now; everything that copes with a store away copes with this."""

    message = "系统正在维护，暂时只能查看，不能提交，请稍后再试。"
    for_operators = "ReadOnly: READ_ONLY is set, nothing is written"


class RequestIdReused(ChassisError):
    """The same request id came again with other input."""

    code = "REQUEST_ID_REUSED"
    message = "同一请求编号已用于其他内容，请刷新后重试。"


class TooMuchContention(Unavailable):
    """Others kept changing the same object; nothing was written."""

    message = "当前操作的人较多，请重试。"
