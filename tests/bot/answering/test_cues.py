"""Cues: words by which people say what they want, found whatever their spelling and in the right place only."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

import bot.answering.cues
from bot.answering.cues import CueIndex, Cues, cue_texts, load_cues
from knowledge.language import Language

FOLDER = Path(bot.answering.cues.__file__).parent
FAMILIES = tuple(each.name for each in fields(Cues) if isinstance(getattr(load_cues(), each.name), CueIndex))


def found(index: CueIndex, text: str) -> list[str]:
    return [mention.id for mention in index.find(text)]


@pytest.mark.parametrize("text", ["when was it", "When was it?", "« When was it", "  — when"])
def test_a_marked_phrase_counts_at_the_start_whatever_stands_before_the_first_word(text: str) -> None:
    assert found(CueIndex({"date": ("^when",)}), text) == ["date"]


@pytest.mark.parametrize("text", ["it grew when", "and when was it", "2019 when", "whenever"])
def test_a_marked_phrase_counts_nowhere_else(text: str) -> None:
    assert found(CueIndex({"date": ("^when",)}), text) == []


def test_a_phrase_without_the_mark_counts_anywhere() -> None:
    assert found(CueIndex({"date": ("what year",)}), "and what year was it") == ["date"]


def test_cues_come_in_the_order_they_stand_marked_or_not() -> None:
    index = CueIndex({"rank": ("rank",), "person": ("^who",), "share": ("rate",)})
    assert found(index, "who has the rate and the rank") == ["person", "share", "rank"]


def test_a_phrase_without_the_mark_wins_over_a_marked_one_at_the_same_place() -> None:
    assert found(CueIndex({"person": ("^who",), "place": ("who lives where",)}), "who lives where") == ["place"]


def test_of_overlapping_cues_the_longest_is_found() -> None:
    assert found(CueIndex({"number": ("how much",), "amount": ("how much money",)}), "how much money") == ["amount"]


def test_a_phrase_that_only_looks_like_a_cue_hides_the_cue_within_it() -> None:
    index = CueIndex({"none": ("at any rate",), "share": ("rate",)})
    assert found(index, "at any rate, the rate") == ["share"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("À QUELLE DATE", ["date"], id="capitals and accents"),
        pytest.param("a quelle date", ["date"], id="accents left out"),
        pytest.param("بنسبة", ["share"], id="Arabic preposition attached"),
        pytest.param("مَتَى", ["date"], id="Arabic vowels"),
        pytest.param("بالنسبة للمغرب", [], id="concerning, which holds the word for rate"),
        pytest.param("combien d’emplois", ["count"], id="typographic apostrophe"),
    ],
)
def test_spelling_does_not_matter_to_the_shipped_cues(text: str, expected: list[str]) -> None:
    assert found(load_cues().quantity, text) == expected


@pytest.mark.parametrize("family", FAMILIES)
def test_a_shipped_phrase_belongs_to_one_cue_of_its_family(family: str) -> None:
    index: CueIndex = getattr(load_cues(), family)
    assert index._anywhere.claimed_by_several() == {}
    assert index._at_start.claimed_by_several() == {}


# What only Arabic needs: words that begin with the letter of "and".
OF_ONE_LANGUAGE = {"no_conjunction"}


def phrase_groups() -> dict[str, str]:
    cues: dict[str, Any] = yaml.safe_load((FOLDER / "cues.yaml").read_text(encoding="utf-8"))
    constraints: dict[str, dict[str, str]] = yaml.safe_load((FOLDER / "constraints.yaml").read_text(encoding="utf-8"))
    groups = {f"{kind}.{name}": phrases for kind, group in constraints.items() for name, phrases in group.items()}
    for family, content in cues.items():
        if family in OF_ONE_LANGUAGE:
            continue
        members = {family: content} if isinstance(content, str) else content
        groups |= {f"{family}.{name}": phrases for name, phrases in members.items() if name != "none"}
    return groups


@pytest.mark.parametrize("group", phrase_groups())
def test_every_shipped_cue_has_phrases_in_three_languages(group: str) -> None:
    languages = phrase_groups()[group].split("|")
    assert len(languages) == len(Language)
    assert all(language.strip() for language in languages)
    arabic = languages[2]
    assert any("\u0600" <= letter <= "\u06ff" for letter in arabic), f"the third group is Arabic: {arabic}"


@pytest.mark.parametrize(
    ("language", "word"), [(Language.FR, "bonjour"), (Language.EN, "good morning"), (Language.AR, "مرحبا")]
)
def test_cue_texts_are_those_of_one_language(language: Language, word: str) -> None:
    assert any(word in text for text in cue_texts(language))
    assert not any(word in text for other in Language if other is not language for text in cue_texts(other))
