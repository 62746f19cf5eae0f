"""The page is drawn at the end of a play, and what hinders it does not hinder the story."""

import io
from pathlib import Path

import httpx
import pytest
from rich.console import Console
from story.narrator import Narrator
from story.page.picture import Picture
from story.page.tape import EventTape, Recorded, TapeTorn
from story.phones import Phones
from story.planning import plan_demo

from .cast import RECEIVED

NO_SCREENS = httpx.Response(200, json={"phones": []})


class Tape(EventTape):
    """A tape that tears where it is told to."""

    def __init__(self, *, tears_at: str = "") -> None:
        super().__init__("nowhere")
        self._tears_at = tears_at

    async def begin(self) -> None:
        if self._tears_at == "begin":
            raise TapeTorn("away")

    async def end(self, community_id: str | None) -> Recorded:
        if self._tears_at == "end":
            raise TapeTorn("away")
        return Recorded([RECEIVED], {})


async def drawn(path: Path, tape: Tape, answer: httpx.Response = NO_SCREENS) -> str:
    """Draw a play of one step. Returns: what was said."""
    said = io.StringIO()
    narrator = Narrator(Console(file=said, soft_wrap=True), chapter=1)
    picture = Picture(path, tape, narrator)
    transport = httpx.MockTransport(lambda _: answer)
    async with httpx.AsyncClient(transport=transport) as client:
        await picture.begin()
        with narrator.step("社工", "立项。", "Opens."):
            pass
        await picture.draw(plan_demo(), Phones(client, "http://simulator"))
    return said.getvalue()


async def test_a_play_is_drawn(tmp_path: Path) -> None:
    said = await drawn(tmp_path / "story.html", Tape())

    page = (tmp_path / "story.html").read_text(encoding="utf-8")
    assert "story.html" in said
    assert "八家庄社区的一天" in page
    assert RECEIVED.id in page


async def test_without_the_simulator_the_phones_are_left_out(tmp_path: Path) -> None:
    await drawn(tmp_path / "story.html", Tape(), httpx.Response(503))

    assert RECEIVED.id in (tmp_path / "story.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("moment", ["begin", "end"])
async def test_without_kafka_there_is_no_page_and_the_story_goes_on(
    moment: str, tmp_path: Path
) -> None:
    said = await drawn(tmp_path / "story.html", Tape(tears_at=moment))

    assert said.count("这次没有画出故事") == 1
    assert not (tmp_path / "story.html").exists()


async def test_where_nothing_can_be_written_there_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("a file")

    assert "这次没有画出故事" in await drawn(tmp_path / "build" / "story.html", Tape())
