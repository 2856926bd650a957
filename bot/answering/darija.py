"""Reads Darija, in Arabic or Latin letters, as standard Arabic, or as French where a message is mostly French."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.language import Language
from knowledge.names import Mention, NameIndex
from knowledge.text import words

_JOINED = re.compile(r"(?<!\w)ف(?=\d|ال\w{3})")
"""The preposition "in", written together with a year or an article."""
_APOSTROPHES = ("'", "’")
_LATIN = re.compile(r"[a-zA-Z]")
_ONLY_DARIJA = re.compile("[fw]|mn|[a-z]*[2379][a-z]+", re.IGNORECASE)
"""Words of the lexicon in Latin letters that are neither French nor English, as "had" and "fin" are."""
SHORTEST_COUNTED = 2
"""Letters of a word that tells whether a message is mostly French: single ones are articles of both."""


@dataclass(frozen=True, slots=True)
class Darija:
    """A message in Darija, as it can be searched for."""

    text: str
    language: Language


class DarijaReader:
    """Reads messages word by word; what the lexicon does not have, such as names, stays as it is."""

    def __init__(self, french: frozenset[str]) -> None:
        """Take the lexicon.

        Args:
            french: Folded words that only French has: they tell a French message with a word of Darija.
        """
        telling, common = _lexicon()
        self._telling = _index(telling)
        self._all = _index({**telling, **common})
        self._meanings = {**telling, **common}
        self._french = french

    def read(self, text: str, *, expected: bool = False) -> Darija | None:
        """A message in Darija in standard Arabic or French; None for any other.

        Args:
            text: The message.
            expected: Whether the conversation is in Arabic: words of the lexicon that tell little by themselves, as in
                "w f 2018?", are then enough.
        """
        spaced = _JOINED.sub("في ", text)
        found = _find(self._all, spaced)
        own = (_ONLY_DARIJA.fullmatch(spaced[mention.start : mention.end]) for mention in found)
        if not (_find(self._telling, spaced) or (expected and any(own))):
            return None
        language = Language.FR if not expected and self._is_mostly_french(spaced, found) else Language.AR
        if language is Language.FR:  # its single letters are French articles
            found = _find(self._telling, spaced)
        for mention in reversed(found):
            spaced = f"{spaced[: mention.start]}{self._meanings[mention.id].meaning[language]}{spaced[mention.end :]}"
        return Darija(" ".join(spaced.split()), language)

    def _is_mostly_french(self, text: str, found: tuple[Mention, ...]) -> bool:
        if not all(_LATIN.search(text[mention.start]) or text[mention.start].isdigit() for mention in found):
            return False
        counted = [word for word in words(text) if len(word.folded) >= SHORTEST_COUNTED]
        darija = [word for word in counted if any(m.start <= word.start < m.end for m in found)]
        french = [word for word in counted if word not in darija and word.folded in self._french]
        return len(french) > len(darija)


@dataclass(frozen=True, slots=True)
class _Entry:
    spellings: tuple[str, ...]
    meaning: Mapping[Language, str]


def _find(index: NameIndex, text: str) -> tuple[Mention, ...]:
    """The words of the lexicon in a text; the l of "l'appel" is French."""
    return tuple(mention for mention in index.find(text) if not text[mention.end :].startswith(_APOSTROPHES))


def _index(entries: Mapping[str, _Entry]) -> NameIndex:
    return NameIndex({name: entry.spellings for name, entry in entries.items()})


@functools.cache
def _lexicon() -> tuple[Mapping[str, _Entry], Mapping[str, _Entry]]:
    data = yaml.safe_load(Path(__file__).with_name("darija.yaml").read_text(encoding="utf-8"))
    return _entries(data["telling"]), _entries(data["common"])


def _entries(group: Mapping[str, str]) -> Mapping[str, _Entry]:
    entries: dict[str, _Entry] = {}
    for name, line in group.items():
        spellings, arabic, french = (part.strip() for part in line.split("|"))
        meaning = {Language.AR: arabic, Language.FR: french}
        entries[name] = _Entry(tuple(each.strip() for each in spellings.split(";")), meaning)
    return entries


@functools.cache
def lexicon_words() -> frozenset[str]:
    """Every folded word that the lexicon has a meaning for."""
    entries = (entry for group in _lexicon() for entry in group.values())
    return frozenset(word.folded for entry in entries for spelling in entry.spellings for word in words(spelling))
