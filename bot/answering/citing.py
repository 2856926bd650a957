"""Numbers the sources of a reply, and writes the line that names one."""

from __future__ import annotations

from datetime import date

from bot.answering.model import Citation
from bot.answering.reply import Block, BlockKind, Span, Style
from bot.answering.wording import article_date, article_title
from bot.localisation import Localiser, localiser
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import Article, PassageKind
from knowledge.periods import format_partial_date


class Citations:
    """The citations of one reply, numbered in the order in which they are first needed.

    Args:
        corpus: Holds the passages.
        language: The reply's.
        first: The number of the first.
    """

    def __init__(self, corpus: Corpus, language: Language, first: int = 1) -> None:
        self._corpus = corpus
        self._language = language
        self._first = first
        self._cited: dict[str, Citation] = {}

    @property
    def all(self) -> tuple[Citation, ...]:
        """The citations made so far."""
        return tuple(self._cited.values())

    def cite(self, passage_id: str) -> Citation:
        """The citation of a passage: the one it has already, or the next."""
        if passage_id not in self._cited:
            article, passage = self._corpus.passages[passage_id]
            shown = self._language if self._language in passage.text else article.language
            speaker = self._corpus.entities[passage.said_by] if passage.said_by else None
            name = speaker.names.in_language(self._language) if speaker else None
            n = len(self._cited) + self._first
            self._cited[passage_id] = Citation(n, passage_id, article, passage, passage.text[shown], shown, name)
        return self._cited[passage_id]


def shown_text(citation: Citation, locale: Localiser) -> str:
    """A passage's text: a quote in quotation marks, and the language named where it is not the reply's."""
    text = citation.text
    if citation.passage.kind is PassageKind.VERBATIM:
        text = localiser(citation.language).text("quoted", text=text)
    if citation.language is not locale.language:
        text = f"{locale.text('text-in-language', language=citation.language.value)} {text}"
    return text


def citation_to_copy(article: Article, locale: Localiser, today: date) -> str:
    """An article as other texts cite it; the link with the day on which it is taken to be read.

    Args:
        article: What is cited.
        locale: The reply's.
        today: The date.
    """
    parts = (article.publisher, article_title(article, locale), article_date(article, locale))
    cited = locale.text("list-separator").join(parts)
    if article.url is None:
        return cited
    read = format_partial_date(today.isoformat(), locale.language)
    return locale.text("citation-with-link", citation=cited, link=article.url, date=read)


def source_line(citation: Citation, locale: Localiser) -> Block:
    """Publisher, title, date and link, and whether a summary or a quote was read."""
    article = citation.article
    key = "summary-of-article" if citation.passage.kind is PassageKind.SUMMARY else "quote-from-article"
    spans = (
        Span(f"[{citation.n}] "),
        Span(article.publisher, Style.STRONG),
        Span(" · "),
        Span(article_title(article, locale), url=article.url),
        Span(f" · {article_date(article, locale)} · "),
        Span(locale.text(key, language=article.language.value), Style.EMPHASIS),
    )
    return Block(spans, BlockKind.SOURCE)
