"""An editor's word on the figures that were proposed: accepted, corrected or rejected, each written at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.config import Settings
from bot.knowledge_base import read_own_articles
from knowledge.checking import check_article
from knowledge.corpus import Corpus
from knowledge.errors import KnowledgeError
from knowledge.ingest.writing import article_yaml
from knowledge.library import Library
from knowledge.loading import load_corpus, read_article
from knowledge.model import Article, Figure, Review
from knowledge.sourcefile import parse_source_file


@dataclass(frozen=True, slots=True)
class ProposedFigure:
    """A figure that waits for an editor.

    Attributes:
        n: Its number among the proposed figures of its article, 1 or more.
        sentence: What the article says, word for word.
    """

    article_id: str
    passage_id: str
    n: int
    figure: Figure
    sentence: str


class Reviewer:
    """Reads the proposed figures of the own articles, and writes what an editor decides."""

    def __init__(self, settings: Settings, today: date) -> None:
        self._settings = settings
        self._today = today
        self._library = Library(settings.library_dir)
        self._lists: Corpus = load_corpus(settings.knowledge_dir)

    def proposed(self, article_id: str | None = None) -> tuple[ProposedFigure, ...]:
        """The figures that wait, of one article or of all.

        Raises:
            KnowledgeError: There is no such article, or one is broken.
        """
        articles = read_own_articles(self._settings)
        if article_id is not None and article_id not in articles:
            raise self._library.no_such_article(article_id)
        chosen = [articles[article_id]] if article_id is not None else articles.values()
        return tuple(figure for article in chosen for figure in self._of(article))

    def accept(self, proposed: ProposedFigure, corrected: Figure | None = None) -> None:
        """Accept a figure, as it was proposed or as the editor corrected it.

        Raises:
            KnowledgeError: It breaks an editorial rule, or cannot be written; nothing was changed.
        """
        figure = (corrected or proposed.figure).model_copy(update={"review": Review.ACCEPTED})
        self._decide(proposed, [figure.model_copy(update={"sentence": proposed.figure.sentence})])

    def reject(self, proposed: ProposedFigure) -> None:
        """Take a proposed figure out.

        Raises:
            KnowledgeError: The article cannot be written.
        """
        self._decide(proposed, [])

    def _of(self, article: Article) -> list[ProposedFigure]:
        text = self._library.text(article) or ""
        waiting = [
            (passage, figure)
            for passage in article.passages
            for figure in passage.figures
            if figure.review is Review.PROPOSED
        ]
        return [
            ProposedFigure(
                article.id,
                passage.id,
                n,
                figure,
                text[figure.sentence.start : figure.sentence.end] if figure.sentence else "",
            )
            for n, (passage, figure) in enumerate(waiting, start=1)
        ]

    def _decide(self, proposed: ProposedFigure, instead: Sequence[Figure]) -> None:
        with self._library.only_writer():
            article = read_own_articles(self._settings).get(proposed.article_id)
            if article is None:
                raise self._library.no_such_article(proposed.article_id)
            changed = _replaced(article, proposed, instead)
            written = article_yaml(changed)
            source = parse_source_file(f"articles/{article.id}.yaml", written.encode())
            if problems := list(check_article(read_article(source), self._lists, source, self._today)):
                raise KnowledgeError(problems)
            self._library.rewrite(changed, written)


def _replaced(article: Article, proposed: ProposedFigure, instead: Sequence[Figure]) -> Article:
    """The article with one proposed figure exchanged; unchanged where somebody else has decided on it meanwhile."""
    passages = []
    for passage in article.passages:
        figures = list(passage.figures)
        if passage.id == proposed.passage_id and proposed.figure in figures:
            place = figures.index(proposed.figure)
            figures[place : place + 1] = instead
        passages.append(passage.model_copy(update={"figures": tuple(figures)}))
    return article.model_copy(update={"passages": tuple(passages)})
