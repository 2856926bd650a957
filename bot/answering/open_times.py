"""Reads times that are open on one side: "since 2015" has no end, "until 2024" no beginning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from bot.answering.cues import Cues
from knowledge.names import Mention
from knowledge.periods import PeriodMention, Span, year_span
from knowledge.text import words


class OpenTime(StrEnum):
    """What stands before a period that is only one end of the time meant."""

    SINCE = "since"
    AFTER = "after"
    UNTIL = "until"
    BEFORE = "before"


def opened(text: str, mentions: Iterable[PeriodMention], cues: Cues, today: date) -> tuple[PeriodMention, ...]:
    """The periods of a text; of those that a word opens, the time meant, which starts at that word.

    What lies ahead is not opened: "until 2030" is when something is to be reached.

    Args:
        text: Where they stand.
        mentions: The periods as the text names them.
        cues: Hold the words.
        today: The date.
    """
    openers = cues.open_time.find(text)
    return tuple(_opened(text, mention, openers, cues, today) for mention in mentions)


def names_part(text: str, mentions: Iterable[PeriodMention], cues: Cues) -> bool:
    """Whether a year is named by a part of it, as articles are dated: "in late 2024", "au printemps 2024".

    Args:
        text: Where they stand.
        mentions: The periods as the text names them.
        cues: Hold the words.
    """
    for mention in mentions:
        if mention.span == year_span(mention.span.start.year):
            before = [word.folded for word in words(text[: mention.start]) if word.folded not in cues.year_words]
            if before and before[-1] in cues.year_parts:
                return True
    return False


def _opened(text: str, mention: PeriodMention, openers: Iterable[Mention], cues: Cues, today: date) -> PeriodMention:
    for opener in openers:
        between = {word.folded for word in words(text[opener.end : mention.start])}
        if opener.end <= mention.start and between <= cues.year_words | cues.year_ends | cues.year_beginnings:
            kind = OpenTime(opener.id)
            if kind is OpenTime.BEFORE and between & cues.year_ends:
                kind = OpenTime.UNTIL  # what is before the end of a year is in it
            elif kind is OpenTime.AFTER and between & cues.year_beginnings:
                kind = OpenTime.SINCE
            span = _span(kind, mention.span, today)
            return replace(mention, span=span, start=opener.start) if span else mention
    return mention


def _span(kind: OpenTime, named: Span, today: date) -> Span | None:
    """The days meant; None where the word opens nothing."""
    year = named if named == year_span(named.start.year) else None
    this_year = year_span(today.year)
    match kind:
        case OpenTime.SINCE if named.start <= today and named.start.year == named.end.year:
            return Span(named.start, date.max)
        case OpenTime.AFTER if named.end < this_year.start:
            return Span(named.end + timedelta(days=1), date.max)
        case OpenTime.UNTIL if year and year.end < this_year.start:
            return Span(date.min, year.end)
        case OpenTime.BEFORE if year and year.end <= this_year.end:
            return Span(date.min, year.start - timedelta(days=1))
        case _:
            return None


def is_open(span: Span) -> bool:
    """Whether a time has no beginning, or no end."""
    return span.start == date.min or span.end == date.max
