"""Take in what WeChat pushes to a channel's callback address."""

from datetime import UTC, datetime, timedelta

from outreach.application.ports import (
    Callbacks,
    Channels,
    Comments,
    Envelope,
    Identities,
    InboundMessage,
    Now,
    Tally,
)
from outreach.application.words import words_of
from outreach.domain.channels import Channel, ChannelState, OfficialAccount
from outreach.domain.comments import CommentSource, receive
from outreach.domain.errors import (
    CallbackRefused,
    CallbackStale,
    CallbackUnsigned,
    ChannelArchived,
    ChannelNotFound,
    PersonErased,
)

STALE_AFTER = timedelta(minutes=10)


class ReceiveCallback:
    """Keep each message once, however often WeChat sends it."""

    def __init__(
        self,
        channels: Channels,
        comments: Comments,
        callbacks: Callbacks,
        identities: Identities,
        tally: Tally,
        now: Now,
    ) -> None:
        self._channels = channels
        self._comments = comments
        self._callbacks = callbacks
        self._identities = identities
        self._tally = tally
        self._now = now

    async def confirm_address(self, channel_id: str, envelope: Envelope) -> None:
        """Let WeChat see that the callback address is this channel's.

        Raises: ChannelNotFound; ChannelArchived; CallbackUnsigned; CallbackStale;
            CallbackSignatureInvalid.
        """
        _, account = await self._addressed(channel_id)
        self._refuse_stale(envelope)
        self._callbacks.check_address(account, envelope)

    async def __call__(self, channel_id: str, envelope: Envelope) -> None:
        """Store a message before answering; pass over an event, and an erased person's words.

        Raises: ChannelNotFound; ChannelArchived; CallbackUnsigned; CallbackStale;
            CallbackSignatureInvalid; CallbackUnreadable.
        Emits: comment.received v1, for a message not yet seen.
        """
        try:
            message = await self._opened(channel_id, envelope)
        except CallbackRefused as refusal:
            self._tally.callback(refusal.code)
            raise
        except PersonErased as erased:
            self._tally.callback(erased.code)
            return
        self._tally.callback("ignored" if message is None else "stored")

    async def _opened(self, channel_id: str, envelope: Envelope) -> InboundMessage | None:
        channel, account = await self._addressed(channel_id)
        self._refuse_stale(envelope)
        message = self._callbacks.open(account, envelope)
        if message is not None:
            await self._keep(channel, account, message)
        return message

    async def _addressed(self, channel_id: str) -> tuple[Channel, OfficialAccount]:
        channel = await self._channels.of_callback(channel_id)
        if channel.official_account is None:
            raise ChannelNotFound
        if channel.state is ChannelState.ARCHIVED:
            raise ChannelArchived
        return channel, channel.official_account

    def _refuse_stale(self, envelope: Envelope) -> None:
        if not envelope.signature or not envelope.nonce:
            raise CallbackUnsigned
        try:
            signed_at = datetime.fromtimestamp(int(envelope.timestamp), UTC)
        except (ValueError, OverflowError, OSError):
            raise CallbackUnsigned from None
        if abs(self._now() - signed_at) > STALE_AFTER:
            raise CallbackStale

    async def _keep(
        self, channel: Channel, account: OfficialAccount, message: InboundMessage
    ) -> None:
        comment_id = self._identities.message(
            channel.community_id, account.app_id, message.message_id
        )
        comment, events = receive(
            comment_id=comment_id,
            community_id=channel.community_id,
            channel_id=channel.id,
            source=CommentSource.MESSAGE,
            person_key=self._identities.person(account.app_id, message.openid, comment_id),
            openid=message.openid,
            words=words_of(message.text, self._identities),
            commented_at=message.created_at,
            at=self._now(),
        )
        await self._comments.add(comment, events)
