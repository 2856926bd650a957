"""The times that a fragment names, or points at: that year, the year before, the same half of another year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.answering.fragments import Fragment, PointedTime
from bot.answering.model import PastTurn
from bot.answering.open_times import is_open
from bot.answering.wording import period
from bot.localisation import localiser
from knowledge.language import Language
from knowledge.periods import Span, find_period_mentions, year_span

A_YEAR = 366
_SHORTEST_MONTH = 28
_YEAR = re.compile(r"(?:19|20)\d\d")


def pointed_spans(fragment: Fragment, base: PastTurn) -> tuple[Span, ...]:
    """The periods that a fragment names, or that it points at from those of an earlier turn."""
    named = tuple(dict.fromkeys(mention.span for mention in fragment.mentions.periods))
    before = base.slots.periods or tuple(figure.span for figure in base.figures[:1] if figure.span)
    if fragment.time is None or not before:
        return named
    last = before[-1]
    year = last.start.year if last.end == date.max else last.end.year
    match fragment.time:
        case PointedTime.PART if is_open(last):  # what has no end is part of no year
            return named or before
        case PointedTime.PART:
            return tuple(_in_year(last, span.start.year) for span in named) or before
        case PointedTime.SAME:
            return named or ((year_span(last.end.year),) if last.days <= A_YEAR else before)
        case PointedTime.NEXT:
            return (year_span(year + 1),)
        case PointedTime.BEFORE:
            return (year_span(year - 1),)


def worded(fragment: Fragment, spans: Sequence[Span], base: PastTurn, language: Language | None) -> list[str]:
    """Periods as they were written in the fragment or before, or else as a reader would write them."""
    written = {m.span: fragment.text[m.start : m.end] for m in fragment.mentions.periods}
    for mention in find_period_mentions(base.asked) if base.language is language else ():
        said = base.asked[mention.start : mention.end]
        written.setdefault(mention.span, said)
        for span in spans:  # "the first half of 2024", from that of 2025
            if (span.start.month, span.end.month, span.days > A_YEAR) == (
                mention.span.start.month,
                mention.span.end.month,
                False,
            ):
                written.setdefault(span, _YEAR.sub(str(span.end.year), said))
    return [written.get(span) or period(span, localiser(language or Language.EN)) for span in spans]


def _in_year(span: Span, year: int) -> Span:
    """The same days of another year; a day that it does not have becomes the last one that every month has."""
    end = span.end
    if (end.month, end.day) == (2, 29):
        end = end.replace(day=_SHORTEST_MONTH)
    start = span.start.replace(day=min(span.start.day, _SHORTEST_MONTH))
    return Span(start.replace(year=year), end.replace(year=year + end.year - start.year))
