"""The event commands of every service: topics, dead letters, lags, facts told again."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

import typer

from chassis.dead_letter_commands import dead_letter_commands
from chassis.dead_letter_office import NoSuchDeadLetter, NotReplayed
from chassis.errors import StoreUnavailable
from chassis.event_plumbing import EventPlumbing
from chassis.lag_commands import mount_lag_commands
from chassis.mongo import Store
from chassis.republish import Facts, StillChanging, republish
from chassis.topics import BrokerUnavailable, create_topics, missing_topics

T = TypeVar("T")


@dataclass(frozen=True)
class OpenEvents:
    """What the commands need, built and later closed by the service's bootstrap.

    Attributes:
        groups: its consumer groups, and the topics that each listens to.
    """

    plumbing: EventPlumbing
    store: Store
    groups: Mapping[str, Sequence[str]]
    facts: Sequence[Facts[Any]]

    @property
    def listens_to(self) -> list[str]:
        """The topics whose dead letters are this service's."""
        return sorted({topic for topics in self.groups.values() for topic in topics})


DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, do nothing.")]
OpenEventsFactory = Callable[[], AbstractAsyncContextManager[OpenEvents]]


def mount_event_commands(app: typer.Typer, open_events: OpenEventsFactory) -> None:
    """Add `create-topics`, `dead-letters …` and `republish` to a service's commands."""

    def run(work: Callable[[OpenEvents], Awaitable[T]]) -> T:
        return asyncio.run(_opened(open_events, work))

    @app.command("create-topics")
    def create(dry_run: DryRun = False) -> None:
        """Make this service's topics that are not there yet, with their dead letters."""
        made = run(_missing_topics if dry_run else _create_topics)
        done = "would make" if dry_run else "made"
        typer.echo(f"{done} {', '.join(made)}" if made else "every topic was there")

    @app.command("republish")
    def say_again(
        since: Annotated[
            str | None,
            typer.Option(help="Only what was published since, such as 2026-11-23T08:00Z."),
        ] = None,
        everything: Annotated[bool, typer.Option("--all", help="Every aggregate.")] = False,
        dry_run: DryRun = False,
    ) -> None:
        """Publish the facts of aggregates again, at their current sequence."""
        if (since is None) is not everything:
            raise typer.BadParameter("give either --since or --all")
        at = _time(since) if since else None
        put = run(lambda events: _republish(events, at, dry_run=dry_run))
        if dry_run:
            typer.echo(f"{put} events would be put into outboxes")
        else:
            typer.echo(f"{put} events put into outboxes; the relay publishes them")

    mount_lag_commands(
        app,
        lambda asked: run(lambda events: asked(events.plumbing, events.store, events.groups)),
    )

    app.add_typer(
        dead_letter_commands(
            lambda work: run(
                lambda events: work(events.plumbing.dead_letters(events.store, events.listens_to))
            )
        ),
        name="dead-letters",
    )


async def _opened(open_events: OpenEventsFactory, work: Callable[[OpenEvents], Awaitable[T]]) -> T:
    """Do the work; an expected failure is one line and exit code 1."""
    try:
        async with open_events() as events:
            return await work(events)
    except (BrokerUnavailable, NoSuchDeadLetter, NotReplayed, StillChanging) as error:
        typer.echo(f"{type(error).__name__}: {error}", err=True)
    except StoreUnavailable as error:
        typer.echo(error.for_operators, err=True)
    raise typer.Exit(1)


async def _create_topics(events: OpenEvents) -> list[str]:
    plumbing = events.plumbing
    return await create_topics(plumbing.kafka, plumbing.topics)


async def _missing_topics(events: OpenEvents) -> list[str]:
    return await missing_topics(events.plumbing.kafka, events.plumbing.topics)


async def _republish(events: OpenEvents, since: datetime | None, *, dry_run: bool) -> int:
    topic = events.plumbing.topics[0].name
    return await republish(events.facts, topic=topic, since=since, dry_run=dry_run)


def _time(given: str) -> datetime:
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        raise typer.BadParameter(f"{given} is not a time such as 2026-11-23T08:00Z") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
