"""Writes an answer from evidence: the fact first, then where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.answering.charting import Chart, ChartRefusal, draw_up
from bot.answering.citing import Citations, shown_text, source_line
from bot.answering.figure_answer import FigureAnswer, Shape
from bot.answering.figure_composing import FigureComposer
from bot.answering.figure_wording import FigureWording
from bot.answering.message import SmallTalk
from bot.answering.model import AbstentionReason, Answer, AnswerKind, Citation, Finding, Option, ShownDisagreement
from bot.answering.pairs import Pairs
from bot.answering.quoting import Asked, quote_lead
from bot.answering.reply import Block, BlockKind, Reply, Span, Style, note
from bot.answering.wording import period
from bot.localisation import Localiser, localiser
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import Figure, PassageKind
from knowledge.places import place_name
from knowledge.sentences import Stretch, find_sentences

PASSAGES_AT_MOST = 3
"""Citations of an answer from passages, the quotes of summaries among them: length buys nothing."""


class Composer:
    """Composes answers and abstentions in one of the three languages."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._wording = FigureWording(corpus)
        self._figures = FigureComposer(corpus, self._wording)
        self._pairs = Pairs(corpus)

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
                text = finding.frame.text
                parts += [self._figure_part(figures, citations, locale, text) for figures in finding.figures]
            else:
                parts.append(self._answering_part(finding, citations, locale))
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
        return self._answer([self._passage_part(passage_ids, citations, locale, Asked())], citations, [], locale)

    def again(self, figures: Sequence[FigureAnswer], passage_ids: Sequence[str], language: Language) -> Answer:
        """Compose an answer that was given, from its figures and the passages that it cited, at least one."""
        locale, citations = localiser(language), Citations(self._corpus, language)
        parts = [self._figure_part(each, citations, locale) for each in figures]
        if not figures:
            parts.append(self._passage_part(passage_ids, citations, locale, Asked()))
        return self._answer(parts, citations, figures, locale)

    def short(self, figures: Sequence[FigureAnswer], passage_ids: Sequence[str], language: Language) -> Answer:
        """Compose the same in a line or two: the first figures, or the first sentence of the first passage."""
        locale, citations = localiser(language), Citations(self._corpus, language)
        if not figures:
            first = citations.cite(passage_ids[0], Asked())
            sentence = find_sentences(first.text, first.language)[0].of(first.text)
            return self._answer([_remark_part(sentence, first, locale)], citations, [], locale)
        whole = self._figure_part(figures[0], citations, locale)
        answer = self._answer([whole], citations, figures[:1], locale)
        statement = whole.blocks[0]
        used = tuple(citation for citation in answer.citations if f"[{citation.n}]" in statement.text)
        blocks = (statement, *(source_line(citation, locale) for citation in used))
        shown = tuple((figure, citation) for figure, citation in answer.figures if citation in used)
        return replace(answer, reply=Reply(blocks), citations=used, figures=shown)

    def remark(self, text: str, passage_id: str, language: Language) -> Answer:
        """Say something of a passage, over the passage and its source."""
        locale, citations = localiser(language), Citations(self._corpus, language)
        cited = citations.cite(passage_id, Asked())
        blocks = (note(text), *self._statement(cited, Asked(), locale), source_line(cited, locale))
        return self._answer([_Part(blocks, text)], citations, [], locale)

    @staticmethod
    def with_readings(answer: Answer, readings: tuple[Option, ...]) -> Answer:
        """An answer, or a refusal, that also offers what else may have been meant."""
        question = note(localiser(answer.language).text("which-reading"))
        lines = note("\n".join(f"{n}. {option.label}" for n, option in enumerate(readings, start=1)))
        reply = Reply((*answer.reply.blocks, question, lines))
        return replace(answer, reply=reply, options=(*readings, *answer.options))

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

    def _figure_part(self, figures: FigureAnswer, citations: Citations, locale: Localiser, question: str = "") -> _Part:
        """The figures, the passage behind the first, and every source."""
        before = len(citations.all)
        asked = Asked.of(
            self._corpus,
            question,
            metrics=(figures.metric,),
            entities=filter(None, (figures.lines[0].shown.figure.entity,)),
            values=[f"{Decimal(str(dated.figure.value)):f}" for dated in figures.shown],
        )
        statement = self._figures.compose(figures, lambda passage_id: citations.cite(passage_id, asked).n, locale)
        blocks = [Block((Span(statement.text),), BlockKind.STATEMENT)]
        blocks += [Block((Span(text),), BlockKind.STATEMENT, context=True) for text in statement.context]
        blocks += [note(text) for text in statement.notes]
        first, *others = citations.all[before:] or citations.all[:1]
        if figures.shape is Shape.VALUE:
            blocks += self._statement(first, asked, locale, context=True)
            partner = self._pairs.partner(first.passage_id)
            if partner is not None and first.passage.kind is PassageKind.SUMMARY:
                blocks.append(source_line(first, locale))
                first = citations.cite(partner, asked)
                others = [each for each in others if each is not first]
                blocks += self._statement(first, asked, locale, context=True)
        blocks += [source_line(citation, locale) for citation in (first, *others)]
        cited = {citation.passage_id: citation for citation in citations.all}
        shown = [(dated.figure, cited[dated.passage_id]) for dated in figures.shown if dated.passage_id in cited]
        shown += [each for each in _side_by_side(figures, cited) if each not in shown]
        return _Part(tuple(blocks), statement.lead, tuple(shown), _shown_disagreements(figures, cited, locale))

    def _answering_part(self, finding: Finding, citations: Citations, locale: Localiser) -> _Part:
        """The passages that answer a question: all of a list, else what further sources say is context.

        Of the first the sentence that answers is set strong.
        """
        asked = Asked.of(self._corpus, finding.frame.text, finding.frame.metrics, finding.frame.entities)
        passage_ids = [evidence.passage_id for evidence in finding.evidence]
        part = self._passage_part(passage_ids, citations, locale, asked, finding.evidence[0].answering)
        if finding.incomplete:
            return replace(part, blocks=(*part.blocks, note(locale.text("list-may-be-incomplete"))))
        sources = (place for place, block in enumerate(part.blocks, start=1) if block.kind is BlockKind.SOURCE)
        end = next(sources, 0)  # nothing new is shown where the reply has cited it all
        return replace(part, blocks=(*part.blocks[:end], *(replace(each, context=True) for each in part.blocks[end:])))

    def _passage_part(
        self,
        passage_ids: Sequence[str],
        citations: Citations,
        locale: Localiser,
        asked: Asked,
        answering: Mapping[Language, Stretch] | None = None,
    ) -> _Part:
        """Each passage over its source; one that the reply has cited already is not repeated.

        Args:
            passage_ids: One at least.
            citations: The reply's.
            locale: The reply's.
            asked: What its quotes are to answer.
            answering: The stretch of the first passage that answers, in each of its languages.
        """
        before = len(citations.all)
        shown = self._pairs.side_by_side(passage_ids, max(len(passage_ids), PASSAGES_AT_MOST))
        cited = [citations.cite(passage_id, asked) for passage_id in shown]
        new = citations.all[before:]
        blocks: list[Block] = []
        for citation in new:
            strong = _answering_sentence(citation, answering or {}) if citation.passage_id == passage_ids[0] else None
            blocks += [*self._statement(citation, asked, locale, strong), source_line(citation, locale)]
        figures = tuple((figure, citation) for citation in new for figure in citation.passage.accepted_figures)
        first = _answering_sentence(cited[0], answering or {}) if shown[0] == passage_ids[0] else None
        return _Part(tuple(blocks), first or cited[0].text, figures)

    def _statement(
        self, citation: Citation, asked: Asked, locale: Localiser, strong: str | None = None, *, context: bool = False
    ) -> tuple[Block, ...]:
        """A passage word for word with its citation mark, a quote under the line that says who said it.

        Args:
            citation: Cites it.
            asked: What a quote is to answer.
            locale: The reply's.
            strong: A part of the text that is set strong.
            context: Whether a short reply leaves it out.
        """
        text = f"{shown_text(citation, locale)} [{citation.n}]"
        spans = [Span(text)]
        if strong is not None:
            start = text.index(citation.text) + citation.text.index(strong)
            end = start + len(strong)
            spans = [Span(text[:start]), Span(text[start:end], Style.STRONG), Span(text[end:])]
        statement = Block(tuple(span for span in spans if span.text), BlockKind.STATEMENT, context)
        if citation.passage.kind is PassageKind.SUMMARY:
            return (statement,)
        lead = quote_lead(citation.article, citation.said_by, asked, self._corpus, locale)
        return (replace(note(lead), context=context), statement)

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


def _answering_sentence(citation: Citation, answering: Mapping[Language, Stretch]) -> str | None:
    """The sentence of a passage that answers; None where there is none, or a shortened quote leaves it out."""
    stretch = answering.get(citation.language)
    sentence = stretch.of(citation.passage.text[citation.language]) if stretch else ""
    return sentence if sentence and sentence in citation.text else None


def _remark_part(text: str, citation: Citation, locale: Localiser) -> _Part:
    """A sentence of a passage over its source."""
    statement = Block((Span(f"{text} [{citation.n}]"),), BlockKind.STATEMENT)
    return _Part((statement, source_line(citation, locale)), text)


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
            for figure in citation.passage.accepted_figures if citation else ():
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
