"""The one place that builds outreach's objects."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import typer
from chassis.aggregates import Event
from chassis.clock import utc_now
from chassis.commands import OpenEvents, mount_event_commands
from chassis.encryption import SecretBox
from chassis.event_plumbing import EventPlumbing
from chassis.graph_service import add_graph, add_issuer_keys
from chassis.key_commands import mount_key_commands
from chassis.lease import Lease
from chassis.listening import Listener
from chassis.mongo import Index, Store
from chassis.person_keys import PersonKeys
from chassis.republish import Facts
from chassis.rewrapping import Rewrapping
from chassis.server import Service
from chassis.service_commands import Processes, mount_service_commands
from chassis.settings import load
from chassis.topics import Topic

from outreach.adapters import (
    mongo_articles,
    mongo_bound_accounts,
    mongo_channels,
    mongo_commenters,
    mongo_comments,
)
from outreach.adapters.identities import DerivedIdentities
from outreach.adapters.join_links import RandomJoinLinks
from outreach.adapters.mongo_articles import MongoArticles
from outreach.adapters.mongo_bound_accounts import MongoBoundAccounts
from outreach.adapters.mongo_channels import MongoChannels
from outreach.adapters.mongo_commenters import MongoCommenters
from outreach.adapters.mongo_comments import MongoComments
from outreach.adapters.prometheus_tally import PrometheusTally
from outreach.adapters.sealed_channels import ACCOUNT_SECRETS
from outreach.adapters.topics import EVENTS, ISSUES_EVENTS, RESIDENTS_EVENTS
from outreach.adapters.union_marks import SharedUnionMarks
from outreach.adapters.wechat_callbacks import WeChatCallbacks
from outreach.adapters.wechat_http import HttpWeChat
from outreach.api.callback import callback_routes
from outreach.api.schema import build
from outreach.application.archive_channel import ArchiveChannel
from outreach.application.dismiss_comment import DismissComment
from outreach.application.follow_up_link import FollowUpLink
from outreach.application.invite_to_join import InviteToJoin
from outreach.application.join_by_union import JoinByUnion
from outreach.application.join_commenter import JoinCommenter
from outreach.application.link_comment import LinkComment
from outreach.application.look_up_commenters import LookUpCommenters
from outreach.application.meet_commenter import MeetCommenter
from outreach.application.note_bound_account import NoteBoundAccount
from outreach.application.note_unbound_account import NoteUnboundAccount
from outreach.application.outreach import Outreach
from outreach.application.poll_article import PollArticle
from outreach.application.poll_comments import PollComments
from outreach.application.queries import Queries
from outreach.application.receive_callback import ReceiveCallback
from outreach.application.register_channel import RegisterChannel
from outreach.application.register_published_article import RegisterPublishedArticle
from outreach.application.reply_to_comment import ReplyToComment
from outreach.application.send_due_replies import SendDueReplies
from outreach.application.send_reply import SendReply
from outreach.application.take_over_comment import TakeOverComment
from outreach.consumers.on_account_bound import AccountBound, on_account_bound
from outreach.consumers.on_account_unbound import AccountUnbound, on_account_unbound
from outreach.consumers.on_comment_joined import CommentJoined, on_comment_joined
from outreach.consumers.on_comment_received import CommentReceived, on_comment_received
from outreach.consumers.on_intake_accepted import IntakeAccepted, on_intake_accepted
from outreach.consumers.on_intake_dismissed import IntakeDismissed, on_intake_dismissed
from outreach.domain.articles import Article
from outreach.domain.comments import Comment
from outreach.settings import OutreachSettings

COLLECTIONS = (mongo_channels.COLLECTION, mongo_articles.COLLECTION, mongo_comments.COLLECTION)
"""Those whose changes are told."""


@dataclass(frozen=True)
class Kept:
    """The store and what is kept in it."""

    store: Store
    channels: MongoChannels
    articles: MongoArticles
    comments: MongoComments
    commenters: MongoCommenters
    accounts: MongoBoundAccounts


def open_store(settings: OutreachSettings) -> Kept:
    """Prepare the store; it need not be there yet."""
    store = Store.connect(
        settings.mongodb_uri.get_secret_value(),
        settings.mongodb_database,
        driver=settings.mongodb_driver,
    )
    wrapping = settings.wrapping_keys()
    return Kept(
        store=store,
        channels=MongoChannels(store, SecretBox(wrapping)),
        articles=MongoArticles(store),
        comments=MongoComments(store, PersonKeys(store, wrapping, now=utc_now)),
        commenters=MongoCommenters(store),
        accounts=MongoBoundAccounts(store),
    )


def event_plumbing(settings: OutreachSettings) -> EventPlumbing:
    """What outreach owns of the event path."""
    return EventPlumbing(
        service=settings.service_name,
        bootstrap_servers=settings.kafka_bootstrap_servers,
        topics=[Topic(EVENTS)],
        outboxes=COLLECTIONS,
    )


def join_links_of(settings: OutreachSettings) -> RandomJoinLinks:
    """The links that replies carry and people open."""
    return RandomJoinLinks(settings.lookup_hash(), settings.join_link_base_url)


def build_outreach(settings: OutreachSettings, kept: Kept) -> Outreach:
    """The use cases behind the graph."""
    return Outreach(
        register_channel=RegisterChannel(kept.channels, utc_now),
        archive_channel=ArchiveChannel(kept.channels, utc_now),
        register_published_article=RegisterPublishedArticle(kept.channels, kept.articles, utc_now),
        reply_to_comment=ReplyToComment(kept.comments, utc_now),
        take_over_comment=TakeOverComment(
            kept.accounts, kept.comments, join_links_of(settings), utc_now
        ),
        queries=Queries(kept.channels, kept.articles, kept.comments, utc_now),
        public_base_url=settings.public_base_url,
    )


async def build_api(settings: OutreachSettings) -> Service:
    """The process that answers people and WeChat."""
    kept = open_store(settings)
    receive_callback = ReceiveCallback(
        kept.channels,
        kept.comments,
        WeChatCallbacks(),
        DerivedIdentities(settings.lookup_hash()),
        PrometheusTally(),
        utc_now,
    )
    service = Service("outreach-api", host=settings.http_host, port=settings.http_port)
    service.add("store", ready=kept.store.ping, stop=kept.store.close)
    add_graph(
        service,
        settings,
        build(introspection=not settings.is_production),
        application=build_outreach(settings, kept),
        keys=add_issuer_keys(service, settings, settings.state_folder / "jwks.json"),
    )
    service.routes += callback_routes(receive_callback)
    return service


async def build_worker(settings: OutreachSettings) -> Service:
    """The process that polls, sends, publishes and listens."""
    kept = open_store(settings)
    wechat = HttpWeChat(settings.wechat_api_base_url, utc_now)
    tally = PrometheusTally()
    identities = DerivedIdentities(settings.lookup_hash())
    poll_comments = PollComments(
        kept.channels,
        kept.articles,
        kept.comments,
        PollArticle(kept.comments, wechat, identities, tally, utc_now),
        tally,
        utc_now,
        younger_than=timedelta(days=settings.comment_poll_days),
    )
    send_due_replies = SendDueReplies(
        kept.comments,
        SendReply(
            kept.channels,
            kept.comments,
            wechat,
            InviteToJoin(kept.commenters, identities, join_links_of(settings)),
            tally,
            utc_now,
        ),
        tally,
        utc_now,
    )
    polling, sending = Lease(kept.store, "comment-polling"), Lease(kept.store, "reply-sending")
    plumbing = event_plumbing(settings)
    joining = build_joining(kept, identities)
    look_up_commenters = LookUpCommenters(
        kept.channels,
        kept.commenters,
        kept.comments,
        wechat,
        SharedUnionMarks(settings.union_hash()),
        joining.by_union,
        tally,
        utc_now,
    )
    looking_up = Lease(kept.store, "commenter-lookup")
    consumer = plumbing.consumer(kept.store, listeners(kept, joining))

    service = Service("outreach-worker", host=settings.http_host, port=settings.http_port)
    service.add("store", ready=kept.store.ping, stop=kept.store.close)
    service.add("wechat", stop=wechat.close)
    service.add("relay", run=plumbing.relay(kept.store).run)
    service.add("consumers", run=consumer.run, ready=consumer.ready)
    service.add(
        "polling", run=lambda: polling.run_every(settings.comment_poll_seconds, poll_comments)
    )
    service.add(
        "sending", run=lambda: sending.run_every(settings.reply_send_seconds, send_due_replies)
    )
    service.add(
        "looking up",
        run=lambda: looking_up.run_every(settings.commenter_lookup_seconds, look_up_commenters),
    )
    return service


@dataclass(frozen=True)
class Joining:
    """What is done about who a commenter is."""

    by_union: JoinByUnion
    meet_commenter: MeetCommenter
    follow_up_link: FollowUpLink
    note_bound_account: NoteBoundAccount
    note_unbound_account: NoteUnboundAccount


def build_joining(kept: Kept, identities: DerivedIdentities) -> Joining:
    """The use cases that events call."""
    join_commenter = JoinCommenter(kept.commenters, kept.comments)
    by_union = JoinByUnion(kept.accounts, kept.commenters, join_commenter, utc_now)
    return Joining(
        by_union=by_union,
        meet_commenter=MeetCommenter(kept.commenters, kept.comments, identities, utc_now),
        follow_up_link=FollowUpLink(kept.accounts, kept.comments, identities, join_commenter),
        note_bound_account=NoteBoundAccount(
            kept.accounts, kept.commenters, kept.comments, by_union
        ),
        note_unbound_account=NoteUnboundAccount(kept.accounts, kept.commenters),
    )


def listeners(kept: Kept, joining: Joining) -> list[Listener[Any]]:
    """What outreach does on events, its own among them."""
    link, dismiss = LinkComment(kept.comments), DismissComment(kept.comments)
    return [
        Listener(ISSUES_EVENTS, IntakeAccepted, on_intake_accepted(link)),
        Listener(ISSUES_EVENTS, IntakeDismissed, on_intake_dismissed(dismiss)),
        Listener(EVENTS, CommentReceived, on_comment_received(joining.meet_commenter)),
        Listener(EVENTS, CommentJoined, on_comment_joined(joining.follow_up_link)),
        Listener(RESIDENTS_EVENTS, AccountBound, on_account_bound(joining.note_bound_account)),
        Listener(
            RESIDENTS_EVENTS, AccountUnbound, on_account_unbound(joining.note_unbound_account)
        ),
    ]


def article_facts(article: Article) -> Sequence[Event]:
    """All that others may know of an article."""
    return [article.published]


def comment_facts(comment: Comment) -> Sequence[Event]:
    """All that others may know of a comment."""
    return comment.facts()


@asynccontextmanager
async def open_events() -> AsyncIterator[OpenEvents]:
    """What the event commands need."""
    settings = load(OutreachSettings)
    kept = open_store(settings)
    try:
        yield OpenEvents(
            plumbing=event_plumbing(settings),
            store=kept.store,
            listens_to=[EVENTS, ISSUES_EVENTS, RESIDENTS_EVENTS],
            facts=[Facts(kept.articles, article_facts), Facts(kept.comments, comment_facts)],
        )
    finally:
        await kept.store.close()


@asynccontextmanager
async def open_rewrapping() -> AsyncIterator[Rewrapping]:
    """What the wrapping keys lock."""
    settings = load(OutreachSettings)
    store, wrapping = open_store(settings).store, settings.wrapping_keys()
    try:
        people = PersonKeys(store, wrapping, now=utc_now)
        yield Rewrapping(store, wrapping, people, secrets=(ACCOUNT_SECRETS,))
    finally:
        await store.close()


def indexes(settings: OutreachSettings) -> list[Index]:
    """All that the store must have."""
    return [
        *mongo_channels.INDEXES,
        *mongo_articles.INDEXES,
        *mongo_comments.INDEXES,
        *mongo_commenters.INDEXES,
        *mongo_bound_accounts.INDEXES,
        *PersonKeys.indexes(),
        *event_plumbing(settings).indexes(),
    ]


def mount_commands(app: typer.Typer) -> None:
    """Add every command of this service."""
    mount_service_commands(
        app, Processes(OutreachSettings, build_api, build_worker, build, indexes)
    )
    mount_event_commands(app, open_events)
    mount_key_commands(app, open_rewrapping)
