"""Writes an answer from evidence: the fact first, then where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.message import SmallTalk
from bot.answering.model import (
    AbstentionReason,
    Answer,
    AnswerKind,
    Citation,
    Evidence,
    Finding,
    Option,
)
from bot.answering.reply import Block, BlockKind, Reply, Span, Style, note
from bot.answering.wording import article_date, article_title, period
from bot.localisation import Localiser, localiser
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import PassageKind
from knowledge.places import place_name


class Composer:
    """Composes answers and abstentions in one of the three languages."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

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
        citations: list[Citation] = []
        blocks: list[Block] = list(preface)
        for finding in findings:
            if not finding.evidence:
                blocks.append(note(locale.text("half-unanswered", question=finding.frame.said or finding.frame.text)))
                continue
            for evidence in finding.evidence:
                if all(citation.passage_id != evidence.passage_id for citation in citations):
                    citation = self._citation(len(citations) + 1, evidence, language)
                    citations.append(citation)
                    blocks += [_statement(citation, locale), self._source(citation, locale)]
            if finding.incomplete:
                blocks.append(note(locale.text("list-may-be-incomplete")))
        return Answer(
            kind=AnswerKind.ANSWER,
            language=language,
            reply=Reply(tuple(blocks)),
            lead=citations[0].text,
            citations=tuple(citations),
            figures=tuple((figure, citation) for citation in citations for figure in citation.passage.figures),
            resolved_question=question,
            confidence=min(finding.confidence for finding in answered),
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
        )

    def _citation(self, n: int, evidence: Evidence, language: Language) -> Citation:
        passage = evidence.passage
        shown = language if language in passage.text else evidence.article.language
        speaker = self._corpus.entities[passage.said_by].names.in_language(language) if passage.said_by else None
        return Citation(n, evidence.passage_id, evidence.article, passage, passage.text[shown], shown, speaker)

    @staticmethod
    def _source(citation: Citation, locale: Localiser) -> Block:
        article = citation.article
        spans = (
            Span(f"[{citation.n}] "),
            Span(article.publisher, Style.STRONG),
            Span(" · "),
            Span(article_title(article, locale), url=article.url),
            Span(f" · {article_date(article, locale)} · "),
            Span(_kind_label(citation, locale), Style.EMPHASIS),
        )
        return Block(spans, BlockKind.SOURCE)


def _statement(citation: Citation, locale: Localiser) -> Block:
    text = citation.text
    if citation.passage.kind is PassageKind.VERBATIM:
        text = localiser(citation.language).text("quoted", text=text)
    if citation.language is not locale.language:
        text = f"{locale.text('text-in-language', language=citation.language.value)} {text}"
    return Block((Span(f"{text} [{citation.n}]"),), BlockKind.STATEMENT)


def _kind_label(citation: Citation, locale: Localiser) -> str:
    key = "summary-of-article" if citation.passage.kind is PassageKind.SUMMARY else "quote-from-article"
    return locale.text(key, language=citation.article.language.value)


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
