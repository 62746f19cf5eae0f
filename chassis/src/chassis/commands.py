"""The event commands of every service: create-topics, dead-letters, republish."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

import typer

from chassis.event_plumbing import EventPlumbing
from chassis.mongo import Store
from chassis.republish import Facts


@dataclass(frozen=True)
class OpenEvents:
    """What the commands need, built and later closed by the service's bootstrap.

    Attributes:
        listens_to: the topics whose dead letters are this service's.
    """

    plumbing: EventPlumbing
    store: Store
    listens_to: Sequence[str]
    facts: Sequence[Facts[Any]]


def mount_event_commands(
    app: typer.Typer, open_events: Callable[[], AbstractAsyncContextManager[OpenEvents]]
) -> None:
    """Add `create-topics`, `dead-letters …` and `republish` to a service's commands."""
    raise NotImplementedError
