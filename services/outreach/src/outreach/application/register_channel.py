"""Register a channel."""

from chassis.requests import Request

from outreach.application.permit import permit
from outreach.application.ports import Channels, Now
from outreach.domain.channels import Channel, ChannelKind, OfficialAccount
from outreach.domain.permissions import Actor, Operation


class RegisterChannel:
    """Make a way of speaking known to the system."""

    def __init__(self, channels: Channels, now: Now) -> None:
        self._channels = channels
        self._now = now

    async def __call__(
        self,
        actor: Actor,
        *,
        channel_id: str,
        kind: ChannelKind,
        name: str,
        official_account: OfficialAccount | None,
        request: Request,
    ) -> Channel:
        """Register a channel of the actor's community.

        Raises: Forbidden; NameInvalid; OfficialAccountInvalid; ChannelAlreadyRegistered;
            RequestIdReused.
        """
        permit(actor, Operation.REGISTER_CHANNEL)
        channel = Channel.register(
            channel_id=channel_id,
            community_id=actor.community_id,
            kind=kind,
            name=name,
            official_account=official_account,
            at=self._now(),
            by=actor.account_id,
        )
        return await self._channels.add(channel, request=request)
