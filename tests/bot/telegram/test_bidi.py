"""Foreign runs are isolated, whatever a text holds, and nothing else about it changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.bidi import isolate, isolate_runs, line_mark, strip_controls
from knowledge.language import Language
from telegram_api.html import ParsedText, as_stored, recognised

# Letters of both directions, digits, and everything that the rules look at.
TEXTS = (
    st.text("ابدعي وة،؛؟٪٢ abzÉ 0123456789 .,:/-–+%$€()[]«»“”\"'·•|@#\n\u00a0\u0301\u064e\u2067\u200f\u202b😀")
    | st.text()
)


def visible(text: str) -> str:
    """The controls as something to be read."""
    return text.translate({0x2068: "⟨", 0x2069: "⟩", 0x200F: "←", 0x200E: "→"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أنشأ معرض GITEX Africa 2024 فرصا", "أنشأ معرض ⟨GITEX Africa 2024⟩ فرصا"),
        ("حوالي 240 000 منصب", "حوالي ⟨240 000⟩ منصب"),
        ("بقيمة 17,9 MMDH سنويا", "بقيمة ⟨17,9 MMDH⟩ سنويا"),
        ("نمو +15 % ثم -3,5% و٪", "نمو ⟨+15 %⟩ ثم ⟨-3,5%⟩ و٪"),
        ("من 2018-2024 إلى 2024-05-14", "من ⟨2018-2024⟩ إلى ⟨2024-05-14⟩"),
        ("في 14 ماي 2024 [1][2].", "في ⟨14⟩ ماي ⟨2024⟩ ⟨[1]⟩⟨[2]⟩."),
        ("سنة ٢٠٣٠ 😀", "سنة ⟨٢٠٣٠⟩ 😀"),
        ("شركات IBM، CDG، C++ (SA)، و5G", "شركات ⟨IBM⟩، ⟨CDG⟩، ⟨C++ (SA)⟩، و⟨5G⟩"),
        ("الرابط https://h24info.ma/a?b=1,5. انتهى", "الرابط ⟨https://h24info.ma/a?b=1,5⟩. انتهى"),
        ("المساعدة: /sources أو @dalil", "المساعدة: ⟨/sources⟩ أو ⟨@dalil⟩"),
        ("عنوانه «17,9 milliards pour la région» هنا", "عنوانه «⟨17,9 milliards pour la région⟩» هنا"),
        ("عنوانه «Le mot دليل et 2030» هنا", "عنوانه «⟨Le mot ⟨دليل⟩ et 2030⟩» هنا"),
        ("قال «نعم لبرنامج CDG» ثم", "قال «نعم لبرنامج ⟨CDG⟩» ثم"),
        ("H24info · مقال", "←⟨H24info⟩ · مقال"),
        ("سطر\n[1] H24info\n\nسطر", "سطر\n←⟨[1]⟩ ⟨H24info⟩\n\nسطر"),
        ("2030", "←⟨2030⟩"),
        ("لا شيء", "لا شيء"),
    ],
)
def test_an_arabic_reply_isolates_what_is_read_from_the_left(text: str, expected: str) -> None:
    assert visible(isolate(text, Language.AR)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le mot دليل veut dire", "le mot ⟨دليل⟩ veut dire"),
        ("« الخطة الرقمية 2030 CDG » [1]", "→«⟨ الخطة الرقمية ⟨2030⟩ ⟨CDG⟩ ⟩» [1]"),
        ("17,9 MMDH (+15 %) en 2024 [1]", "17,9 MMDH (+15 %) en 2024 [1]"),
    ],
)
def test_a_reply_from_left_to_right_isolates_arabic(text: str, expected: str) -> None:
    assert visible(isolate(text, Language.FR)) == expected


@given(TEXTS, st.sampled_from(Language))
def test_isolating_twice_is_isolating_once(text: str, language: Language) -> None:
    once = isolate(text, language)
    assert isolate(once, language) == once


@given(TEXTS, st.sampled_from(Language))
def test_without_its_controls_the_text_is_as_before(text: str, language: Language) -> None:
    assert strip_controls(isolate(text, language)) == strip_controls(text)


@given(TEXTS, st.sampled_from(Language))
def test_isolates_are_balanced_in_every_line(text: str, language: Language) -> None:
    for line in isolate(text, language).split("\n"):
        depth = 0
        for character in line:
            depth += (character == "\u2068") - (character == "\u2069")
            assert depth >= 0
        assert depth == 0


@given(TEXTS)
def test_no_digit_nor_latin_letter_stands_bare_in_an_arabic_line(text: str) -> None:
    for line in isolate(text, Language.AR).split("\n"):
        depth = 0
        for character in line:
            depth += (character == "\u2068") - (character == "\u2069")
            assert depth > 0 or not (character.isascii() and character.isalnum())


@given(TEXTS, st.sampled_from(Language))
def test_telegram_keeps_the_controls(text: str, language: Language) -> None:
    line = isolate(text.replace("\n", " ").strip(), language)
    kept = as_stored(ParsedText(line)).text
    assert [c for c in kept if c in "\u2068\u2069\u200e\u200f"] == [c for c in line if c in "\u2068\u2069\u200e\u200f"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("أمر /sources هنا", "bot_command"), ("هنا https://h24info.ma/x نعم", "url"), ("عند @dalil_bot نعم", "mention")],
)
def test_telegram_still_recognises_what_is_isolated(text: str, kind: str) -> None:
    isolated = isolate(text, Language.AR)
    (entity,) = recognised(isolated)
    (before,) = recognised(text)
    assert entity.type == before.type == kind
    assert ParsedText(isolated).covered_by(entity) == ParsedText(text).covered_by(before)


def test_a_blank_line_gets_no_mark() -> None:
    assert line_mark("  ", Language.AR) == ""


def test_text_within_a_line_gets_no_mark() -> None:
    assert visible(isolate_runs("H24info", Language.AR)) == "⟨H24info⟩"


def test_long_texts_take_no_long_time() -> None:
    for unit in ("a", "ا a ", "( a", "1 ", "«a ا", "a😀😀", "12.", "«"):
        isolate(unit * 20_000, Language.AR)
