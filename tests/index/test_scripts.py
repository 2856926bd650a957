"""One name, two scripts, the same consonants."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.scripts import SHORTEST, is_arabic, skeleton
from knowledge.text import fold


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Panthers", "بانثرز"),
        ("Marrakech", "مراكش"),
        ("Casablanca", "كازابلانكا"),
        ("Luther", "لوثر"),
        ("Britannica", "بريتانيكا"),
    ],
)
def test_a_name_has_one_skeleton_in_both_scripts_or_is_too_short_for_one(latin: str, arabic: str) -> None:
    assert skeleton(fold(latin)) == skeleton(fold(arabic))


@pytest.mark.parametrize(("latin", "arabic"), [("Casablanca", "مراكش"), ("Panthers", "كازابلانكا")])
def test_different_names_have_different_skeletons(latin: str, arabic: str) -> None:
    assert skeleton(fold(latin)) != skeleton(fold(arabic))


@pytest.mark.parametrize("word", ["", "a", "bus", "paris", "كتب", "9001"])
def test_a_short_word_has_none(word: str) -> None:
    assert skeleton(word) == ""


def test_the_script_of_a_word_is_that_of_its_first_letter() -> None:
    assert is_arabic("مراكش")
    assert not is_arabic("marrakech")
    assert not is_arabic("")


@given(st.text(max_size=30))
def test_any_word_gives_consonants_or_nothing(word: str) -> None:
    found = skeleton(word)
    assert found == "" or (len(found) >= SHORTEST and set(found) <= set("btgdhrsfklmn"))
