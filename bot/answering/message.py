"""Takes a message apart: small talk, courtesies, and the questions it asks."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.answering.cues import Cues
from knowledge.text import western_digits, words


class SmallTalk(StrEnum):
    """A message that wants a friendly word or a page, not a search."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    WELLBEING = "wellbeing"
    ACKNOWLEDGEMENT = "acknowledgement"
    COMPLAINT = "complaint"
    IDENTITY = "identity"
    CAPABILITIES = "capabilities"
    SOURCES = "sources"
    NO_WORDS = "no_words"


# Of several kinds in one message, what it is about: "Bonjour, que sais-tu faire ? Merci" asks what Dalil can do.
_COURTESIES = (SmallTalk.GREETING, SmallTalk.ACKNOWLEDGEMENT, SmallTalk.THANKS)

# A new question starts behind a question mark, or behind "and" when an interrogative follows.
_INTERROGATIVE = (
    r"(?:(?:combien|quel(?:le)?s?|qui|quand|où|comment|pourquoi|depuis quand|que|quoi|"
    r"how|what|which|who|when|where|why|since when|"
    r"كم|ما|متى|أين|من هو|من هي|من الذي|من التي|كيف|لماذا|منذ متى|أي)(?!\w)|qu')"
)
_BOUNDARY = re.compile(
    rf"(?<=[?؟])\s+|\n+|(?:\s*[,،;؛]\s*|\s+)(?:et|puis|ainsi que|and|then|also)\s+(?={_INTERROGATIVE})"
    rf"|\s*[,،]?\s+و(?={_INTERROGATIVE})",
    re.IGNORECASE,
)
# A number from a list that is no longer there, or never was; a year asks something.
_BARE_NUMBER = re.compile(r"\s*[0-9]{1,2}\s*[.)!?؟]?\s*")
QUESTIONS_AT_MOST = 3


def find_small_talk(text: str, cues: Cues) -> SmallTalk | None:
    """The kind of small talk that a message is; None for one that asks something."""
    if not words(text) or _BARE_NUMBER.fullmatch(western_digits(text)):
        return SmallTalk.NO_WORDS
    kinds = [SmallTalk(mention.id) for mention in cues.small_talk.find(text)]
    if not kinds or not _is_courtesy(text, cues):
        return None
    return next((kind for kind in kinds if kind not in _COURTESIES), kinds[0])


def split_questions(text: str, cues: Cues) -> tuple[str, ...]:
    """The questions of a message, one to three, without the courtesies before, between and behind them."""
    parts = [part.strip() for part in _BOUNDARY.split(_without_greeting(text, cues)) if part and words(part)]
    asked = [part for part in parts if not _is_courtesy(part, cues)]
    return tuple(asked[:QUESTIONS_AT_MOST]) or (text,)


def _is_courtesy(text: str, cues: Cues) -> bool:
    """Whether a text holds nothing but small talk and the words that stand around it."""
    inside = [*cues.small_talk.find(text), *cues.filler.find(text)]
    return all(any(m.start <= token.start < m.end for m in inside) for token in words(text))


def _without_greeting(text: str, cues: Cues) -> str:
    small_talk = cues.small_talk.find(text)
    inside = [*small_talk, *cues.filler.find(text)]
    start = 0
    while mention := next((m for m in inside if m.start >= start and not words(text[start : m.start])), None):
        if mention not in small_talk and start == 0:
            break
        start = mention.end
    return text[start:].lstrip(" ,،.!;:-–—\n") or text
