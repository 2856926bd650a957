"""Recognises countries other than Morocco, so that a question about one is not answered with Morocco's number."""

from __future__ import annotations

import functools
from pathlib import Path

import yaml
from babel import Locale

from knowledge.language import Language
from knowledge.names import NameIndex

_DEMONYMS = Path(__file__).with_name("demonyms.yaml")
# Not countries to ask about, or homonyms of everyday words: la Réunion (a meeting), Maurice and Dominique
# (people), Mali (مالي also means financial), Morocco itself and Western Sahara.
_LEFT_OUT = {"MA", "EH", "RE", "MU", "DM", "EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"}
_LEFT_OUT_NAMES = {"مالي"}


@functools.cache
def country_index() -> NameIndex:
    """The countries' names in the three languages from the CLDR, with the demonyms we add."""
    names: dict[str, list[str]] = {}
    for language in Language:
        for code, name in Locale(language.value).territories.items():
            if len(code) == 2 and code.isalpha() and code not in _LEFT_OUT and name not in _LEFT_OUT_NAMES:
                names.setdefault(code, []).append(name)
    for code, words in yaml.safe_load(_DEMONYMS.read_text(encoding="utf-8")).items():
        names.setdefault(code, []).extend(words.split())
    return NameIndex({code: tuple(group) for code, group in names.items()})


def find_countries(text: str) -> frozenset[str]:
    """The ISO 3166 codes of the countries, Morocco excepted, that a text names."""
    return frozenset(mention.id for mention in country_index().find(text))
