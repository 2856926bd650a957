"""The language of a text, from the text alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language import UNSUPPORTED, Language, detect_language, parse_language


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("fr", Language.FR),
        ("fr-MA", Language.FR),
        ("AR", Language.AR),
        ("ar_MA", Language.AR),
        ("en-GB", Language.EN),
        ("de", None),
        ("fra", None),
        ("", None),
        (None, None),
        ("-", None),
    ],
)
def test_a_language_code_is_read_by_its_first_part(code: str | None, expected: Language | None) -> None:
    assert parse_language(code) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Combien de personnes travaillent dans l'offshoring au Maroc en 2024 ?", Language.FR),
        ("How many people worked in offshoring in Morocco at the end of 2024?", Language.EN),
        ("كم عدد العاملين في قطاع ترحيل الخدمات بالمغرب؟", Language.AR),
        ("كم", Language.AR),
        ("ما هو GITEX؟ ما الأهداف؟", Language.AR),
        ("Quel est le chiffre d'affaires ?", Language.FR),
        ("What is the turnover?", Language.EN),
        ("Wie viele Menschen arbeiten in Marokko in der Auslagerung von Dienstleistungen?", UNSUPPORTED),
        ("¿Cuántas personas trabajan en la externalización de servicios en Marruecos?", UNSUPPORTED),
    ],
)
def test_a_language_is_recognised(text: str, expected: Language | str) -> None:
    assert detect_language(text) == expected


@pytest.mark.parametrize("text", ["", "2030", "??? 🙂", "28 %", "٢٠٣٠"])
def test_a_text_without_letters_gives_no_sign(text: str) -> None:
    assert detect_language(text) is None


def test_a_latin_name_in_an_arabic_question_does_not_outweigh_it() -> None:
    assert detect_language("من هي Ghita Mezzour في الحكومة المغربية؟") is Language.AR


def test_an_arabic_name_in_a_french_question_does_not_outweigh_it() -> None:
    assert detect_language("Que veut dire exactement le mot ترحيل en français, s'il vous plaît ?") is Language.FR


def test_the_same_text_gets_the_same_language_every_time() -> None:
    """The library draws at random unless it is seeded before each call."""
    darija = "wach kayn chi khdma f offshoring f lmaghrib had l3am b dlkhir"
    assert len({detect_language(darija) for _ in range(60)}) == 1


@settings(max_examples=50)
@given(st.text(max_size=80))
def test_any_text_gets_a_language_or_none(text: str) -> None:
    assert detect_language(text) in {*Language, UNSUPPORTED, None}
