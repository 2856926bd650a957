"""Reads a question once, for everything that comes after.

The Frame is the only reading of a question: retrieval, the figures, the refusal and the reply all look at it, and
none of them reads the question again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.answering.cues import Cues
from index.lexical import NUMBER_MARK, terms
from knowledge.language import Language
from knowledge.model import Corpus, EntityKind
from knowledge.names import Mention, NameIndex
from knowledge.periods import Span, find_periods, year_span
from knowledge.places import find_cities, find_countries
from knowledge.text import words


class Intent(StrEnum):
    """What is to be done with what is found."""

    FACT = "fact"
    LIST = "list"
    EVOLUTION = "evolution"
    COMPARISON = "comparison"
    TARGET = "target"
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


class SmallTalk(StrEnum):
    """A message that wants a friendly word, not a search."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    WELLBEING = "wellbeing"
    CAPABILITIES = "capabilities"
    IDENTITY = "identity"
    NO_WORDS = "no_words"


@dataclass(frozen=True, slots=True)
class Frame:
    """One question, read.

    Attributes:
        text: What is embedded: the question without a greeting in front.
        language: Its language; None when it is none of the three.
        intent: What is to be done.
        quantity: The kind of thing asked for, None when the question does not say.
        metrics: Ids of the metrics it names.
        entities: Ids of the entities it names.
        organisations: Those of them that are organisations.
        periods: The periods it names, relative ones resolved.
        countries: ISO codes of the countries it names, Morocco excepted.
        cities: Moroccan cities it names.
        constraints: Other subjects that pin it down: a branch of the economy, a detail such as a salary.
        small_talk: Set when and only when the intent is small talk.
    """

    text: str
    language: Language | None
    intent: Intent = Intent.FACT
    quantity: Quantity | None = None
    metrics: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    periods: tuple[Span, ...] = ()
    countries: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    constraints: frozenset[str] = frozenset()
    small_talk: SmallTalk | None = None


_INTENT_ORDER = (
    Intent.WHO_SAID, Intent.EVOLUTION, Intent.COMPARISON, Intent.TARGET, Intent.LIST, Intent.DEFINITION,
)  # fmt: skip

# A new question starts behind a question mark, or behind "and" when an interrogative follows.
_INTERROGATIVE = (
    r"(?:combien|quel(?:le)?s?|qui|quand|où|ou en est|comment|pourquoi|depuis quand|qu'|que |quoi|"
    r"how|what|which|who|when|where|why|since when|"
    r"كم|ما |متى|أين|من |كيف|لماذا|منذ متى|أي )"
)
_BOUNDARY = re.compile(
    rf"(?<=[?؟])\s+|\n+|(?:\s*[,،;؛]\s*|\s+)(?:et|puis|ainsi que|and|then|also)\s+(?={_INTERROGATIVE})"
    rf"|\s*[,،]?\s+و(?={_INTERROGATIVE})",
    re.IGNORECASE,
)
MOST_PARTS = 3
# What every passage is about tells none apart.
SUBJECT = "morocco"


class FrameReader:
    """Reads questions against what the knowledge base has names for."""

    def __init__(self, corpus: Corpus, cues: Cues) -> None:
        self._metrics = NameIndex.of(corpus.metrics)
        self._metric_names = {metric_id: metric.all_names for metric_id, metric in corpus.metrics.items()}
        self._entities = NameIndex.of(corpus.entities)
        self._organisations = frozenset(
            entity_id for entity_id, entity in corpus.entities.items() if entity.kind is EntityKind.ORGANISATION
        )
        self._cues = cues

    def read(self, text: str, language: Language | None, today: date) -> tuple[Frame, ...]:
        """Read a message as one question or, where it asks several, as one Frame each.

        Args:
            text: The message.
            language: Its language, already decided; None when unsupported.
            today: What "last year" is counted from.

        Returns:
            One to three frames; a single one where the message is small talk.
        """
        small_talk, rest = self._small_talk(text)
        if small_talk is not None:
            return (Frame(text, language, Intent.SMALL_TALK, small_talk=small_talk),)
        parts = [part.strip() for part in _BOUNDARY.split(rest) if part and words(part)][:MOST_PARTS]
        first = self._read_one(parts[0], language, today)
        return (first, *(self._completed(part, first, language, today) for part in parts[1:]))

    def _without_exclusions(self, text: str) -> str:
        """A question without the names that it leaves out: a passage about them is not what is asked for."""
        names = {mention.start: mention.end for mention in self._entities.find(text)}
        for cue in reversed(self._cues.exclusion.find(text)):
            start = next((start for start in names if start >= cue.end and not words(text[cue.end : start])), None)
            if start is not None:
                text = text[: cue.start] + text[names[start] :]
        return text

    def _read_one(self, text: str, language: Language | None, today: date) -> Frame:
        text = self._without_exclusions(text)
        intents = {Intent(mention.id) for mention in self._cues.intent.find(text)}
        metrics, periods = self._metrics.find(text), (*find_periods(text), *self._relative_periods(text, today))
        entities = tuple(each for each in _ids(self._entities.find(text)) if each != SUBJECT)
        quantity = _quantity(self._cues.quantity.find(text))
        if quantity is None and periods and self._is_only(metrics, text):
            quantity = Quantity.NUMBER  # "exports 2019" asks for a number without saying so
        return Frame(
            text=text,
            language=language,
            intent=next((intent for intent in _INTENT_ORDER if intent in intents), Intent.FACT),
            quantity=quantity,
            metrics=_ids(metrics),
            entities=entities,
            organisations=tuple(each for each in entities if each in self._organisations),
            periods=periods,
            countries=find_countries(text),
            cities=find_cities(text),
            constraints=frozenset(_ids(self._cues.constraints.find(text))),
        )

    def _completed(self, text: str, first: Frame, language: Language | None, today: date) -> Frame:
        """Read a later part; what it leaves unsaid, it shares with the first part."""
        frame = self._read_one(text, language, today)
        if frame.metrics or frame.entities:
            return frame
        shared = [first.text[m.start : m.end] for m in self._entities.find(first.text)]
        return self._read_one(" ".join([text, *shared]), language, today)

    def _is_only(self, metrics: tuple[Mention, ...], text: str) -> bool:
        """Whether a text holds nothing but a metric's words, and numbers or words without a subject."""
        names = {form for m in metrics for name in self._metric_names[m.id] for term in terms(name) for form in term}
        return bool(metrics) and all(
            not term.isdisjoint(names) or all(form.startswith(NUMBER_MARK) for form in term) for term in terms(text)
        )

    def _relative_periods(self, text: str, today: date) -> tuple[Span, ...]:
        offsets = {"last_year": -1, "this_year": 0, "next_year": 1}
        return tuple(year_span(today.year + offsets[mention.id]) for mention in self._cues.relative.find(text))

    def _small_talk(self, text: str) -> tuple[SmallTalk | None, str]:
        """Tell small talk from a question.

        Returns:
            The kind of small talk, or None with the text behind a greeting or thanks at its start.
        """
        tokens = words(text)
        if not tokens:
            return SmallTalk.NO_WORDS, text
        mentions = self._cues.small_talk.find(text)
        if not mentions:
            return None, text
        inside = [*mentions, *self._cues.filler.find(text)]
        if all(any(m.start <= token.start < m.end for m in inside) for token in tokens):
            kinds = [SmallTalk(mention.id) for mention in mentions]
            # "Bonjour, que sais-tu faire ?" asks what Dalil can do; the greeting only comes first.
            return next((kind for kind in kinds if kind is not SmallTalk.GREETING), kinds[0]), text
        start = 0
        while mention := next((m for m in inside if not words(text[start : m.start]) and m.start >= start), None):
            if mention in mentions or start > 0:
                start = mention.end
            else:
                break
        return None, text[start:].lstrip(" ,،.!;:-–—\n") or text


def _ids(mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.id for mention in mentions))


def _quantity(mentions: tuple[Mention, ...]) -> Quantity | None:
    """The kind of thing asked for: the first that is named, but "combien" gives way to what it counts."""
    found = [Quantity(mention.id) for mention in mentions]
    if found and found[0] is Quantity.NUMBER:
        return next((quantity for quantity in found if quantity in NUMERIC), Quantity.NUMBER)
    return found[0] if found else None
