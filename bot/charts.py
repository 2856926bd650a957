"""Draws charts as PNG pictures, and keeps them by what they show."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import textwrap
import threading
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.answering.charting import Chart
from knowledge.language import Language

WIDTH, HEIGHT, DPI = 1280, 720, 100
"""Pixels, and dots per inch: a phone shows the picture 6 to 7 cm wide, so that 100 dots make a letter legible."""
# Okabe and Ito's palette, told apart by people who see colours differently: https://jfly.uni-koeln.de/color/
REACHED_COLOUR = "#0072B2"
TARGET_COLOUR = "#E69F00"
INK = "#1a1a1a"
PAPER = "#ffffff"
"""Its own ground, so that it reads the same in Telegram's light and dark themes."""
_STYLE: dict[Any, Any] = {"font.family": ["DejaVu Sans"], "font.size": 19, "text.color": INK, "axes.edgecolor": INK}
SOURCE_WIDTH, SOURCE_LINES = 115, 2
"""Letters a line, and lines, that the names of publishers may take."""
ROOMY = 8
"""Up to so many bars leave room for large labels."""
# Matplotlib's font cache is not made for several threads.
_LOCK = threading.Lock()


class ChartStore:
    """Charts as files, drawn once each; safe for threads and processes."""

    def __init__(self, folder: Path) -> None:
        """Take the folder in which charts are kept; it is made when the first is drawn."""
        self._folder = folder

    def path(self, chart: Chart) -> Path:
        """The PNG of a chart, drawn now if it was not before."""
        path = self._folder / f"{hashlib.sha256(repr(chart).encode()).hexdigest()[:32]}.png"
        if not path.is_file():
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
            with os.fdopen(handle, "wb") as file:
                file.write(draw(chart))
            Path(name).replace(path)
        return path


def draw(chart: Chart) -> bytes:
    """Draw a chart: 1280 × 720 pixels, PNG."""
    with _LOCK, rc_context(_STYLE):
        figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=PAPER)
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.04, 0.24, 0.92, 0.58))
        _marks(axes, chart)
        rtl = chart.language is Language.AR
        side, x = ("right", 0.96) if rtl else ("left", 0.04)
        figure.text(x, 0.93, chart.title, ha=side, fontsize=27, fontweight="bold")
        figure.text(x, 0.87, chart.unit, ha=side, fontsize=19)
        source = textwrap.wrap(chart.source, SOURCE_WIDTH, max_lines=SOURCE_LINES, placeholder="…")
        figure.text(x, 0.02, "\n".join(source), ha=side, va="bottom", fontsize=14)
        picture = io.BytesIO()
        figure.savefig(picture, format="png")
        return picture.getvalue()


def _marks(axes: Axes, chart: Chart) -> None:
    """Bars in the order of time, hatched where a value is aimed at, each with its value above."""
    size = 19 if len(chart.points) <= ROOMY else 14
    bars = axes.bar(
        range(len(chart.points)),
        [point.value for point in chart.points],
        color=[TARGET_COLOUR if point.target else REACHED_COLOUR for point in chart.points],
        hatch=["//" if point.target else "" for point in chart.points],
        edgecolor=PAPER,
        width=0.7,
    )
    axes.bar_label(bars, [point.written for point in chart.points], padding=4, fontsize=size, fontweight="bold")
    axes.set_xticks(range(len(chart.points)), [point.label for point in chart.points], fontsize=size - 1)
    axes.set_yticks([])
    axes.margins(y=0.14)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.axhline(0, color=INK, linewidth=1)
    kinds = {point.target: bar for point, bar in zip(chart.points, bars, strict=True)}
    if len(kinds) > 1:
        labels = {False: chart.reached, True: chart.targets}
        handles = [kinds[False], kinds[True]]
        axes.legend(
            handles,
            [labels[False], labels[True]],
            loc="lower center",
            bbox_to_anchor=(0.5, -0.27),
            ncols=2,
            frameon=False,
            fontsize=17,
        )
