"""What stands beside figures that answer: the values that other sources give, and what the knowledge says of them."""

from __future__ import annotations

from dataclasses import replace

from bot.answering.figure_answer import FigureAnswer, Shape
from bot.answering.figure_fit import lines
from bot.answering.figure_times import in_time
from bot.answering.figures import FigureBook
from bot.answering.frame import Frame
from knowledge.model import Disagreement


def with_disagreements(book: FigureBook, frame: Frame, answer: FigureAnswer) -> FigureAnswer:
    """Add what the knowledge says of the values shown, and the values that it names, for the time asked for.

    A value is shown with everything that it may be confused with; a comparison only with other values of its own
    metrics, and an evolution, which shows all values of its metric, with none.
    """
    held = {dated for line in (*answer.lines, *answer.differing) for dated in line.figures}
    found = book.disagreements_of(held)
    units = {line.shown.figure.unit for line in answer.lines}
    metrics = {line.shown.figure.metric for line in answer.lines}
    others = [
        dated
        for _, disagreement in found
        for dated in book.members(disagreement)
        if dated not in held
        and answer.shape is not Shape.EVOLUTION
        and (answer.shape is Shape.VALUE or dated.figure.metric in metrics)
        and dated.figure.unit in units
        and in_time(dated, frame, answer)
    ]
    every = dict.fromkeys((*(f for line in answer.differing for f in line.figures), *others))
    relevant = tuple(
        (name, disagreement)
        for name, disagreement in found
        if any(dated in every for dated in book.members(disagreement))
        or (answer.shape is Shape.EVOLUTION and _shows_both_sides(book, disagreement, answer))
        or (answer.incomparable and any(book.differs_over(disagreement, each.shown) for each in answer.lines))
    )
    return replace(answer, differing=lines(every, frame.language), disagreements=relevant)


def _shows_both_sides(book: FigureBook, disagreement: Disagreement, answer: FigureAnswer) -> bool:
    members = set(book.members(disagreement))
    return sum(not members.isdisjoint(line.figures) for line in answer.lines) > 1
