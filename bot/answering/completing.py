"""Completes a fragment from an earlier turn: as a text that can be searched for, and as a Frame.

Two ways lead there. What only names another period, place or entity takes the place of that of the old question;
what asks something of its own gets the names that it leaves unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.answering.context_names import ContextNames
from bot.answering.cues import Cues
from bot.answering.figures import FigureBook
from bot.answering.fragments import Fragment, any_of, apart, cities_named
from bot.answering.frame import Frame, Intent, Quantity
from bot.answering.frame_reading import SUBJECT, FrameReader, Mentions, in_time_of
from bot.answering.model import PastTurn
from bot.answering.other_subjects import OtherSubjects
from bot.answering.pointed_times import pointed_spans, worded
from index.lexical import Term, terms
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import EntityKind
from knowledge.names import Mention
from knowledge.periods import Span
from knowledge.places import find_countries

_ARTICLE = re.compile(r"(?i)^(?:l['’]|les? |la |the )")
"""Stands before the name already that another one takes the place of."""
_END = " ?؟.!"


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a completed question keeps of the old one."""

    entities: bool = True
    periods: bool = True
    words: bool = False


_WAYS = (_Kept(), _Kept(words=True), _Kept(periods=False), _Kept(entities=False), _Kept(entities=False, periods=False))


class Completer:
    """Fills what a fragment leaves unsaid."""

    def __init__(
        self,
        corpus: Corpus,
        book: FigureBook,
        frames: FrameReader,
        context: ContextNames,
        cues: Cues,
        *,
        subjects: OtherSubjects,
    ) -> None:
        self._subjects = subjects
        self._corpus = corpus
        self._book = book
        self._frames = frames
        self._context = context
        self._cues = cues

    def ways(self, fragment: Fragment, read: Frame, base: PastTurn, today: date) -> Iterator[Frame]:
        """The Frames that a fragment may mean, likeliest first.

        Args:
            fragment: The message.
            read: The same, read as it stands.
            base: The turn that it follows.
            today: The date.
        """
        if fragment.is_subject and base.slots.metrics:
            yield from self._subjects.ways(fragment, read, base, today)
            return
        if fragment.names_only:
            # What figures answered is pinned down by names; its text would keep verbs, targets and another language.
            if base.slots.metrics and (base.figures or read.language is not base.language):
                yield self._renamed(fragment, read, base, today, base.slots.intent)
                if base.slots.intent is Intent.GROWTH:
                    yield self._renamed(fragment, read, base, today, Intent.FACT)
            yield self._exchanged(fragment, base, today)
            return
        if fragment.names_unknown:
            yield self._exchanged(fragment, base, today)
        for own in (True, False) if fragment.is_short else (True,):
            for kept in _WAYS:
                if kept.words and (base.slots.entities or not fragment.rest):
                    continue
                if fragment.names_unknown and kept.entities and any(each.entity for each in base.figures[:1]):
                    continue  # the unknown name stands for the entity that the old figure was of
                yield self._filled(fragment, read, base, today, kept, own=own)

    def exchangeable(self, fragment: Fragment, base: PastTurn, today: date) -> bool:
        """Whether a bare name can take the place of one in an earlier question, or has figures of its metric."""
        old = self._frames.mentions(base.asked, today)
        return any(
            self._displaced(mention, old) is not None
            or not self._book.subjects.get(mention.id, frozenset()).isdisjoint(self._near(base))
            or self._corpus.entities[mention.id].kind is EntityKind.PLACE
            for mention in fragment.mentions.entities
        )

    def _near(self, base: PastTurn) -> frozenset[str]:
        """The metrics of a turn, and those that people name with the same words."""
        own = {*base.slots.metrics, *(figure.metric for figure in base.figures)}
        return frozenset(own.union(*(self._corpus.metrics[each].related for each in own)))

    def _narrowed(self, fragment: Fragment, base: PastTurn) -> tuple[str, ...]:
        """The metrics of a turn; one beside them whose name holds what the fragment names: "and in Africa?"."""
        said = [word for m in fragment.mentions.entities for word in terms(fragment.text[m.start : m.end])]
        for metric in sorted(self._near(base).difference(base.slots.metrics)) if said else ():
            names = self._corpus.metrics[metric].all_names
            if any(all(any(not one.isdisjoint(word) for one in terms(name)) for word in said) for name in names):
                return (metric,)
        return base.slots.metrics

    def _renamed(self, fragment: Fragment, read: Frame, base: PastTurn, today: date, intent: Intent) -> Frame:
        """The names of the old question, with those that the fragment exchanges."""
        language = read.language or base.language
        old = self._frames.mentions(base.asked, today)
        new = apart(fragment.mentions.entities, fragment.mentions.places)
        gone = {displaced.id for mention in new if (displaced := self._displaced(mention, old))}
        spans = pointed_spans(fragment, base)
        said = [fragment.text[mention.start : mention.end] for mention in new]
        metrics = self._narrowed(fragment, base)
        names = " ".join(self._corpus.metrics[each].names.in_language(language or Language.EN) for each in metrics)
        names = f"{names} {self._context.names(base, language, metrics=False, without=frozenset(gone))}".strip()
        times = worded(fragment, spans or base.slots.periods, base, language)
        text = " ".join(filter(None, (names, *said, *(each for each in times if each not in names))))
        frame = self._frames.read_one(text, language, today)
        frame = replace(
            frame,
            intent=Intent.FACT if intent in _OF_TIMES else intent,
            quantity=base.slots.quantity or Quantity.NUMBER,
            metrics=metrics,
            required=cities_named(fragment),
            completed=True,
        )
        return _timed(frame, spans, base, today)

    def _exchanged(self, fragment: Fragment, base: PastTurn, today: date) -> Frame:
        """The old question with another period, place or entity in it, or with a name that is not known."""
        old = self._frames.mentions(base.asked, today)
        spans = pointed_spans(fragment, base)
        cut: dict[int, tuple[int, str]] = {}
        added: list[str] = []
        if spans:
            words = " ".join(worded(fragment, spans, base, base.language))
            cut |= {m.start: (m.end, words if m is old.periods[0] else "") for m in old.periods}
            added += [] if old.periods else [words]
        for mention in apart(fragment.mentions.entities, fragment.mentions.places):
            said = fragment.text[mention.start : mention.end]
            place = self._displaced(mention, old)
            if place is None or place.start in cut:
                added.append(said)
            else:
                cut[place.start] = (place.end, said)
        added += [fragment.text.rstrip(_END)] if fragment.subjects and not (added or cut) else []
        if fragment.names_unknown:
            said = fragment.text.rstrip(_END)
            place = next(iter(old.entities), None)
            if place is None:
                added.append(said)
            else:
                cut[place.start] = (place.end, _ARTICLE.sub("", said))
        text = base.asked
        for start, (end, words) in sorted(cut.items(), reverse=True):
            text = f"{text[:start]}{words}{text[end:]}"
        text = " ".join([*text.rstrip(_END).split(), *added]) + text[len(text.rstrip(_END)) :]
        frame = self._frames.read_one(text, base.language, today)
        subjects = (any_of(self._cues.subject_names[each].values()) for each in fragment.subjects)
        frame = replace(
            frame,
            intent=base.slots.intent if frame.intent is Intent.FACT else frame.intent,
            quantity=frame.quantity or base.slots.quantity,
            metrics=frame.metrics or base.slots.metrics,
            required=fragment.rest if fragment.names_unknown else (*subjects, *cities_named(fragment)),
            completed=True,
        )
        return _timed(self._abroad(frame), spans, base, today)

    def _displaced(self, mention: Mention, old: Mentions) -> Mention | None:
        """What a name takes the place of: one of the same kind; a country that of Morocco too."""
        entity = self._corpus.entities.get(mention.id)
        if entity is not None:
            alike = (each for each in old.entities if self._corpus.entities[each.id].kind is entity.kind)
            if found := next(alike, None):
                return found
        if entity is None or mention.id == SUBJECT:
            return next((each for each in old.places if _is_country(each.id) is _is_country(mention.id)), None)
        return None

    def _filled(self, fragment: Fragment, read: Frame, base: PastTurn, today: date, kept: _Kept, *, own: bool) -> Frame:
        """The fragment with the names that it leaves unsaid.

        Args:
            fragment: The message.
            read: The same, read as it stands.
            base: The turn that it follows.
            today: The date.
            kept: What it keeps of that turn.
            own: Whether a passage must hold one of its own words.
        """
        language = read.language or base.language
        bare = not fragment.rest and not fragment.mentions.metrics
        names = self._context.names(
            base, language, metrics=bare, entities=kept.entities and not fragment.mentions.entities
        )
        topical = [each for each in base.slots.entities if self._corpus.entities[each].kind is not EntityKind.PLACE]
        if not fragment.subjects and not (topical and kept.entities) and (fragment.rest or fragment.mentions.metrics):
            names = " ".join(filter(None, (self._context.subjects(base, language, names), names)))
        if kept.words or (not names and not fragment.anchored and not fragment.mentions.metrics):
            names = base.asked.rstrip(_END)
        spans = pointed_spans(fragment, base)
        told = bool(fragment.mentions.periods)
        if not spans and kept.periods:
            spans = base.slots.periods
        # A name may hold its year: "Digital Morocco 2030".
        times = [] if told or kept.words else worded(fragment, spans, base, language)
        words = [each for each in times if each not in names]
        text = " ".join(filter(None, (fragment.text.rstrip(_END), names, *words)))
        frame = self._frames.read_one(text, language, today)
        quantity = read.quantity or (base.slots.quantity if bare or fragment.names_unknown else None)
        metrics = base.slots.metrics if bare else self._own_metrics(fragment, frame)
        if quantity is None and metrics and not fragment.rest:
            quantity = Quantity.NUMBER
        intent = read.intent
        past = told and all(span.end < today for span in spans)
        if intent is Intent.FACT and bare and not (past and base.slots.intent is Intent.TARGET):
            intent = base.slots.intent
        frame = replace(
            frame,
            intent=intent,
            quantity=quantity,
            metrics=metrics,
            # A passage may name who holds a post without naming the organisation again.
            asks_post=False,
            required=self._required(fragment, own=own),
            targets=intent is Intent.TARGET or any(span.start > today for span in frame.periods),
            completed=True,
        )
        frame = self._abroad(frame)
        if told or not spans:
            return frame
        return in_time_of(frame, spans, today, targets=base.slots.targets and fragment.time is None)

    @staticmethod
    def _required(fragment: Fragment, *, own: bool) -> tuple[Term, ...]:
        if fragment.names_unknown:
            return fragment.rest
        return (frozenset[str]().union(*fragment.rest),) if own and fragment.rest else ()

    def _own_metrics(self, fragment: Fragment, frame: Frame) -> tuple[str, ...]:
        """Of the metrics of a completed text, those that the fragment names, alone or with what was filled in."""
        named = {mention.id for mention in fragment.mentions.metrics}
        words = frozenset[str]().union(*fragment.rest, *terms(fragment.text) if named else ())
        return tuple(
            metric
            for metric in frame.metrics
            if metric in named
            or any(
                not term.isdisjoint(words) for name in self._corpus.metrics[metric].all_names for term in terms(name)
            )
        )

    def _abroad(self, frame: Frame) -> Frame:
        """A Frame without the countries that stand inside a metric's name: "the share that comes from France"."""
        inside = {
            country
            for metric in frame.metrics
            for country in find_countries(self._corpus.metrics[metric].names.in_language(Language.EN))
        }
        return replace(frame, countries=frame.countries - inside)


_OF_TIMES = frozenset({Intent.EVOLUTION, Intent.COMPARISON})


def _timed(frame: Frame, spans: tuple[Span, ...], base: PastTurn, today: date) -> Frame:
    """An exchanged question about the times that the fragment gives, or else about those of the old one.

    What was aimed at for a year to come is not asked of a year that is over.
    """
    past = bool(spans) and all(span.end < today for span in spans)
    targets = base.slots.targets and not past
    intent = Intent.FACT if past and frame.intent is Intent.TARGET else frame.intent
    frame = replace(frame, intent=intent, targets=frame.targets and not past)
    return in_time_of(frame, spans or base.slots.periods, today, targets=targets)


def _is_country(place: str) -> bool:
    return place == SUBJECT or place.isupper()  # an ISO code
