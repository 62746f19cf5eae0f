"""Makes the story's page: listens from the beginning to the end of a play."""

from pathlib import Path

from story.demo_file import Demo
from story.narrator import Narrator
from story.page.page import write_page
from story.page.phone_items import PhoneItem, phone_items
from story.page.takers import read_takers
from story.page.tape import EventTape, TapeTorn
from story.page.timeline import Recording
from story.phones import Phones
from story.stopped import StoryStopped


class Picture:
    """The page of one play. What hinders it hinders the page alone, never the story."""

    def __init__(self, path: Path, tape: EventTape, narrator: Narrator) -> None:
        self._path = path
        self._tape = tape
        self._narrator = narrator
        self._is_torn = False

    async def begin(self) -> None:
        """Listen from now on."""
        try:
            await self._tape.begin()
        except TapeTorn as torn:
            self._is_torn = True
            self._tell_of(torn)

    async def draw(self, demo: Demo, phones: Phones) -> None:
        """Write the page of what was told since."""
        if self._is_torn:
            return
        try:
            recording = Recording(
                community_name=demo.community_name,
                report=self._narrator.report,
                recorded=await self._tape.end(demo.community_id),
                phones=await _phones(phones, self._narrator),
                takers=read_takers(),
            )
            write_page(self._path, recording)
        except (TapeTorn, OSError) as hindered:
            self._tell_of(hindered)
            return
        self._narrator.remark(f"故事画在 {self._path}", "The story as one page.")

    def _tell_of(self, hindered: Exception) -> None:
        self._narrator.remark(f"这次没有画出故事：{hindered}", "No page this time.")


async def _phones(phones: Phones, narrator: Narrator) -> list[PhoneItem]:
    """What stood on the phones during the play; nothing where the simulator is gone."""
    try:
        return phone_items(await phones.screens(), since=narrator.report.started_at)
    except StoryStopped:
        return []
