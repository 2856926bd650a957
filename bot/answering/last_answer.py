"""Answers questions about the last answer from the evidence in hand: nothing is searched for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.answering.asides import Aside
from bot.answering.citing import Citations
from bot.answering.composing import Composer
from bot.answering.evidence import CITATIONS_AT_MOST
from bot.answering.figure_answer import FigureAnswer
from bot.answering.figure_choice import FigureChooser
from bot.answering.frame import Frame
from bot.answering.model import Answer, AnswerKind, Citation, PastTurn
from bot.answering.quoting import Asked
from bot.answering.reply import Reply, note
from bot.answering.wording import article_date, article_publisher, is_publisher, period
from bot.localisation import Localiser, localiser
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import Entity, PassageKind
from knowledge.periods import Span
from knowledge.places import find_cities, find_countries, place_name

_NEED_AN_ANSWER = frozenset(
    {Aside.WHO, Aside.SURE, Aside.OTHERS, Aside.SHORTER, Aside.MORE, Aside.FR, Aside.EN, Aside.AR}
)
"""Asides that mean nothing else where nothing was answered; "when?" may be the beginning of a question."""


class LastAnswer:
    """Composes what can be said of an answer that was given."""

    def __init__(self, corpus: Corpus, chooser: FigureChooser, composer: Composer) -> None:
        self._corpus = corpus
        self._chooser = chooser
        self._composer = composer

    def about(self, aside: Aside, turn: PastTurn | None, language: Language, today: date) -> Answer | None:
        """Answer a message about an answer; None where it needs one and there is none, and means something else then.

        Args:
            aside: What it wants.
            turn: The turn that was answered, if any.
            language: The reply's, unless the message wants another.
            today: The date.
        """
        if aside is Aside.NO:
            return _word(localiser(language).text("no-problem"), language)
        known = tuple(each for each in turn.passages if each in self._corpus.passages) if turn else ()
        if turn is None or not known:
            if aside not in _NEED_AN_ANSWER:
                return None
            language = aside.language or language
            return _word(localiser(language).text("no-last-answer"), language)
        turn = replace(turn, passages=known)
        if aside.language is not None:
            return self._again(turn, aside.language, today)
        locale = localiser(language)
        answers: dict[Aside, Callable[[], Answer]] = {
            Aside.WHO: lambda: self._who(turn, locale),
            Aside.WHEN: lambda: self._when(turn, locale),
            Aside.SURE: lambda: self._again(turn, language, today).prefaced(note(locale.text("sure"))),
            Aside.OTHERS: lambda: self._others(turn, locale, today),
            Aside.SHORTER: lambda: self._composer.short(
                self._figures(turn, language, today), turn.passages, language, self._asked(turn)
            ),
            Aside.MORE: lambda: self._no_more(turn, locale),
            Aside.CHART: lambda: _word(locale.text("no-figures-to-draw"), language),
            Aside.EVOLUTION: lambda: _word(locale.text("no-figures-to-draw"), language),
        }
        if aside is Aside.WHERE:
            return self._where(turn, locale)
        return answers[aside]() if aside in answers else None

    def nowhere(self, turn: PastTurn, language: Language) -> Answer:
        """Say that the passage of an answer, which there is, names no place."""
        text = localiser(language).text("where-not-told")
        return self._composer.remark(text, turn.passages[0], language, self._asked(turn))

    def _asked(self, turn: PastTurn) -> Asked:
        """What an answer answered, so that its quotes are introduced as they were."""
        return Asked.of(self._corpus, turn.asked, turn.slots.metrics, turn.slots.entities)

    def _again(self, turn: PastTurn, language: Language, today: date) -> Answer:
        return self._composer.again(self._figures(turn, language, today), turn.passages, language, self._asked(turn))

    def _others(self, turn: PastTurn, locale: Localiser, today: date) -> Answer:
        """Further passages that give the figures of an answer; of one in words none are looked for, nor denied."""
        figures = self._figures(turn, locale.language, today)
        given = (dated.passage_id for each in figures for line in each.lines for dated in line.figures)
        new = [each for each in dict.fromkeys(given) if each not in turn.passages][:CITATIONS_AT_MOST]
        if not new:
            shown = self._composer.passages(turn.passages[:CITATIONS_AT_MOST], locale.language, self._asked(turn))
            return shown.prefaced(note(locale.text("no-other-sources" if figures else "own-sources")))
        answer = self._composer.passages(new, locale.language, self._asked(turn))
        return answer.prefaced(note(locale.text("other-sources")))

    def _where(self, turn: PastTurn, locale: Localiser) -> Answer | None:
        """The places that the passage of an answer names; None where it names none."""
        _, passage = self._corpus.passages[turn.passages[0]]
        texts = passage.text.values()
        places = {place for text in texts for place in (*find_cities(text), *find_countries(text))}
        if not places:
            return None
        names = sorted(place_name(place, locale.language) for place in places)
        text = locale.text("where-places", places=locale.text("list-separator").join(names))
        return self._composer.remark(text, turn.passages[0], locale.language, self._asked(turn))

    def _no_more(self, turn: PastTurn, locale: Localiser) -> Answer:
        shown = self._composer.passages(turn.passages[:CITATIONS_AT_MOST], locale.language, self._asked(turn))
        return shown.prefaced(note(locale.text("nothing-more")))

    def _figures(self, turn: PastTurn, language: Language, today: date) -> tuple[FigureAnswer, ...]:
        """The figures of an answer, looked up again: those that were shown."""
        slots, shown = turn.slots, {(each.metric, each.entity, each.span) for each in turn.figures}
        if not shown:
            return ()
        entities = tuple(dict.fromkeys([*slots.entities, *(each.entity for each in turn.figures if each.entity)]))
        frame = Frame(
            turn.asked,
            language,
            slots.intent,
            slots.quantity,
            metrics=slots.metrics,
            entities=entities,
            periods=slots.periods,
            today=today,
            ahead=any(span.end >= today for span in slots.periods),
            targets=slots.targets,
        )
        found = self._chooser.choose(frame)
        return tuple(each for each in found if _shown(each) in shown and any(map(each.holds, turn.passages)))

    def _who(self, turn: PastTurn, locale: Localiser) -> Answer:
        citations = Citations(self._corpus, locale.language)
        first = citations.cite(turn.passages[0], Asked())
        speaker = self._speaker(turn, first)
        publisher = article_publisher(first.article, locale)
        told = speaker is not None and not is_publisher(speaker, first.article)
        name = speaker.names.in_language(locale.language) if speaker else ""
        # A quote whose speaker no editor has named may name one itself.
        if first.passage.kind is PassageKind.VERBATIM and speaker is None:
            text = locale.text("who-quote")
        else:
            text = locale.text("who-speaker" if told else "who-publisher", speaker=name, publisher=publisher)
        return self._composer.remark(text, first.passage_id, locale.language, self._asked(turn))

    def _speaker(self, turn: PastTurn, citation: Citation) -> Entity | None:
        led = {(each.metric, each.entity) for each in turn.figures[:1]}
        said = [f.said_by for f in citation.passage.accepted_figures if f.said_by and (f.metric, f.entity) in led]
        speaker = next(iter(said), None) or citation.passage.said_by
        return self._corpus.entities[speaker] if speaker else None

    def _when(self, turn: PastTurn, locale: Localiser) -> Answer:
        citations = Citations(self._corpus, locale.language)
        first = citations.cite(turn.passages[0], Asked())
        span = next((each.span for each in turn.figures[:1]), None)
        published = article_date(first.article, locale)
        if span is not None:
            text = locale.text("when-figure", period=period(span, locale), published=published)
        else:
            text = locale.text("when-published", published=published)
        return self._composer.remark(text, first.passage_id, locale.language, self._asked(turn))


def _shown(answer: FigureAnswer) -> tuple[str, str | None, Span | None]:
    dated = answer.lines[0].shown
    return (dated.figure.metric, dated.figure.entity, dated.span)


def _word(text: str, language: Language) -> Answer:
    return Answer(AnswerKind.SMALLTALK, language, Reply((note(text),)), text)
