"""Dates as exactly as they are known, and the periods that people name, in three languages."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from knowledge.language import Language
from knowledge.text import fold

# Arabic dates are written as in Morocco: ماي, يوليوز, غشت.
BABEL_LOCALES: Mapping[Language, str] = {Language.FR: "fr_MA", Language.AR: "ar_MA", Language.EN: "en_GB"}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A period from its first to its last day, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days the period has, 1 or more."""
        return (self.end - self.start).days + 1

    def overlap(self, other: Span) -> int:
        """How many days the two share."""
        return max(0, (min(self.end, other.end) - max(self.start, other.start)).days + 1)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a day."""
        return self.start <= other.end and other.start <= self.end


def parse_partial_date(text: str) -> Span:
    """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` as the days it may mean.

    Raises:
        ValueError: The text is no such date, or names no day of the calendar.
    """
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        raise ValueError(f"{text!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    year, *rest = (int(part) for part in text.split("-"))
    if not rest:
        return year_span(year)
    if len(rest) == 1:
        return _month_span(year, rest[0])
    day = date(year, rest[0], rest[1])
    return Span(day, day)


def format_partial_date(text: str, language: Language) -> str:
    """Write a partial date for a reader: ``mai 2024``, ``31 May 2024``, ``ماي 2024``."""
    span = parse_partial_date(text)
    pattern = {4: "y", 7: "MMMM y", 10: "d MMMM y"}[len(text)]
    written = format_date(span.start, pattern, locale=BABEL_LOCALES[language])
    return f"1er{written[1:]}" if language is Language.FR and written.startswith("1 ") else written


def year_span(first: int, last: int | None = None) -> Span:
    """The whole of a year, or of several."""
    return Span(date(first, 1, 1), date(last if last is not None else first, 12, 31))


def _month_span(year: int, month: int) -> Span:
    return Span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


_MONTHS: Mapping[str, int] = {
    fold(name): number
    for number, names in enumerate(
        (
            "janvier january jan janv يناير",
            "février february feb févr فبراير",
            "mars march mar مارس",
            "avril april apr avr أبريل ابريل",
            "mai may ماي مايو",
            "juin june jun يونيو",
            "juillet july jul juil يوليوز يوليو",
            "août august aug غشت أغسطس",
            "septembre september sep sept شتنبر سبتمبر",
            "octobre october oct أكتوبر",
            "novembre november nov نونبر نوفمبر",
            "décembre december dec déc دجنبر ديسمبر",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted((re.escape(name) for name in _MONTHS), key=len, reverse=True))
_YEAR = r"(?<![\d.,])(?P<{name}>(?:19|20)\d{{2}})(?![\d]|[.,]\d)"
_END_OF = r"(?:fin |end |نهايه |سنه |عام )*"
# "2019 et 2026" are two years; "entre 2014 et 2018" is a range.
_BETWEEN = re.compile(
    rf"(?:entre|between|بين)\s+{_END_OF}{_YEAR.format(name='start')}\s*(?:et|and|و)\s*{_END_OF}{_YEAR.format(name='year')}"
)
_UP_TO = "-|–|—|/|a|au|to|l|jusqu'en|jusqu'a|until|through|الي غايه|الي|حتي ل|حتي|ل"
_RANGE = re.compile(rf"{_YEAR.format(name='start')}(?:\s+|\s*(?:{_UP_TO})\s*){_END_OF}" + _YEAR.format(name="year"))
_SHORT_RANGE = re.compile(_YEAR.format(name="start") + r"\s*[-–/]\s*(?P<short>\d{2})(?!\d|[.,]\d)")
# "Les années 2010", "the 2010s".
_DECADE = re.compile(r"(?:annees (?P<years>(?:19|20)\d0)(?!\d)|(?<!\d)(?P<decade>(?:19|20)\d0)'?s(?![^\W_]))")
_DAY = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\.?\s+" + _YEAR.format(name="year")
)
_DAY_ENGLISH = re.compile(
    rf"(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+" + _YEAR.format(name="year")
)
_MONTHS_END = r"(?:(?:la |the )?(?:fin|end|متم|نهايه|اخر|لاخر|غايه)(?: of| de)?\s+)*"
_MONTH_RANGE = re.compile(
    rf"(?<![^\W\d_])(?:ب)?(?P<first>{_MONTH})\.?(?:\s*[-–—/]\s*|\s+)"
    rf"(?:(?:a|au|to|through|until|till|et|and|الي|حتي)\s+)?{_MONTHS_END}[ول]?(?P<month>{_MONTH})\.?\s+(?:de\s+|of\s+)?"
    + _YEAR.format(name="year")
)
_MONTH_YEAR = re.compile(
    rf"(?<![^\W\d_])(?:ب|في )?(?P<month>{_MONTH})\.?\s+(?:de\s+|of\s+)?" + _YEAR.format(name="year")
)
_ISO = re.compile(r"(?<!\d)(?P<iso>(?:19|20)\d{2}-(?:0[1-9]|1[0-2])(?:-\d{2})?)(?!\d)")
_HALF = re.compile(
    r"(?:(?P<first>premier semestre|1er semestre|first half|h1|s1|النصف الاول)|"
    r"(?P<second>second semestre|deuxieme semestre|2e semestre|second half|h2|s2|النصف الثاني))"
    r"\s*(?:de l'annee |of |de |in |من سنه |من عام |من |سنه |عام )*" + _YEAR.format(name="year")
)
_QUARTERS = (
    "1er trimestre|premier trimestre|first quarter|1st quarter|q1|t1|الربع الاول|الفصل الاول",
    "2e trimestre|2eme trimestre|deuxieme trimestre|second quarter|2nd quarter|q2|t2|الربع الثاني|الفصل الثاني",
    "3e trimestre|3eme trimestre|troisieme trimestre|third quarter|3rd quarter|q3|t3|الربع الثالث|الفصل الثالث",
    "4e trimestre|4eme trimestre|quatrieme trimestre|fourth quarter|4th quarter|q4|t4|الربع الرابع|الفصل الرابع",
)
_QUARTER = re.compile(
    "(?:" + "|".join(f"(?P<q{n}>{names})" for n, names in enumerate(_QUARTERS, start=1)) + ")"
    r"\s*(?:de l'annee |of |de |in |من سنه |من عام |من |سنه |عام )*" + _YEAR.format(name="year")
)
# "2000 emplois" counts, and names no year; in "2024 emplois", as keywords stand, it is one.
_COUNTED = (
    "emploi|poste|salarie|employe|personne|jeune|milliard|million|euro|dirham|dh|dollar|job|people|position|worker|"
    "منصب|مناصب|شخص|وظيف|فرصه|مليون|مليار|درهم|دولار"
)
_SINGLE = re.compile(rf"(?!2000\s+(?:{_COUNTED}))" + _YEAR.format(name="year"))


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period that a text names, with its offsets there."""

    span: Span
    start: int
    end: int


def find_periods(text: str) -> tuple[Span, ...]:
    """Find the periods a text names outright, in the order they stand.

    Years, ranges of years, decades, half-years, quarters, months and ranges of them, and days; relative ones ("last
    year") are the Frame's matter, since they need today's date. A text is folded first, so spelling does not matter.
    """
    return tuple(mention.span for mention in _find(fold(text)))


def find_period_mentions(text: str) -> tuple[PeriodMention, ...]:
    """The same periods, with where the text names them."""
    # Folding may drop or add characters; each folded one remembers where it came from.
    folded = [(character, place) for place, original in enumerate(text) for character in fold(original)]
    found = _find("".join(character for character, _ in folded))
    return tuple(PeriodMention(m.span, folded[m.start][1], folded[m.end - 1][1] + 1) for m in found)


def _find(remaining: str) -> list[PeriodMention]:
    """The periods of a folded text, with their offsets in it."""
    found: list[PeriodMention] = []
    for pattern, read in _PATTERNS:
        for match in pattern.finditer(remaining):
            try:
                found.append(PeriodMention(read(match), match.start(), match.end()))
            except ValueError:
                continue  # 31 February, or a range that runs backwards: its years are read by the next pattern
            blank = "\x00" * (match.end() - match.start())
            remaining = remaining[: match.start()] + blank + remaining[match.end() :]
    return sorted(found, key=lambda mention: mention.start)


def _read_day(match: re.Match[str]) -> Span:
    day = date(int(match["year"]), _MONTHS[match["month"]], int(match["day"]))
    return Span(day, day)


def _read_half(match: re.Match[str]) -> Span:
    year = int(match["year"])
    return Span(date(year, 1, 1), date(year, 6, 30)) if match["first"] else Span(date(year, 7, 1), date(year, 12, 31))


def _read_quarter(match: re.Match[str]) -> Span:
    year = int(match["year"])
    last = 3 * next(n for n in range(1, 5) if match[f"q{n}"])
    return Span(date(year, last - 2, 1), date(year, last, calendar.monthrange(year, last)[1]))


def _read_range(match: re.Match[str]) -> Span:
    first, last = int(match["start"]), int(match["year"])
    if first >= last:
        raise ValueError("a range runs forwards")
    return year_span(first, last)


def _read_short_range(match: re.Match[str]) -> Span:
    first = int(match["start"])
    last = first - first % 100 + int(match["short"])
    if first >= last:
        raise ValueError("a range runs forwards")
    return year_span(first, last)


def _read_months(match: re.Match[str]) -> Span:
    first, last, year = _MONTHS[match["first"]], _MONTHS[match["month"]], int(match["year"])
    if first >= last:
        raise ValueError("a range runs forwards")
    return Span(date(year, first, 1), _month_span(year, last).end)


def _read_decade(match: re.Match[str]) -> Span:
    first = int(match["years"] or match["decade"])
    return year_span(first, first + 9)


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Span]], ...] = (
    (_ISO, lambda match: parse_partial_date(match["iso"])),
    (_DAY, _read_day),
    (_DAY_ENGLISH, _read_day),
    (_HALF, _read_half),
    (_QUARTER, _read_quarter),
    (_MONTH_RANGE, _read_months),
    (_MONTH_YEAR, lambda match: _month_span(int(match["year"]), _MONTHS[match["month"]])),
    (_DECADE, _read_decade),
    (_BETWEEN, _read_range),
    (_RANGE, _read_range),
    (_SHORT_RANGE, _read_short_range),
    (_SINGLE, lambda match: year_span(int(match["year"]))),
)
