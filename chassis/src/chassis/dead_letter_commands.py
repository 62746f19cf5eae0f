"""`dead-letters list | show | replay | drop`."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from chassis.dead_letter_office import DeadLetterOffice, Letter, letter_as_json

Run = Callable[[Callable[[DeadLetterOffice], Awaitable[Any]]], Any]

Identifier = Annotated[str, typer.Argument(metavar="ID", help="The letter's id, from `list`.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, do nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def dead_letter_commands(run: Run) -> typer.Typer:
    """The commands, over an office that `run` opens and closes."""
    app = typer.Typer(help="Messages that this service gave up on.", no_args_is_help=True)

    @app.command("list")
    def list_letters(
        limit: Annotated[int, typer.Option(help="How many, the latest first.")] = 50,
        as_json: AsJson = False,
    ) -> None:
        """List dead letters, the latest first."""
        letters: list[Letter] = run(_letters)[:limit]
        if as_json:
            _print_json(letters)
        else:
            _print_table(letters)

    @app.command("show")
    def show(letter_id: Identifier) -> None:
        """Show one dead letter with its data."""
        letter: Letter = run(lambda office: office.letter(letter_id))
        typer.echo(msgspec.json.format(msgspec.json.encode(letter_as_json(letter))).decode())

    @app.command("replay")
    def replay(
        letter_id: Annotated[str | None, typer.Argument(metavar="[ID]")] = None,
        everything: Annotated[bool, typer.Option("--all", help="Every waiting one.")] = False,
        dry_run: DryRun = False,
    ) -> None:
        """Publish a dead letter to its topic again, as it was."""
        _check_either(letter_id, everything=everything)
        letters: list[Letter] = run(lambda office: _replay(office, letter_id, dry_run=dry_run))
        done = "would replay" if dry_run else "replayed"
        typer.echo("\n".join(f"{done} {letter.dead.id}" for letter in letters) or "none waits")

    @app.command("drop")
    def drop(
        letter_id: Identifier,
        reason: Annotated[str, typer.Option(help="Why; kept with the letter, shown by `show`.")],
        dry_run: DryRun = False,
    ) -> None:
        """Decide that a dead letter is not to be handled any more."""
        if not reason.strip():
            raise typer.BadParameter("say why, with --reason")
        letter: Letter = run(lambda office: _drop(office, letter_id, reason, dry_run=dry_run))
        done = "would drop" if dry_run else "dropped"
        typer.echo(f"{done} {letter_id}: {letter.dead.event_type} of {letter.dead.subject}")

    return app


def _check_either(letter_id: str | None, *, everything: bool) -> None:
    if (letter_id is None) is not everything:
        raise typer.BadParameter("give either an ID or --all")


async def _letters(office: DeadLetterOffice) -> list[Letter]:
    return await office.letters()


async def _replay(
    office: DeadLetterOffice, letter_id: str | None, *, dry_run: bool
) -> list[Letter]:
    """Replay the oldest first, so that a subject's events come in their order."""
    if letter_id is not None:
        letters = [await office.letter(letter_id)]
    else:
        letters = [each for each in await office.letters() if each.state == "waiting"][::-1]
    try:
        for letter in () if dry_run else letters:
            await office.replay(letter)
    finally:
        await office.close()
    return letters


async def _drop(office: DeadLetterOffice, letter_id: str, reason: str, *, dry_run: bool) -> Letter:
    letter = await office.letter(letter_id)
    if not dry_run:
        await office.drop(letter, reason=reason)
    return letter


def _print_json(letters: Sequence[Letter]) -> None:
    for letter in letters:
        typer.echo(msgspec.json.encode(letter_as_json(letter)).decode())


def _print_table(letters: Sequence[Letter]) -> None:
    table = Table("id", "state", "at", "event", "subject", "error", "from")
    for letter in letters:
        dead = letter.dead
        table.add_row(
            dead.id,
            letter.state,
            dead.at.isoformat(timespec="seconds"),
            dead.event_type,
            dead.subject,
            f"{dead.failure.error}: {dead.failure.message}",
            f"{dead.topic}/{dead.partition}@{dead.offset}",
        )
    Console().print(table if letters else "no dead letters")
