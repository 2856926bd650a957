"""Corrects misspelt words in the names of metrics, where one correction alone comes into question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.lexical import stopwords, word_forms
from knowledge.corpus import Corpus
from knowledge.names import BETWEEN_WORDS, NameIndex
from knowledge.text import Word, words

SHORTEST = 5
"""Letters; a slip in a shorter word makes another word too often."""


@dataclass(frozen=True, slots=True)
class _Correction:
    word: Word
    spelling: str


class Speller:
    """Knows the words of the knowledge, and those of its metrics."""

    def __init__(self, corpus: Corpus, known: Iterable[str]) -> None:
        """Learn the words.

        Args:
            corpus: Its metrics have the names.
            known: Folded words that are never taken for misspelt ones.
        """
        self._metrics = NameIndex.of(corpus.metrics, BETWEEN_WORDS)
        self._known = frozenset(known) | stopwords()
        self._near: dict[str, set[str]] = defaultdict(set)
        names = (name for metric in corpus.metrics.values() for name in metric.all_names)
        for word in {word.folded for name in names for word in words(name)}:
            if len(word) >= SHORTEST:
                for mark in _marks(word):
                    self._near[mark].add(word)

    def corrected(self, text: str) -> str:
        """A text with the names of metrics as they are spelt; all else stays as it was written."""
        found = [each for each in map(self._correction, words(text)) if each is not None]
        if not found:
            return text
        named = self._metrics.find(_spelt(text, found))
        shift = 0
        inside: list[_Correction] = []
        for each in found:
            start = each.word.start + shift
            shift += len(each.spelling) - (each.word.end - each.word.start)
            if any(mention.start <= start < mention.end for mention in named):
                inside.append(each)
        return _spelt(text, inside)

    def _correction(self, word: Word) -> _Correction | None:
        """The word of a metric that a word must be meant for; None for a known one, and where several come near."""
        written = word.folded
        known = not self._known.isdisjoint({written, *word_forms(written)})
        if known or len(written) < SHORTEST or not written.isalpha():
            return None
        near = {other for mark in _marks(written) for other in self._near.get(mark, ()) if other[0] == written[0]}
        if not near or any(word_forms(one).isdisjoint(word_forms(other)) for one in near for other in near):
            return None
        return _Correction(word, min(near, key=lambda other: (abs(len(other) - len(written)), other)))


def _spelt(text: str, corrections: Sequence[_Correction]) -> str:
    for each in reversed(corrections):
        text = text[: each.word.start] + each.spelling + text[each.word.end :]
    return text


def _marks(word: str) -> Iterator[str]:
    """Marks that two words share where a letter is missing, doubled, exchanged or wrong in one of them."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
