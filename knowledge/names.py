"""Finds known names in a text: any spelling, any of the three languages, Arabic prepositions attached or not."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.model import Entity, Metric
from knowledge.text import Word, arabic_stems, fold, words

ARABIC_ARTICLE = "ال"
_SMALL_WORDS = (
    "d de du des l la le les à au aux en dans pour par sur un une "
    "the of in for a an to by at on from "
    "في من على ب ل "
    "maroc marocain marocaine marocains marocaines morocco moroccan s "
    "المغرب بالمغرب المغربي المغربية مغربي مغربية للمغرب"
)
BETWEEN_WORDS = frozenset(map(fold, _SMALL_WORDS.split()))
"""Folded words between those of a metric's name that change nothing: keywords leave them out, sentences put them in.
The country is the subject of the whole base."""
LONGEST_WITHOUT_PLURAL = 3

EVERYDAY_WORDS = frozenset(map(fold, ("add", "adds", "sales", "داخلة")))
"""Folded words that are no proper name unless in capitals: jobs that offshoring "adds" are not those of the agency ADD,
"sales" are not in Salé, and who is "in" something, in Arabic, is not in Dakhla."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text, with its offsets there."""

    id: str
    start: int
    end: int


class NameIndex:
    """Every name and alias of a set of entities or metrics, matched longest first."""

    def __init__(
        self, names: Mapping[str, tuple[str, ...]], skipped: frozenset[str] = frozenset(), *, proper: bool = False
    ) -> None:
        """Index names.

        Args:
            names: Id to its names, in any language.
            skipped: Folded words that do not count, in names nor between their words: with "of" and "the" among
                them, "exports of the offshoring sector" is found as "offshoring sector exports" is not.
            proper: Whether they are proper names, so that none of `EVERYDAY_WORDS` is one of them.
        """
        self._proper = proper
        self._owners: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._skipped = skipped
        for owner, group in names.items():
            for name in group:
                folded = [word.folded for word in words(name)]
                key = tuple(_stem(word) for word in folded if word not in skipped) or tuple(map(_stem, folded))
                if key and owner not in self._owners[key]:
                    self._owners[key].append(owner)
        self._longest = max((len(key) for key in self._owners), default=0)
        self._beginnings = {key[:length] for key in self._owners for length in range(len(key) + 1)}

    @classmethod
    def of(cls, group: Mapping[str, Metric] | Mapping[str, Entity], skipped: frozenset[str] = frozenset()) -> NameIndex:
        """Index the names and aliases of metrics or entities."""
        proper = all(isinstance(item, Entity) for item in group.values())
        return cls({identifier: item.all_names for identifier, item in group.items()}, skipped, proper=proper)

    def claimed_by_several(self) -> dict[str, tuple[str, ...]]:
        """Names that stand for more than one id."""
        return {" ".join(key): tuple(owners) for key, owners in self._owners.items() if len(owners) > 1}

    def find(self, text: str) -> tuple[Mention, ...]:
        """Find known names; of overlapping ones, the one that starts first and is longest."""
        tokens = tuple((word, variants) for word, variants in _read(text) if word.folded not in self._skipped)
        found: list[Mention] = []
        position = 0
        while position < len(tokens):
            owners, length = self._longest_from(
                [variants for _, variants in tokens[position : position + self._longest]]
            )
            if owners:
                start, end = tokens[position][0].start, tokens[position + length - 1][0].end
                if not self._is_everyday(text[start:end]):
                    found += [Mention(owner, start, end) for owner in owners]
            position += max(length, 1)
        return tuple(found)

    def _is_everyday(self, written: str) -> bool:
        return self._proper and not written.isupper() and fold(written) in EVERYDAY_WORDS

    def _longest_from(self, variants: Sequence[tuple[str, ...]]) -> tuple[list[str], int]:
        """Whose name begins the words, and how many words the longest one has; no one, and 0, if none does."""
        keys: list[tuple[str, ...]] = [()]
        best: tuple[list[str], int] = ([], 0)
        for length, options in enumerate(variants, start=1):
            # Only what begins a name is followed: all combinations would take seconds.
            keys = [longer for key in keys for option in options if (longer := (*key, option)) in self._beginnings]
            if not keys:
                break
            best = next(((self._owners[key], length) for key in keys if key in self._owners), best)
        return best


@functools.lru_cache(maxsize=64)
def _read(text: str) -> tuple[tuple[Word, tuple[str, ...]], ...]:
    """The words of a text with all that each may be matched by; one text is searched for many kinds of names."""
    return tuple(
        (word, tuple(dict.fromkeys((word.folded, _stem(word.folded), *arabic_stems(word.folded)))))
        for word in words(text)
    )


def _stem(word: str) -> str:
    """Drop an Arabic article, or the s of a French or English plural, so that both numbers match."""
    if word.startswith(ARABIC_ARTICLE) and len(word) > len(ARABIC_ARTICLE) + 2:
        return word.removeprefix(ARABIC_ARTICLE)
    if (
        len(word) > LONGEST_WITHOUT_PLURAL
        and word.endswith("s")
        and word.isascii()
        and word.isalpha()
        and not word.endswith("ss")
    ):
        return word[:-1]
    return word
