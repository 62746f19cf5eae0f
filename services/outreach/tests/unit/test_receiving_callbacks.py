"""What WeChat pushes: signed, fresh, opened with the account's own key, and kept once."""

import base64
import hashlib
from datetime import UTC, datetime

import pytest
from chassis.testing import FrozenClock
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from outreach.adapters.identities import DerivedIdentities
from outreach.adapters.memory import MemoryChannels, MemoryComments, MemoryTally
from outreach.adapters.wechat_callbacks import WeChatCallbacks
from outreach.application.ports import Envelope
from outreach.application.receive_callback import ReceiveCallback
from outreach.domain import errors
from outreach.domain.channels import Channel, ChannelKind
from outreach.domain.comments import CommentSource

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TEXT = """<xml><ToUserName><![CDATA[gh_10f6c3c3ac5a]]></ToUserName>
<FromUserName><![CDATA[oyORnuP8q7ou2gfYjqLzSIWZf0rs]]></FromUserName>
<CreateTime>1795420000</CreateTime><MsgType><![CDATA[{kind}]]></MsgType>
<Content><![CDATA[{content}]]></Content><MsgId>{message_id}</MsgId></xml>"""


def encrypted(message: bytes, app_id: str = "wx2c2769f8efd9abc2") -> str:
    """As WeChat does it; the opening side is held to vectors that are not ours."""
    key = base64.b64decode("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG=")
    content = b"0123456789abcdef" + len(message).to_bytes(4, "big") + message + app_id.encode()
    pad = 32 - len(content) % 32
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(content + bytes([pad]) * pad)).decode()


def signed(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324


def pushed(
    message: str | bytes,
    *,
    at: datetime = NOW,
    app_id: str = "wx2c2769f8efd9abc2",
    token: str = "spamtest",  # noqa: S107 - of the published sample
) -> Envelope:
    content = message if isinstance(message, bytes) else message.encode()
    inside = encrypted(content, app_id)
    timestamp = str(int(at.timestamp()))
    return Envelope(
        timestamp=timestamp,
        nonce="1320562132",
        signature=signed(token, timestamp, "1320562132", inside),
        encrypted=True,
        body=f"<xml><ToUserName>gh_10f6c3c3ac5a</ToUserName><Encrypt>{inside}</Encrypt></xml>".encode(),
    )


def text(content: str = "没水", message_id: str = "6054768590064713728") -> str:
    return TEXT.format(kind="text", content=content, message_id=message_id)


@pytest.fixture
def receive(
    channels: MemoryChannels,
    comments: MemoryComments,
    identities: DerivedIdentities,
    tally: MemoryTally,
    clock: FrozenClock,
) -> ReceiveCallback:
    return ReceiveCallback(channels, comments, WeChatCallbacks(), identities, tally, clock)


async def test_a_message_becomes_a_comment(
    receive: ReceiveCallback, comments: MemoryComments, channel: Channel
) -> None:
    await receive(channel.id, pushed(text("打13800138000找我")))

    (comment,) = comments.all
    assert comment.source is CommentSource.MESSAGE
    assert (comment.text, comment.redacted_text) == ("打13800138000找我", "打[电话]找我")
    assert comment.openid == "oyORnuP8q7ou2gfYjqLzSIWZf0rs"
    assert comment.commented_at == datetime.fromtimestamp(1795420000, UTC)
    assert comment.received_at == NOW
    assert [event.type for event in comments.events] == ["comment.received.v1"]


async def test_a_replay_changes_nothing(
    receive: ReceiveCallback, comments: MemoryComments, channel: Channel
) -> None:
    await receive(channel.id, pushed(text()))
    writes = comments.writes

    await receive(channel.id, pushed(text()))

    assert comments.writes == writes
    assert len(comments.events) == 1


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("image", "[图片]"),
        ("voice", "[语音]"),
        ("video", "[视频]"),
        ("location", "[位置]"),
        ("link", "[链接]"),
        ("something_new", "[其他消息]"),
    ],
)
async def test_what_is_no_text_is_kept_as_what_it_is(
    kind: str, shown: str, receive: ReceiveCallback, comments: MemoryComments, channel: Channel
) -> None:
    await receive(channel.id, pushed(TEXT.format(kind=kind, content="", message_id="1")))

    assert [comment.text for comment in comments.all] == [shown]


async def test_an_event_is_passed_over(
    receive: ReceiveCallback, comments: MemoryComments, channel: Channel, tally: MemoryTally
) -> None:
    event = (
        "<xml><FromUserName>o1</FromUserName><MsgType>event</MsgType><Event>subscribe</Event></xml>"
    )

    await receive(channel.id, pushed(event))

    assert comments.all == []
    assert tally.counted == ["callback ignored"]


async def refused(
    receive: ReceiveCallback,
    comments: MemoryComments,
    channel_id: str,
    envelope: Envelope,
    refusal: type[errors.OutreachError],
) -> None:
    with pytest.raises(refusal):
        await receive(channel_id, envelope)
    assert comments.all == []


@pytest.mark.parametrize(
    ("envelope", "refusal"),
    [
        (pushed(text(), token="another"), errors.CallbackSignatureInvalid),
        (pushed(text(), app_id="wx0000000000000000"), errors.CallbackUnreadable),
        (pushed("no xml"), errors.CallbackUnreadable),
        (pushed(b"<xml><MsgType>\xff</MsgType></xml>"), errors.CallbackUnreadable),
        (pushed("<xml><MsgType>text</MsgType></xml>"), errors.CallbackUnreadable),
        (pushed(text(message_id="no number")), errors.CallbackUnreadable),
        (
            pushed(
                '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
                "<xml><MsgType>text</MsgType><Content>&b;</Content></xml>"
            ),
            errors.CallbackUnreadable,
        ),
    ],
)
async def test_what_did_not_come_from_wechat_is_refused_and_nothing_kept(
    envelope: Envelope,
    refusal: type[errors.OutreachError],
    receive: ReceiveCallback,
    comments: MemoryComments,
    channel: Channel,
    tally: MemoryTally,
) -> None:
    await refused(receive, comments, channel.id, envelope, refusal)

    assert tally.counted == [f"callback {refusal.code}"]


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("signature", "", errors.CallbackUnsigned),
        ("signature", "签名", errors.CallbackSignatureInvalid),
        ("nonce", "", errors.CallbackUnsigned),
        ("nonce", "1", errors.CallbackSignatureInvalid),
        ("timestamp", "", errors.CallbackUnsigned),
        ("timestamp", "soon", errors.CallbackUnsigned),
        ("timestamp", "9" * 30, errors.CallbackUnsigned),
        ("encrypted", False, errors.CallbackUnsigned),
        ("body", b"", errors.CallbackUnreadable),
        ("body", b"<xml></xml>", errors.CallbackSignatureInvalid),
    ],
)
async def test_a_changed_envelope_is_refused_and_nothing_kept(
    field: str,
    value: object,
    refusal: type[errors.OutreachError],
    receive: ReceiveCallback,
    comments: MemoryComments,
    channel: Channel,
) -> None:
    good = pushed(text())
    fields = {name: getattr(good, name) for name in good.__struct_fields__} | {field: value}

    await refused(receive, comments, channel.id, Envelope(**fields), refusal)


@pytest.mark.parametrize("minutes", [-11, 11])
async def test_a_stale_timestamp_is_refused_even_when_rightly_signed(
    minutes: int,
    receive: ReceiveCallback,
    comments: MemoryComments,
    channel: Channel,
    clock: FrozenClock,
) -> None:
    envelope = pushed(text())
    clock.advance(minutes=minutes)

    await refused(receive, comments, channel.id, envelope, errors.CallbackStale)


async def test_an_unknown_channel_is_not_found(
    receive: ReceiveCallback, comments: MemoryComments
) -> None:
    await refused(receive, comments, "channel_x", pushed(text()), errors.ChannelNotFound)


async def test_an_archived_channel_is_refused(
    receive: ReceiveCallback, channels: MemoryChannels, comments: MemoryComments, channel: Channel
) -> None:
    await channels.change(channel.community_id, channel.id, lambda it: it.archive(NOW))

    await refused(receive, comments, channel.id, pushed(text()), errors.ChannelArchived)


async def test_a_channel_that_is_no_official_account_has_no_callback(
    receive: ReceiveCallback, channels: MemoryChannels, comments: MemoryComments
) -> None:
    group = Channel.register(
        channel_id="channel_group",
        community_id="community_bajiazhuang",
        kind=ChannelKind.GROUP,
        name="3号楼业主群",
        official_account=None,
        at=NOW,
        by="account_secretary",
    )
    await channels.add(group)

    await refused(receive, comments, group.id, pushed(text()), errors.ChannelNotFound)


async def test_the_address_is_confirmed_to_wechat_alone(
    receive: ReceiveCallback, channel: Channel
) -> None:
    timestamp = str(int(NOW.timestamp()))
    good = Envelope(
        timestamp=timestamp,
        nonce="1",
        signature=signed("spamtest", timestamp, "1"),
        encrypted=False,
        body=b"",
    )
    await receive.confirm_address(channel.id, good)

    forged = Envelope(
        timestamp=timestamp,
        nonce="1",
        signature=signed("guess", timestamp, "1"),
        encrypted=False,
        body=b"",
    )
    with pytest.raises(errors.CallbackSignatureInvalid):
        await receive.confirm_address(channel.id, forged)
