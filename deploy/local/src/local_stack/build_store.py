"""`make store`: compile the faster embedded store, once per machine, about five minutes."""

import re
import shutil
import subprocess
import time

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from local_stack.console import console, done, note
from local_stack.store import RS_CRATE, RS_VERSION, rs_folder, rs_program

_COMPILING = re.compile(r"^\s*(Compiling|Fresh) (?P<crate>\S+)")
_ADDED = re.compile(r"Locking (?P<count>\d+) packages|Downloaded (?P<downloaded>\d+) crates")


class StoreNotBuilt(Exception):
    """Cargo is missing or failed; the message says which."""


def build_store() -> None:
    """Compile secantusd-rs into the cache, unless it is there. Raises: StoreNotBuilt."""
    if rs_program().exists():
        note(f"{rs_program()} is there already.")
        return
    cargo = shutil.which("cargo")
    if cargo is None:
        raise StoreNotBuilt(
            "cargo is missing. Debian 12 and 13: install Rust with rustup, and "
            "sudo apt install build-essential cmake clang; macOS: brew install rustup cmake"
        )
    since = time.monotonic()
    command = [cargo, "install", RS_CRATE, "--version", RS_VERSION, "--locked"]
    command += ["--ignore-rust-version", "--root", str(rs_folder())]
    said: list[str] = []
    with (
        subprocess.Popen(  # noqa: S603
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as process,
        _progress() as progress,
    ):
        task = progress.add_task("secantusd-rs", total=None, crate="")
        for line in process.stderr or ():
            said.append(line)
            if found := _ADDED.search(line):
                count = found["count"] or found["downloaded"]
                progress.update(task, total=int(count))
            if found := _COMPILING.search(line):
                progress.update(task, advance=1, crate=found["crate"])
    if process.returncode != 0:
        raise StoreNotBuilt("cargo failed:\n" + "".join(said[-20:]))
    done(f"{rs_program()}", time.monotonic() - since)


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[crate]}"),
        console=console,
    )
