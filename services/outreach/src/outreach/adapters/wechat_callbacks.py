"""Reads what WeChat pushes: signature first, then decryption, then XML."""

import re
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from outreach.adapters.wechat_crypto import CannotOpen, decrypt, is_signed
from outreach.application.ports import Envelope, InboundMessage
from outreach.domain.channels import OfficialAccount
from outreach.domain.errors import (
    CallbackSignatureInvalid,
    CallbackUnreadable,
    CallbackUnsigned,
)

PLACEHOLDERS = {
    "image": "[图片]",
    "voice": "[语音]",
    "video": "[视频]",
    "shortvideo": "[小视频]",
    "location": "[位置]",
    "link": "[链接]",
}
OTHER = "[其他消息]"
EMPTY = "[空消息]"
_MESSAGE_ID = re.compile(r"\d{1,20}", re.ASCII)
_OPENID = re.compile(r"[\w-]{1,64}", re.ASCII)


class WeChatCallbacks:
    """The callbacks of official accounts in secure mode."""

    def check_address(self, account: OfficialAccount, envelope: Envelope) -> None:
        """Check the signature with which WeChat asks whether this address is ours.

        Raises: CallbackSignatureInvalid.
        """
        parts = (account.callback_token, envelope.timestamp, envelope.nonce)
        if not is_signed(envelope.signature, *parts):
            raise CallbackSignatureInvalid

    def open(self, account: OfficialAccount, envelope: Envelope) -> InboundMessage | None:
        """Check, decrypt and read; None for an event, which outreach does not follow.

        Raises: CallbackUnsigned; CallbackSignatureInvalid; CallbackUnreadable.
        """
        if not envelope.encrypted:
            raise CallbackUnsigned
        encrypted = _text(_parsed(envelope.body), "Encrypt")
        parts = (account.callback_token, envelope.timestamp, envelope.nonce, encrypted)
        if not is_signed(envelope.signature, *parts):
            raise CallbackSignatureInvalid
        try:
            message = decrypt(
                encrypted,
                encoding_aes_key=account.encoding_aes_key,
                app_id=account.app_id,
            )
        except CannotOpen:
            raise CallbackUnreadable from None
        return _read(_parsed(message))


def _read(message: Element) -> InboundMessage | None:
    kind = _text(message, "MsgType")
    if kind == "event":
        return None
    message_id, openid = _text(message, "MsgId"), _text(message, "FromUserName")
    if not _MESSAGE_ID.fullmatch(message_id) or not _OPENID.fullmatch(openid):
        raise CallbackUnreadable
    text = _text(message, "Content").strip() or EMPTY
    return InboundMessage(
        message_id=message_id,
        openid=openid,
        created_at=_time(_text(message, "CreateTime")),
        text=text if kind == "text" else PLACEHOLDERS.get(kind, OTHER),
    )


def _parsed(body: bytes) -> Element:
    try:
        root: Element = fromstring(body)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise CallbackUnreadable from None
    return root


def _text(element: Element, name: str) -> str:
    return element.findtext(name) or ""


def _time(seconds: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise CallbackUnreadable from None
