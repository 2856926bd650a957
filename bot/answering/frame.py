"""What a question says, read once for everything that comes after.

The Frame is the only reading of a question: retrieval, the figures, the refusal and the reply all look at it, and
none of them reads the question again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.answering.message import SmallTalk
from index.lexical import Term
from knowledge.language import Language
from knowledge.periods import Span


class Intent(StrEnum):
    """What is to be done with what is found."""

    FACT = "fact"
    LIST = "list"
    EVOLUTION = "evolution"
    COMPARISON = "comparison"
    TARGET = "target"
    GROWTH = "growth"
    WHO_SAID = "who_said"
    DEFINITION = "definition"
    SMALL_TALK = "small_talk"


class Quantity(StrEnum):
    """The kind of thing that an answer must contain."""

    NUMBER = "number"
    COUNT = "count"
    AMOUNT = "amount"
    SHARE = "share"
    RANK = "rank"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    REASON = "reason"


NUMERIC = frozenset({Quantity.COUNT, Quantity.AMOUNT, Quantity.SHARE, Quantity.RANK})
"""Kinds of number that a question can name; `Quantity.NUMBER` leaves the kind open."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One question, read.

    Attributes:
        text: What is embedded: the question, without names that it excludes and with those that it shares.
        said: The question as it was written, where that is not ``text``.
        language: Its language; None when it is none of the three.
        intent: What is to be done.
        quantity: The kind of thing asked for, None when the question does not say.
        metrics: Ids of the metrics it names.
        entities: Ids of the entities it names.
        people: Those of them that are people.
        organisations: Those of them that are organisations.
        periods: The periods it names, relative ones resolved.
        loose: Whether these are only where the time meant begins or ends: "over the three years to 2018".
        part_of_year: Whether a year is named by a part of it: "in late 2024".
        window: The one time that it names, where that is open on one side.
        today: The day on which it is asked.
        ahead: Whether one of them is not over.
        targets: Whether it speaks of what is aimed at, or of a time that has not begun.
        values: The numbers that it asks about, years and days excepted.
        outgrown: Those that were reached only after what it asks for.
        countries: ISO codes of the countries it names, Morocco excepted.
        cities: Moroccan cities it names.
        constraints: Other subjects that pin it down: a branch of the economy, a detail such as a salary.
        strict: Those of them without which a passage cannot answer.
        counted: What it asks the number of, where it says so behind "how many"; None otherwise.
        asks_post: Whether it asks who holds a post.
        role_of: Id of the person whose post it asks for, where it asks for nothing else.
        terms: Its content words, for the match of words.
        rest: Those of them that no metric, entity, period or cue accounts for.
        names: Those of its words that look like names.
        required: Those of its words that name something unknown, which a passage must hold to answer.
        completed: Whether an earlier turn filled in what it leaves unsaid.
        small_talk: Set when and only when the intent is small talk.
    """

    text: str
    language: Language | None
    intent: Intent = Intent.FACT
    quantity: Quantity | None = None
    metrics: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    periods: tuple[Span, ...] = ()
    loose: bool = False
    part_of_year: bool = False
    window: Span | None = None
    today: date = date.min
    ahead: bool = False
    targets: bool = False
    values: frozenset[float] = frozenset()
    outgrown: frozenset[float] = frozenset()
    countries: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    constraints: frozenset[str] = frozenset()
    strict: frozenset[str] = frozenset()
    said: str = ""
    counted: Term | None = None
    asks_post: bool = False
    role_of: str | None = None
    terms: tuple[Term, ...] = ()
    rest: tuple[Term, ...] = ()
    names: tuple[Term, ...] = ()
    required: tuple[Term, ...] = ()
    completed: bool = False
    small_talk: SmallTalk | None = None

    @property
    def times(self) -> tuple[Span, ...]:
        """Every time that it names, one that is open on one side too."""
        return (self.window,) if self.window else self.periods
