"""Decides the language of a turn: what the question is in, and what the reply is written in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.language import UNSUPPORTED, Language, detect_language, parse_language
from knowledge.model import Corpus
from knowledge.text import words

# Darija in Latin letters writes Arabic sounds as digits inside words: ch7al, 3lach, lkhedma f 2030 is none.
_ARABIZI = re.compile(r"(?i)\b(?=\w*[a-z])(?:[a-z]+[23579]+[a-z]+|[379][a-z]{2,}|[a-z]{2,}[379])\w*\b")


@dataclass(frozen=True, slots=True)
class TurnLanguage:
    """The languages of one turn.

    Attributes:
        question: The question's language; None when it is none of the three.
        reply: What the reply is written in.
    """

    question: Language | None
    reply: Language

    @property
    def supported(self) -> bool:
        """Whether the question is in a language that Dalil speaks."""
        return self.question is not None


class TurnLanguageDecider:
    """Applies the order of docs/decisions/0004-language-of-a-turn.md."""

    def __init__(self, corpus: Corpus) -> None:
        self._vocabulary = {
            language: frozenset(word.folded for text in _names(corpus, language) for word in words(text))
            for language in Language
        }

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
        fallback = previous or parse_language(user_language) or Language.EN
        detected = UNSUPPORTED if _ARABIZI.search(text) else detect_language(text)
        if detected == UNSUPPORTED:
            unsupported_reply = preferred or parse_language(user_language) or Language.EN
            return TurnLanguage(None, unsupported_reply)
        question = parse_language(detected) or self._by_vocabulary(text) or preferred or fallback
        return TurnLanguage(question, preferred or question)

    def _by_vocabulary(self, text: str) -> Language | None:
        """The one language whose names for metrics and topics share most words with a short message."""
        folded = {word.folded for word in words(text)}
        counts = {language: len(folded & vocabulary) for language, vocabulary in self._vocabulary.items()}
        best = max(counts, key=lambda language: counts[language])
        alone = [language for language, count in counts.items() if count == counts[best]] == [best]
        return best if counts[best] and alone else None


def _names(corpus: Corpus, language: Language) -> list[str]:
    """Names, aliases and definitions of metrics and topics in one language."""
    texts: list[str] = []
    for metric in corpus.metrics.values():
        texts += [metric.names.in_language(language), metric.definitions.in_language(language)]
        texts += getattr(metric.aliases, language.value)
    for topic in corpus.topics.values():
        texts += [topic.names.in_language(language), topic.examples.in_language(language)]
    return texts
