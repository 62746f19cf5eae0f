"""The progress bar that a person watches."""

from local_stack.console import console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

_LONGEST_TEXT = 44


def progress_bar() -> Progress:
    """Return a bar for each benchmark: its key, what goes on, how far it is."""
    return Progress(
        TextColumn("[bold]{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[doing]}"),
        console=console,
    )


class BarSteps:
    """Steps of one benchmark, on the bar."""

    def __init__(self, progress: Progress, key: str) -> None:
        self._progress = progress
        self._task: TaskID = progress.add_task(key, total=None, doing="")

    def plan(self, steps: int) -> None:
        """See Steps."""
        self._progress.update(self._task, total=steps)

    def begin(self, what: str) -> None:
        """See Steps."""
        self._progress.update(self._task, doing=what[:_LONGEST_TEXT])
        if not self._progress.console.is_terminal:
            self.say(f"· {what}")

    def done(self, steps: int = 1) -> None:
        """See Steps."""
        self._progress.advance(self._task, steps)

    def say(self, line: str) -> None:
        """See Steps."""
        self._progress.console.print(line, markup=False)

    def end(self) -> None:
        """Stop the clock of this benchmark."""
        self._progress.update(self._task, doing="")
        self._progress.stop_task(self._task)
