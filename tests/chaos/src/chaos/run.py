"""One run: found a community, let everybody act, kill by the schedule, audit what is left."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from local_stack.layout import Layout

from chaos.audit.audit import audited
from chaos.audit.lines import Line
from chaos.collecting import Collector
from chaos.doors import Doors
from chaos.founding import Society, found
from chaos.killing import Executioner
from chaos.load import Load
from chaos.model import Model, retries
from chaos.probing import Prober
from chaos.recovery import WHOLE_WITHIN_SECONDS, Recoveries, Recovery
from chaos.schedule import Kill
from chaos.stores import Stores

WHOLE_RUN_KILLS = 20
"""Of each kind: in so long a run everybody does everything, so that each rule is asked."""
Progress = Callable[[str, int], None]
"""Told what is being done, and how many kills are behind."""


class Result(msgspec.Struct, kw_only=True):
    """What a run has shown.

    Attributes:
        oddities: what should not be seen, whatever is killed, and how often.
        ended_by: what ended it before its last kill and its last audit; "" if nothing.
    """

    seed: int
    kills: int
    only: list[str]
    store: str
    recoveries: list[Recovery]
    audit: list[Line]
    writes: dict[str, dict[str, int]]
    acknowledged: int
    unknown_answers: int
    retries: int
    oddities: dict[str, int]
    ended_by: str = ""

    @property
    def too_slow(self) -> list[Recovery]:
        """The kills after which it took too long, or for ever."""
        return [
            each
            for each in self.recoveries
            if each.outstanding or each.whole_seconds > WHOLE_WITHIN_SECONDS
        ]

    @property
    def not_at_work(self) -> list[Recovery]:
        """The workers that were to be killed while relaying, and were not met at it."""
        return [each for each in self.recoveries if not each.aimed]

    @property
    def silent(self) -> list[Line]:
        """The rules that a long run of everything should have asked, and did not."""
        is_whole = self.kills >= WHOLE_RUN_KILLS and not self.only
        return [line for line in self.audit if is_whole and not line.was_asked]

    @property
    def is_kept(self) -> bool:
        """Whether everything was as promised, and looked at."""
        kept = bool(self.audit) and all(line.is_kept for line in self.audit)
        wrong = self.too_slow or self.oddities or self.silent or self.ended_by
        return kept and not wrong


class Run:
    """Plays a schedule against a stack that is up."""

    def __init__(
        self,
        layout: Layout,
        schedule: Sequence[Kill],
        *,
        seed: int,
        residents: int,
        audit_every: int,
        progress: Progress,
    ) -> None:
        self._layout = layout
        self._schedule = schedule
        self._seed = seed
        self._residents = residents
        self._audit_every = audit_every
        self._progress = progress
        self.model = Model()
        self._seen: list[Recovery] = []
        self._lines: list[Line] = []
        self._oddities: Counter[str] = Counter()

    async def play(self, **about: Any) -> Result:
        """Play it to its end."""
        doors, stores = Doors.of(self._layout, self.model), Stores.of(self._layout)
        self._oddities = doors.oddities
        try:
            self._progress("founding a community", 0)
            society = await found(doors, residents=self._residents)
            await self._suffered(society, stores)
        finally:
            await stores.close()
            await doors.client.aclose()
        return self.so_far(**about)

    def so_far(self, **about: Any) -> Result:
        """Return what it has shown until now: for a run that ends before its end, too."""
        return Result(
            seed=self._seed,
            recoveries=list(self._seen),
            audit=self._lines,
            writes=self.model.counted(),
            acknowledged=len(self.model.done()),
            unknown_answers=sum(write.lost for write in self.model.writes),
            retries=retries(self.model.writes),
            oddities=dict(self._oddities),
            **about,
        )

    async def _suffered(self, society: Society, stores: Stores) -> None:
        executioner = Executioner(self._layout, stores, society.doors.odd)
        recoveries = Recoveries(self.model, stores, executioner, Prober(society))
        load, collector = Load(society, self._seed), Collector(society, stores)
        await collector.note_what_was_founded()
        load.go()
        try:
            await self._killed(load, recoveries, collector)
        finally:
            await load.stop()
            await recoveries.close()

    async def _killed(self, load: Load, recoveries: Recoveries, collector: Collector) -> None:
        seen = self._seen
        for kill in self._schedule:
            await load.calm(kill.calm_seconds)
            self._progress(f"kill -9 {kill.process}", len(seen))
            seen.append(await recoveries.of(kill))
            self._progress("under load", len(seen))
            if len(seen) % self._audit_every == 0 and len(seen) < len(self._schedule):
                await self._audit(load, collector, len(seen))
                if not all(line.is_kept for line in self._lines):
                    # What is broken is best looked at while it is fresh.
                    return
                load.go()
        await self._audit(load, collector, len(seen))

    async def _audit(self, load: Load, collector: Collector, behind: int) -> None:
        self._progress("letting everybody finish", behind)
        await load.hold()
        self._progress("audit", behind)
        self._lines = audited(self.model, await collector.found())
