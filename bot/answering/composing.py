"""Writes an answer from evidence: the fact first, then where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answering.charting import Chart, ChartRefusal, draw_up
from bot.answering.citing import Citations, source_line
from bot.answering.figure_answer import FigureAnswer, Shape
from bot.answering.figure_composing import FigureComposer
from bot.answering.figure_wording import FigureWording
from bot.answering.message import SmallTalk
from bot.answering.model import AbstentionReason, Answer, AnswerKind, Citation, Finding, Option, ShownDisagreement
from bot.answering.reply import Block, BlockKind, Reply, Span, Style, note
from bot.answering.wording import period
from bot.localisation import Localiser, localiser
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import Figure, PassageKind
from knowledge.places import place_name
from knowledge.sentences import Stretch


class Composer:
    """Composes answers and abstentions in one of the three languages."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._wording = FigureWording(corpus)
        self._figures = FigureComposer(corpus, self._wording)

    def compose(
        self, findings: Sequence[Finding], language: Language, topics: Sequence[str], *, supported: bool
    ) -> Answer:
        """Compose the answer to a message.

        Args:
            findings: One for each question of the message, at least one.
            language: What the reply is written in.
            topics: Nearest topics, offered where nothing was found.
            supported: False adds which languages Dalil speaks.
        """
        answered = [finding for finding in findings if finding.evidence]
        locale = localiser(language)
        preface = [] if supported else [note(locale.text("unsupported-language"))]
        question = " / ".join(finding.frame.text for finding in findings)
        if not answered:
            return self._abstain(findings[0], language, topics, preface, question)
        citations = Citations(self._corpus, language)
        parts: list[_Part] = []
        for finding in findings:
            if not finding.evidence:
                unanswered = locale.text("half-unanswered", question=finding.frame.said or finding.frame.text)
                parts.append(_Part((note(unanswered),)))
            elif finding.figures:
                parts += [self._figure_part(figures, citations, locale) for figures in finding.figures]
            else:
                part = _passage_part([each.passage_id for each in finding.evidence], citations, locale, finding)
                parts.append(part)
        figures = [each for finding in answered for each in finding.figures]
        answer = self._answer(parts, citations, figures, locale)
        return replace(
            answer,
            reply=Reply((*preface, *answer.reply.blocks)),
            resolved_question=question,
            confidence=min(finding.confidence for finding in answered),
            ranked=findings[0].ranked,
        )

    def figures(self, figures: FigureAnswer, language: Language) -> Answer:
        """Compose figures that were asked for by a button or command."""
        locale, citations = localiser(language), Citations(self._corpus, language)
        return self._answer([self._figure_part(figures, citations, locale)], citations, [figures], locale)

    def chart(self, evolution: FigureAnswer, language: Language) -> Chart | ChartRefusal:
        """Word the chart of an evolution, or say why it cannot be drawn."""
        return draw_up(evolution, self._wording, localiser(language))

    def passages(self, passage_ids: Sequence[str], language: Language) -> Answer:
        """Compose passages, at least one, that were asked for by a command."""
        locale, citations = localiser(language), Citations(self._corpus, language)
        return self._answer([_passage_part(passage_ids, citations, locale)], citations, [], locale)

    def _answer(
        self, parts: Sequence[_Part], citations: Citations, figures: Sequence[FigureAnswer], locale: Localiser
    ) -> Answer:
        evolution = next((each for each in figures if each.shape is Shape.EVOLUTION), None)
        chart = self.chart(evolution, locale.language) if evolution else None
        return Answer(
            kind=AnswerKind.ANSWER,
            language=locale.language,
            reply=Reply(tuple(block for part in parts for block in part.blocks)),
            lead=next(part.lead for part in parts if part.lead),
            citations=citations.all,
            figures=tuple(figure for part in parts for figure in part.figures),
            calculations=tuple(calculation for each in figures for calculation in each.calculations),
            disagreements=tuple(disagreement for part in parts for disagreement in part.disagreements),
            chart=chart if isinstance(chart, Chart) else None,
            options=_options(figures, chart, locale),
        )

    def _figure_part(self, figures: FigureAnswer, citations: Citations, locale: Localiser) -> _Part:
        """The figures, the passage behind the first, and every source."""
        before = len(citations.all)
        statement = self._figures.compose(figures, lambda passage_id: citations.cite(passage_id).n, locale)
        blocks = [Block((Span(statement.text),), BlockKind.STATEMENT)]
        blocks += [Block((Span(text),), BlockKind.STATEMENT) for text in statement.context]
        blocks += [note(text) for text in statement.notes]
        first, *others = citations.all[before:] or citations.all[:1]
        if figures.shape is Shape.VALUE:
            blocks.append(_statement(first, locale))
        blocks += [source_line(citation, locale) for citation in (first, *others)]
        cited = {citation.passage_id: citation for citation in citations.all}
        shown = [(dated.figure, cited[dated.passage_id]) for dated in figures.shown if dated.passage_id in cited]
        shown += [each for each in _side_by_side(figures, cited) if each not in shown]
        return _Part(tuple(blocks), statement.lead, tuple(shown), _shown_disagreements(figures, cited, locale))

    def small_talk(self, kind: SmallTalk, language: Language) -> Answer:
        """Answer a greeting, thanks and the like."""
        text = localiser(language).text(f"small-talk-{kind.value.replace('_', '-')}")
        return Answer(AnswerKind.SMALLTALK, language, Reply((note(text),)), text)

    def too_long(self, language: Language) -> Answer:
        """Ask for a shorter question."""
        text = localiser(language).text("too-long")
        return Answer(AnswerKind.ABSTENTION, language, Reply((note(text),)), text, reason=AbstentionReason.TOO_LONG)

    def _abstain(
        self, finding: Finding, language: Language, topics: Sequence[str], preface: list[Block], question: str
    ) -> Answer:
        locale = localiser(language)
        text = _refusal(finding, locale)
        blocks = [*preface, note(text)]
        options = tuple(
            Option(self._corpus.topics[topic].names.in_language(language), f"topic:{topic}") for topic in topics
        )
        if options:
            lines = [locale.text("nearest-topics"), *(f"• {option.label}" for option in options)]
            blocks.append(note("\n".join(lines)))
        return Answer(
            kind=AnswerKind.ABSTENTION,
            language=language,
            reply=Reply(tuple(blocks)),
            lead=text,
            reason=finding.reason,
            options=options,
            topics=tuple(topics),
            resolved_question=question,
            confidence=finding.confidence,
            ranked=finding.ranked,
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """The answer to one question of a message."""

    blocks: tuple[Block, ...]
    lead: str = ""
    figures: tuple[tuple[Figure, Citation], ...] = ()
    disagreements: tuple[ShownDisagreement, ...] = ()


def _passage_part(
    passage_ids: Sequence[str], citations: Citations, locale: Localiser, finding: Finding | None = None
) -> _Part:
    """Each passage over its source; one that the reply has cited already is not repeated.

    Of the first passage that was found for a question the sentence that answers is set strong.
    """
    before = len(citations.all)
    cited = [citations.cite(passage_id) for passage_id in passage_ids]
    new = citations.all[before:]
    answering = finding.evidence[0].answering.get(cited[0].language) if finding else None
    blocks: list[Block] = []
    for citation in new:
        strong = answering if citation is cited[0] else None
        blocks += [_statement(citation, locale, strong), source_line(citation, locale)]
    if finding and finding.incomplete:
        blocks.append(note(locale.text("list-may-be-incomplete")))
    figures = tuple((figure, citation) for citation in new for figure in citation.passage.figures)
    return _Part(tuple(blocks), answering.of(cited[0].text) if answering else cited[0].text, figures)


def _options(
    figures: Sequence[FigureAnswer], chart: Chart | ChartRefusal | None, locale: Localiser
) -> tuple[Option, ...]:
    """What can be done next: the chart of an evolution, or the evolution of a value."""
    for each in figures:
        if each.shape is Shape.EVOLUTION and isinstance(chart, Chart):
            return (Option(locale.text("option-chart"), f"chart:{each.topic}"),)
        if each.evolves:
            return (Option(locale.text("option-evolution"), f"evolution:{each.topic}"),)
    return ()


def _side_by_side(figures: FigureAnswer, cited: Mapping[str, Citation]) -> Iterator[tuple[Figure, Citation]]:
    """The figures that the reply cites for what it says of a disagreement."""
    for _, disagreement in figures.disagreements:
        for reference in disagreement.figures:
            citation = cited.get(reference.passage)
            for figure in citation.passage.figures if citation else ():
                if citation and (figure.metric, figure.value) == (reference.metric, reference.value):
                    yield figure, citation


def _shown_disagreements(
    figures: FigureAnswer, cited: Mapping[str, Citation], locale: Localiser
) -> tuple[ShownDisagreement, ...]:
    """The values shown that differ, with the reason that the knowledge gives."""
    if not figures.differing:
        return ()
    reasons = [each.reason.in_language(locale.language) for _, each in figures.disagreements if each.reason]
    shown = [line.shown for line in (*figures.disputed, *figures.differing)]
    held = tuple((dated.figure, cited[dated.passage_id]) for dated in shown)
    return (ShownDisagreement(held, reasons[0] if reasons else None),)


def _statement(citation: Citation, locale: Localiser, strong: Stretch | None = None) -> Block:
    """A passage word for word, with its citation mark, and a stretch of it set strong."""
    text = citation.text
    if citation.passage.kind is PassageKind.VERBATIM:
        text = localiser(citation.language).text("quoted", text=text)
    if citation.language is not locale.language:
        text = f"{locale.text('text-in-language', language=citation.language.value)} {text}"
    text = f"{text} [{citation.n}]"
    if strong is None:
        return Block((Span(text),), BlockKind.STATEMENT)
    offset = text.index(citation.text)
    start, end = offset + strong.start, offset + strong.end
    spans = (Span(text[:start]), Span(text[start:end], Style.STRONG), Span(text[end:]))
    return Block(tuple(span for span in spans if span.text), BlockKind.STATEMENT)


def _refusal(finding: Finding, locale: Localiser) -> str:
    match finding.reason:
        case AbstentionReason.OTHER_PERIOD:
            return locale.text("refusal-other-period", period=period(finding.frame.periods[0], locale))
        case AbstentionReason.OTHER_PLACE:
            places = sorted(finding.frame.countries or finding.frame.cities)
            names = locale.text("list-separator").join(place_name(place, locale.language) for place in places)
            return locale.text("refusal-other-place", place=names)
        case _:
            return locale.text("refusal-no-passage")
