"""Of two who would send one reply, one does."""

import asyncio

from chassis.testing import FrozenClock
from outreach.adapters.memory import MemoryChannels, MemoryComments, MemoryTally, MemoryWeChat
from outreach.application.invite_to_join import InviteToJoin
from outreach.application.ports import WorkItem
from outreach.application.send_reply import SendReply
from outreach.domain.channels import Channel
from outreach.domain.permissions import Actor

from .test_sending import replied_to


async def test_of_two_senders_in_the_same_millisecond_one_sends(
    channels: MemoryChannels,
    comments: MemoryComments,
    wechat: MemoryWeChat,
    tally: MemoryTally,
    channel: Channel,
    clerk: Actor,
    clock: FrozenClock,
    no_invitation: InviteToJoin,
) -> None:
    comment = await replied_to(comments, channel, clerk, clock)
    send_reply = SendReply(channels, comments, wechat, no_invitation, tally, clock)
    item = WorkItem(comment.community_id, comment.id)

    await asyncio.gather(send_reply(item), send_reply(item))

    assert len(wechat.said) == 1
