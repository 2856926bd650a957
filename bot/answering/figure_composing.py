"""Writes chosen figures as the statement that leads a reply."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.answering.figure_answer import FigureAnswer, Shape
from bot.answering.figure_fit import FigureLine
from bot.answering.figure_wording import FigureWording
from bot.answering.wording import period
from bot.localisation import Localiser
from knowledge.corpus import Corpus
from knowledge.numbers import find_numbers

Cite = Callable[[str], int]
"""Gives the number of the citation of a passage, by its id."""

AGREEING_CITED = 1
"""Further sources that are named for a value on which they agree."""


@dataclass(frozen=True, slots=True)
class FigureStatement:
    """A statement made of figures.

    Attributes:
        text: Its lines, each with the numbers of its citations.
        lead: The same without the numbers.
        context: What sources that disagree say side by side, each with the numbers of its citations.
        notes: What Dalil says about them itself.
    """

    text: str
    lead: str
    context: tuple[str, ...]
    notes: tuple[str, ...]


class FigureComposer:
    """Composes statements of figures in one of the three languages."""

    def __init__(self, corpus: Corpus, wording: FigureWording) -> None:
        self._corpus = corpus
        self._wording = wording

    def compose(self, answer: FigureAnswer, cite: Cite, locale: Localiser) -> FigureStatement:
        """Write the figures of one metric."""
        rows = self._rows(answer, cite, locale)
        rows += self._differing(answer, cite, locale)
        return FigureStatement(
            "\n".join(f"{text}{_marks(numbers)}" for text, numbers in rows),
            "\n".join(text for text, _ in rows),
            tuple(self._context(answer, cite, locale)),
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
        rows += [(self._wording.point(line, locale), (cite(line.shown.passage_id),)) for line in answer.lines]
        if answer.targets:
            rows.append((locale.text("figure-targets"), ()))
            rows += [(self._wording.point(line, locale), (cite(line.shown.passage_id),)) for line in answer.targets]
        return rows

    @staticmethod
    def _cited(answer: FigureAnswer, line: FigureLine, cite: Cite) -> tuple[int, ...]:
        """The citations of a line: the figure shown and, for a value, one that agrees, from another publisher."""
        others = [f for f in line.also if f.article.publisher != line.shown.article.publisher]
        named = others[:AGREEING_CITED] if answer.shape is Shape.VALUE and line is answer.lines[0] else []
        return tuple(dict.fromkeys(cite(dated.passage_id) for dated in (line.shown, *named)))

    def _calculated(self, answer: FigureAnswer, cite: Cite, locale: Localiser) -> list[tuple[str, tuple[int, ...]]]:
        if not answer.calculations:
            return []
        words = [self._wording.calculation(calculation, locale) for calculation in answer.calculations]
        first = answer.calculations[0]
        numbers = tuple(dict.fromkeys((cite(first.later.passage_id), cite(first.earlier.passage_id))))
        return [(locale.text("list-separator").join(words), numbers)]

    def _differing(self, answer: FigureAnswer, cite: Cite, locale: Localiser) -> list[tuple[str, tuple[int, ...]]]:
        """Every value that is given for the same, the one already shown among them, by period and date of source."""
        if not answer.differing:
            return []
        every = sorted({*answer.disputed, *answer.differing}, key=lambda line: line.shown.order)
        subjects = {(line.shown.figure.metric, line.shown.figure.entity, line.shown.figure.status) for line in every}
        rows: list[tuple[str, tuple[int, ...]]] = [(locale.text("figures-differ"), ())]
        for line in every:
            text = self._wording.point(line, locale) if len(subjects) == 1 else f"• {self._wording.line(line, locale)}"
            rows.append((text, (cite(line.shown.passage_id),)))
        return rows

    def _context(self, answer: FigureAnswer, cite: Cite, locale: Localiser) -> Iterator[str]:
        """What the knowledge says of values that disagree, over the passages that hold its numbers."""
        for _, disagreement in answer.disagreements:
            for words in filter(None, (disagreement.note, disagreement.reason)):
                text = words.in_language(locale.language)
                missing = {number.value for number in find_numbers(text)}
                cited: list[int] = []
                for passage_id in dict.fromkeys(each.passage for each in disagreement.figures):
                    _, passage = self._corpus.passages[passage_id]
                    held = {number.value for each in passage.text.values() for number in find_numbers(each)}
                    if not cited or missing & held:
                        cited.append(cite(passage_id))
                        missing -= held
                yield f"{text}{_marks(tuple(cited))}"

    @staticmethod
    def _notes(answer: FigureAnswer, locale: Localiser) -> tuple[str, ...]:
        notes: list[str] = []
        if answer.missing:
            times = locale.text("list-separator").join(period(span, locale) for span in answer.missing)
            notes.append(locale.text("no-figure-for", period=times))
        # One line for all disagreements of a reply: a second one would stand there without its subject.
        disagreements = [disagreement for _, disagreement in answer.disagreements]
        differs = dict.fromkeys(each for disagreement in disagreements for each in disagreement.differs)
        if differs:
            joined = locale.text("list-separator").join(locale.text(f"difference-{each}") for each in differs)
            notes.append(locale.text("figures-differ-in", differences=joined))
        if (answer.differing or disagreements) and all(each.reason is None for each in disagreements):
            notes.append(locale.text("no-reason-known"))
        if answer.incomparable:
            notes.append(locale.text("figures-incomparable"))
        if answer.old:
            notes.append(locale.text("figure-old"))
        return tuple(dict.fromkeys(notes))


def _marks(numbers: tuple[int, ...]) -> str:
    return "".join(f" [{n}]" for n in numbers)
