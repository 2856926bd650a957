"""Writes an answer from evidence: the fact first, then where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answering.charting import Chart, ChartRefusal, draw_up
from bot.answering.citing import Citations, source_line
from bot.answering.figure_answer import FigureAnswer, Shape
from bot.answering.figure_wording import FigureWording
from bot.answering.message import SmallTalk
from bot.answering.model import AbstentionReason, Answer, AnswerKind, Finding, Option
from bot.answering.parts import Part, PartComposer, of_sentence
from bot.answering.quoting import NOTHING_ASKED, Asked
from bot.answering.reply import Block, Reply, note
from bot.answering.wording import period
from bot.localisation import Localiser, localiser
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import PassageKind
from knowledge.places import place_name
from knowledge.sentences import find_sentences


class Composer:
    """Composes answers and abstentions in one of the three languages."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._wording = FigureWording(corpus)
        self._parts = PartComposer(corpus, self._wording)

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
        parts: list[Part] = []
        for finding in findings:
            if not finding.evidence:
                unanswered = locale.text("half-unanswered", question=finding.frame.said or finding.frame.text)
                parts.append(Part((note(unanswered),)))
            elif finding.figures:
                text = finding.frame.text
                parts += [self._parts.of_figures(figures, citations, locale, text) for figures in finding.figures]
            else:
                parts.append(self._parts.of_finding(finding, citations, locale))
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
        return self._answer([self._parts.of_figures(figures, citations, locale)], citations, [figures], locale)

    def chart(self, evolution: FigureAnswer, language: Language) -> Chart | ChartRefusal:
        """Word the chart of an evolution, or say why it cannot be drawn."""
        return draw_up(evolution, self._wording, localiser(language))

    def passages(self, passage_ids: Sequence[str], language: Language, asked: Asked = NOTHING_ASKED) -> Answer:
        """Compose passages, at least one, that were asked for by a command, or about an answer to what was asked."""
        locale, citations = localiser(language), Citations(self._corpus, language)
        return self._answer([self._parts.of_passages(passage_ids, citations, locale, asked)], citations, [], locale)

    def again(
        self, figures: Sequence[FigureAnswer], passage_ids: Sequence[str], language: Language, asked: Asked
    ) -> Answer:
        """Compose an answer that was given to what was asked, from its figures and the passages that it cited."""
        locale, citations = localiser(language), Citations(self._corpus, language)
        parts = [self._parts.of_figures(each, citations, locale) for each in figures]
        if not figures:
            parts.append(self._parts.of_passages(passage_ids, citations, locale, asked))
        return self._answer(parts, citations, figures, locale)

    def short(
        self, figures: Sequence[FigureAnswer], passage_ids: Sequence[str], language: Language, asked: Asked
    ) -> Answer:
        """Compose the same in a line or two: the first figures, or the first sentence of the first passage."""
        locale, citations = localiser(language), Citations(self._corpus, language)
        if not figures:
            first = citations.cite(passage_ids[0], asked)
            sentence = find_sentences(first.text, first.language)[0].of(first.text)
            if first.passage.kind is PassageKind.VERBATIM:
                quote = replace(first, text=sentence)
                blocks = (*self._parts.statement(quote, asked, locale), source_line(quote, locale))
                return replace(self._answer([Part(blocks, sentence)], citations, [], locale), citations=(quote,))
            return self._answer([of_sentence(sentence, first, locale)], citations, [], locale)
        whole = self._parts.of_figures(figures[0], citations, locale)
        answer = self._answer([whole], citations, figures[:1], locale)
        statement = whole.blocks[0]
        used = tuple(citation for citation in answer.citations if f"[{citation.n}]" in statement.text)
        blocks = (statement, *(source_line(citation, locale) for citation in used))
        shown = tuple((figure, citation) for figure, citation in answer.figures if citation in used)
        return replace(answer, reply=Reply(blocks), citations=used, figures=shown)

    def remark(self, text: str, passage_id: str, language: Language, asked: Asked) -> Answer:
        """Say something of a passage that answered what was asked, over the passage and its source."""
        locale, citations = localiser(language), Citations(self._corpus, language)
        cited = citations.cite(passage_id, asked)
        blocks = (note(text), *self._parts.statement(cited, asked, locale), source_line(cited, locale))
        return self._answer([Part(blocks, text)], citations, [], locale)

    @staticmethod
    def with_readings(answer: Answer, readings: tuple[Option, ...]) -> Answer:
        """An answer, or a refusal, that also offers what else may have been meant."""
        question = note(localiser(answer.language).text("which-reading"))
        lines = note("\n".join(f"{n}. {option.label}" for n, option in enumerate(readings, start=1)))
        reply = Reply((*answer.reply.blocks, question, lines))
        return replace(answer, reply=reply, options=(*readings, *answer.options))

    def _answer(
        self, parts: Sequence[Part], citations: Citations, figures: Sequence[FigureAnswer], locale: Localiser
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


def _refusal(finding: Finding, locale: Localiser) -> str:
    match finding.reason:
        case AbstentionReason.OTHER_PERIOD:
            return locale.text("refusal-other-period", period=period(finding.frame.times[0], locale))
        case AbstentionReason.OTHER_PLACE:
            places = sorted(finding.frame.countries or finding.frame.cities)
            names = locale.text("list-separator").join(place_name(place, locale.language) for place in places)
            return locale.text("refusal-other-place", place=names)
        case _:
            return locale.text("refusal-no-passage")
