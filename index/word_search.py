"""Finds passages by the words that they share with a question, whatever the model makes of them.

A rare name, an acronym or a figure can be lost among dense neighbours; here it weighs most. The score is the weighted
share of the question's terms that a passage holds in any of its renderings and questions: 0 to 1, so that it can be
added to a likeness. Docs: decisions/0008.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.lexical import NUMBER_MARK, LexicalIndex, Term, terms
from index.scripts import is_arabic, skeleton
from knowledge.corpus import Corpus

_ARABIC_MARK, _LATIN_MARK = "~a:", "~l:"


class WordSearch:
    """The words of every passage, and in which passages each stands."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        """Index texts.

        Args:
            texts: Pairs of passage id and text; the same id may come several times.
        """
        self._lexical = LexicalIndex(texts)
        self.passages: tuple[str, ...] = tuple(self._lexical.held)
        postings: dict[str, list[int]] = defaultdict(list)
        for place, forms in enumerate(self._lexical.held.values()):
            for form in forms | _names_of(forms):
                postings[form].append(place)
        self._postings = {form: np.array(places, dtype=np.int32) for form, places in postings.items()}

    @classmethod
    def of(cls, corpus: Corpus) -> WordSearch:
        """Index every rendering of a corpus, and every question that its passages say they answer."""
        texts = [(each.passage_id, each.text) for each in corpus.renderings]
        return cls([*texts, *((each.passage_id, each.text) for each in corpus.questions)])

    def read(self, text: str) -> tuple[Term, ...]:
        """The terms of a question: misspelt words corrected, names also by their consonants in the other script."""
        return tuple(self._lexical.correct(term) | _names_asked(term) for term in terms(text))

    def shares(self, question: Sequence[Term]) -> NDArray[np.float32]:
        """How much of a question each passage holds.

        Args:
            question: What `read` returned.

        Returns:
            float32, shape (passages,), 0 to 1, in the order of ``passages``; zeros for a question without terms.
        """
        shares = np.zeros(len(self.passages), dtype=np.float32)
        total = 0.0
        for term in question:
            places = [self._postings[form] for form in term if form in self._postings]
            # The most frequent form decides, as in `LexicalIndex.weight`.
            weight = self._lexical.weight_of_count(max(map(len, places), default=0))
            total += weight
            if places:
                shares[places[0] if len(places) == 1 else np.unique(np.concatenate(places))] += weight
        return shares / total if total else shares


def _names_of(forms: Iterable[str]) -> set[str]:
    """The consonants of a passage's words, marked with their script."""
    words = (form for form in forms if not form.startswith(NUMBER_MARK))
    marked = (((_ARABIC_MARK if is_arabic(word) else _LATIN_MARK), skeleton(word)) for word in words)
    return {mark + consonants for mark, consonants in marked if consonants}


def _names_asked(term: Term) -> set[str]:
    """The consonants of a question's word, marked with the script that it may be written in elsewhere."""
    words = (form for form in term if not form.startswith(NUMBER_MARK))
    marked = (((_LATIN_MARK if is_arabic(word) else _ARABIC_MARK), skeleton(word)) for word in words)
    return {mark + consonants for mark, consonants in marked if consonants}
