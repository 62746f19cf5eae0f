"""Who a commenter is: joined to an account by WeChat's unionid or by a link in a reply."""

from dataclasses import dataclass

from chassis.lease import Lease
from chassis.listening import Listener
from chassis.rooms import Plan, Room

from outreach.adapters import mongo_bound_accounts
from outreach.adapters.mongo_bound_accounts import MongoBoundAccounts
from outreach.adapters.topics import EVENTS, RESIDENTS_EVENTS
from outreach.adapters.union_marks import SharedUnionMarks
from outreach.application.follow_up_link import FollowUpLink
from outreach.application.join_by_union import JoinByUnion
from outreach.application.join_commenter import JoinCommenter
from outreach.application.look_up_commenters import LookUpCommenters
from outreach.application.meet_commenter import MeetCommenter
from outreach.application.note_bound_account import NoteBoundAccount
from outreach.application.note_unbound_account import NoteUnboundAccount
from outreach.bootstrap.conversation import Conversation
from outreach.bootstrap.foundation import Foundation
from outreach.consumers.on_account_bound import AccountBound, on_account_bound
from outreach.consumers.on_account_unbound import AccountUnbound, on_account_unbound
from outreach.consumers.on_comment_joined import CommentJoined, on_comment_joined
from outreach.consumers.on_comment_received import CommentReceived, on_comment_received

PLAN = Plan(indexes=mongo_bound_accounts.INDEXES)


@dataclass(frozen=True)
class Joining:
    """Built once a process."""

    accounts: MongoBoundAccounts
    room: Room[None]


def build(foundation: Foundation, conversation: Conversation) -> Joining:
    """Build it; neither the store nor WeChat need be there yet."""
    settings, identities, now = foundation.settings, foundation.identities, foundation.now
    comments, commenters = conversation.comments, conversation.commenters
    accounts = MongoBoundAccounts(foundation.store)
    join_commenter = JoinCommenter(commenters, comments)
    by_union = JoinByUnion(accounts, commenters, join_commenter, now)
    meet_commenter = MeetCommenter(commenters, comments, identities, now)
    follow_up_link = FollowUpLink(accounts, comments, identities, join_commenter)
    note_bound_account = NoteBoundAccount(accounts, commenters, comments, by_union)
    note_unbound_account = NoteUnboundAccount(accounts, commenters)
    look_up_commenters = LookUpCommenters(
        conversation.channels,
        commenters,
        comments,
        conversation.wechat,
        SharedUnionMarks(settings.union_hash()),
        by_union,
        foundation.tally,
        now,
    )
    looking_up = Lease(foundation.store, "commenter-lookup")
    room = Room(
        use_cases=None,
        listeners=[
            Listener(EVENTS, CommentReceived, on_comment_received(meet_commenter)),
            Listener(EVENTS, CommentJoined, on_comment_joined(follow_up_link)),
            Listener(RESIDENTS_EVENTS, AccountBound, on_account_bound(note_bound_account)),
            Listener(RESIDENTS_EVENTS, AccountUnbound, on_account_unbound(note_unbound_account)),
        ],
        background={
            "looking up": lambda: looking_up.run_every(
                settings.commenter_lookup_seconds, look_up_commenters
            )
        },
    )
    return Joining(accounts, room)
