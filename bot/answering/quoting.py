"""Quotes: what is shown of a passage word for word, and the line above it that says who said it of what, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.answering.wording import article_date, article_publisher
from bot.localisation import Localiser
from index.lexical import NUMBER_MARK, terms
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import Article
from knowledge.sentences import find_sentences

LONGEST_QUOTE = 420
"""Characters; a longer passage is shortened at sentence ends: ten lines on a telephone are read, twenty are not."""

LEFT_OUT = "[…]"
_NUMBERS_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What a quote is to answer.

    Attributes:
        forms: Forms of the words and numbers that the sentence which answers is likely to hold.
        metrics: Ids of the metrics asked for.
        entities: Ids of the entities asked for.
    """

    forms: frozenset[str] = frozenset()
    metrics: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        corpus: Corpus,
        text: str = "",
        metrics: Iterable[str] = (),
        entities: Iterable[str] = (),
        values: Iterable[str] = (),
    ) -> Asked:
        """Collect the words of a question, the names in every language of what it asks for, and values that answer."""
        metrics = tuple(metrics)
        entities = tuple(each for each in entities if each in corpus.entities)
        items = [corpus.metrics[each] for each in metrics] + [corpus.entities[each] for each in entities]
        names = [name for item in items for name in (item.names.fr, item.names.ar, item.names.en)]
        return cls(_forms(" . ".join((text, *names, *values))), metrics, entities)


NOTHING_ASKED = Asked()
"""Of a quote that stands there for itself."""


def _forms(text: str) -> frozenset[str]:
    return frozenset(form for term in terms(text) for form in term)


def shortened(text: str, language: Language, asked: Asked) -> str:
    """What is shown of a passage: all of it, or whole sentences around the one that answers, and ``[…]`` for the rest.

    What stands between two ``[…]`` is an exact substring of the passage.
    """
    if len(text) <= LONGEST_QUOTE:
        return text
    sentences = find_sentences(text, language)
    scores = [_score(sentence.of(text), asked) for sentence in sentences]
    first = last = max(range(len(sentences)), key=lambda place: (scores[place], -place))
    while True:
        options = [(place, place, last) for place in (first - 1,) if place >= 0]
        options += [(place, first, place) for place in (last + 1,) if place < len(sentences)]
        fitting = [each for each in options if sentences[each[2]].end - sentences[each[1]].start <= LONGEST_QUOTE]
        if not fitting:
            break
        # What follows explains more often than what goes before.
        _, first, last = max(fitting, key=lambda each: (scores[each[0]], each[0]))
    shown = text[sentences[first].start : sentences[last].end]
    before = f"{LEFT_OUT} " if first > 0 else ""
    behind = f" {LEFT_OUT}" if last < len(sentences) - 1 else ""
    return f"{before}{shown}{behind}"


def _score(sentence: str, asked: Asked) -> int:
    found = [asked.forms & term for term in terms(sentence)]
    return sum(_NUMBERS_WEIGHT if any(form[0] == NUMBER_MARK for form in each) else 1 for each in found if each)


def quote_lead(article: Article, speaker: str | None, asked: Asked, corpus: Corpus, locale: Localiser) -> str:
    """The line above a quote, in the reader's language: of what it is, who said it, when."""
    if asked.metrics:
        names = corpus.metrics[asked.metrics[0]].names
    elif asked.entities:
        names = corpus.entities[asked.entities[0]].names
    else:
        names = corpus.topics[article.topics[0]].names
    subject = names.in_language(locale.language)
    source = article_publisher(article, locale)
    if speaker is not None:
        source = locale.text("quote-speaker", speaker=speaker, publisher=source)
    return locale.text(
        "quote-lead", subject=subject[:1].upper() + subject[1:], source=source, date=article_date(article, locale)
    )
