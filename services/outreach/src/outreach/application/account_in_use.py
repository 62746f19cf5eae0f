"""By which credentials an official account is reached now."""

from outreach.application.ports import Channels
from outreach.domain.channels import ChannelState, OfficialAccount
from outreach.domain.errors import ChannelNotFound


async def account_in_use(
    channels: Channels, community_id: str, channel_id: str
) -> OfficialAccount | None:
    """The account of a channel, by its newer registration where this one is archived.

    Returns: None where the account is not in use.
    """
    try:
        channel = await channels.get(community_id, channel_id)
    except ChannelNotFound:
        return None
    if channel.state is ChannelState.ACTIVE or channel.official_account is None:
        return channel.official_account
    newer = await channels.active_of_account(community_id, channel.official_account.app_id)
    return newer.official_account if newer else None
