"""Finds the sentence of a passage that answers a question.

By the words that it shares with the question, and by whether it holds the kind of thing that is asked for. Measured
against token vectors and against taking the first sentence: docs/decisions/0016.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.cues import Cues
from bot.answering.frame import NUMERIC, Frame, Quantity
from bot.answering.passage_facts import quantities_in_words
from index.lexical import LexicalIndex, Term, terms
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import EntityKind, Passage, PassageKind
from knowledge.names import NameIndex
from knowledge.periods import find_periods
from knowledge.places import find_cities, find_countries
from knowledge.sentences import Stretch, find_sentences

KIND_WEIGHT = 2.0
"""What holding the kind of thing asked for is worth, where sharing all words is worth 1. With `FIRST_WEIGHT` after a
logistic regression over golden questions, folds cut by fact: it gives 6.5, 3.2 and 1.1, in the same proportions."""

FIRST_WEIGHT = 0.34
"""What standing first is worth in a summary: its editor put the fact there. Quotes have no such order."""

ORGANISATION_FOR_PERSON = 0.5
"""Asked who, an organisation is half an answer."""


@dataclass(frozen=True, slots=True)
class SentenceFinder:
    """Compares the sentences of a passage with a Frame."""

    corpus: Corpus
    lexical: LexicalIndex
    cues: Cues
    names: NameIndex

    def find(self, frame: Frame, question: Sequence[Term], passage: Passage) -> dict[Language, Stretch]:
        """The sentence that answers, in each language that the passage has; the first of equals.

        Args:
            frame: The question, read.
            question: Its terms, misspelt ones corrected.
            passage: A passage chosen for it.
        """
        first = FIRST_WEIGHT if passage.kind is PassageKind.SUMMARY else 0.0
        found: dict[Language, Stretch] = {}
        for language, text in passage.text.items():
            sentences = find_sentences(text, language)
            scores = [self._score(frame, question, each.of(text)) for each in sentences]
            scores[0] += first
            found[language] = sentences[scores.index(max(scores))]
        return found

    def _score(self, frame: Frame, question: Sequence[Term], sentence: str) -> float:
        forms = frozenset(form for term in terms(sentence, keep_stopwords=True) for form in term)
        weights = [(self.lexical.weight(term), term) for term in question]
        total = sum(weight for weight, _ in weights)
        shared = sum(weight for weight, term in weights if not term.isdisjoint(forms)) / total if total else 0.0
        return shared + KIND_WEIGHT * self._holds_kind(frame, sentence)

    def _holds_kind(self, frame: Frame, sentence: str) -> float:
        """How far a sentence holds the kind of thing asked for, 0 to 1; what the question names itself is no answer."""
        if frame.quantity is Quantity.PERSON:
            named = {mention.id for mention in self.names.find(sentence)}.difference(frame.entities)
            kinds = {self.corpus.entities[entity].kind for entity in named}
            return float(EntityKind.PERSON in kinds) or ORGANISATION_FOR_PERSON * (EntityKind.ORGANISATION in kinds)
        match frame.quantity:
            case None:
                holds = False
            case Quantity.DATE:
                holds = any(span not in frame.periods for span in find_periods(sentence))
            case Quantity.PLACE:
                holds = bool((find_cities(sentence) | find_countries(sentence)) - frame.cities - frame.countries)
            case Quantity.REASON:
                holds = bool(self.cues.reason_given.find(sentence))
            case Quantity.NUMBER:
                holds = not NUMERIC.isdisjoint(quantities_in_words(sentence, self.cues))
            case kind:
                holds = kind in quantities_in_words(sentence, self.cues)
        return float(holds)
