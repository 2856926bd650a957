"""Numbers as people write them in French, Arabic and English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_decimal

from knowledge.language import Language
from knowledge.text import fold, western_digits

_SPACES = " \u00a0\u202f\u2009"
# Digits not glued to a Latin letter (5G, H24info, 225Tech are names), groups of three after a separator,
# or a decimal part. An Arabic letter may precede: prepositions are written together with the number.
_NUMBER = re.compile(
    rf"(?<![A-Za-zÀ-ÿ\d])(?<!\d[.,])"
    rf"(?P<digits>\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:[.,٫]\d+)?(?!\d)|\d+(?:[.,٬٫]\d+)*)"
    rf"(?P<ordinal>(?:ème|eme|ère|er|e|st|nd|rd|th)(?![A-Za-zÀ-ÿ]))?"
    rf"(?P<tail>[{_SPACES}]?(?P<word>%|٪|[^\W\d_]+))?"
)
_PERCENT_WORDS = re.compile(
    rf"^[{_SPACES}]?(?:%|٪|pour[{_SPACES}]cent|per[{_SPACES}]?cent|(?:في[{_SPACES}]ال|بال)م(?:[اي]ئ?|ئ)[ةه])"
)
_MAGNITUDES: Mapping[str, int] = {
    fold(word): factor
    for factor, group in {
        1_000: ("mille", "thousand", "ألف", "آلاف", "ألفا", "الف"),
        1_000_000: ("million", "millions", "mn", "مليون", "ملايين", "مليونا"),
        1_000_000_000: (
            "milliard",
            "milliards",
            "billion",
            "billions",
            "bn",
            "md",
            "mds",
            "mrd",
            "مليار",
            "مليارات",
            "مليارا",
            "ملايير",
        ),
    }.items()
    for word in group
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    Attributes:
        value: Magnitude words applied: ``17,9 milliards`` is 17,900,000,000.
        percent: Whether a percent sign or word follows.
        start: Offset of the first digit.
        end: Offset behind the last digit, the ordinal ending or the magnitude word.
    """

    value: Decimal
    percent: bool
    start: int
    end: int


def find_numbers(text: str) -> tuple[Number, ...]:
    """Find every number written in digits.

    ``148 500``, ``148,500`` and ``148.500`` are the same number; one separator before exactly three digits
    groups, unless a magnitude word follows (``26.219 billion``) or the number starts with zero (``0.668``).
    """
    text = western_digits(text)
    found: list[Number] = []
    for match in _NUMBER.finditer(text):
        glued = match["word"] is not None and match["tail"] == match["word"] and not match["ordinal"]
        factor = _MAGNITUDES.get(fold(match["word"])) if match["word"] else None
        if glued and factor is None and match["word"][0].isascii() and match["word"] != "%":
            continue  # 5G, 3D, 4K
        after = text[match.end("ordinal") if match["ordinal"] else match.end("digits") :]
        end = match.end() if factor else match.end("ordinal") if match["ordinal"] else match.end("digits")
        value = _value(match["digits"], decimal_expected=factor is not None) * (factor or 1)
        found.append(Number(value, bool(_PERCENT_WORDS.match(after)), match.start(), end))
    return tuple(found)


GROUP = 3
"""Digits between two grouping separators."""


def _value(digits: str, *, decimal_expected: bool) -> Decimal:
    digits = re.sub(rf"[{_SPACES}٬]", "", digits)
    if digits.count("٫") == 1:  # never groups
        return Decimal(re.sub(r"[.,]", "", digits).replace("٫", "."))
    digits = digits.replace("٫", ",")
    separators = re.findall(r"[.,]", digits)
    if not separators:
        return Decimal(digits)
    if len(separators) > 1 and len(set(separators)) == 1:
        return Decimal(re.sub(r"[.,]", "", digits))
    whole, decimals = re.split(r"[.,](?=[^.,]*$)", digits)
    whole_digits = re.sub(r"[.,]", "", whole)
    groups = len(decimals) == GROUP and len(separators) == 1 and len(whole) <= GROUP and whole.strip("0") != ""
    if groups and not decimal_expected:
        return Decimal(whole_digits + decimals)
    return Decimal(f"{whole_digits}.{decimals}")


_SMALL = {
    1: "un une premier première one first once واحد واحدة أول أولى الأول الأولى",
    2: "deux deuxième second seconde two second twice اثنان اثنين اثنتين ثاني ثانية سنتين عامين مرتين",
    3: "trois troisième three third ثلاث ثلاثة ثالث ثالثة",
    4: "quatre quatrième four fourth أربع أربعة رابع رابعة",
    5: "cinq cinquième five fifth خمس خمسة خامس خامسة",
    6: "six sixième six sixth ست ستة سادس سادسة",
    7: "sept septième seven seventh سبع سبعة سابع سابعة",
    8: "huit huitième eight eighth ثمان ثمانية ثامن ثامنة",
    9: "neuf neuvième nine ninth تسع تسعة تاسع تاسعة",
    10: "dix dixième ten tenth عشر عشرة عاشر عاشرة",
    12: "douze douzième twelve twelfth اثنا اثني اثنتي",
}
SMALL_NUMBER_WORDS: Mapping[str, int] = {fold(word): value for value, group in _SMALL.items() for word in group.split()}
"""Cardinal and ordinal words up to twelve, folded, in the three languages."""

# Moroccan French papers write 148 500 and 26,2; Babel's fr_MA would write 148.500.
_NUMBER_LOCALES: Mapping[Language, str] = {Language.FR: "fr", Language.AR: "ar_MA", Language.EN: "en_GB"}
DECIMALS_AT_MOST = 4


def format_number(value: Decimal, language: Language) -> str:
    """Write a number for a reader, in Western digits: ``148 500``, ``148.500`` (Arabic) or ``148,500``.

    A minus is written as such; trailing zeros go; at most `DECIMALS_AT_MOST` decimals stay.
    """
    pattern = f"#,##0.{'#' * DECIMALS_AT_MOST}"
    written = format_decimal(abs(value), pattern, locale=_NUMBER_LOCALES[language])
    sign = "\u2212" if value < 0 else ""
    return sign + written.replace("\u202f", "\u00a0")
