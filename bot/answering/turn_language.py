"""Decides the language of a turn: what the question is in, and what the reply is written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.answering.cues import cue_texts
from bot.answering.darija import DarijaReader, lexicon_words
from knowledge.corpus import Corpus
from knowledge.language import (
    LONG_ENOUGH_FOR_LANGDETECT,
    UNSUPPORTED,
    Language,
    detect_language,
    parse_language,
)
from knowledge.names import NameIndex
from knowledge.text import words

# Darija in Latin letters writes Arabic sounds as digits inside words: ch7al, 3lach; "lkhedma f 2030" has none.
_ARABIZI = re.compile(r"(?i)\b(?=\w*[a-z])(?:[a-z]+[23579]+[a-z]+|[379][a-z]{2,}|[a-z]{2,}[379])\w*\b")

_LATIN_LETTER = re.compile("[a-z]")

_FRENCH_ARTICLES = frozenset({"le", "la", "les", "un", "une", "des", "du", "de", "au", "aux", "pour", "dans"})
"""They stand in English texts too, inside names."""

LETTERS_AT_LEAST = 2
"""One letter between names, as in "w Maroc Telecom?", tells no language."""

SHARED_AT_MOST = 2
"""Words of a message that may all belong to two languages; more of them seldom do."""

OWN_KEYWORDS = 0.0
OWN_SENTENCE = 0.8
"""The share of a message's words that must be ours: langdetect takes French without verbs for Catalan or Romanian, but
a Spanish or German sentence shares fewer words with the knowledge than these."""


@dataclass(frozen=True, slots=True)
class TurnLanguage:
    """The languages of one turn.

    Attributes:
        question: The question's language; None when it is none of the three.
        reply: What the reply is written in.
        standard: A message in Darija as it is searched for, in ``question``; None for any other.
    """

    question: Language | None
    reply: Language
    standard: str | None = None

    @property
    def supported(self) -> bool:
        """Whether the question is in a language that Dalil speaks."""
        return self.question is not None


class TurnLanguageDecider:
    """Applies the order of docs/decisions/0004-language-of-a-turn.md."""

    def __init__(self, corpus: Corpus) -> None:
        self._entities = NameIndex.of(corpus.entities)
        self._written = {language: _vocabulary(_texts(corpus, language)) for language in Language}
        # Questions borrow: in French, "jobs" is asked for and never written.
        self._vocabulary = {
            language: self._written[language] | _vocabulary(_questions(corpus, language)) for language in Language
        }
        # Of Darija in Latin letters only the courtesies are written down; their digits look like no language of ours.
        self._courtesies = NameIndex({"courtesy": _latin_courtesies()})
        self._darija = DarijaReader((self._vocabulary[Language.FR] - self._vocabulary[Language.EN]) | _FRENCH_ARTICLES)

    @property
    def known_words(self) -> frozenset[str]:
        """Folded words of the knowledge, of its questions and of Darija, in any language."""
        courtesies = (word.folded for each in _latin_courtesies() for word in words(each))
        return frozenset().union(lexicon_words(), courtesies, *self._vocabulary.values())

    def decide(
        self, text: str, *, preferred: Language | None, previous: Language | None, user_language: str | None
    ) -> TurnLanguage:
        """Decide.

        Args:
            text: The message.
            preferred: What the user chose with /lang; overrules everything.
            previous: The language of the conversation so far.
            user_language: Telegram's language code, such as ``fr`` or ``pt-br``.
        """
        darija = self._darija.read(text, expected=previous is Language.AR)
        if darija is not None:
            return TurnLanguage(darija.language, preferred or darija.language, darija.text)
        if self._is_courtesy(text):
            return TurnLanguage(Language.AR, preferred or Language.AR)
        fallback = previous or parse_language(user_language) or Language.EN
        rest = self._without_names(text)
        detected: Language | str | None = None
        if _ARABIZI.search(rest) and not self._is_european(rest):
            if previous is Language.AR:
                return TurnLanguage(None, preferred or previous)
            detected = UNSUPPORTED
        elif sum(map(str.isalpha, rest)) >= LETTERS_AT_LEAST:
            detected = self._detect(rest)
        if detected == UNSUPPORTED:
            unsupported_reply = preferred or parse_language(user_language) or Language.EN
            return TurnLanguage(None, unsupported_reply)
        if previous is not None and self._is_of_both(rest, previous, detected):
            detected = previous
        question = parse_language(detected) or preferred or fallback
        return TurnLanguage(question, preferred or question)

    def _is_courtesy(self, text: str) -> bool:
        """Whether a text is nothing but courtesies of Darija in Latin letters; single words of them may be French."""
        found = self._courtesies.find(text)
        return bool(found) and all(any(m.start <= word.start < m.end for m in found) for word in words(text))

    def _is_european(self, text: str) -> bool:
        """Whether the detector and our own words agree on French or English: "B2B" and "3D" are no Darija."""
        ours = self._by_vocabulary(text, OWN_SENTENCE)
        return ours in {Language.FR, Language.EN} and ours == detect_language(text)

    def _without_names(self, text: str) -> str:
        """A text without the names of people, organisations and programmes: in Latin letters they have no language."""
        rest = text
        for mention in reversed(self._entities.find(text)):
            rest = rest[: mention.start] + rest[mention.end :]
        return rest if any(map(str.isalpha, rest)) or detect_language(text) is not Language.AR else text

    def _detect(self, text: str) -> Language | str | None:
        """The detector's verdict, but for keywords: a short message in our own words is known by them."""
        detected = detect_language(text)
        keywords = sum(character.isalpha() for character in text) < LONG_ENOUGH_FOR_LANGDETECT
        if detected is Language.AR:
            return detected
        if not keywords and detected != UNSUPPORTED:  # a row of nouns is sometimes taken for the other language
            return self._wholly_ours(text, detected) or detected
        return self._by_vocabulary(text, OWN_KEYWORDS if keywords else OWN_SENTENCE) or detected

    def _wholly_ours(self, text: str, detected: Language | str | None) -> Language | None:
        """The language of which every word is ours, where at most half are ours in the one detected."""
        folded = _letters_only(text)
        other = self._by_vocabulary(text, 1.0)
        if other is None or other == detected or not isinstance(detected, Language):
            return None
        return other if len(folded & self._vocabulary[detected]) <= len(folded) / 2 else None

    def _is_of_both(self, text: str, previous: Language, detected: Language | str | None) -> bool:
        """Whether every word of a message is one of ours in the language before too: "offshoring 2024?"."""
        folded = _letters_only(text)
        if not folded or not isinstance(detected, Language):
            return False
        return folded <= self._written[previous] & self._written[detected] and len(folded) <= SHARED_AT_MOST

    def _by_vocabulary(self, text: str, share: float) -> Language | None:
        """The one language whose words, as the knowledge base writes it, hold most of a message, and enough of it."""
        folded = _letters_only(text)
        counts = {language: len(folded & vocabulary) for language, vocabulary in self._vocabulary.items()}
        best, second = sorted(counts, key=lambda language: -counts[language])[:2]
        return best if counts[best] > counts[second] and counts[best] >= share * len(folded) else None


def _texts(corpus: Corpus, language: Language) -> list[str]:
    """Everything that the knowledge base says in one language, its questions apart."""
    texts = [rendering.text for rendering in corpus.renderings if rendering.language is language]
    texts += [cue for cue in _cues(language) if language is not Language.AR or not _LATIN_LETTER.search(cue)]
    for metric in corpus.metrics.values():
        texts += [metric.names.in_language(language), metric.definitions.in_language(language)]
        texts += getattr(metric.aliases, language.value)
    for topic in corpus.topics.values():
        texts += [topic.names.in_language(language), topic.examples.in_language(language)]
    return texts


def _cues(language: Language) -> Iterator[str]:
    return (cue.strip() for family in cue_texts(language) for cue in family.split(";"))


def _latin_courtesies() -> tuple[str, ...]:
    return tuple(cue for cue in _cues(Language.AR) if _LATIN_LETTER.search(cue))


def _questions(corpus: Corpus, language: Language) -> Iterator[str]:
    return (asked.text for asked in corpus.questions if asked.language is language)


def _vocabulary(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _letters_only(text))


def _letters_only(text: str) -> set[str]:
    return {word.folded for word in words(text) if word.folded.isalpha()}
