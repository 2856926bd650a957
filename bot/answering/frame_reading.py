"""Reads a question against what the knowledge base has names for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.answering.cues import Cues
from bot.answering.frame import NUMERIC, Frame, Intent, Quantity
from bot.answering.message import find_small_talk, split_questions
from bot.answering.named_values import read_values
from bot.answering.open_times import is_open, names_part, opened
from index.lexical import NUMBER_MARK, Term, name_like_terms, terms
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import EntityKind
from knowledge.names import BETWEEN_WORDS, Mention, NameIndex
from knowledge.periods import PeriodMention, Span, find_period_mentions, year_span
from knowledge.places import find_cities, find_countries, find_place_mentions
from knowledge.text import words

_INTENT_ORDER = (
    Intent.WHO_SAID, Intent.EVOLUTION, Intent.COMPARISON, Intent.TARGET, Intent.GROWTH, Intent.LIST, Intent.DEFINITION,
)  # fmt: skip

# What every passage is about tells none apart.
SUBJECT = "morocco"


@dataclass(frozen=True, slots=True)
class Mentions:
    """Where a text names what a question can pin down."""

    metrics: tuple[Mention, ...]
    entities: tuple[Mention, ...]
    places: tuple[Mention, ...]
    """Countries, Morocco among them, and cities."""
    periods: tuple[PeriodMention, ...]


class FrameReader:
    """Reads questions against what the knowledge base has names for."""

    def __init__(self, corpus: Corpus, cues: Cues) -> None:
        self._metrics = NameIndex.of(corpus.metrics, BETWEEN_WORDS)
        self._metric_names = {metric_id: metric.all_names for metric_id, metric in corpus.metrics.items()}
        self._entities = NameIndex.of(corpus.entities)
        subject = corpus.entities.get(SUBJECT)
        self._subject_names = subject.all_names if subject else ()
        self._kinds = {entity_id: entity.kind for entity_id, entity in corpus.entities.items()}
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
        small_talk = find_small_talk(text, self._cues)
        if small_talk is not None:
            return (Frame(text, language, Intent.SMALL_TALK, small_talk=small_talk),)
        parts = split_questions(text, self._cues)
        first = self.read_one(parts[0], language, today)
        return (first, *(self._completed(part, first, language, today) for part in parts[1:]))

    def read_one(self, text: str, language: Language | None, today: date) -> Frame:
        """Read a text as one question, whatever it asks; the arguments are those of `read`."""
        return self._read_one(text, text, language, today)

    def mentions(self, text: str, today: date) -> Mentions:
        """Where a text names metrics, entities, places and periods; relative periods are counted from today."""
        entities = self._entities.find(text)
        relative = [PeriodMention(_relative(m.id, today), m.start, m.end) for m in self._cues.relative.find(text)]
        return Mentions(
            metrics=self._metrics.find(text),
            entities=tuple(mention for mention in entities if mention.id != SUBJECT),
            places=(*find_place_mentions(text), *(mention for mention in entities if mention.id == SUBJECT)),
            periods=tuple(
                sorted(
                    (*opened(text, find_period_mentions(text), self._cues, today), *relative),
                    key=lambda mention: mention.start,
                )
            ),
        )

    def _without_exclusions(self, text: str) -> str:
        """A question without the names that it leaves out: a passage about them is not what is asked for."""
        names = {mention.start: mention.end for mention in self._entities.find(text)}
        for cue in reversed(self._cues.exclusion.find(text)):
            start = next((start for start in names if start >= cue.end and not words(text[cue.end : start])), None)
            if start is not None:
                text = text[: cue.start] + text[names[start] :]
        return text

    def _read_one(self, said: str, text: str, language: Language | None, today: date) -> Frame:
        text = self._without_exclusions(text)
        # "What did Chakib Alj say" is one cue with a name inside.
        without_names = self._without(self._entities.find(text), text)
        intents = {Intent(m.id) for each in (text, without_names) for m in self._cues.intent.find(each)}
        metrics, named = self._counted_metrics(text), find_period_mentions(text)
        # Of what is no figure, a passage about the year itself tells what came "after 2006".
        ends = opened(text, named, self._cues, today)
        # "The two years to 2024" are bounded, though the year they begin with is not named.
        bounded = bool(self._cues.years_long.find(text))
        meant = tuple(mention.span for mention in (ends if metrics and not bounded else named))
        loose = bounded or (not metrics and ends != tuple(named))
        times = (*meant, *self._relative_periods(text, today))
        written = (*times, *(mention.span for mention in named))
        window = next((span for span in times if len(times) == 1 and is_open(span)), None)
        periods = () if window else times
        entities = tuple(each for each in _ids(self._entities.find(text)) if each != SUBJECT)
        if window:
            intents.add(Intent.EVOLUTION)  # "exports before 2020" asks for all of them
        quantity = _quantity(self._cues.quantity.find(text))
        if quantity is None and self._is_only(metrics, self._without(self._cues.relative.find(text), text)):
            quantity = Quantity.NUMBER  # "exports 2019" asks for a number without saying so
        # "The price of the 5G licence" is a metric's name, and pins down nothing beside it.
        constraints = frozenset(_ids(self._cues.constraints.find(self._without(metrics, text))))
        ahead = any(span.end >= today for span in periods)
        if "%" in text and quantity in {None, Quantity.NUMBER, Quantity.AMOUNT}:
            quantity = Quantity.SHARE
        if quantity is Quantity.SHARE and Intent.GROWTH in intents:
            intents.discard(Intent.EVOLUTION)  # "évolution en %" is one change, not a row of values
        if Intent.GROWTH in intents and Intent.TARGET not in intents:
            intents.discard(Intent.COMPARISON)  # "the rise in 2023 compared with 2022" is a rise
        if quantity is Quantity.DATE:
            intents.discard(Intent.EVOLUTION)  # "depuis quand" asks for a day, "depuis 2018" for what came since
        intent = next((intent for intent in _INTENT_ORDER if intent in intents), Intent.FACT)
        values = read_values(text, written, self._cues)
        return Frame(
            text=text,
            said=said,
            language=language,
            intent=intent,
            quantity=quantity,
            metrics=_ids(metrics),
            entities=entities,
            people=self._of_kind(entities, EntityKind.PERSON),
            organisations=self._of_kind(entities, EntityKind.ORGANISATION),
            periods=periods,
            loose=loose,
            part_of_year=names_part(text, named, self._cues),
            window=window,
            today=today,
            ahead=ahead,
            targets=Intent.TARGET in intents or any(span.start > today for span in periods),
            values=values.asked,
            outgrown=values.outgrown,
            countries=find_countries(text),
            cities=find_cities(text),
            constraints=constraints,
            strict=constraints & self._cues.strict,
            counted=self._counted(text),
            asks_post=quantity is Quantity.PERSON and bool(self._cues.post.find(text)),
            role_of=None if metrics else self._role_of(text, entities, intent, quantity),
            terms=_without_years(terms(text), set(written).difference(periods)),
            rest=self._rest(text, metrics),
            names=name_like_terms(text),
        )

    def _counted_metrics(self, text: str) -> tuple[Mention, ...]:
        """The metrics that a text names; the job of somebody is none."""
        metrics = self._metrics.find(text)
        people = self._of_kind(_ids(self._entities.find(text)), EntityKind.PERSON)
        if not people or _quantity(self._cues.quantity.find(text)) in {*NUMERIC, Quantity.NUMBER}:
            return metrics
        roles = self._cues.role.find(text)
        return tuple(m for m in metrics if not any(r.start <= m.start and m.end <= r.end for r in roles))

    def _role_of(self, text: str, entities: tuple[str, ...], intent: Intent, quantity: Quantity | None) -> str | None:
        """The one person that a text names, where it asks who that is or which post they hold."""
        roles = self._cues.role.find(text)
        # "Who holds her post now?" asks for somebody else.
        asks = not roles if quantity is Quantity.PERSON else quantity is None and bool(roles)
        if not asks or intent not in {Intent.FACT, Intent.DEFINITION}:
            return None
        if self._rest(self._without(roles, text), ()):
            return None
        people = self._of_kind(entities, EntityKind.PERSON)
        return people[0] if len(people) == len(entities) == 1 else None

    def _of_kind(self, entities: tuple[str, ...], kind: EntityKind) -> tuple[str, ...]:
        return tuple(each for each in entities if self._kinds[each] is kind)

    def _completed(self, said: str, first: Frame, language: Language | None, today: date) -> Frame:
        """Read a later question; the period, the intent and the names that it leaves unsaid are the first one's."""
        frame = self._read_one(said, said, language, today)
        if not frame.metrics and not frame.entities:
            shared = [first.text[m.start : m.end] for m in self._entities.find(first.text)]
            frame = self._read_one(said, " ".join([said, *shared]), language, today)
        if not frame.times:
            frame = in_time_of(frame, first.times, today, targets=first.targets)
        if frame.intent is Intent.FACT and first.intent is Intent.TARGET:
            frame = replace(frame, intent=Intent.TARGET, targets=True)
        return frame

    def _is_only(self, metrics: tuple[Mention, ...], text: str) -> bool:
        """Whether a text holds nothing but a metric's words, the country's name, and numbers."""
        known = (*self._subject_names, *(name for m in metrics for name in self._metric_names[m.id]))
        names = {form for name in known for term in terms(name) for form in term}
        return bool(metrics) and all(
            not term.isdisjoint(names) or all(form.startswith(NUMBER_MARK) for form in term) for term in terms(text)
        )

    def _rest(self, text: str, metrics: tuple[Mention, ...]) -> tuple[Term, ...]:
        cues = (self._cues.quantity, self._cues.intent, self._cues.relative, self._cues.filler)
        read: list[Mention | PeriodMention] = [*metrics, *self._entities.find(text), *find_period_mentions(text)]
        read += [mention for cue in cues for mention in cue.find(text)]
        kept = list(text)
        for mention in read:
            kept[mention.start : mention.end] = " " * (mention.end - mention.start)
        names = {form for m in metrics for name in self._metric_names[m.id] for term in terms(name) for form in term}
        # "Jobs target 2030 offshoring": words of a metric's other names say no more than the metric.
        return tuple(term for term in terms("".join(kept)) if term.isdisjoint(names))

    def _counted(self, text: str) -> Term | None:
        """The word behind "how many"; none where that is no noun, as in "combien valent"."""
        cue = next((m for m in self._cues.quantity.find(text) if m.id in {Quantity.COUNT, Quantity.NUMBER}), None)
        if cue is None:
            return None
        behind = text[cue.end :]
        word = next(iter(words(behind)), None)
        found = terms(behind[: word.end]) if word else ()
        return found[0] if found and not next(iter(found[0])).startswith(NUMBER_MARK) else None

    @staticmethod
    def _without(mentions: tuple[Mention, ...], text: str) -> str:
        for mention in reversed(mentions):
            text = f"{text[: mention.start]} {text[mention.end :]}"
        return text

    def _relative_periods(self, text: str, today: date) -> tuple[Span, ...]:
        return tuple(_relative(mention.id, today) for mention in self._cues.relative.find(text))


def in_time_of(frame: Frame, periods: tuple[Span, ...], today: date, *, targets: bool) -> Frame:
    """A question about the time, and about the targets, of another one."""
    if len(periods) == 1 and is_open(periods[0]):
        return replace(frame, periods=(), window=periods[0], ahead=False)
    ahead = any(span.end >= today for span in periods)
    return replace(frame, periods=periods, window=None, ahead=ahead, targets=frame.targets or targets)


def _without_years(found: tuple[Term, ...], spans: Iterable[Span]) -> tuple[Term, ...]:
    """Terms without the years that only name a period."""
    years = {f"{NUMBER_MARK}{year}" for span in spans for year in (span.start.year, span.end.year)}
    return tuple(term for term in found if term.isdisjoint(years))


def _relative(cue: str, today: date) -> Span:
    return year_span(today.year + {"last_year": -1, "this_year": 0, "next_year": 1}[cue])


def _ids(mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.id for mention in mentions))


def _quantity(mentions: tuple[Mention, ...]) -> Quantity | None:
    """The kind of thing asked for: the first that is named, but "combien" gives way to what it counts."""
    found = [Quantity(mention.id) for mention in mentions]
    if found and found[0] is Quantity.NUMBER:
        return next((quantity for quantity in found if quantity in NUMERIC), Quantity.NUMBER)
    return found[0] if found else None
