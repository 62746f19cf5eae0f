"""Tells the story: each step in plain words with its time, on the terminal and as a report."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from rich.console import Console
from rich.markup import escape

from story.stopped import StoryStopped

_TRACE_PREFIX_BYTES, _SPAN_BYTES = 8, 8


class Part(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A part of the story: the prologue, or a chapter of a day.

    Attributes:
        in_detail: whether a picture of the story shows each event that it led to.
    """

    zh: str
    en: str
    in_detail: bool = True


class Step(msgspec.Struct, kw_only=True, rename="camel"):
    """One step: who did what, when, how long it took and what was seen.

    Attributes:
        trace_prefix: 16 hexadecimal digits. Each request of the step begins a trace of its own
            whose id begins with them, so that every event that follows from it carries them.
        part: the place of its part in the report; None before the first.
    """

    number: int
    trace_prefix: str
    part: int | None
    who: str
    zh: str
    en: str
    started_at: datetime
    elapsed_ms: int = 0
    seen: list[str] = []
    stopped: str | None = None

    def saw(self, what: str) -> None:
        """Tell what was seen in this step."""
        self.seen.append(what)


class Report(msgspec.Struct, kw_only=True, rename="camel"):
    """The story as data."""

    chapter: int
    day: int
    started_at: datetime
    elapsed_ms: int = 0
    outcome: str = "playing"
    parts: list[Part] = []
    steps: list[Step] = []
    dashboard: object = None


class Narrator:
    """Tells the steps as they happen."""

    def __init__(self, console: Console, *, chapter: int) -> None:
        self._console = console
        self._started = time.monotonic()
        self._present: Step | None = None
        self.report = Report(chapter=chapter, day=0, started_at=datetime.now(UTC))

    def open_prologue(self) -> None:
        """Tell that the prologue begins."""
        part = Part(
            zh="序章 先把家底摸清", en="Prologue, the archive and who is who", in_detail=False
        )
        self.open_part(part)

    def open(self, day: int) -> None:
        """Tell which day it is."""
        self.report.day = day
        zh = f"第一章 一条留言变成一件事 · 第{day}天"
        self.open_part(Part(zh=zh, en=f"Chapter 1, one comment becomes one issue; day {day}"))

    def open_part(self, part: Part) -> None:
        """Tell which part of the story begins."""
        self.report.parts.append(part)
        self._console.print(f"\n[bold]{escape(part.zh)}[/]  [dim]{escape(part.en)}[/]\n")

    def traceparent(self) -> str | None:
        """Return the W3C trace context for one request of the present step; None between steps."""
        if self._present is None:
            return None
        trace_id = self._present.trace_prefix + secrets.token_hex(_TRACE_PREFIX_BYTES)
        return f"00-{trace_id}-{secrets.token_hex(_SPAN_BYTES)}-01"

    @contextmanager
    def step(self, who: str, zh: str, en: str) -> Iterator[Step]:
        """Tell one step when it is done, or where the story stops.

        Raises: what the step raised.
        """
        number = len(self.report.steps) + 1
        step = Step(
            number=number,
            trace_prefix=secrets.token_hex(_TRACE_PREFIX_BYTES),
            part=len(self.report.parts) - 1 if self.report.parts else None,
            who=who,
            zh=zh,
            en=en,
            started_at=datetime.now(UTC),
        )
        self.report.steps.append(step)
        around, self._present = self._present, step
        started = time.monotonic()
        try:
            yield step
        except BaseException as error:
            step.stopped = str(error) or repr(error)
            raise
        finally:
            self._present = around
            step.elapsed_ms = round((time.monotonic() - started) * 1000)
            self._tell(step)

    def close(self, outcome: str, stopped: StoryStopped | None = None) -> None:
        """Tell how it ended: `played`, or `stopped` at what was not as it should be."""
        self.report.outcome = outcome
        self.report.elapsed_ms = round((time.monotonic() - self._started) * 1000)
        steps, seconds = len(self.report.steps), self.report.elapsed_ms / 1000
        if outcome == "played":
            self._console.print(
                f"\n[bold green]全部{steps}步都对。[/]用时{seconds:.1f}秒。"
                f"  [dim]All {steps} steps as they should be, {seconds:.1f} s.[/]"
            )
        else:
            self._console.print(
                f"\n[bold red]故事停在第{steps}步。[/]"
                f"  [dim]The story stopped at step {steps}.[/]\n"
                f"应当 expected: {escape(stopped.expected if stopped else '')}\n"
                f"看到 seen:     {escape(stopped.seen if stopped else '')}"
            )

    def remark(self, zh: str, en: str) -> None:
        """Tell something beside the story."""
        self._console.print(f"{escape(zh)}  [dim]{escape(en)}[/]")

    def write(self, path: Path) -> None:
        """Write the report as JSON."""
        path.write_bytes(msgspec.json.format(msgspec.json.encode(self.report), indent=2) + b"\n")

    def _tell(self, step: Step) -> None:
        mark = "[green]✓[/]" if step.stopped is None else "[bold red]✗[/]"
        at = step.started_at.astimezone().strftime("%H:%M:%S.%f")[:-3]
        self._console.print(
            f"{step.number:>3} {mark} {escape(step.zh)}  [dim]{at}  {step.elapsed_ms} ms[/]"
        )
        self._console.print(f"      [dim]{escape(step.en)}[/]")
        for seen in step.seen:
            self._console.print(f"      → {escape(seen)}")
