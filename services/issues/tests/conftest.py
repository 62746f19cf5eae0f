"""What tests of this service build with."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from chassis.ids import derived_id, new_id
from chassis.testing import FrozenClock
from issues.domain.intake import Intake, IntakeSource, receive_comment
from issues.domain.issue import Issue, issue_of
from issues.domain.permissions import Actor

MakeIntake = Callable[..., Intake]
MakeIssue = Callable[..., Issue]
MakeActor = Callable[..., Actor]

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Nine in the morning in China."""


@pytest.fixture
def nine() -> datetime:
    return NINE


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NINE)


@pytest.fixture
def community_id() -> str:
    return new_id("community")


@pytest.fixture
def actor_as(community_id: str) -> MakeActor:
    def actor(*roles: str, community_id: str = community_id) -> Actor:
        return Actor(new_id("account"), community_id, frozenset(roles))

    return actor


@pytest.fixture
def clerk(actor_as: MakeActor) -> Actor:
    return actor_as("clerk")


@pytest.fixture
def secretary(actor_as: MakeActor) -> Actor:
    return actor_as("secretary")


@pytest.fixture
def an_intake(community_id: str) -> MakeIntake:
    """Takes any argument of `receive_comment`; ids fit together."""

    def intake(**given: Any) -> Intake:
        comment_id = given.pop("comment_id", None) or new_id("comment")
        made: dict[str, Any] = {
            "intake_id": derived_id("intake", comment_id),
            "community_id": community_id,
            "source": IntakeSource.ARTICLE,
            "channel_id": new_id("channel"),
            "article_id": new_id("article"),
            "person_key": new_id("person"),
            "redacted_text": "楼道灯坏了一个月了",
            "sequence": 1,
            "received_at": NINE,
        }
        return receive_comment(comment_id=comment_id, **(made | given))

    return intake


@pytest.fixture
def an_issue(an_intake: MakeIntake, clerk: Actor) -> MakeIssue:
    """An issue that a clerk made of a comment; a hazard only where asked."""

    def issue(*, hazard: bool = False, category: str = "lighting", **given: Any) -> Issue:
        intake, _ = an_intake(**given).note_reply(at=NINE, by=clerk.account_id)
        accepted, _ = intake.accept(
            issue_id=derived_id("issue", intake.id),
            category=category,
            hazard=hazard,
            public_text=None,
            by=clerk.account_id,
            at=NINE,
        )
        made = issue_of(accepted)
        assert made is not None
        return made

    return issue
