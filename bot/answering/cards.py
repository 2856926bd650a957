"""Answers as cards to paste into other conversations: each stands alone, with its date and its link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answering.composing import Composer
from bot.answering.figure_answer import FigureAnswer, Shape
from bot.answering.figure_fit import FigureLine
from bot.answering.figure_wording import FigureWording
from bot.answering.model import Answer, Finding
from bot.answering.reply import Reply
from bot.answering.shortening import shortened
from bot.answering.wording import article_date
from bot.localisation import Localiser, localiser
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import Article

LONGEST_TITLE = 120
"""Characters; a list of cards shows about a line of them."""

_SENTENCE_END = re.compile(r"(?<=[.!?؟…])\s+")


@dataclass(frozen=True, slots=True)
class Card:
    """A statement with its source.

    Attributes:
        title: A value, or a first sentence.
        description: What the value is of, who publishes it, and when.
        reply: What is pasted.
    """

    title: str
    description: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class Deck:
    """The cards of one question, the best first; none where nothing answers."""

    language: Language
    cards: tuple[Card, ...] = ()


class CardDealer:
    """Makes cards of what was found, in one of the three languages."""

    def __init__(self, corpus: Corpus, composer: Composer) -> None:
        self._corpus = corpus
        self._composer = composer
        self._wording = FigureWording(corpus)

    def deal(self, findings: Sequence[Finding], language: Language) -> Deck:
        """The figures that answer, then the passages; each of both passed the decision of every answer.

        Args:
            findings: One for each question of a message.
            language: What the cards are written in.
        """
        locale = localiser(language)
        cards = [card for finding in findings for each in finding.figures for card in self._of_figures(each, locale)]
        chosen = [evidence.passage_id for finding in findings for evidence in finding.evidence]
        passing = [passage_id for finding in findings if finding.evidence for passage_id in finding.passing]
        cards += [self._of_passage(passage_id, locale) for passage_id in dict.fromkeys((*chosen, *passing))]
        return Deck(language, tuple({card.reply: card for card in cards}.values()))

    def _of_figures(self, figures: FigureAnswer, locale: Localiser) -> Iterator[Card]:
        """A card of all, and one of each value that no source disputes: pasted alone, one of two would mislead."""
        yield self._of_all(figures, locale)
        disputed = {*figures.disputed, *figures.differing}
        if len(figures.lines) + len(figures.targets) == 1 or figures.disagreements:
            return
        for line in (*figures.lines, *figures.targets):
            if line not in disputed:
                alone = FigureAnswer(Shape.VALUE, figures.metric, (line,))
                yield self._of_value(line, self._composer.figures(alone, locale.language), locale)

    def _of_all(self, figures: FigureAnswer, locale: Localiser) -> Card:
        answer = self._composer.figures(figures, locale.language)
        if figures.shape is Shape.VALUE:
            return self._of_value(figures.lines[0], answer, locale)
        title, *_ = answer.lead.split("\n")
        publishers = dict.fromkeys(line.shown.article.publisher for line in figures.lines)
        return Card(_cut(title), locale.text("list-separator").join(publishers), shortened(answer).reply)

    def _of_value(self, line: FigureLine, answer: Answer, locale: Localiser) -> Card:
        dated = line.shown
        of = locale.text(
            "card-of", subject=self._wording.subject(dated, locale), period=self._wording.when(dated, locale)
        )
        description = f"{of} · {_published(dated.article, locale)}"
        return Card(_cut(self._wording.value(line, locale)), description, shortened(answer).reply)

    def _of_passage(self, passage_id: str, locale: Localiser) -> Card:
        answer = self._composer.passages([passage_id], locale.language)
        first, *_ = _SENTENCE_END.split(answer.lead)
        return Card(_cut(first), _published(answer.citations[0].article, locale), answer.reply)


def _published(article: Article, locale: Localiser) -> str:
    return f"{article.publisher} · {article_date(article, locale)}"


def _cut(text: str) -> str:
    """A text as long as a title may be, ended between words."""
    if len(text) <= LONGEST_TITLE:
        return text
    return f"{text[:LONGEST_TITLE].rsplit(maxsplit=1)[0]}…"
