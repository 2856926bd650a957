"""The pages behind the buttons of an answer: its sources, further passages, a citation to copy, a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from bot.answering.citing import Citations, citation_to_copy, shown_text, source_line
from bot.answering.composing import Composer
from bot.answering.model import Answer, AnswerKind, Citation, Option
from bot.answering.references import REFERENCES_AT_MOST, References, refer
from bot.answering.reply import Block, BlockKind, Reply, Span, Style, note
from bot.localisation import Localiser, localiser
from knowledge.corpus import Corpus
from knowledge.language import Language

_NUMBER = re.compile("[1-9][0-9]?")


class AnswerPage(StrEnum):
    """A page's name, as actions have it: ``quotes:REFERENCES``, or ``quotes:7:REFERENCES`` from the seventh on."""

    QUOTES = "quotes"
    MORE = "more"
    COPY = "copy"
    REPORT = "report"


class AnswerPages:
    """Composes them in one of the three languages, and offers them under an answer."""

    def __init__(self, corpus: Corpus, composer: Composer) -> None:
        self._corpus = corpus
        self._composer = composer
        self._references = References(corpus.passages)

    def show(self, page: AnswerPage, argument: str, language: Language, today: date) -> Answer | None:
        """Compose a page; None where the argument names no passage that there is.

        Args:
            page: Which.
            argument: References of passages.
            language: The reply's.
            today: The date, on which the sources are taken to be read.
        """
        locale = localiser(language)
        number, _, references = argument.rpartition(":")
        passage_ids = self.passages(references)
        if not passage_ids:
            return None
        if page is AnswerPage.MORE:
            answer = self._composer.passages(passage_ids, language)
            options = (_copy_option(answer.citations, locale, today),)
            return replace(answer, options=options).prefaced(note(locale.text("more-title")))
        citations = self._cite(passage_ids, language, int(number) if _NUMBER.fullmatch(number) else 1)
        if page is AnswerPage.QUOTES:
            return _quotes(citations, locale, today)
        if page is AnswerPage.COPY:
            return _citations_to_copy(citations, locale, today)
        text = locale.text("report-ask", reference=refer(passage_ids))
        return Answer(AnswerKind.HELP, language, Reply((note(text),)), text)

    def passages(self, references: str) -> tuple[str, ...]:
        """The passages that references name; unknown ones are passed over."""
        return self._references.resolve(references)

    def question_of(self, passage_ids: Sequence[str], language: Language) -> str | None:
        """A question that the first of the passages answers, for an editor; its text where it has none."""
        for passage_id in passage_ids[:1]:
            article, passage = self._corpus.passages[passage_id]
            asked = passage.questions.get(language) or passage.questions.get(article.language)
            return asked[0] if asked else passage.text.get(language, passage.text[article.language])
        return None

    @staticmethod
    def offer(answer: Answer, further: Sequence[str], today: date) -> Answer:
        """An answer with the pages that can be shown of it among its options.

        Args:
            answer: As composed; one without citations stays as it is.
            further: Ids of passages that are relevant too; those that it cites already are left out.
            today: The date.
        """
        if not answer.citations:
            return answer
        locale = localiser(answer.language)
        cited = [citation.passage_id for citation in answer.citations]
        options = [*answer.options, *_source_options(cited, locale)]
        if new := [passage_id for passage_id in further if passage_id not in cited]:
            options.append(Option(locale.text("option-more"), f"{AnswerPage.MORE}:{refer(new)}"))
        options.append(_copy_option(answer.citations, locale, today))
        return replace(answer, options=tuple(options))

    def _cite(self, passage_ids: Sequence[str], language: Language, first: int) -> tuple[Citation, ...]:
        citations = Citations(self._corpus, language, first)
        return tuple(citations.cite(passage_id) for passage_id in passage_ids)


def _quotes(citations: Sequence[Citation], locale: Localiser, today: date) -> Answer:
    """Each passage over its source."""
    blocks: list[Block] = []
    for citation in citations:
        blocks.append(Block((Span(shown_text(citation, locale)),), BlockKind.FOLDED))
        blocks.append(source_line(citation, locale))
    return Answer(
        AnswerKind.ANSWER,
        locale.language,
        Reply(tuple(blocks)),
        citations[0].text,
        citations=tuple(citations),
        options=(_copy_option(citations, locale, today),),
    )


def _citations_to_copy(citations: Sequence[Citation], locale: Localiser, today: date) -> Answer:
    lines = _lines_to_copy(citations, locale, today)
    blocks = [note(locale.text("copy-title")), *(Block((Span(line, Style.CODE),)) for line in lines)]
    return Answer(AnswerKind.HELP, locale.language, Reply(tuple(blocks)), "\n".join(lines))


def _source_options(cited: Sequence[str], locale: Localiser) -> Iterator[Option]:
    """The sources of an answer, behind as many buttons as it takes to name them all."""
    if len(cited) <= REFERENCES_AT_MOST:
        yield Option(locale.text("option-sources"), f"{AnswerPage.QUOTES}:{refer(cited)}")
        return
    for start in range(0, len(cited), REFERENCES_AT_MOST):
        named = cited[start : start + REFERENCES_AT_MOST]
        label = locale.text("option-some-sources", first=str(start + 1), last=str(start + len(named)))
        yield Option(label, f"{AnswerPage.QUOTES}:{start + 1}:{refer(named)}")


def _copy_option(citations: Sequence[Citation], locale: Localiser, today: date) -> Option:
    return Option(
        locale.text("option-copy"),
        f"{AnswerPage.COPY}:{refer({each.article.id: each.passage_id for each in citations}.values())}",
        copies="\n".join(_lines_to_copy(citations, locale, today)),
    )


def _lines_to_copy(citations: Sequence[Citation], locale: Localiser, today: date) -> list[str]:
    """One line for each article, however many of its passages are cited."""
    articles = {citation.article.id: citation.article for citation in citations}
    return [citation_to_copy(article, locale, today) for article in articles.values()]
