"""`make up`: install what is missing, start everything, let the story be played once."""

import time
from concurrent.futures import ThreadPoolExecutor, as_completed

from local_stack import orphans
from local_stack.console import console, done, note, step
from local_stack.down import down
from local_stack.installing import missing_parts
from local_stack.layout import Layout
from local_stack.made_before import MadeBefore
from local_stack.occupied import occupied_ports
from local_stack.programs import SERVICES, Program, Stores, programs, service_env
from local_stack.record import StackRecord
from local_stack.secrets_file import stack_secrets
from local_stack.service_commands import run_in_every_service
from local_stack.starting import stages, start_all, wait_ready
from local_stack.state_folder import make_state_folder, only_one_up
from local_stack.stores import choose_stores
from local_stack.story import play_story
from local_stack.summary import print_summary
from local_stack.supervisor import Supervisor


class UpElsewhere(Exception):
    """The stack of this state folder is up already, on other ports than those asked for."""


class StackOfOtherCode(Exception):
    """The stack that is up was started by code that had other processes."""


class PortsOccupied(Exception):
    """A port of the stack is taken; the message has one line for each."""


def up(layout: Layout, *, with_story: bool) -> None:
    """Bring the whole stack up. A second call is quick and changes nothing.

    Raises: StateNotOurs; UpElsewhere; StackOfOtherCode; PortsOccupied; DidNotStart;
        InstallationFailed; CommandFailed; StoryFailed. When it raises before everything is
        ready, nothing is left running.
    """
    make_state_folder(layout)
    # Two at once would take each other's half-started processes for orphans.
    with only_one_up(layout, lambda: note("Another `make up` of this stack is at work: waiting.")):
        _up_alone(layout, with_story=with_story)


def _up_alone(layout: Layout, *, with_story: bool) -> None:
    since = time.monotonic()
    supervisor = Supervisor(layout)
    before = StackRecord.read(layout.record) if supervisor.is_running() else None
    record = before or StackRecord.of_environment(layout.port_base)
    if not layout.record.exists():
        # From here on the folder is a stack's: `clean` may remove it.
        record.write(layout.record)
    stores = choose_stores(layout, record)
    planned = programs(layout, stores, stack_secrets(layout.state))
    if before is not None and before.port_base != layout.port_base:
        raise UpElsewhere(
            f"The stack is up already, from port {before.port_base} on: `make down` first, "
            f"or another one beside it: `make up STATE=.other PORT_BASE={layout.port_base}`"
        )
    if before is not None:
        _wait_for_what_runs(layout, supervisor, planned)
    else:
        _start_from_nothing(layout, supervisor, record, stores, planned)
    if with_story and not layout.story_played.exists():
        play_story(layout, service_env(layout, stores, stack_secrets(layout.state)))
        layout.story_played.touch()
    print_summary(layout, stores, time.monotonic() - since)


def _wait_for_what_runs(layout: Layout, supervisor: Supervisor, planned: list[Program]) -> None:
    """Start again what was stopped, and leave the rest as it is."""
    note("The stack is up already.")
    processes = supervisor.processes()
    known = {process.name for process in processes}
    lacking = [program.name for program in planned if program.name not in known]
    if lacking:
        raise StackOfOtherCode(
            f"The stack that is up was started by other code: it lacks {', '.join(lacking)}. "
            "`make down` first, then `make up`"
        )
    stopped = {process.name for process in processes if process.pid == 0}
    start_all(supervisor, [program for program in planned if program.name in stopped])
    wait_ready(layout, supervisor, planned, lambda program, seconds: None)


def _start_from_nothing(
    layout: Layout,
    supervisor: Supervisor,
    record: StackRecord,
    stores: Stores,
    planned: list[Program],
) -> None:
    left = orphans.orphans(layout.supervisor_log)
    if left:
        orphans.end(left)
        note(f"Ended {len(left)} processes whose supervisor had been killed.")
    occupied = occupied_ports(planned)
    if occupied:
        raise PortsOccupied("\n".join(occupied))
    _install(stores)
    for server in (stores.store, stores.kafka):
        if server is not None:
            server.prepare()
    for name in (*SERVICES, "gateway", "wechat-simulator"):
        (layout.state / name).mkdir(exist_ok=True)
    record.write(layout.record)
    try:
        supervisor.start(planned)
        _start_stages(layout, supervisor, stores, planned)
    except BaseException:
        with console.status("ending what was started"):
            down(layout)
        raise


def _install(stores: Stores) -> None:
    parts = missing_parts(
        own_store=stores.store.build if stores.store else None, own_kafka=stores.kafka is not None
    )
    if not parts:
        return
    since = time.monotonic()
    with console.status(f"fetching {', '.join(parts)}"), ThreadPoolExecutor() as pool:
        waiting = {pool.submit(install): name for name, install in parts.items()}
        for finished in as_completed(waiting):
            finished.result()
            done(waiting[finished], time.monotonic() - since)


def _start_stages(
    layout: Layout, supervisor: Supervisor, stores: Stores, planned: list[Program]
) -> None:
    env = service_env(layout, stores, stack_secrets(layout.state))
    first, *others = stages(planned)
    start_all(supervisor, first)
    made = MadeBefore(layout.made, stores)
    # Indexes need the store only, and Kafka takes the longest to start.
    _wait(layout, supervisor, [program for program in first if program.name == "store"])
    if not made.still_holds():
        with step("indexes"):
            run_in_every_service("create-indexes", env)
    _wait(layout, supervisor, [program for program in first if program.name != "store"])
    if not made.still_holds():
        with step("topics"):
            run_in_every_service("create-topics", env)
        made.remember()
    for stage in others:
        start_all(supervisor, stage)
        _wait(layout, supervisor, stage)


def _wait(layout: Layout, supervisor: Supervisor, waited_for: list[Program]) -> None:
    with console.status(", ".join(program.name for program in waited_for)):
        wait_ready(layout, supervisor, waited_for, lambda program, took: done(program.name, took))
