"""`backup` and `restore`: one service's database as two files."""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, BinaryIO, TypeVar

import msgspec
import typer

from chassis.backup import Backup, BackupDamaged, DatabaseNotEmpty, OtherBackup, restore
from chassis.backup_archive import Kind, Manifest
from chassis.consumer_groups import GroupInUse, GroupOffset, group_offsets
from chassis.errors import StoreUnavailable
from chassis.kafka_access import KafkaAccess
from chassis.topics import BrokerUnavailable

T = TypeVar("T")
_STANDARD = "-"
_PIECE_BYTES = 1024 * 1024
_PARTIAL = ".partial"


@dataclass(frozen=True)
class OpenBackup:
    """What the commands need, built and later closed by the service's bootstrap.

    Attributes:
        groups: the service's consumer groups, and the topics that each listens to.
        read_only: whether this process, and so its fellows, writes nothing.
    """

    backup: Backup
    kafka: KafkaAccess
    groups: Mapping[str, Sequence[str]]
    read_only: bool


OpenBackups = Callable[[], AbstractAsyncContextManager[OpenBackup]]
WithoutOffsets = Annotated[
    bool, typer.Option("--without-offsets", help="Leave Kafka and the consumer groups out.")
]


def mount_backup_commands(app: typer.Typer, open_backup: OpenBackups) -> None:
    """Add `backup` and `restore` to a service's commands."""

    def run(work: Callable[[OpenBackup], Awaitable[T]]) -> T:
        return asyncio.run(_opened(open_backup, work))

    @app.command("backup")
    def take(
        to: Annotated[
            str | None, typer.Option(help="The file of all but the keys of persons; - prints it.")
        ] = None,
        keys_to: Annotated[
            str | None, typer.Option(help="The file of the keys of persons; - prints it.")
        ] = None,
        while_writing: Annotated[
            bool, typer.Option("--while-writing", help="Though it is then not of one point.")
        ] = False,
        without_offsets: WithoutOffsets = False,
    ) -> None:
        """Copy this service's database, with how far its consumer groups are.

        Set READ_ONLY for all services first: only then is it of one point, and fits the others'.
        """
        wanted: list[tuple[str, Kind]] = [(to, "data")] if to else []
        wanted += [(keys_to, "keys")] if keys_to else []
        if not wanted or [name for name, _ in wanted].count(_STANDARD) > 1:
            raise typer.BadParameter("give --to, --keys-to or both, and - once at most")
        for manifest in run(
            lambda opened: _take(
                opened, wanted, while_writing=while_writing, without_offsets=without_offsets
            )
        ):
            typer.echo(msgspec.json.encode(manifest).decode(), err=True)

    @app.command("restore")
    def put_back(
        source: Annotated[str, typer.Option("--from", help="What --to wrote; - reads it.")],
        keys: Annotated[
            Path | None, typer.Option("--keys-from", help="What --keys-to wrote.", exists=True)
        ] = None,
        without_keys: Annotated[
            bool, typer.Option("--without-keys", help="Leave every person of it unreadable.")
        ] = False,
        without_offsets: WithoutOffsets = False,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Check files and database, write nothing.")
        ] = False,
    ) -> None:
        """Put a backup into this service's empty database, and its groups to where they were.

        Stop the service's worker first. Then `republish --all` tells the others what is so.
        """
        if (keys is None) is not without_keys:
            raise typer.BadParameter("give either --keys-from or --without-keys")
        with ExitStack() as files:
            data = files.enter_context(_source(source))
            keys_file = files.enter_context(keys.open("rb")) if keys else None
            manifest = run(
                lambda opened: _put_back(
                    opened, data, keys_file, without_offsets=without_offsets, dry_run=dry_run
                )
            )
        done = "would be put back" if dry_run else "are back"
        typer.echo(
            f"{manifest.documents} documents in {len(manifest.collections)} collections "
            f"of {manifest.about.taken_at.isoformat(timespec='seconds')} {done}"
        )


class NotReadOnly(Exception):
    """Somebody may write while the copy is taken."""


async def _take(
    opened: OpenBackup,
    wanted: Sequence[tuple[str, Kind]],
    *,
    while_writing: bool,
    without_offsets: bool,
) -> list[Manifest]:
    if not opened.read_only and not while_writing:
        raise NotReadOnly("set READ_ONLY=true, or give --while-writing")
    offsets: list[GroupOffset] = []
    if not without_offsets and any(kind == "data" for _, kind in wanted):
        offsets = await group_offsets(opened.kafka, opened.groups)
    manifests = []
    for name, kind in wanted:
        with _target(name) as out:
            told = offsets if kind == "data" else []
            manifests.append(await opened.backup.take(out, kind, told))
    return manifests


async def _put_back(
    opened: OpenBackup,
    data: BinaryIO,
    keys: BinaryIO | None,
    *,
    without_offsets: bool,
    dry_run: bool,
) -> Manifest:
    if not dry_run:
        kafka = None if without_offsets else opened.kafka
        return await restore(opened.backup, data, keys, kafka)
    manifest = opened.backup.check(data, "data")
    if keys is not None:
        opened.backup.check(keys, "keys")
    await opened.backup.check_empty()
    return manifest


async def _opened(open_backup: OpenBackups, work: Callable[[OpenBackup], Awaitable[T]]) -> T:
    """Do the work; an expected failure is one line and exit code 1."""
    try:
        async with open_backup() as opened:
            return await work(opened)
    except (
        BackupDamaged,
        BrokerUnavailable,
        DatabaseNotEmpty,
        GroupInUse,
        NotReadOnly,
        OtherBackup,
    ) as error:
        typer.echo(f"{type(error).__name__}: {error}", err=True)
    except StoreUnavailable as error:
        typer.echo(error.for_operators, err=True)
    except OSError as error:
        typer.echo(f"{error.strerror or type(error).__name__}: {error.filename}", err=True)
    raise typer.Exit(1)


@contextmanager
def _target(name: str) -> Iterator[BinaryIO]:
    """A file that has its name only when it is complete; what is there already stays."""
    if name == _STANDARD:
        yield sys.stdout.buffer
        return
    path, partial = Path(name), Path(name + _PARTIAL)
    if path.exists():
        raise FileExistsError(17, "a backup is there already", name)
    try:
        with partial.open("xb") as out:
            yield out
        partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def _source(name: str) -> Iterator[BinaryIO]:
    """A file that can be read twice; what comes through a pipe is kept on disk meanwhile."""
    if name != _STANDARD:
        if not Path(name).is_file():
            raise typer.BadParameter(f"{name} is no file")
        with Path(name).open("rb") as file:
            yield file
        return
    with tempfile.TemporaryFile() as kept:
        while piece := sys.stdin.buffer.read(_PIECE_BYTES):
            kept.write(piece)
        kept.seek(0)
        yield kept
