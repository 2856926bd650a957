"""Writes chosen figures as the statement that leads a reply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.answering.figure_answer import FigureAnswer, Shape
from bot.answering.figure_fit import FigureLine
from bot.answering.figure_wording import FigureWording
from bot.answering.figures import DatedFigure
from bot.localisation import Localiser

Cite = Callable[[DatedFigure], int]
"""Gives the number of the citation that a figure rests on."""

AGREEING_CITED = 1
"""Further sources that are named for a value on which they agree."""


@dataclass(frozen=True, slots=True)
class FigureStatement:
    """A statement made of figures.

    Attributes:
        text: Its lines, each with the numbers of its citations.
        lead: The same without the numbers.
        notes: What Dalil says about them itself.
    """

    text: str
    lead: str
    notes: tuple[str, ...]


class FigureComposer:
    """Composes statements of figures in one of the three languages."""

    def __init__(self, wording: FigureWording) -> None:
        self._wording = wording

    def compose(self, answer: FigureAnswer, cite: Cite, locale: Localiser) -> FigureStatement:
        """Write the figures of one metric."""
        rows = self._rows(answer, cite, locale)
        rows += self._differing(answer, cite, locale)
        return FigureStatement(
            "\n".join(f"{text}{_marks(numbers)}" for text, numbers in rows),
            "\n".join(text for text, _ in rows),
            self._notes(answer, locale),
        )

    def _rows(self, answer: FigureAnswer, cite: Cite, locale: Localiser) -> list[tuple[str, tuple[int, ...]]]:
        if answer.shape is not Shape.EVOLUTION:
            rows = [
                (self._wording.line(line, locale, latest=answer.latest and not place), self._cited(answer, line, cite))
                for place, line in enumerate(answer.lines)
            ]
            return rows + self._calculated(answer, cite, locale)
        subject = self._wording.subject(answer.lines[0].shown, locale)
        rows = [(locale.text("figure-evolution", subject=subject), ())]
        rows += [(self._wording.point(line, locale), (cite(line.shown),)) for line in answer.lines]
        if answer.targets:
            rows.append((locale.text("figure-targets"), ()))
            rows += [(self._wording.point(line, locale), (cite(line.shown),)) for line in answer.targets]
        return rows

    @staticmethod
    def _cited(answer: FigureAnswer, line: FigureLine, cite: Cite) -> tuple[int, ...]:
        """The citations of a line: the figure shown and, for a value, one that agrees, from another publisher."""
        others = [f for f in line.also if f.article.publisher != line.shown.article.publisher]
        named = others[:AGREEING_CITED] if answer.shape is Shape.VALUE and line is answer.lines[0] else []
        return tuple(dict.fromkeys(cite(dated) for dated in (line.shown, *named)))

    def _calculated(self, answer: FigureAnswer, cite: Cite, locale: Localiser) -> list[tuple[str, tuple[int, ...]]]:
        if not answer.calculations:
            return []
        words = [self._wording.calculation(calculation, locale) for calculation in answer.calculations]
        first = answer.calculations[0]
        numbers = tuple(dict.fromkeys((cite(first.later), cite(first.earlier))))
        return [(locale.text("list-separator").join(words), numbers)]

    def _differing(self, answer: FigureAnswer, cite: Cite, locale: Localiser) -> list[tuple[str, tuple[int, ...]]]:
        """Every value that is given for the same, the one already shown among them, by period and date of source."""
        if not answer.differing:
            return []
        every = sorted({*answer.lines[:1], *answer.differing}, key=lambda line: line.shown.order)
        subjects = {(line.shown.figure.metric, line.shown.figure.entity, line.shown.figure.status) for line in every}
        rows: list[tuple[str, tuple[int, ...]]] = [(locale.text("figures-differ"), ())]
        for line in every:
            text = self._wording.point(line, locale) if len(subjects) == 1 else f"• {self._wording.line(line, locale)}"
            rows.append((text, (cite(line.shown),)))
        return rows

    def _notes(self, answer: FigureAnswer, locale: Localiser) -> tuple[str, ...]:
        notes: list[str] = []
        for _, disagreement in answer.disagreements:
            if disagreement.note is not None:
                notes.append(disagreement.note.in_language(locale.language))
            differences = [locale.text(f"difference-{each}") for each in disagreement.differs]
            if differences:
                joined = locale.text("list-separator").join(differences)
                notes.append(locale.text("figures-differ-in", differences=joined))
            reason = disagreement.reason
            notes.append(reason.in_language(locale.language) if reason else locale.text("no-reason-known"))
        if answer.differing and not answer.disagreements:
            notes.append(locale.text("no-reason-known"))
        if answer.incomparable:
            notes.append(locale.text("figures-incomparable"))
        if answer.old:
            notes.append(locale.text("figure-old"))
        return tuple(dict.fromkeys(notes))


def _marks(numbers: tuple[int, ...]) -> str:
    return "".join(f" [{n}]" for n in numbers)
