"""A desk for photos, and an issue that a photo is asked for."""

from collections.abc import AsyncIterator, Callable

import pytest
from chassis.testing import FrozenClock
from issues.domain.issue import Issue
from issues.domain.permissions import Actor
from issues.domain.photos.photo import Photo

from .desk import Desk


@pytest.fixture
async def desk(clock: FrozenClock) -> AsyncIterator[Desk]:
    desk = Desk(clock)
    yield desk
    await desk.pictures.close()


@pytest.fixture
async def issue(desk: Desk, an_issue: Callable[..., Issue]) -> Issue:
    return await desk.issues.add(an_issue())


@pytest.fixture
async def asked(desk: Desk, issue: Issue, clerk: Actor) -> Photo:
    """A photo that waits for its bytes."""
    return await desk.ask(clerk, issue.id)
