"""What refusing costs and what it saves, at every threshold: tables, and the curves of docs/risk-coverage.svg.

Coverage is the share of the answerable questions that are answered; risk is the share of all answers that are not
right, those to near misses and off-topic questions among them. The language of a source is that of the article that is
cited, or would be: all passages are rendered in all three languages, so that the rendering is always in the question's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
import numpy as np
from fitting import Verdict, rates
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from samples import ANSWERABLE
from tables import Rows

from bot.golden import GoldenKind
from knowledge.language import Language

THRESHOLDS = np.arange(0, 1.0, 0.02)
SHOWN = np.arange(0.05, 0.95, 0.05)
COLOURS = {Language.FR: "#1f5fa8", Language.AR: "#b0413e", Language.EN: "#3b7d4f"}
# Shares over fewer answers jump with each of them.
FEWEST_ANSWERS = 10


@dataclass(frozen=True)
class Point:
    """Risk and coverage at one threshold; the risk of no answers is 0."""

    coverage: float
    risk: float
    answers: int


def point(verdicts: Sequence[Verdict], threshold: float) -> Point:
    """Risk and coverage of some questions, of which one at least is answerable."""
    answers = [verdict for verdict in verdicts if verdict.probability >= threshold]
    answerable = sum(verdict.question.kind in ANSWERABLE for verdict in verdicts)
    covered = sum(verdict.question.kind in ANSWERABLE for verdict in answers)
    wrong = sum(not verdict.right for verdict in answers)
    return Point(covered / answerable, wrong / len(answers) if answers else 0.0, len(answers))


def by_threshold(verdicts: Sequence[Verdict], chosen: float) -> Rows:
    """Every twentieth threshold, and the chosen one, whole and by language of the question."""

    def row(name: str, of: Sequence[Verdict], threshold: float) -> list[str]:
        found = point(of, threshold)
        return [name, *map(_percent, (*rates(of, threshold).values(), found.coverage, found.risk))]

    rows: Rows = [["threshold", *rates(verdicts, chosen), "coverage", "risk"]]
    for threshold in sorted({*SHOWN.round(2).tolist(), round(chosen, 2)}):
        name = f"{threshold:.2f}"
        rows.append(row(f"**{name}**" if name == f"{chosen:.2f}" else name, verdicts, threshold))
    for language in Language:
        own = [verdict for verdict in verdicts if verdict.question.language is language]
        rows.append(row(f"{chosen:.2f}, {language}", own, chosen))
    return rows


def by_pair(verdicts: Sequence[Verdict], chosen: float, sources: Mapping[str, Language]) -> Rows:
    """The chosen threshold by language of the question and of the source that is cited, or would be.

    Args:
        verdicts: The questions; those without any candidate have no source, and are left out.
        chosen: The threshold.
        sources: The language of each passage's article.
    """
    rows: Rows = [["question → source", "answerable", "answers", "coverage", "risk", "near misses answered"]]
    for asked in Language:
        for held in Language:
            own = list(_of_pair(verdicts, asked, held, sources))
            found = point(own, chosen)
            near = [verdict.probability >= chosen for verdict in own if verdict.question.kind is GoldenKind.NEAR_MISS]
            answerable = sum(verdict.question.kind in ANSWERABLE for verdict in own)
            cells = [f"{asked} → {held}", str(answerable), str(found.answers)]
            rows.append([*cells, _percent(found.coverage), _percent(found.risk), f"{sum(near)} of {len(near)}"])
    return rows


def draw(verdicts: Sequence[Verdict], chosen: float, sources: Mapping[str, Language], path: Path) -> None:
    """Draw the curves: all questions together, then a panel for each language of questions."""
    # Text stays text and ids stay the same: a small file that changes only where a number does.
    fonts = ["DejaVu Sans", "Arial"]
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "dalil", "font.sans-serif": fonts}):
        figure = Figure(figsize=(8.4, 6.4), layout="constrained")
        whole, *panels = figure.subplots(2, 2, sharex=True, sharey=True).flat
        whole.set_title("all questions", fontsize=10)
        _line(whole, verdicts, chosen, "#222222", "all")
        for asked, panel in zip(Language, panels, strict=True):
            panel.set_title(f"asked in {asked}", fontsize=10)
            for held in Language:
                _line(panel, list(_of_pair(verdicts, asked, held, sources)), chosen, COLOURS[held], f"source in {held}")
            panel.legend(frameon=False, fontsize=8, loc="upper left")
        for panel in (whole, *panels):
            panel.set(xlim=(0, 1), ylim=(0, 0.4))
            panel.grid(visible=True, color="#dddddd", linewidth=0.5)
            panel.spines[["top", "right"]].set_visible(False)
        figure.supxlabel("coverage: answerable questions that are answered", fontsize=9)
        figure.supylabel("risk: answers that are not right", fontsize=9)
        figure.suptitle(f"Risk and coverage on held-back folds; dots: the threshold, {chosen:.2f}", fontsize=11)
        figure.savefig(path, format="svg", metadata={"Date": None})


def _line(axes: Axes, verdicts: Sequence[Verdict], chosen: float, colour: str, label: str) -> None:
    points = [point(verdicts, threshold) for threshold in THRESHOLDS]
    points = [each for each in points if each.answers >= FEWEST_ANSWERS]
    axes.plot([p.coverage for p in points], [p.risk for p in points], color=colour, linewidth=1.4, label=label)
    marked = point(verdicts, chosen)
    axes.plot([marked.coverage], [marked.risk], "o", color=colour, markersize=6)


def _of_pair(
    verdicts: Iterable[Verdict], asked: Language, held: Language, sources: Mapping[str, Language]
) -> Iterable[Verdict]:
    return (v for v in verdicts if v.passage and v.question.language is asked and sources[v.passage] is held)


def _percent(value: float) -> str:
    return f"{value:.1%}"
