"""Commenters, accounts and the use cases between them, over stores in memory."""

from dataclasses import dataclass
from datetime import datetime

from chassis.testing import REQUESTS, FrozenClock
from outreach.adapters.identities import DerivedIdentities
from outreach.adapters.memory import MemoryChannels, MemoryComments, MemoryTally, MemoryWeChat
from outreach.adapters.memory_joining import (
    CountedJoinLinks,
    MemoryBoundAccounts,
    MemoryCommenters,
)
from outreach.application.follow_up_link import FollowUpLink
from outreach.application.invite_to_join import InviteToJoin
from outreach.application.join_by_union import JoinByUnion
from outreach.application.join_commenter import JoinCommenter
from outreach.application.look_up_commenters import LookUpCommenters
from outreach.application.meet_commenter import MeetCommenter
from outreach.application.note_bound_account import NoteBoundAccount
from outreach.application.note_unbound_account import NoteUnboundAccount
from outreach.application.reply_to_comment import ReplyToComment
from outreach.application.send_due_replies import SendDueReplies
from outreach.application.send_reply import SendReply
from outreach.application.take_over_comment import TakeOverComment
from outreach.domain.channels import Channel
from outreach.domain.commenters import Commenter
from outreach.domain.comments import ArticlePlace, Comment, CommentSource, Words, receive
from outreach.domain.events import CommentJoined
from outreach.domain.permissions import Actor

HERE = "community_bajiazhuang"
TIAN, MA = "account_tian", "account_ma"
TIANS_PERSON, MAS_PERSON = "person_tian", "person_ma"
HOUSEHOLD = "household_1"


@dataclass
class JoiningCast:
    """What a test does; events are handed over as Kafka would, when a test says so."""

    channel: Channel
    channels: MemoryChannels
    comments: MemoryComments
    commenters: MemoryCommenters
    accounts: MemoryBoundAccounts
    wechat: MemoryWeChat
    identities: DerivedIdentities
    join_links: CountedJoinLinks
    tally: MemoryTally
    clock: FrozenClock

    def __post_init__(self) -> None:
        """Build the use cases."""
        join_commenter = JoinCommenter(self.commenters, self.comments)
        by_union = JoinByUnion(self.accounts, self.commenters, join_commenter, self.clock)
        self.meet_commenter = MeetCommenter(
            self.commenters, self.comments, self.identities, self.clock
        )
        self.follow_up_link = FollowUpLink(
            self.accounts, self.comments, self.identities, join_commenter
        )
        self.note_bound = NoteBoundAccount(self.accounts, self.commenters, self.comments, by_union)
        self.note_unbound = NoteUnboundAccount(self.accounts, self.commenters)
        self.look_up = LookUpCommenters(
            self.channels,
            self.commenters,
            self.comments,
            self.wechat,
            mark_of,
            by_union,
            self.tally,
            self.clock,
        )
        self.take_over_comment = TakeOverComment(
            self.accounts, self.comments, self.join_links, self.clock
        )
        invite = InviteToJoin(self.commenters, self.identities, self.join_links)
        self.send_due = SendDueReplies(
            self.comments,
            SendReply(self.channels, self.comments, self.wechat, invite, self.tally, self.clock),
            self.tally,
            self.clock,
        )
        self._numbers = 0
        self._sequence = 0

    async def write(
        self,
        openid: str | None = "openid_tian",
        *,
        source: CommentSource = CommentSource.ARTICLE,
        text: str = "没水",
    ) -> Comment:
        """Let somebody write, without anybody hearing of it yet."""
        self._numbers += 1
        number = self._numbers
        comment_id = f"comment_{number}"
        under_article = source is CommentSource.ARTICLE
        comment, events = receive(
            comment_id=comment_id,
            community_id=HERE,
            channel_id=self.channel.id,
            source=source,
            article_id="article_1" if under_article else None,
            place=ArticlePlace(message_data_id=9, index=0, user_comment_id=number)
            if under_article
            else None,
            person_key=self.identities.person("wx1", openid, comment_id),
            openid=openid,
            words=Words(text=text, redacted_text=text, text_mark=f"mark {number}"),
            commented_at=self.clock(),
            at=self.clock(),
        )
        return await self.comments.add(comment, events)

    async def heard(self, comment: Comment) -> None:
        """Let the service hear of its own comment.received."""
        await self.meet_commenter(HERE, comment.id)

    async def written(self, openid: str | None = "openid_tian", **given: object) -> Comment:
        """Let somebody write, and the service hear of it."""
        comment = await self.write(openid, **given)  # type: ignore[arg-type]
        await self.heard(comment)
        return comment

    async def bound(
        self,
        account_id: str = TIAN,
        *,
        person_key: str = TIANS_PERSON,
        unionid: str | None = "union_tian",
        household_id: str = HOUSEHOLD,
        at: datetime | None = None,
        sequence: int | None = None,
    ) -> None:
        """Let residents tell that a binding was verified; with a sequence, in which event."""
        if sequence is None:
            self._sequence += 1
        await self.note_bound(
            HERE,
            account_id,
            household_id=household_id,
            person_key=person_key,
            union_mark=mark_of(unionid) if unionid else None,
            bound_at=at or self.clock(),
            sequence=sequence or self._sequence,
        )

    async def unbound(
        self,
        account_id: str = TIAN,
        *,
        household_id: str = HOUSEHOLD,
        at: datetime | None = None,
    ) -> None:
        """Let residents tell that a binding is over."""
        await self.note_unbound(
            HERE, account_id, household_id=household_id, unbound_at=at or self.clock()
        )

    async def reply(self, comment: Comment, text: str = "马上去") -> str:
        """Answer; returns what WeChat was told to say."""
        staff = Actor("account_clerk", HERE, frozenset({"clerk"}))
        request = REQUESTS.request_for(staff.account_id, comment.id, text=text)
        await ReplyToComment(self.comments, self.clock)(staff, comment.id, text, request=request)
        await self.send_due()
        return self.wechat.said[-1][1]

    async def open_link(
        self, code: str, account_id: str = TIAN, *, request_id: str = "1"
    ) -> Comment:
        """Take over, and let the service hear of what it told."""
        before = len(self.joined_events)
        actor = Actor(account_id, HERE, frozenset({"resident"}))
        request = REQUESTS.request_for(account_id, request_id, code=code)
        comment = await self.take_over_comment(actor, code, request=request)
        for event in self.joined_events[before:]:
            await self.follow_up_link(HERE, event.comment_id)
        return comment

    async def of(self, comment: Comment) -> Comment:
        """The comment as it is now."""
        return await self.comments.get(HERE, comment.id)

    async def account_of(self, comment: Comment) -> str | None:
        """To whose account it is joined."""
        joined = (await self.of(comment)).joined
        return joined.account_id if joined else None

    async def commenter_of(self, comment: Comment) -> Commenter:
        """Who wrote it."""
        found = await self.commenters.find(
            HERE, self.identities.commenter(HERE, comment.person_key)
        )
        assert found is not None
        return found

    @property
    def joined_events(self) -> list[CommentJoined]:
        """What was told of joining, in order."""
        return [event for event in self.comments.events if isinstance(event, CommentJoined)]


def mark_of(unionid: str) -> str:
    """What residents and outreach make of a unionid."""
    return f"mark of {unionid}"
