"""Channels, articles, comments and replies: what is said, where, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from chassis.aggregates import Event
from chassis.lease import Lease
from chassis.listening import Listener
from chassis.republish import Facts
from chassis.rooms import Plan, Room

from outreach.adapters import mongo_articles, mongo_channels, mongo_commenters, mongo_comments
from outreach.adapters.join_links import RandomJoinLinks
from outreach.adapters.mongo_articles import MongoArticles
from outreach.adapters.mongo_channels import MongoChannels
from outreach.adapters.mongo_commenters import MongoCommenters
from outreach.adapters.mongo_comments import MongoComments
from outreach.adapters.sealed_channels import ACCOUNT_SECRETS
from outreach.adapters.topics import ISSUES_EVENTS
from outreach.adapters.wechat_callbacks import WeChatCallbacks
from outreach.adapters.wechat_http import HttpWeChat
from outreach.api.callback import callback_routes
from outreach.application.dismiss_comment import DismissComment
from outreach.application.invite_to_join import InviteToJoin
from outreach.application.link_comment import LinkComment
from outreach.application.poll_article import PollArticle
from outreach.application.poll_comments import PollComments
from outreach.application.receive_callback import ReceiveCallback
from outreach.application.send_due_replies import SendDueReplies
from outreach.application.send_reply import SendReply
from outreach.bootstrap.foundation import Foundation
from outreach.consumers.on_intake_accepted import IntakeAccepted, on_intake_accepted
from outreach.consumers.on_intake_dismissed import IntakeDismissed, on_intake_dismissed
from outreach.domain.articles import Article
from outreach.domain.comments import Comment

PLAN = Plan(
    outboxes=(mongo_channels.COLLECTION, mongo_articles.COLLECTION, mongo_comments.COLLECTION),
    indexes=(
        *mongo_channels.INDEXES,
        *mongo_articles.INDEXES,
        *mongo_comments.INDEXES,
        *mongo_commenters.INDEXES,
    ),
    sealed=(ACCOUNT_SECRETS,),
)


@dataclass(frozen=True)
class Conversation:
    """Built once a process: what other rooms use of it, and what it adds itself."""

    channels: MongoChannels
    articles: MongoArticles
    comments: MongoComments
    commenters: MongoCommenters
    wechat: HttpWeChat
    join_links: RandomJoinLinks
    room: Room[None]


def build(foundation: Foundation) -> Conversation:
    """Build it; neither the store nor WeChat need be there yet."""
    settings, store = foundation.settings, foundation.store
    channels = MongoChannels(store, foundation.box)
    articles = MongoArticles(store)
    comments = MongoComments(store, foundation.person_keys)
    commenters = MongoCommenters(store)
    wechat = HttpWeChat(settings.wechat_api_base_url, foundation.now)
    join_links = RandomJoinLinks(foundation.keyed_hash, settings.join_link_base_url)
    tally, identities, now = foundation.tally, foundation.identities, foundation.now
    receive_callback = ReceiveCallback(
        channels, comments, WeChatCallbacks(), identities, tally, now
    )
    poll_comments = PollComments(
        channels,
        articles,
        comments,
        PollArticle(comments, wechat, identities, tally, now),
        tally,
        now,
        younger_than=timedelta(days=settings.comment_poll_days),
    )
    send_due_replies = SendDueReplies(
        comments,
        SendReply(
            channels,
            comments,
            wechat,
            InviteToJoin(commenters, identities, join_links),
            tally,
            now,
        ),
        tally,
        now,
    )
    polling, sending = Lease(store, "comment-polling"), Lease(store, "reply-sending")
    room = Room(
        use_cases=None,
        listeners=[
            Listener(ISSUES_EVENTS, IntakeAccepted, on_intake_accepted(LinkComment(comments))),
            Listener(ISSUES_EVENTS, IntakeDismissed, on_intake_dismissed(DismissComment(comments))),
        ],
        routes=callback_routes(receive_callback),
        background={
            "polling": lambda: polling.run_every(settings.comment_poll_seconds, poll_comments),
            "sending": lambda: sending.run_every(settings.reply_send_seconds, send_due_replies),
        },
        stops={"wechat": wechat.close},
        facts=[Facts(articles, article_facts), Facts(comments, comment_facts)],
    )
    return Conversation(channels, articles, comments, commenters, wechat, join_links, room)


def article_facts(article: Article) -> Sequence[Event]:
    """All that others may know of an article."""
    return [article.published]


def comment_facts(comment: Comment) -> Sequence[Event]:
    """All that others may know of a comment."""
    return comment.facts()
