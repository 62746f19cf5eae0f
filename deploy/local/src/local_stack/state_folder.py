"""Whose a state folder is: nothing of anybody else's is closed to others or removed."""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from local_stack.layout import ROOT, Layout

_OWNER_ONLY = 0o700


class StateNotOurs(Exception):
    """The folder that STATE names holds something else than the state of a stack."""


def make_state_folder(layout: Layout) -> None:
    """Make the folder, or take an empty one or one that a stack left. Raises: StateNotOurs."""
    state = layout.state
    _must_not_hold_other_things(state)
    # The secrets may be there alone: a service's command makes them before the first `up`.
    ours = layout.record.exists() or (state / "secrets.json").exists()
    if state.exists() and not ours and (not state.is_dir() or any(state.iterdir())):
        raise StateNotOurs(
            f"{state} holds something else than a stack: name another folder with STATE="
        )
    state.mkdir(parents=True, exist_ok=True)
    state.chmod(_OWNER_ONLY)


def must_be_removable(layout: Layout) -> None:
    """Check that the folder is a stack's. Raises: StateNotOurs."""
    _must_not_hold_other_things(layout.state)
    if not layout.record.exists():
        raise StateNotOurs(
            f"{layout.state} has no {layout.record.name}: it is no stack's, so nothing is removed"
        )


def remove_state(layout: Layout) -> None:
    """Remove the state of a stack that is down. Raises: StateNotOurs."""
    must_be_removable(layout)
    shutil.rmtree(layout.state, ignore_errors=True)


def _must_not_hold_other_things(state: Path) -> None:
    for name, folder in (("the repository", ROOT), ("the home folder", Path.home().resolve())):
        if folder.is_relative_to(state):
            raise StateNotOurs(f"{state} is or holds {name}: it cannot be the state of a stack")


@contextmanager
def only_one_up(layout: Layout, on_waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of the state folder's `up`; wait for another's end, having said so."""
    with (layout.state / "up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
