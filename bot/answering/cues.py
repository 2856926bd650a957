"""Recognises the words by which people say what they want."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.names import NameIndex

_FILE = Path(__file__).with_name("cues.yaml")


@dataclass(frozen=True, slots=True)
class Cues:
    """One matcher for each family of cues; `NameIndex.find` gives the cues that a text holds."""

    quantity: NameIndex
    intent: NameIndex
    relative: NameIndex
    small_talk: NameIndex
    filler: NameIndex


@functools.cache
def load_cues() -> Cues:
    """Read the cues that ship with Dalil."""
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return Cues(
        quantity=_matcher(data["quantity"]),
        intent=_matcher(data["intent"]),
        relative=_matcher(data["relative"]),
        small_talk=_matcher(data["small_talk"]),
        filler=_matcher({"filler": data["filler"]}),
    )


def _matcher(group: Mapping[str, str]) -> NameIndex:
    return NameIndex(
        {
            cue: tuple(phrase.strip() for language in phrases.split("|") for phrase in language.split(";"))
            for cue, phrases in group.items()
        }
    )
