"""Shows how a build of the index comes on: a bar on a terminal, quarters in a log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from index.building import Progress as Report

_DOING = "Building the index"


class RateColumn(ProgressColumn):
    """Texts a second, over the last half minute."""

    def render(self, task: Task) -> Text:
        """As its base."""
        return Text("" if task.speed is None else f"{task.speed:.1f} texts/s", style="progress.data.speed")


@contextmanager
def building_progress(console: Console) -> Iterator[Report]:
    """Show progress as long as the context lasts; nothing where no text is embedded.

    Args:
        console: Standard error, so that answers alone stand on standard output.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    task = bar.add_task(_DOING, total=None, visible=False)
    quarters = 0

    def report(done: int, total: int) -> None:
        nonlocal quarters
        bar.update(task, completed=done, total=total, visible=True)
        # A log, as in a container, cannot show a bar.
        if not console.is_terminal and 4 * done // total > quarters:
            quarters = 4 * done // total
            console.print(f"{_DOING}: {25 * quarters}%")

    with bar:
        yield report
