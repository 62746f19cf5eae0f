"""`outbox` and `consumers`: what waits to be told, and what waits to be heard."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from chassis.clock import utc_now
from chassis.event_plumbing import EventPlumbing
from chassis.mongo import Store

if TYPE_CHECKING:
    from chassis.consumer_groups import Lag
    from chassis.waiting_events import Waiting

Asked = Callable[[EventPlumbing, Store, Mapping[str, Sequence[str]]], Awaitable[Any]]
Run = Callable[[Asked], Any]

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def mount_lag_commands(app: typer.Typer, run: Run) -> None:
    """Add them, over what `run` opens and closes."""

    @app.command("outbox")
    def outbox(as_json: AsJson = False) -> None:
        """Say how many events wait for Kafka, and since when the oldest does."""
        from chassis.waiting_events import waiting_events  # brings the relay, which no api has

        waiting: list[Waiting] = run(
            lambda plumbing, store, _groups: waiting_events(store, plumbing.outboxes)
        )
        if as_json:
            _print_json(waiting)
        else:
            _print_waiting(waiting, utc_now())

    @app.command("consumers")
    def consumers(as_json: AsJson = False) -> None:
        """Say how many messages each consumer group of this service has not handled yet."""
        from chassis.consumer_groups import lags

        found: list[Lag] = run(lambda plumbing, _store, groups: lags(plumbing.kafka, groups))
        if as_json:
            _print_json(found)
        else:
            _print_lags(found)


def _print_json(rows: Sequence[msgspec.Struct]) -> None:
    for row in rows:
        typer.echo(msgspec.json.encode(row).decode())


def _print_waiting(waiting: Sequence["Waiting"], now: datetime) -> None:
    table = Table("collection", "documents", "events", "oldest")
    for each in waiting:
        if each.oldest is not None:
            age = f"{(now - each.oldest).total_seconds():.0f} s"
            table.add_row(each.collection, str(each.documents), str(each.events), age)
    if table.row_count:
        _console().print(table)
    in_all = sum(each.events for each in waiting)
    typer.echo(f"{in_all} events wait in {len(waiting)} collections")


def _print_lags(found: Sequence["Lag"]) -> None:
    table = Table("group", "topic", "partition", "committed", "behind")
    for lag in found:
        committed = "never" if lag.committed is None else str(lag.committed)
        table.add_row(lag.group, lag.topic, str(lag.partition), committed, str(lag.behind))
    if table.row_count:
        _console().print(table)
    typer.echo(f"{sum(lag.behind for lag in found)} messages behind")


def _console() -> Console:
    """As wide as its rows: without a terminal there is no width to keep to."""
    return Console(width=160, highlight=False)
