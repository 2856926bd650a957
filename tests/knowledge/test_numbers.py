"""Numbers as people write them: every style of the three languages gives the same value."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge.numbers import SMALL_NUMBER_WORDS, find_numbers
from knowledge.text import fold

ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
DIGITS = st.sampled_from([{}, ARABIC_DIGITS, PERSIAN_DIGITS])
SPACES = [" ", "\u00a0", "\u202f", "\u2009"]
GROUPINGS = st.sampled_from(["", *SPACES, ",", ".", "٬"])
# Groups and decimals of one number never share a separator.
STYLES = st.sampled_from(
    [(group, mark) for group in ["", *SPACES, ",", ".", "٬"] for mark in [",", ".", "٫"] if group != mark]
)
AROUND = st.sampled_from(
    [("", ""), ("près de ", " emplois"), ("بلغ ", " منصب شغل"), ("nearly ", " jobs."), ("(", "),"), ("بـ", "؟")]
)
MAGNITUDES = {
    10**3: ["mille", "thousand", "ألف", "آلاف"],
    10**6: ["million", "millions", "mn", "مليون", "ملايين"],
    10**9: ["milliard", "milliards", "billion", "Mds", "bn", "مليار", "مليارات", "ملايير"],
}


def grouped(whole: int, separator: str) -> str:
    return f"{whole:,}".replace(",", separator)


def values(text: str) -> list[Decimal]:
    return [number.value for number in find_numbers(text)]


@given(st.integers(0, 10**13), GROUPINGS, DIGITS, AROUND)
def test_a_whole_number_has_its_value_in_every_grouping(
    whole: int, separator: str, digits: dict[int, int], around: tuple[str, str]
) -> None:
    written = grouped(whole, separator).translate(digits)
    text = written.join(around)
    (number,) = find_numbers(text)
    assert number.value == whole
    assert text[number.start : number.end] == written


@given(st.integers(0, 10**9), st.text("0123456789", min_size=1, max_size=6), STYLES, DIGITS, AROUND)
def test_a_decimal_number_has_its_value_in_every_style(
    whole: int, decimals: str, style: tuple[str, str], digits: dict[int, int], around: tuple[str, str]
) -> None:
    group, mark = style
    # "148.500" alone is a grouped number: the one reading that has to be chosen.
    assume(mark == "٫" or len(decimals) != 3 or whole == 0 or whole > 999)
    written = f"{grouped(whole, group)}{mark}{decimals}".translate(digits)
    text = written.join(around)
    (number,) = find_numbers(text)
    assert number.value == Decimal(f"{whole}.{decimals}")
    assert text[number.start : number.end] == written


@given(
    st.integers(0, 999),
    st.text("0123456789", max_size=3),
    st.sampled_from([",", ".", "٫"]),
    st.sampled_from(
        [(factor, space + word) for factor, words in MAGNITUDES.items() for word in words for space in SPACES]
    ),
    DIGITS,
)
def test_a_magnitude_word_multiplies(
    whole: int, decimals: str, mark: str, magnitude: tuple[int, str], digits: dict[int, int]
) -> None:
    factor, word = magnitude
    written = (f"{whole}{mark}{decimals}" if decimals else f"{whole}").translate(digits) + word
    text = f"soit {written} de plus"
    (number,) = find_numbers(text)
    assert number.value == Decimal(f"{whole}.{decimals or 0}") * factor
    assert text[number.start : number.end] == written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("148 500", 148_500),
        ("148,500", 148_500),
        ("148.500", 148_500),
        ("0.668", Decimal("0.668")),
        ("0,668", Decimal("0.668")),
        ("3٫125", Decimal("3.125")),
        ("1.234.567,89", Decimal("1234567.89")),
        ("1,234,567.891", Decimal("1234567.891")),
        ("1 500 millions", 1_500_000_000),
        ("26.219 billion", 26_219_000_000),
        ("17,9 milliards", 17_900_000_000),
        ("40Mds", 40_000_000_000),
        ("٢٦٫٢ مليار", 26_200_000_000),
    ],
)
def test_known_spellings(text: str, expected: Decimal | int) -> None:
    assert values(text) == [expected]


@pytest.mark.parametrize(
    "text", ["5G", "la 5G.", "H24info", "225Tech", "4K", "B2B", "Web3", "10x", "trois", "", "°,.", "v2"]
)
def test_digits_in_a_name_are_no_number(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize("text", ["225Tech", "H24info"])
def test_a_name_with_digits_does_not_hide_the_number_beside_it(text: str) -> None:
    assert values(f"{text} : 40 emplois selon {text}") == [40]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("en 2014, 2016 et 2018.", [2014, 2016, 2018]),
        ("de 14 à 20", [14, 20]),
        ("rang 28 12 places", [28, 12]),
        ("le 14 janvier 2022 120 000 emplois", [14, 2022, 120_000]),
        ("2014-2018", [2014, 2018]),
        ("بين 2014 و2018", [2014, 2018]),
        ("الرتبة28 عالميا", [28]),
    ],
)
def test_several_numbers_are_found_in_order(text: str, expected: list[int]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "20%",
        "20 %",
        "20\u202f%",
        "٢٠٪",
        "20 pour cent",
        "20 percent",
        "20 per cent",
        "20 في المائة",
        "20 في المئة",
        "20 في المية",
        "20 بالمائة",
        "20 بالمئة",
    ],
)
def test_a_percent_sign_or_word_is_seen_and_does_not_change_the_value(text: str) -> None:
    (number,) = find_numbers(f"soit {text} de plus")
    assert number.value == 20
    assert number.percent


@pytest.mark.parametrize("text", ["20 pourtant", "20 points", "20 في المغرب", "20 بالمغرب"])
def test_another_word_behind_a_number_is_no_percent(text: str) -> None:
    assert [number.percent for number in find_numbers(text)] == [False]


@pytest.mark.parametrize("text", ["1er", "28e", "28ème", "2nd", "28th", "3rd"])
def test_an_ordinal_ending_belongs_to_its_number(text: str) -> None:
    (number,) = find_numbers(f"le {text} rang")
    assert number.value == int("".join(filter(str.isdigit, text)))
    assert (number.start, number.end) == (3, 3 + len(text))


@given(st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("0123456789٠١٫٬.,% \u202fأeر")), max_size=30))
def test_any_text_is_read_and_each_number_starts_at_a_digit(text: str) -> None:
    found = find_numbers(text)
    assert all(text[number.start].isdigit() for number in found)
    assert all(number.value >= 0 for number in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("word", "expected"),
    [("deuxième", 2), ("second", 2), ("first", 1), ("ثانية", 2), ("خمسة", 5), ("twelve", 12), ("dix", 10)],
)
def test_small_number_words_have_their_value(word: str, expected: int) -> None:
    assert SMALL_NUMBER_WORDS[fold(word)] == expected
