"""Names across scripts: the consonants that an Arabic and a Latin spelling of one name share.

Arabic writes few vowels and has letters for sounds that Latin spellings merge, so both are reduced to classes of
consonants: ``بانثرز`` and ``Panthers`` become ``bntrs``. Short skeletons agree by chance and are left out.
"""

from __future__ import annotations

import functools
import re

from pyarabic import araby

SHORTEST = 4
"""Consonants in a skeleton; three found no more on xquad-dev, and Arabic roots collide. Record 8."""

_ARABIC = {
    **dict.fromkeys("اأإآوىيءؤئةعه", ""),
    **dict.fromkeys("بپ", "b"),
    **dict.fromkeys("تطث", "t"),
    **dict.fromkeys("جچغگ", "g"),
    **dict.fromkeys("حخ", "h"),
    **dict.fromkeys("دضذ", "d"),
    "ر": "r",
    **dict.fromkeys("زسصشظ", "s"),
    **dict.fromkeys("فڤ", "f"),
    **dict.fromkeys("قك", "k"),
    "ل": "l",
    "م": "m",
    "ن": "n",
}
# Longer spellings first: each is one sound.
_SOUNDS = (
    ("tsch", "s"), ("sch", "s"), ("tion", "sn"), ("ph", "f"), ("th", "t"), ("sh", "s"), ("ch", "s"), ("kh", "h"),
    ("gh", "g"), ("ck", "k"), ("ce", "se"), ("ci", "si"), ("cy", "sy"), ("qu", "k"), ("x", "ks"),
)  # fmt: skip
_LATIN = {
    **dict.fromkeys("bp", "b"),
    **dict.fromkeys("ckq", "k"),
    **dict.fromkeys("fv", "f"),
    **dict.fromkeys("gj", "g"),
    **dict.fromkeys("sz", "s"),
    **{letter: letter for letter in "dtrlmn"},
}
_DOUBLED = re.compile(r"(.)\1+")


def is_arabic(word: str) -> bool:
    """Whether a word is written in Arabic letters."""
    return bool(word) and bool(araby.is_arabicrange(word[0]))


@functools.lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """The consonant classes of a folded word, or nothing where they are fewer than `SHORTEST`."""
    if is_arabic(word):
        consonants = "".join(_ARABIC.get(letter, "") for letter in word)
    else:
        for spelling, sound in _SOUNDS:
            word = word.replace(spelling, sound)
        consonants = "".join(_LATIN.get(letter, "") for letter in word)
    consonants = _DOUBLED.sub(r"\1", consonants)
    return consonants if len(consonants) >= SHORTEST else ""
