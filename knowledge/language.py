"""The three languages of Dalil, and the detection of a text's language.

The only module that imports langdetect and lingua.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from enum import StrEnum

import langdetect
import lingua


class Language(StrEnum):
    """A language that Dalil reads and answers in; the value is its ISO 639-1 code."""

    FR = "fr"
    AR = "ar"
    EN = "en"


UNSUPPORTED = "other"
"""What `detect_language` names a text in none of the three languages."""

# Below this many letters langdetect names short French and English messages at random (27% right on 30
# of them, against 98% on full questions: the table in docs/decisions/0004-language-of-a-turn.md).
LONG_ENOUGH_FOR_LANGDETECT = 40
# lingua knows only our three languages, so it always names one; below this confidence we ask for context.
LINGUA_MINIMUM_CONFIDENCE = 0.65
# langdetect's own probability below which its verdict on an unsupported language is not believed.
UNSUPPORTED_MINIMUM_PROBABILITY = 0.9


def parse_language(code: str | None) -> Language | None:
    """Read a language code such as ``fr``, ``fr-MA`` or ``AR``; None when it is none of the three."""
    if not code:
        return None
    primary = code.replace("_", "-").split("-")[0].lower()
    return Language(primary) if primary in {language.value for language in Language} else None


def detect_language(text: str) -> Language | str | None:
    """Name the language of a text from the text alone.

    Arabic letters decide first; then langdetect for texts long enough, which also knows the languages
    that Dalil does not speak; then lingua for short ones.

    Returns:
        A `Language`, `UNSUPPORTED`, or None when the text gives no sure sign.
    """
    words = [word for word in re.split(r"[\W\d_]+", text) if word]
    if not words:
        return None
    # A question in Arabic often names things in Latin letters: as many Arabic words as Latin ones are enough.
    if 2 * sum(map(_is_arabic, words)) >= len(words):
        return Language.AR
    if 2 * sum(map(_is_latin, words)) < len(words):
        return UNSUPPORTED  # Cyrillic, Greek, Chinese …
    letters = "".join(words)
    if len(letters) >= LONG_ENOUGH_FOR_LANGDETECT and (verdict := _langdetect(text)) is not None:
        return verdict
    return _lingua(text)


def _is_arabic(word: str) -> bool:
    return unicodedata.name(word[0], "").startswith("ARABIC")


def _is_latin(word: str) -> bool:
    return unicodedata.name(word[0], "").startswith("LATIN")


def _langdetect(text: str) -> Language | str | None:
    langdetect.DetectorFactory.seed = 0
    try:
        best = langdetect.detect_langs(text)[0]
    except langdetect.LangDetectException:
        return None
    supported = parse_language(best.lang)
    if supported is not None:
        return supported
    return UNSUPPORTED if best.prob >= UNSUPPORTED_MINIMUM_PROBABILITY else None


@functools.cache
def _lingua_detector() -> lingua.LanguageDetector:
    return (
        lingua.LanguageDetectorBuilder.from_languages(
            lingua.Language.FRENCH, lingua.Language.ARABIC, lingua.Language.ENGLISH
        )
        .with_preloaded_language_models()
        .build()
    )


def _lingua(text: str) -> Language | None:
    values = _lingua_detector().compute_language_confidence_values(text)
    if not values or values[0].value < LINGUA_MINIMUM_CONFIDENCE:
        return None
    return parse_language(values[0].language.iso_code_639_1.name)
