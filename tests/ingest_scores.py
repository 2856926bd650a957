"""How much of an article was kept, and how much of what was kept is the article."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from knowledge.text import fold


def normalised(text: str) -> str:
    """The words of a text and nothing else, so that blanks and line ends do not count."""
    return " ".join(re.findall(r"\w+", fold(text)))


def digest(sentence: str) -> str:
    """Names a sentence without saying it."""
    return hashlib.sha256(normalised(sentence).encode()).hexdigest()[:16]


def kept_sentences(text: str, sentences: Iterable[str]) -> tuple[list[str], list[str]]:
    """The sentences that stand in a text whole, and those that do not."""
    words = f" {normalised(text)} "
    kept: list[str] = []
    lost: list[str] = []
    for sentence in sentences:
        (kept if f" {normalised(sentence)} " in words else lost).append(sentence)
    return kept, lost


def foreign(text: str, sentences: Iterable[str]) -> str:
    """What is left of a text when the sentences are taken out."""
    words = f" {normalised(text)} "
    for sentence in sorted(sentences, key=len, reverse=True):
        words = words.replace(f" {normalised(sentence)} ", "  ")
    return " ".join(words.split())
