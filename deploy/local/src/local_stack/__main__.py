"""`python -m local_stack`: the commands behind `make up`, `down`, `status`, `logs` and `store`."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from local_stack.build_store import StoreNotBuilt, build_store
from local_stack.console import console, done, failed, note
from local_stack.down import down as end_stack
from local_stack.following import last_lines, lines_as_they_come, log_files
from local_stack.kafka import KafkaNotInstalled
from local_stack.layout import DEFAULT_PORT_BASE, DEFAULT_STATE, PORT_OFFSETS, Layout
from local_stack.node_packages import InstallationFailed
from local_stack.operators import operators_env
from local_stack.orphans import orphans
from local_stack.programs import SERVICES
from local_stack.record import StackRecord
from local_stack.service_commands import CommandFailed
from local_stack.starting import DidNotStart
from local_stack.state_folder import StateNotOurs, must_be_removable, remove_state
from local_stack.status import status_rows, status_table
from local_stack.store import StoreNotInstalled
from local_stack.story import StoryFailed, play_story
from local_stack.summary import print_logins
from local_stack.supervisor import Supervisor, SupervisorAway, UnknownProcess
from local_stack.up import PortsOccupied, StackOfOtherCode, UpElsewhere
from local_stack.up import up as bring_up

_LOWEST_PORT_BASE = 1_024
_HIGHEST_PORT_BASE = 65_535 - max(PORT_OFFSETS.values())

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

_EXPECTED = (
    CommandFailed,
    DidNotStart,
    InstallationFailed,
    KafkaNotInstalled,
    PortsOccupied,
    StackOfOtherCode,
    StateNotOurs,
    StoreNotBuilt,
    StoreNotInstalled,
    StoryFailed,
    UpElsewhere,
)


@contextmanager
def _said_plainly(layout: Layout) -> Iterator[None]:
    """Turn what is known to go wrong into a line and exit 1."""
    try:
        yield
    except _EXPECTED as error:
        failed(str(error))
        raise typer.Exit(1) from error
    except UnknownProcess as error:
        failed(f"There is no process {error}: `make status` lists them.")
        raise typer.Exit(1) from error
    except SupervisorAway as error:
        left = orphans(layout.supervisor_log)
        failed(
            f"The supervisor is gone and {len(left)} of its processes still run: "
            "`make up` starts all anew, `make down` ends them"
            if left
            else "The stack is down: make up"
        )
        raise typer.Exit(1) from error


@app.callback()
def main(
    context: typer.Context,
    state: Annotated[Path, typer.Option(help="Folder of the state.")] = DEFAULT_STATE,
    port_base: Annotated[
        int | None,
        typer.Option(
            min=_LOWEST_PORT_BASE,
            max=_HIGHEST_PORT_BASE,
            help=f"First port; {DEFAULT_PORT_BASE} unless up before.",
        ),
    ] = None,
) -> None:
    """Linli and its stores on this machine."""
    folder = state.resolve()
    record = StackRecord.read(folder / "stack.json")
    before = record.port_base if record else DEFAULT_PORT_BASE
    context.obj = Layout(folder, before if port_base is None else port_base)


@app.command()
def up(context: typer.Context, story: bool = True) -> None:
    """Start everything; play the story the first time."""
    with _said_plainly(context.obj):
        bring_up(context.obj, with_story=story)


@app.command()
def down(context: typer.Context) -> None:
    """End every process; the state stays."""
    since = time.monotonic()
    count = end_stack(context.obj)
    if count:
        done(f"{count} processes ended", time.monotonic() - since)
    else:
        note("The stack is down already.")


@app.command()
def clean(context: typer.Context) -> None:
    """End every process and remove the state."""
    layout: Layout = context.obj
    if not layout.state.exists():
        note(f"There is no {layout.state}.")
        return
    with _said_plainly(layout):
        must_be_removable(layout)
        down(context)
        remove_state(layout)
    note(f"{layout.state} is removed.")


@app.command()
def status(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json")] = False
) -> None:
    """Show each process: state, memory, restarts, last end."""
    with _said_plainly(context.obj):
        rows = status_rows(context.obj, Supervisor(context.obj))
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in rows]))
    else:
        console.print(status_table(rows))


@app.command()
def logs(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument()] = None,
    lines: int = 20,
    follow: bool = False,
) -> None:
    """Print the last lines of one process or of all."""
    paths = log_files(context.obj.logs, name)
    if not paths:
        failed(f"No log of {name or 'any process'} in {context.obj.logs}")
        raise typer.Exit(1)
    for path in paths:
        for line in last_lines(path, lines):
            typer.echo(f"{path.stem} | {line}")
    if follow:
        for process, line in lines_as_they_come(paths):
            typer.echo(f"{process} | {line}")


@app.command()
def start(context: typer.Context, name: str) -> None:
    """Start one process."""
    with _said_plainly(context.obj):
        Supervisor(context.obj).start_process(name)
    note(f"{name} is starting: `make status`")


@app.command()
def stop(context: typer.Context, name: str) -> None:
    """Stop one process; it is not started again by itself."""
    with _said_plainly(context.obj):
        Supervisor(context.obj).stop_process(name, wait=True)
    note(f"{name} is stopped.")


@app.command()
def restart(context: typer.Context, name: str) -> None:
    """Stop one process and start it again."""
    with _said_plainly(context.obj):
        supervisor = Supervisor(context.obj)
        supervisor.stop_process(name, wait=True)
        supervisor.start_process(name)
    note(f"{name} is starting: `make status`")


@app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def run(context: typer.Context, service: str) -> None:
    """Run a command of a service with the settings of this stack."""
    layout: Layout = context.obj
    if service not in SERVICES:
        failed(f"There is no service {service}: {', '.join(SERVICES)}")
        raise typer.Exit(1)
    command = [sys.executable, "-m", service, *context.args]
    finished = subprocess.run(command, env=os.environ | operators_env(layout), check=False)  # noqa: S603
    raise typer.Exit(finished.returncode)


@app.command()
def story(context: typer.Context) -> None:
    """Play the story against the running stack."""
    layout: Layout = context.obj
    with _said_plainly(layout):
        Supervisor(layout).processes()
        play_story(layout, operators_env(layout))


@app.command()
def logins(context: typer.Context) -> None:
    """Print the demo logins."""
    print_logins(context.obj)


@app.command()
def store(context: typer.Context) -> None:
    """Compile the faster embedded store."""
    with _said_plainly(context.obj):
        build_store()


if __name__ == "__main__":
    app()
