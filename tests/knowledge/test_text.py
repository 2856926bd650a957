"""Folding and cutting of text into words."""

from __future__ import annotations

import itertools
import unicodedata
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.text import arabic_stems, fold, western_digits, words

# Letters, marks and signs of the scripts that we read, where the properties could break.
SCRIPTS = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("éÉèçœßİıﬁ’ʼ'`ـًٌٍَُِّْٰآأإٱاىيئؤءةهﻻﷺ٠٩۰۹.,٫٬ \u0301\u0327\u0654"),
    ),
    max_size=20,
)


@given(SCRIPTS)
@example("Ａ\u0345")
@example("و\u0640\u0654")
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(SCRIPTS, st.sampled_from(["NFC", "NFD"]))
def test_folding_does_not_depend_on_how_accents_are_composed(text: str, form: Literal["NFC", "NFD"]) -> None:
    assert fold(unicodedata.normalize(form, text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Élan", "elan", id="case and accent"),
        pytest.param("e\u0301lan", "élan", id="accent typed apart"),
        pytest.param("l’export", "l'export", id="curly apostrophe"),
        pytest.param("STRASSE", "straße", id="sharp s"),
        pytest.param("ﬁn", "fin", id="ligature"),
        pytest.param("２０２４", "2024", id="full-width digits"),
        pytest.param("٢٠٢٤", "2024", id="Arabic-Indic digits"),
        pytest.param("۲۰۲۴", "2024", id="Persian digits"),
        pytest.param("مُحَمَّد", "محمد", id="vowels"),
        pytest.param("تصـــدير", "تصدير", id="tatweel"),
        pytest.param("إلى", "الي", id="hamza below alef, alef maqsura"),
        pytest.param("آسفي", "اسفي", id="madda"),
        pytest.param("أسفي", "ٱسفي", id="hamza above alef, wasla"),
        pytest.param("وزارة", "وزاره", id="ta marbuta"),
        pytest.param("مسؤول", "مسوول", id="hamza on waw"),
        pytest.param("عائدات", "عايدات", id="hamza on ya"),
        pytest.param("ﻻ", "لا", id="presentation form"),
    ],
)
def test_spellings_that_a_reader_takes_as_the_same_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("jobs", "job"), ("قطر", "قطار"), ("12", "21"), ("Fès", "feus")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_western_digits_keep_every_offset(text: str) -> None:
    western = western_digits(text)
    assert len(western) == len(text)
    assert not set("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹") & set(western)


@given(SCRIPTS)
def test_words_stand_where_their_offsets_say_in_order_and_apart(text: str) -> None:
    found = words(text)
    assert [word.folded for word in found] == [fold(text[word.start : word.end]) for word in found]
    assert all(word.folded for word in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@given(SCRIPTS)
def test_no_letter_or_digit_is_outside_every_word(text: str) -> None:
    inside = {place for word in words(text) for place in range(word.start, word.end)}
    outside = [character for place, character in enumerate(text) if place not in inside]
    assert not [character for character in outside if character.isalnum() and fold(character)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'offshoring, en 2024 !", ["l", "offshoring", "en", "2024"]),
        ("26,2 milliards", ["26,2", "milliards"]),
        ("148.500 emplois.", ["148.500", "emplois"]),
        ("٢٦٫٢ مليار", ["26٫2", "مليار"]),
        ("mot_clé", ["mot", "cle"]),
        ("بلغت 26,2 مليار", ["بلغت", "26,2", "مليار"]),
        ("", []),
        ("!?… 😀", []),
    ],
)
def test_words_keep_numbers_with_their_separators(text: str, expected: list[str]) -> None:
    assert [word.folded for word in words(text)] == expected


@pytest.mark.parametrize("text", ["مُحَمَّد", "de\u0301veloppement", "تـصـديـر", "ﻹسناد"])
def test_a_word_with_marks_on_its_letters_stays_one_word(text: str) -> None:
    assert [(word.start, word.end) for word in words(text)] == [(0, len(text))]


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("الوزاره", "وزاره"),
        ("بالمغرب", "مغرب"),
        ("والصادرات", "صادرات"),
        ("وصادرات", "صادرات"),
        ("للاستثمار", "استثمار"),
        ("كالتكوين", "تكوين"),
        ("لتنميه", "تنميه"),
    ],
)
def test_an_arabic_word_is_found_below_its_proclitic(word: str, stem: str) -> None:
    assert stem in arabic_stems(word)


@given(st.text(alphabet="والبفكلمنتسره", max_size=10))
def test_stems_begin_with_the_word_itself_and_are_endings_of_it_of_three_letters_or_more(word: str) -> None:
    first, *rest = arabic_stems(word)
    assert first == word
    assert all(word.endswith(stem) and 3 <= len(stem) < len(word) for stem in rest)
    assert len(set(rest)) == len(rest)


@pytest.mark.parametrize("word", ["offshoring", "2024", "", "ولد"])
def test_other_scripts_and_short_words_have_no_further_stem(word: str) -> None:
    assert arabic_stems(word) == (word,)
