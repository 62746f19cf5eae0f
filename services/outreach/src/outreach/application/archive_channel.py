"""Take a channel out of use."""

from chassis.requests import Request

from outreach.application.permit import permit
from outreach.application.ports import Channels, Now
from outreach.domain.channels import Channel
from outreach.domain.permissions import Actor, Operation


class ArchiveChannel:
    """End a channel: it is polled no more and its callback is refused."""

    def __init__(self, channels: Channels, now: Now) -> None:
        self._channels = channels
        self._now = now

    async def __call__(self, actor: Actor, channel_id: str, *, request: Request) -> Channel:
        """Archive a channel of the actor's community.

        Raises: Forbidden; ChannelNotFound; ChannelArchived; RequestIdReused.
        """
        permit(actor, Operation.ARCHIVE_CHANNEL)
        at = self._now()
        return await self._channels.change(
            actor.community_id, channel_id, lambda channel: channel.archive(at), request=request
        )
