"""Completes a fragment from an earlier turn: as a text that can be searched for, and as a Frame.

Two ways lead there. What only names another period, place or entity takes the place of that of the old question;
what asks something of its own gets the names that it leaves unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from bot.answering.cues import Cues
from bot.answering.figures import FigureBook
from bot.answering.fragments import Fragment, FragmentReader, PointedTime
from bot.answering.frame import Frame, Intent, Quantity
from bot.answering.frame_reading import SUBJECT, FrameReader, in_time_of
from bot.answering.model import PastTurn
from bot.answering.wording import period
from bot.localisation import localiser
from index.lexical import Term
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import EntityKind
from knowledge.names import Mention
from knowledge.periods import Span, year_span

A_YEAR = 366

_ARTICLE = re.compile(r"(?i)^(?:l['’]|les? |la |the )")
"""Stands before the name already that another one takes the place of."""


class Completer:
    """Fills what a fragment leaves unsaid."""

    def __init__(
        self, corpus: Corpus, book: FigureBook, frames: FrameReader, fragments: FragmentReader, cues: Cues
    ) -> None:
        self._corpus = corpus
        self._frames = frames
        self._fragments = fragments
        self._cues = cues
        self._book = book

    def ways(self, fragment: Fragment, read: Frame, base: PastTurn, today: date) -> Iterator[Frame]:
        """The Frames that a fragment may mean, likeliest first.

        Args:
            fragment: The message.
            read: The same, read as it stands.
            base: The turn that it follows.
            today: The date.
        """
        if fragment.names_only:
            yield self._exchanged(fragment, read, base, today)
            return
        unknown = fragment.rest if _names_unknown(fragment) else ()
        if unknown:
            yield self._exchanged(fragment, read, base, today, unknown)
        # A passage that holds words of its own is meant before one that only fits what was said before.
        own = (frozenset().union(*fragment.rest),) if fragment.rest else ()
        for required in dict.fromkeys([unknown or own, unknown]):
            for entities, periods in ((True, True), (True, False), (False, True), (False, False)):
                yield self._filled(fragment, read, base, today, required, entities=entities, periods=periods)

    def exchangeable(self, fragment: Fragment, base: PastTurn, today: date) -> bool:
        """Whether a bare name can take the place of one in an earlier question, or has figures of its metric."""
        old = self._frames.mentions(base.asked, today)
        return any(
            self._same_kind(mention, old.entities, old.places) is not None
            or any(metric in self._book.subjects.get(mention.id, ()) for metric in base.slots.metrics)
            or self._corpus.entities[mention.id].kind is EntityKind.PLACE
            for mention in fragment.mentions.entities
        )

    def _exchanged(
        self, fragment: Fragment, read: Frame, base: PastTurn, today: date, unknown: tuple[Term, ...] = ()
    ) -> Frame:
        """The old question with another period, place or entity in it."""
        spans = self._spans(fragment, base)
        language = read.language or base.language
        past = bool(spans) and all(span.end < today for span in spans)
        # What figures answered is pinned down by its names; a text would keep its verbs, targets and languages.
        by_names = bool(base.slots.metrics) and (bool(base.figures) or language is not base.language)
        text = self._names(base, language, metrics=True) if by_names else base.asked
        if not by_names:
            language = base.language
        text = self._with_exchanged(text, fragment, spans, language, today, unknown=bool(unknown))
        frame = self._frames.read_one(text, language, today)
        frame = replace(frame, metrics=frame.metrics or base.slots.metrics, required=unknown, completed=True)
        if not by_names and frame.intent is Intent.FACT:
            frame = replace(frame, intent=base.slots.intent)
        frame = replace(frame, quantity=frame.quantity or base.slots.quantity or _number(frame))
        kept = spans or base.slots.periods
        targets = base.slots.targets and not (spans and past)
        return in_time_of(replace(frame, targets=frame.targets and not past), kept, today, targets=targets)

    def _with_exchanged(
        self,
        text: str,
        fragment: Fragment,
        spans: tuple[Span, ...],
        language: Language | None,
        today: date,
        *,
        unknown: bool,
    ) -> str:
        old = self._frames.mentions(text, today)
        cut: list[tuple[int, int, str]] = []
        added: list[str] = []
        if spans:
            where = old.periods
            words = " ".join(_worded(fragment, spans, language or Language.EN))
            cut += [(m.start, m.end, words if m is where[0] else "") for m in where]
            added += [] if where else [words]
        for mention in _apart(fragment.mentions.entities, fragment.mentions.places):
            said = fragment.text[mention.start : mention.end]
            place = self._same_kind(mention, old.entities, old.places)
            if place is None or any(start == place.start for start, *_ in cut):
                added.append(said)
            else:
                cut.append((place.start, place.end, said))
        if unknown:
            place = next(iter(_apart(old.entities, ())), None)
            if place is None:
                added.append(fragment.text.rstrip(" ?؟.!"))
            else:
                cut.append((place.start, place.end, _ARTICLE.sub("", fragment.text.rstrip(" ?؟.!"))))
        for start, end, words in sorted(cut, reverse=True):
            text = f"{text[:start]}{words}{text[end:]}"
        text = " ".join(text.split())
        body = text.rstrip(" ?؟.!")
        return " ".join([body, *added]) + text[len(body) :]

    def _same_kind(self, mention: Mention, entities: Iterable[Mention], places: Iterable[Mention]) -> Mention | None:
        """What a name takes the place of: one of the same kind; a country that of Morocco too."""
        entity = self._corpus.entities.get(mention.id)
        kind = entity.kind if entity else None
        old = [m for m in entities if kind is not None and self._corpus.entities[m.id].kind is kind]
        if old:
            return old[0]
        if kind is None or mention.id == SUBJECT:
            is_country = len(mention.id) == 2 or mention.id == SUBJECT  # noqa: PLR2004 - ISO 3166 alpha-2
            alike = (m for m in places if (len(m.id) == 2 or m.id == SUBJECT) == is_country)  # noqa: PLR2004
            return next(alike, None)
        return None

    def _filled(
        self,
        fragment: Fragment,
        read: Frame,
        base: PastTurn,
        today: date,
        required: tuple[Term, ...],
        *,
        entities: bool,
        periods: bool,
    ) -> Frame:
        """The fragment with the names that it leaves unsaid."""
        language = read.language or base.language
        bare = not fragment.rest and not fragment.mentions.metrics
        names = self._names(base, language, metrics=bare, entities=entities and not fragment.mentions.entities)
        if not fragment.subjects and (not names or (fragment.mentions.metrics and not base.slots.entities)):
            names = " ".join(filter(None, (self._subjects(base, language, names), names)))
        if not names and not fragment.anchored and not fragment.mentions.metrics:
            names = base.asked.rstrip(" ?؟.!")
        spans = self._spans(fragment, base) or (base.slots.periods if periods and not read.periods else ())
        words = "" if read.periods or not spans else " ".join(_worded(fragment, spans, language or Language.EN))
        body = fragment.text.rstrip(" ?؟.!")
        text = " ".join(filter(None, (body, names, words)))
        frame = self._frames.read_one(text, language, today)
        metrics = frame.metrics or (base.slots.metrics if bare else ())
        # A passage may name who holds a post without naming the organisation again.
        frame = replace(frame, metrics=metrics, required=required, asks_post=False, completed=True)
        if bare and frame.intent is Intent.FACT:
            frame = replace(frame, intent=base.slots.intent)
        quantity = frame.quantity
        if quantity is None and (bare or _names_unknown(fragment)):
            quantity = base.slots.quantity
        if quantity is None and not fragment.rest:
            quantity = _number(frame)
        frame = replace(frame, quantity=quantity)
        if not spans:
            return frame
        return in_time_of(frame, spans, today, targets=base.slots.targets and not read.periods)

    def _spans(self, fragment: Fragment, base: PastTurn) -> tuple[Span, ...]:
        """The periods that a fragment names or points at."""
        named = tuple(dict.fromkeys(mention.span for mention in fragment.mentions.periods))
        if fragment.time is None:
            return named
        shown = tuple(figure.span for figure in base.figures[:1] if figure.span)
        before = base.slots.periods or shown
        if not before:
            return named
        last = before[-1]
        match fragment.time:
            case PointedTime.PART:
                years = [span.start.year for span in named]
                return tuple(_in_year(last, year) for year in years) or before
            case PointedTime.SAME:
                return named or ((year_span(last.end.year),) if last.days <= A_YEAR else before)
            case PointedTime.NEXT:
                return (year_span(last.end.year + 1),)
            case PointedTime.BEFORE:
                return (year_span(last.end.year - 1),)

    def _names(self, base: PastTurn, language: Language | None, *, metrics: bool, entities: bool = True) -> str:
        """The names of what a turn was about, in a language."""
        language = language or Language.EN
        slots = base.slots
        found = [self._corpus.metrics[each].names.in_language(language) for each in slots.metrics] if metrics else []
        if entities:
            found += [self._corpus.entities[each].names.in_language(language) for each in slots.entities]
            named = self._frames.mentions(base.asked, date.min).places
            found += [base.asked[m.start : m.end] for m in named if m.id not in {SUBJECT, *slots.entities}]
        return " ".join(dict.fromkeys(found))

    def _subjects(self, base: PastTurn, language: Language | None, names: str) -> str:
        """The subjects of a turn that no name of it tells."""
        metrics = [self._corpus.metrics[each].names.in_language(Language.EN) for each in base.slots.metrics]
        subjects = self._fragments.subjects(base.asked) or self._fragments.subjects(" ".join(metrics))
        told = self._fragments.subjects(names)
        return " ".join(
            self._cues.subject_names[subject][language or Language.EN] for subject in subjects if subject not in told
        )


def _names_unknown(fragment: Fragment) -> bool:
    """Whether a fragment is a name that the knowledge does not have: "and Accenture?"."""
    return bool(fragment.rest) and not (fragment.asks or fragment.mentions.metrics or fragment.refers)


def _number(frame: Frame) -> Quantity | None:
    return Quantity.NUMBER if frame.metrics and frame.intent is not Intent.EVOLUTION else None


def _worded(fragment: Fragment, spans: tuple[Span, ...], language: Language) -> list[str]:
    """Periods as the fragment writes them, or else as a reader would."""
    written = {m.span: fragment.text[m.start : m.end] for m in fragment.mentions.periods}
    return [written.get(span) or period(span, localiser(language)) for span in spans]


def _in_year(span: Span, year: int) -> Span:
    shift = year - span.start.year
    last = span.end.day if (span.end.month, span.end.day) != (2, 29) else 28
    return Span(
        span.start.replace(year=year, day=min(span.start.day, 28)),
        span.end.replace(year=span.end.year + shift, day=last),
    )


def _apart(first: Iterable[Mention], second: Iterable[Mention]) -> list[Mention]:
    """Mentions that do not stand in the same place; of two that do, the first."""
    found: dict[int, Mention] = {}
    for mention in (*first, *second):
        found.setdefault(mention.start, mention)
    return list(found.values())
