"""What can come of a call to WeChat beside an answer."""


class WeChatRefused(Exception):
    """WeChat answered with an error number: what was asked did not happen."""

    def __init__(self, wechat_code: int) -> None:
        self.wechat_code = wechat_code
        super().__init__(f"WeChat error {wechat_code}")


class WeChatUnavailable(Exception):
    """There is no answer of WeChat's."""


class WeChatUnreachable(WeChatUnavailable):
    """The call did not reach WeChat, or only asked: nothing has happened."""


class WeChatOutcomeUnknown(WeChatUnavailable):
    """The call was made and no clear answer came: what was asked may have happened."""
