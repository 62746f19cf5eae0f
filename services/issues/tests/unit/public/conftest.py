"""The graph over stores in memory, with issues that everybody may see or not."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import msgspec
import pytest
from chassis.ids import new_id
from chassis.testing import FrozenClock
from issues.domain.issue import Issue
from issues.domain.reporter import Reporter

from ..asking import Api

PutIssue = Callable[..., Awaitable[Issue]]


@pytest.fixture
def api(clock: FrozenClock, community_id: str) -> Api:
    return Api(clock, community_id)


@pytest.fixture
def put_issue(api: Api, an_issue: Callable[..., Issue], nine: datetime) -> PutIssue:
    """Stores an issue; public, and reported by an account, where asked."""

    async def put(*, public: bool = True, reporter: str | None = None, **given: object) -> Issue:
        issue = msgspec.structs.replace(
            an_issue(**given),
            public_text="二号楼楼道灯不亮" if public else None,
            published_at=nine if public else None,
            reporter=reporter_of(reporter, nine),
        )
        return await api.issues.add(issue)

    return put


def reporter_of(account_id: str | None, at: datetime) -> Reporter | None:
    """Who reported it, if that is known."""
    if account_id is None:
        return None
    return Reporter(account_id=account_id, person_key=new_id("person"), joined_at=at, sequence=1)
