"""Reads what a message says, and what it leaves to the conversation: a connective, a pronoun, a missing topic."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from bot.answering.cues import Cues
from bot.answering.frame import Quantity
from bot.answering.frame_reading import SUBJECT, FrameReader, Mentions
from index.lexical import NUMBER_MARK, Term, terms
from knowledge.language import Language
from knowledge.names import Mention
from knowledge.places import find_cities, place_name
from knowledge.text import words

_AND = "و"
FEW_WORDS = 2
"""Content words, beyond known names, that a question without a topic of its own has at most."""


# What a question starts with, a preposition in front of it or not.
_ASKS = re.compile(
    r"(?i)(?:(?:en|dans|avec|à|de|par|pour|sur|in|by|with|from|to|of|في|من|مع|إلى|على|ب)\s+)?"
    r"(?:(?:combien|quel(?:le)?s?|qui|quand|où|comment|pourquoi|que|quoi|est-ce|"
    r"how|what|which|who|when|where|why|is|are|was|were|do|does|did|will|can|"
    r"كم|ما|ماذا|متى|أين|من|كيف|لماذا|أي|هل)(?!\w)|qu['’])"
)


class PointedTime(StrEnum):
    """A time that is told by that of the question before: the same, the year after or before, the part of a year."""

    SAME = "same"
    NEXT = "next"
    BEFORE = "before"
    PART = "part"


class _Placed(Protocol):
    """Something found in a text."""

    @property
    def start(self) -> int:
        """Where it starts."""

    @property
    def end(self) -> int:
        """Where it ends."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A message, as far as it matters whether it stands alone.

    Attributes:
        text: What it says, without the connective that it starts with.
        continues: Whether it started with one.
        refers: Whether a pronoun or the like points at what was said before; in a text that says what it is about,
            only one that it starts with.
        time: Which time it points at, if at any.
        mentions: What it names.
        asks: Whether it holds a word that asks for something.
        how_much: Whether that is nothing but "how much" or "how many".
        rest: Its content words that name nothing known.
        subjects: Ids of the subjects of the knowledge that it names.
    """

    text: str
    continues: bool
    refers: bool
    time: PointedTime | None
    mentions: Mentions
    asks: bool
    how_much: bool
    rest: tuple[Term, ...]
    subjects: tuple[str, ...]

    @property
    def points_back(self) -> bool:
        """Whether it says itself that it follows something."""
        return self.continues or self.refers

    @property
    def is_short(self) -> bool:
        """Whether it says so little of its own that what was said before may be all that an answer must fit."""
        return self.continues or not self.rest or (self.refers and len(self.rest) <= FEW_WORDS)

    @property
    def names_only(self) -> bool:
        """Whether it only names periods, places, entities or subjects, and asks nothing new about them."""
        if self.rest or self.mentions.metrics:
            return False
        named = self.mentions.entities or self.mentions.places or self.mentions.periods
        return not self.asks or (self.how_much and bool(named))

    @property
    def is_subject(self) -> bool:
        """Whether it names nothing but a subject of the knowledge, perhaps with a time: "and call centres?"."""
        named_too = self.mentions.entities or self.mentions.places
        return self.names_only and bool(self.subjects) and not named_too

    @property
    def names_unknown(self) -> bool:
        """Whether it is a name that the knowledge does not have: "and Accenture?"."""
        return bool(self.rest) and not (self.asks or self.mentions.metrics or self.mentions.periods or self.refers)

    @property
    def anchored(self) -> bool:
        """Whether it says what it is about: an entity, a place, or a subject of the knowledge."""
        return bool(self.subjects or self.mentions.entities or self.mentions.places)


class FragmentReader:
    """Reads them against what the knowledge base has names for."""

    def __init__(self, frames: FrameReader, cues: Cues) -> None:
        self._frames = frames
        self._cues = cues

    def read(self, text: str, today: date) -> Fragment:
        """Read a message; the arguments are those of `FrameReader.read`."""
        body, continues = self._without_connective(text)
        times = self._cues.same_time.find(body)
        body = _blanked(body, times).strip()
        mentions = self._frames.mentions(body, today)
        quantities = self._cues.quantity.find(body)
        asking = (*quantities, *self._cues.intent.find(body))
        subjects = self._cues.subject.find(body)
        anchored = bool(subjects or self._own_topics(mentions))
        named: tuple[_Placed, ...] = (*mentions.metrics, *mentions.entities, *mentions.places, *mentions.periods)
        taken: tuple[_Placed, ...] = (*asking, *named, *subjects)
        pronouns = (m for m in self._cues.anaphora.find(body) if not any(o.start <= m.start < o.end for o in taken))
        # "Combien le Maroc a-t-il exporté": what stands behind a hyphen only repeats the subject.
        referring = [m for m in pronouns if not body[: m.start].endswith("-")]
        rest = self._content(
            _blanked(body, (*taken, *referring, *self._cues.filler.find(body), *self._cues.particle.find(body)))
        )
        # "How many countries" is one cue, which says what it counts.
        counts = " ".join(body[m.start : m.end] for m in quantities if m.id == Quantity.COUNT)
        inside = self._content(counts, keep_stopwords=True) if not mentions.metrics else ()
        return Fragment(
            text=body,
            continues=continues,
            refers=bool(times) or any(not anchored or not words(body[: m.start]) for m in referring),
            time=PointedTime(times[0].id) if times else None,
            mentions=mentions,
            asks=bool(asking) or bool(_ASKS.match(body)),
            how_much=bool(quantities) and all(m.id == Quantity.NUMBER for m in asking),
            rest=(*inside, *rest),
            subjects=tuple(dict.fromkeys(mention.id for mention in subjects)),
        )

    @staticmethod
    def _own_topics(mentions: Mentions) -> bool:
        """Whether something is named that a pronoun behind it may stand for; a place abroad or a city is not."""
        places = {mention.start for mention in mentions.places if mention.id != SUBJECT}
        if any(mention.id == SUBJECT for mention in mentions.places):
            return True
        return any(mention.start not in places for mention in mentions.entities)

    def _content(self, text: str, *, keep_stopwords: bool = False) -> tuple[Term, ...]:
        """The content words of a text; numbers are none."""
        found = (term for term in terms(text, keep_stopwords=keep_stopwords) if term.isdisjoint(self._cues.uncounted))
        return tuple(term for term in found if not next(iter(term)).startswith(NUMBER_MARK))

    def subjects(self, text: str) -> tuple[str, ...]:
        """Ids of the subjects that a text names."""
        return tuple(dict.fromkeys(mention.id for mention in self._cues.subject.find(text)))

    def _without_connective(self, text: str) -> tuple[str, bool]:
        """A message behind the connectives and courtesies that it starts with, and whether there was a connective."""
        text, continues = text.strip(), False
        while first := next(iter(words(text)), None):
            cue = next((m for m in self._cues.connective.find(text) if m.start == first.start), None)
            filler = next((m for m in self._cues.filler.find(text) if m.start == first.start), None)
            if cue is not None and words(text[cue.end :]):
                text, continues = text[cue.end :].lstrip(" ,،:"), True
            elif filler is not None and text[filler.end :].lstrip().startswith((",", "،")):
                text = text[filler.end :].lstrip(" ,،")
            elif self._is_joined(first.folded):
                return text[first.start + len(_AND) :], True
            else:
                break
        return text, continues

    def _is_joined(self, word: str) -> bool:
        """Whether an Arabic word is written together with "and"."""
        return word.startswith(_AND) and len(word) > len(_AND) + 1 and word not in self._cues.no_conjunction


def any_of(names: Iterable[str]) -> Term:
    """What a text must hold to be about something: a word of any of its names."""
    return frozenset[str]().union(*(term for name in names for term in terms(name)))


def _blanked(text: str, mentions: Iterable[_Placed]) -> str:
    kept = list(text)
    for mention in mentions:
        kept[mention.start : mention.end] = " " * (mention.end - mention.start)
    return "".join(kept)


def cities_named(fragment: Fragment) -> tuple[Term, ...]:
    """What a passage must hold to be about the cities that a fragment names: any of their names."""
    cities = sorted(find_cities(fragment.text))
    return tuple(any_of(place_name(city, each) for each in Language) for city in cities)


def apart(first: Iterable[Mention], second: Iterable[Mention]) -> list[Mention]:
    """Mentions that do not stand in the same place; of two that do, the first."""
    found: dict[int, Mention] = {}
    for mention in (*first, *second):
        found.setdefault(mention.start, mention)
    return list(found.values())
