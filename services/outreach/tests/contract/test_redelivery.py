"""Every event that this service hears, repeated and out of order: the same state as once."""

import uuid
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import msgspec
from chassis.event_contracts import Contracts
from chassis.ids import derived_id
from chassis.mongo import Document
from chassis.requests import Request
from chassis.testing import REQUESTS, FrozenClock
from chassis.testing_redelivery import check_same_state, instances, opened, seed_of_run
from chassis.testing_streams import Said, Stream, example
from outreach.adapters.notices.mongo_grants import MongoWeChatUsers
from outreach.adapters.topics import EVENTS
from outreach.bootstrap.processes import HOUSE
from outreach.bootstrap.rooms import PLANS, Rooms, build
from outreach.domain.commenters import meet
from outreach.domain.comments import CommentSource, Words, receive
from outreach.domain.join_links import JoinLink
from outreach.domain.joining import Joined, JoinedBy
from outreach.domain.metrics.snapshots import Metric, Reading, Source, Subject, SubjectKind
from outreach.domain.notices.grants import WeChatUser
from outreach.domain.permissions import Actor
from outreach.settings import OutreachSettings

ISSUES, RESIDENTS, VOUCHERS = (
    f"linli.{service}.events" for service in ("issues", "residents", "vouchers")
)
COMMUNITY = derived_id("community", "here")
CHANNEL = derived_id("channel", "here")
MARK = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
NOW = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
ANNA, PAUL, CLARA = (derived_id("account", name) for name in ("安娜", "保罗", "克拉"))
_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

a = partial(example, Contracts(Path(__file__).parents[4] / "contracts/events"))


class Conversations:
    """What people wrote before anybody heard of it, some by a link that was opened since."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._identities = rooms.foundation.identities

    async def wrote(self, name: str, who: str, source: CommentSource) -> str:
        """Somebody writes. Returns: the comment's id."""
        comment, events = receive(
            comment_id=derived_id("comment", name),
            community_id=COMMUNITY,
            channel_id=CHANNEL,
            source=source,
            article_id=derived_id("article", "1") if source is CommentSource.ARTICLE else None,
            person_key=derived_id("person", "openid", who),
            openid=f"o-{who}",
            words=Words(text="楼道灯坏了", redacted_text="楼道灯坏了", text_mark=name),
            commented_at=NOW,
            at=NOW,
        )
        link = JoinLink(mark=name, expires_at=NOW + timedelta(days=30))
        linked = msgspec.structs.replace(comment, join_link=link)
        return (await self._rooms.conversation.comments.add(linked, events)).id

    async def opened_link(self, comment_id: str, mark: str, account_id: str) -> None:
        """Somebody opens the link of a reply."""
        joined = Joined(account_id=account_id, person_key=None, how=JoinedBy.LINK, at=NOW)
        await self._rooms.conversation.comments.change(
            COMMUNITY, comment_id, lambda comment: comment.take_over(joined, mark=mark)
        )

    async def known_to_wechat(self, who: str, mark: str) -> None:
        """WeChat said who the commenter is elsewhere."""
        person_key = derived_id("person", "openid", who)
        commenters = self._rooms.conversation.commenters
        commenter_id = self._identities.commenter(COMMUNITY, person_key)
        await commenters.add(
            meet(
                commenter_id=commenter_id,
                community_id=COMMUNITY,
                person_key=person_key,
                channel_id=CHANNEL,
                has_openid=True,
                at=NOW,
            )
        )
        await commenters.change(COMMUNITY, commenter_id, lambda it: it.recognise(mark, NOW))


async def before(rooms: Rooms) -> None:
    """Comments, a person known to WeChat, one who allowed messages, and two figures of a day."""
    said = Conversations(rooms)
    for name, who in (("one", "w1"), ("two", "w1"), ("three", "w2"), ("four", "w3")):
        source = CommentSource.ARTICLE if name == "two" else CommentSource.MESSAGE
        await said.wrote(name, who, source)
    await said.known_to_wechat("w1", MARK)
    await said.opened_link(derived_id("comment", "three"), "three", PAUL)
    await MongoWeChatUsers(rooms.foundation.store, rooms.foundation.person_keys).add(
        WeChatUser(
            id=derived_id("wechat_user", "w1"),
            community_id=COMMUNITY,
            account_id=ANNA,
            locked_for=ANNA,
            openid="o-w1",
        )
    )
    first = await _figure(rooms, 1280, corrects=None)
    await _figure(rooms, 1286, corrects=first)


async def _figure(rooms: Rooms, value: int, *, corrects: str | None) -> str:
    clerk = Actor(derived_id("account", "clerk"), COMMUNITY, frozenset({"clerk"}))
    reading = Reading(
        subject=Subject(SubjectKind.COMMUNITY, COMMUNITY),
        metric=Metric.ARTICLES_PUBLISHED,
        value=value,
        on=NOW.date(),
        source=Source.HAND,
    )
    request: Request = REQUESTS.request_for(clerk.account_id, str(value), value=value)
    noted = await rooms.metrics.record_metric(
        clerk,
        reading,
        snapshot_id=derived_id("metric_snapshot", str(value)),
        corrects=corrects,
        request=request,
    )
    return noted.id


def account(account_id: str, *, mark: str | None, stays: bool) -> Stream:
    """Somebody is bound; who does not stay leaves and comes back."""

    def bound(at: str) -> Said:
        return a(
            "account.bound.v1",
            account_id=account_id,
            person_key=derived_id("person", account_id),
            union_mark=mark,
            bound_at=at,
        )

    said = [bound("2026-11-20T02:00:00Z")]
    if not stays:
        said.append(
            a("account.unbound.v1", account_id=account_id, unbound_at="2026-11-21T02:00:00Z")
        )
        said.append(bound("2026-11-22T02:00:00Z"))
    return Stream(RESIDENTS, account_id, COMMUNITY, said)


def intake(name: str, *, comment: str, accepted: bool) -> Stream:
    """What became of a comment."""
    intake_id, comment_id = derived_id("intake", name), derived_id("comment", comment)
    event_type = "intake.accepted.v1" if accepted else "intake.dismissed.v1"
    said = [a(event_type, intake_id=intake_id, comment_id=comment_id)]
    return Stream(ISSUES, intake_id, COMMUNITY, said)


def issue(issue_id: str) -> Stream:
    """An issue's whole course."""
    said = [
        a("issue.acknowledged.v1", issue_id=issue_id),
        a("issue.updated.v1", issue_id=issue_id),
        a("issue.assigned.v1", issue_id=issue_id),
        *[a("coordination.recorded.v1", number, issue_id=issue_id) for number in range(3)],
        a("issue.updated.v1", issue_id=issue_id, change="escalated", level="district"),
        a("issue.resolved.v1", issue_id=issue_id),
        a("issue.reopened.v1", issue_id=issue_id),
        a("issue.resolved.v1", issue_id=issue_id, resolved_at="2026-11-30T08:00:00Z"),
        a("issue.confirmed.v1", 2, issue_id=issue_id),
    ]
    return Stream(ISSUES, issue_id, COMMUNITY, said)


def follower(issue_id: str, account_id: str, *times: str) -> Stream:
    """Somebody follows, at the first of the times, follows no longer at the second, and so on."""
    said = [
        a(
            "issue.unfollowed.v1" if number % 2 else "issue.followed.v1",
            1,
            issue_id=issue_id,
            account_id=account_id,
            **{"unfollowed_at" if number % 2 else "followed_at": at},
        )
        for number, at in enumerate(times)
    ]
    return Stream(ISSUES, derived_id("follower", issue_id, account_id), COMMUNITY, said)


def voucher(name: str, account_id: str | None) -> Stream:
    """A voucher from its claim to its end."""
    voucher_id = derived_id("voucher", name)
    kinds = ("claimed", "redeemed", "reversed", "redeemed", "expired")
    said = []
    for number, kind in enumerate(kinds):
        use = {"use_id": derived_id("redemption", name, str(number // 3))}
        given = use if kind in {"redeemed", "reversed"} else {}
        said.append(a(f"voucher.{kind}.v1", voucher_id=voucher_id, account_id=account_id, **given))
    return Stream(VOUCHERS, voucher_id, COMMUNITY, said)


def taken_back_in_time(collection: str, document: Document) -> bool:
    """A notice made for somebody who, as was told later, had left before: no list has it."""
    is_notice = collection == "notifications"
    return is_notice and not document["shown"] and document["phone"] is None


async def test_told_again_and_out_of_order_is_as_told_once(mongodb_uri: str) -> None:
    clock = FrozenClock(NOW)
    settings = OutreachSettings.model_validate(
        {
            "environment": "development",
            "mongodb_uri": mongodb_uri,
            "mongodb_database": f"outreach_{uuid.uuid4().hex}",
            "kafka_bootstrap_servers": "127.0.0.1:9",
            "key_wrapping_keys": f"test:{_KEY}",
            "lookup_hash_key": _KEY,
            "union_mark_key": _KEY,
        }
    )
    async with opened(lambda: build(settings, clock)) as rooms:
        await rooms.foundation.store.create_indexes(HOUSE.indexes(settings))
        await before(rooms)
    one, two = (derived_id("issue", name) for name in ("one", "two"))
    streams = [
        account(ANNA, mark=MARK, stays=True),
        account(PAUL, mark=None, stays=True),
        account(CLARA, mark=None, stays=False),
        intake("one", comment="one", accepted=True),
        intake("three", comment="three", accepted=False),
        intake("lost", comment="lost", accepted=True),
        issue(one),
        issue(two),
        follower(one, ANNA, "2026-11-23T03:00:00Z"),
        follower(two, ANNA, "2026-11-23T03:00:00Z", "2026-11-25T03:00:00Z", "2026-11-28T00:00:00Z"),
        follower(two, PAUL, "2026-11-23T03:00:00Z", "2026-11-24T03:00:00Z"),
        voucher("hers", ANNA),
        voucher("nobody's", None),
    ]
    await check_same_state(
        instances(lambda: build(settings, clock), PLANS, EVENTS),
        streams,
        seed=seed_of_run(),
        shuffles=3,
        nobody_sees=taken_back_in_time,
    )
