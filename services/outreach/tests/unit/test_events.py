"""What is told is what the contracts say; what is heard is understood."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from chassis.event_contracts import Contracts
from chassis.ids import derived_id
from outreach.consumers.on_account_bound import AccountBound
from outreach.consumers.on_account_unbound import AccountUnbound
from outreach.consumers.on_comment_joined import CommentJoined
from outreach.consumers.on_comment_received import CommentReceived
from outreach.consumers.on_intake_accepted import IntakeAccepted
from outreach.consumers.on_intake_dismissed import IntakeDismissed
from outreach.consumers.on_metric_captured import MetricCaptured
from outreach.domain import events
from outreach.domain.metrics.events import MetricCaptured as MetricCapturedHere

CONTRACTS = Contracts(Path(__file__).parents[4] / "contracts" / "events")
AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
COMMUNITY, CHANNEL = derived_id("community", "1"), derived_id("channel", "1")
ARTICLE, COMMENT = derived_id("article", "1"), derived_id("comment", "1")
PERSON, ACCOUNT = derived_id("person", "1"), derived_id("account", "1")

TOLD: list[events.Event | MetricCapturedHere] = [
    events.ArticlePublished(
        community_id=COMMUNITY,
        article_id=ARTICLE,
        channel_id=CHANNEL,
        title="社区这一周",
        url="https://mp.weixin.qq.com/s/1",
        published_at=AT,
    ),
    *(
        events.CommentReceived(
            community_id=COMMUNITY,
            comment_id=COMMENT,
            source=source,
            channel_id=CHANNEL,
            article_id=article_id,
            person_key=PERSON,
            redacted_text="[门牌] 没水",
            received_at=AT,
        )
        for source, article_id in (("article", ARTICLE), ("message", None))
    ),
    events.CommentReplied(
        community_id=COMMUNITY,
        comment_id=COMMENT,
        person_key=PERSON,
        replied_at=AT,
        replied_by=ACCOUNT,
    ),
    events.CommentEdited(
        community_id=COMMUNITY, comment_id=COMMENT, redacted_text="有水了", edited_at=AT
    ),
    events.CommentDeleted(community_id=COMMUNITY, comment_id=COMMENT, deleted_at=AT),
    *(
        events.CommentJoined(
            community_id=COMMUNITY,
            comment_id=COMMENT,
            person_key=PERSON,
            account_id=ACCOUNT,
            joined_person_key=joined_person_key,
            how=how,
            joined_at=AT,
        )
        for how, joined_person_key in (("union", derived_id("person", "2")), ("link", None))
    ),
    *(
        MetricCapturedHere(
            community_id=COMMUNITY,
            snapshot_id=derived_id("metric_snapshot", "1"),
            subject_kind=subject_kind,
            subject_id=subject_id,
            metric="reads",
            value=0,
            on=AT.date(),
            source="hand",
            recorded_at=AT,
        )
        for subject_kind, subject_id in (("article", ARTICLE), ("community", None))
    ),
]
HEARD: list[type[msgspec.Struct]] = [
    IntakeAccepted,
    IntakeDismissed,
    CommentReceived,
    CommentJoined,
    AccountBound,
    AccountUnbound,
    MetricCaptured,
]


@pytest.mark.parametrize("event", TOLD, ids=lambda event: event.type)
def test_every_event_is_as_its_contract_says(event: events.Event) -> None:
    CONTRACTS.check(event)


@pytest.mark.parametrize("kind", {type(event) for event in TOLD}, ids=lambda kind: kind.type)
def test_the_contracts_examples_of_what_is_told_are_understood(kind: type[events.Event]) -> None:
    for example in CONTRACTS.examples(kind.type):
        assert msgspec.convert(example, kind)


@pytest.mark.parametrize("kind", HEARD, ids=lambda kind: kind.type)
def test_the_contracts_examples_of_what_is_heard_are_understood(kind: Any) -> None:
    examples = CONTRACTS.examples(kind.type)

    assert examples
    for example in examples:
        assert msgspec.convert(example, kind)
