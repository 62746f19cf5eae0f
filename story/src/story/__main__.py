"""`python -m story play` and `python -m story totp secretary`."""

import asyncio
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.console import Console

from story import staff
from story.chapter_one import chapter as chapter_one
from story.chapter_two import chapter as chapter_two
from story.create_community import create_community_by_command
from story.demo_file import DemoFile
from story.graph import Graph
from story.narrator import Narrator
from story.one_time_codes import STEP_SECONDS, code_of, next_step, seconds_until_accepted
from story.page.picture import Picture
from story.page.tape import EventTape
from story.phones import Phones
from story.photos import Photos
from story.planning import plan_demo
from story.prologue import chapter as prologue
from story.shop import Shop
from story.stage import MiniProgram, Office, Places, Stage
from story.stopped import StoryStopped
from story.tracing import traced
from story.uploads import Uploads
from story.verify_audit import verify_audit_by_command
from story.verify_ledger import verify_ledger_by_command
from story.workbooks import Workbooks

_ANSWER_WITHIN_SECONDS = 30.0

app = typer.Typer(help="One day in the demo community, played through the public API.")
State = Annotated[
    Path, typer.Option(envvar="STATE_FOLDER", help="Folder of the stack; demo.json is in it.")
]
_DEFAULT_STATE = Path(".local")


def _address(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise typer.BadParameter("an address begins with http:// or https://")
    return value.rstrip("/")


@app.command()
def play(
    gateway: Annotated[
        str, typer.Option(envvar="GATEWAY_URL", callback=_address, help="The graph's address.")
    ] = "http://127.0.0.1:4000",
    simulator: Annotated[
        str, typer.Option(envvar="WECHAT_SIMULATOR_URL", callback=_address, help="WeChat's.")
    ] = "http://127.0.0.1:4300",
    residents: Annotated[
        str, typer.Option(envvar="RESIDENTS_URL", callback=_address, help="Where ledgers go.")
    ] = "http://127.0.0.1:4101",
    vouchers: Annotated[
        str, typer.Option(envvar="VOUCHERS_URL", callback=_address, help="Where tills ask.")
    ] = "http://127.0.0.1:4103",
    mini_program_id: Annotated[
        str, typer.Option(envvar="WECHAT_MINIPROGRAM_APP_ID", help="What residents knows it by.")
    ] = "",
    mini_program_secret: Annotated[
        str, typer.Option(envvar="WECHAT_MINIPROGRAM_SECRET", help="What residents proves it by.")
    ] = "",
    state: State = _DEFAULT_STATE,
    json_report: Annotated[
        Path | None, typer.Option("--json", help="Write the steps with their times there, too.")
    ] = None,
    page: Annotated[
        Path | None, typer.Option(envvar="STORY_PAGE", help="Draw the story there, as one page.")
    ] = None,
    kafka: Annotated[
        str, typer.Option(envvar="KAFKA_BOOTSTRAP_SERVERS", help="Whose events the page shows.")
    ] = "127.0.0.1:4392",
) -> None:
    """Play one day. Ends with 1 at the first thing that is not as it should be."""
    narrator = Narrator(Console(soft_wrap=True, highlight=False), chapter=chapter_one.NUMBER)
    places = Places(gateway, simulator, residents, vouchers)
    program = MiniProgram(mini_program_id, mini_program_secret)
    picture = None if page is None else Picture(page, EventTape(kafka), narrator)
    try:
        stopped = asyncio.run(_play(places, program, state, narrator, picture))
        if stopped is not None:
            raise typer.Exit(1) from stopped
    finally:
        if json_report is not None:
            narrator.write(json_report)


async def _play(
    places: Places,
    program: MiniProgram,
    state: Path,
    narrator: Narrator,
    picture: Picture | None,
) -> StoryStopped | None:
    """Play the day and draw it; return where it stopped, if it did."""
    file = DemoFile(state / "demo.json")
    async with httpx.AsyncClient(
        timeout=_ANSWER_WITHIN_SECONDS,
        trust_env=False,
        event_hooks={"request": [traced(narrator)]},
    ) as client:
        stage = Stage(
            places=places,
            graph=Graph(client, places.gateway),
            phones=Phones(client, places.simulator),
            uploads=Uploads(client, places.residents),
            photos=Photos(client),
            shop=Shop(client, places.residents, places.vouchers),
            mini_program=program,
            workbooks=Workbooks(state / "demo-community"),
            file=file,
            demo=file.read() or plan_demo(),
            narrator=narrator,
            create_community=create_community_by_command,
            verify_audit=verify_audit_by_command,
            verify_ledger=verify_ledger_by_command,
        )
        if picture is not None:
            await picture.begin()
        stopped = None
        try:
            await _play_on(stage)
        except StoryStopped as error:
            stopped = error
        narrator.close("played" if stopped is None else "stopped", stopped)
        if picture is not None:
            await picture.draw(stage.demo, stage.phones)
    return stopped


async def _play_on(stage: Stage) -> None:
    """Play one day on the stage. Raises: StoryStopped."""
    secretary = await staff.log_in(stage, await staff.found_community(stage))
    clerk = await staff.log_in(stage, await staff.hire(stage, secretary, "clerk"))
    office = await prologue.play(stage, Office(secretary, clerk))
    issue_id = await chapter_one.play(stage, office)
    await chapter_two.play(stage, office, issue_id)


@app.command()
def totp(
    who: Annotated[str, typer.Argument(help="Role or username: secretary, clerk.")],
    state: State = _DEFAULT_STATE,
) -> None:
    """Print a one-time code of a demo login that has not been used yet."""
    demo = DemoFile(state / "demo.json").read()
    login = None if demo is None else demo.login_called(who)
    if login is None or login.totp_secret is None:
        typer.echo(f"no login {who} in {state / 'demo.json'}: play the story first", err=True)
        raise typer.Exit(1)
    step = next_step(login.last_totp_step)
    wait_seconds = seconds_until_accepted(step)
    when = f"good in {wait_seconds:.0f} s" if wait_seconds else "good now, once"
    typer.echo(code_of(login.totp_secret, step))
    typer.echo(f"{login.who} ({login.username}): {when}, for {STEP_SECONDS} s or more", err=True)


if __name__ == "__main__":
    app()
