"""Recognises the words by which people say what they want."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.language import Language
from knowledge.names import Mention, NameIndex
from knowledge.text import fold, words

_ORDER = (Language.FR, Language.EN, Language.AR)
"""The order of the languages in ``cues.yaml``."""

START_MARK = "^"
NO_CUE = "none"
"""A family's phrases that look like cues and are none; they are found, so that no shorter cue is, and dropped."""


class CueIndex:
    """Finds the cues of one family in a text."""

    def __init__(self, cues: Mapping[str, tuple[str, ...]]) -> None:
        """Index phrases; one that starts with `START_MARK` counts only at the start of a text."""
        self._anywhere = NameIndex(
            {cue: tuple(p for p in phrases if not p.startswith(START_MARK)) for cue, phrases in cues.items()}
        )
        self._at_start = NameIndex(
            {cue: tuple(p for p in phrases if p.startswith(START_MARK)) for cue, phrases in cues.items()}
        )

    def find(self, text: str) -> tuple[Mention, ...]:
        """The cues in a text, in the order they stand."""
        anywhere = [mention for mention in self._anywhere.find(text) if mention.id != NO_CUE]
        taken = {mention.start for mention in anywhere}
        at_start = [m for m in self._at_start.find(text) if not words(text[: m.start]) and m.start not in taken]
        return tuple(sorted([*anywhere, *at_start], key=lambda mention: mention.start))


@dataclass(frozen=True, slots=True)
class Cues:
    """One matcher for each family of cues."""

    quantity: CueIndex
    intent: CueIndex
    relative: CueIndex
    open_time: CueIndex
    year_words: frozenset[str]
    """Folded words that may stand between a cue of an open time and its year, beside the next two."""
    year_ends: frozenset[str]
    year_beginnings: frozenset[str]
    year_parts: frozenset[str]
    """Folded words right before a year by which a part of it is named."""
    years_long: CueIndex
    small_talk: CueIndex
    filler: CueIndex
    post: CueIndex
    role: CueIndex
    reason_given: CueIndex
    exclusion: CueIndex
    constraints: CueIndex
    strict: frozenset[str]
    """Constraints that a passage must meet to answer at all."""
    connective: CueIndex
    anaphora: CueIndex
    same_time: CueIndex
    subject: CueIndex
    subject_names: Mapping[str, Mapping[Language, str]]
    """What each subject is called in a completed question."""
    no_conjunction: frozenset[str]
    """Folded Arabic words that begin with the letter of "and" without meaning it."""
    particle: CueIndex
    uncounted: frozenset[str]
    """Folded words of "how many" and the like that do not say of what."""
    about_answer: CueIndex
    ordinal: CueIndex


@functools.cache
def load_cues() -> Cues:
    """Read the cues and constraints that ship with Dalil."""
    data, constraints = _read("cues.yaml"), _read("constraints.yaml")
    return Cues(
        quantity=_matcher(data["quantity"], ";"),
        intent=_matcher(data["intent"], ";"),
        relative=_matcher(data["relative"], ";"),
        open_time=_matcher(data["open_time"], ";"),
        year_words=frozenset(word.folded for word in words(data["year_words"])),
        year_ends=frozenset(word.folded for word in words(data["year_ends"])),
        year_beginnings=frozenset(word.folded for word in words(data["year_beginnings"])),
        year_parts=frozenset(word.folded for word in words(data["year_parts"])),
        years_long=_matcher({"years": data["years_long"]}, ";"),
        small_talk=_matcher(data["small_talk"], ";"),
        filler=_matcher({"filler": data["filler"]}, ";"),
        post=_matcher({"post": data["post"]}, ";"),
        role=_matcher({"role": data["role"]}, ";"),
        reason_given=_matcher({"reason": data["reason_given"]}, ";"),
        exclusion=_matcher({"exclusion": data["exclusion"]}, ";"),
        constraints=_matcher({**constraints["strict"], **constraints["weighed"]}, ","),
        strict=frozenset(constraints["strict"]),
        connective=_matcher({"connective": data["connective"]}, ";"),
        anaphora=_matcher(data["anaphora"], ";"),
        same_time=_matcher(data["same_time"], ";"),
        subject=_matcher(data["subject"], ";"),
        subject_names={subject: _first_phrases(phrases) for subject, phrases in data["subject"].items()},
        no_conjunction=frozenset(fold(word.strip()) for word in data["no_conjunction"].split(";")),
        particle=_matcher({"particle": data["particle"]}, ";"),
        uncounted=frozenset(word.folded for word in words(data["uncounted"])),
        about_answer=_matcher(data["about_answer"], ";"),
        ordinal=_matcher({str(n): phrases for n, phrases in data["ordinal"].items()}, ";"),
    )


@functools.cache
def cue_texts(language: Language) -> tuple[str, ...]:
    """The small talk and filler of one language, from which short messages are recognised."""
    data = _read("cues.yaml")
    families = (*data["small_talk"].values(), data["filler"])
    return tuple(family.split("|")[_ORDER.index(language)] for family in families)


def _first_phrases(phrases: str) -> Mapping[Language, str]:
    """The first phrase of each language."""
    return {
        language: phrases.split("|")[place].split(";", maxsplit=1)[0].strip() for place, language in enumerate(_ORDER)
    }


def _read(name: str) -> Any:
    return yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def _matcher(group: Mapping[str, str], separator: str) -> CueIndex:
    return CueIndex(
        {
            cue: tuple(phrase.strip() for language in phrases.split("|") for phrase in language.split(separator))
            for cue, phrases in group.items()
        }
    )
