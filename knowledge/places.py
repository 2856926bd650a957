"""Recognises places, so that a question about one is not answered with another's number.

Countries come from the CLDR, with the adjectives that we add; cities are Morocco's. Morocco itself is the subject of
everything and no place here.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

import yaml
from babel import Locale

from knowledge.language import Language
from knowledge.names import Mention, NameIndex
from knowledge.periods import BABEL_LOCALES

_FOLDER = Path(__file__).parent
# Not countries to ask about, or homonyms of everyday words: la Réunion (a meeting), Maurice and Dominique
# (people), Mali (مالي also means financial), Morocco itself and Western Sahara.
_LEFT_OUT = {"MA", "EH", "RE", "MU", "DM", "EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"}
_LEFT_OUT_NAMES = {"مالي"}
# Currencies carry a country's name without being about it.
_CURRENCY = re.compile(
    r"dollars?\s+(?:des\s+)?(?:américains?|us|états-unis)|(?:us|american)\s+dollars?|دولار(?:ات|ا)?\s+(?:ال)?[أا]مريكي(?:ة)?|"
    r"بالدولار\s+الأمريكي",
    re.IGNORECASE,
)


@functools.cache
def _countries() -> NameIndex:
    names: dict[str, list[str]] = {}
    for language in Language:
        for code, name in Locale(language.value).territories.items():
            if len(code) == 2 and code.isalpha() and code not in _LEFT_OUT and name not in _LEFT_OUT_NAMES:  # noqa: PLR2004 - ISO 3166 alpha-2
                names.setdefault(code, []).append(name)
    for code, adjectives in _read("demonyms.yaml").items():
        names.setdefault(code, []).extend(adjectives.split())
    return NameIndex({code: tuple(group) for code, group in names.items()})


@functools.cache
def _cities() -> NameIndex:
    names = {city: tuple(re.split(r"\s*[|,]\s*", written)) for city, written in _read("cities.yaml").items()}
    return NameIndex(names, proper=True)


def find_countries(text: str) -> frozenset[str]:
    """The ISO 3166 codes of the countries, Morocco excepted, that a text names."""
    return frozenset(mention.id for mention in _countries().find(_CURRENCY.sub(" ", text)))


def find_place_mentions(text: str) -> tuple[Mention, ...]:
    """The countries and Moroccan cities that a text names, with their offsets, in the order they stand."""
    found = [*_countries().find(text), *_cities().find(text)]
    return tuple(sorted(found, key=lambda mention: mention.start))


def find_cities(text: str) -> frozenset[str]:
    """The ids in ``cities.yaml`` of the Moroccan cities that a text names."""
    return frozenset(mention.id for mention in _cities().find(text))


def place_name(place: str, language: Language) -> str:
    """A country's or city's name for a reader.

    Args:
        place: What `find_countries` or `find_cities` gave.
        language: The reader's.
    """
    country = Locale.parse(BABEL_LOCALES[language]).territories.get(place)
    if country is not None:
        return str(country)
    latin, arabic = (group.split(",")[0].strip() for group in _read("cities.yaml")[place].split("|"))
    return arabic if language is Language.AR else latin


@functools.cache
def _read(name: str) -> dict[str, str]:
    data: dict[str, str] = yaml.safe_load((_FOLDER / name).read_text(encoding="utf-8"))
    return data
