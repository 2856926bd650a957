"""The lines that say who wrote an article and when it appeared, in three languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.language import Language
from knowledge.periods import find_periods
from knowledge.text import fold, western_digits

_LONGEST = 200
_EARLIEST_YEAR = 1990
_LATEST_FIRST_OF_TWO = 12
_LONGEST_MONTH = 31

_MONTHS = (
    "janvier|janv|january|jan|f[ée]vrier|f[ée]vr|february|feb|mars|march|mar|avril|avr|april|apr|mai|may|juin|june|jun"
    "|juillet|juil|july|jul|ao[ûu]t|august|aug|septembre|september|sept|sep|octobre|october|oct|novembre|november|nov"
    "|d[ée]cembre|december|d[ée]c|يناير|فبراير|مارس|أبريل|ابريل|ماي|مايو|يونيو|يوليوز|يوليو|غشت|أغسطس|شتنبر|سبتمبر"
    "|أكتوبر|اكتوبر|نونبر|نوفمبر|دجنبر|ديسمبر"
)
_DAYS = (
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mer|jeu|ven|sam|dim"
    "|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun"
    "|الإثنين|الاثنين|الثلاثاء|الأربعاء|الاربعاء|الخميس|الجمعة|السبت|الأحد|الاحد"
)
_YEAR = r"(?:19|20)\d\d"
DATE = (
    rf"(?:(?:{_DAYS})\.?\s*[,،]?\s+)?"
    rf"(?:\d{{1,2}}(?:er|st|nd|rd|th)?[\s-]+(?:{_MONTHS})\b\.?[\s,،-]*{_YEAR}"
    rf"|(?:{_MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+{_YEAR}"
    rf"|\d{{1,2}}[/.-]\d{{1,2}}[/.-]{_YEAR}|{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|(?:{_MONTHS})\.?\s+{_YEAR})(?!\d)"
)
TIME = (
    r"(?:(?:à|a|at|@|على الساعة|الساعة)\s*)?"
    r"\d{1,2}\s*(?:[:h]\s*[0-5]\d(?::[0-5]\d)?)(?:\s*(?:am|pm|gmt|utc|صباحا|مساء))?"
)
_UPDATED = (
    r"(?:derni[èe]re\s+)?(?:mise?\s+[àa]\s+jour|modifi[ée]e?|actualis[ée]e?"
    r"|(?:last\s+)?updated|modified|آخر تحديث|تحديث)"
    r"[\s:]*(?:le|on|at|في|بتاريخ)?\s*"
)
_PUBLISHED = (
    r"(?:(?:article\s+)?(?:publi[ée]e?|mis\s+en\s+ligne|paru|post[ée]|diffus[ée])\s*(?:le)?|date(?:\s+de\s+publication)?"
    r"|(?:published|posted|publication\s+date)\s*(?:on)?|تاريخ النشر|نشرت?|نُشر)[\s:]*(?:في|بتاريخ|يوم|le|on)?[\s:]*"
)
_AUTHOR = re.compile(
    r"(?:par|by|(?:written|posted|reported)\s+by|(?:r[ée]dig[ée]|[ée]crit|publi[ée]|propos[ée])\s+par|auteur|author"
    r"|بقلم|كتبته|كتبه|كتبت|كتب|إعداد|اعداد|حرره|الكاتب)\s*[:：]?\s+(?P<name>.+)",
    re.IGNORECASE,
)
_EDITOR = re.compile(
    r"(?:[ée]dit[ée]|traduit|relu|edited|translated|تحرير|ترجمة)\s*(?:par|by)?\s*:?\s+\S.{1,60}", re.IGNORECASE
)
_READING_TIME = re.compile(
    r"(?:temps\s+de\s+lecture|reading\s+time|مدة القراءة|وقت القراءة)?[\s:]*\d{1,2}\s*(?:mins?|minutes?|mn|دقائق|دقيقة)"
    r"(?:\s*(?:de\s+lecture|read|reading|قراءة))?",
    re.IGNORECASE,
)
_UPDATED_DATE = re.compile(_UPDATED + DATE, re.IGNORECASE)
_PUBLISHED_DATE = re.compile(rf"\b{_PUBLISHED}(?P<date>{DATE})", re.IGNORECASE)
_BARE_DATE = re.compile(rf"(?<![\w/])(?P<date>{DATE})", re.IGNORECASE)
_TIME = re.compile(rf"(?<!\d){TIME}(?!\d)", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:[|•·–—/,،؛;]|\s-\s|^-|-$)\s*")
_CONNECTING = frozenset(
    {"", "le", "la", "on", "a", "at", "et", "and", "في", "يوم", "الساعه", "gmt", "par", "by", "-", ":"}
)
_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YEAR_FIRST = re.compile(rf"({_YEAR})[-/.](\d{{1,2}})(?:[-/.](\d{{1,2}}))?")
_MOST_NAME_WORDS = 5
_MOST_OTHER_WORDS = 4
_MOST_OTHER_PARTS = 2
_PARTICLES = frozenset(
    {"de", "d", "du", "el", "al", "ben", "bin", "bint", "ibn", "la", "le", "von", "van", "et", "and", "ould"}
)
# Bylines that name no person.
_NOBODY = re.compile(
    r"(?:(?:la|the|notre)\s+)?(?:redaction|redacteur|admin\w*|webmaster|editor\w*|staff\w*|newsroom|root|user\d*|"
    r"utilisateur|author|auteur|agences?|map|afp|reuters|هييه التحرير|التحرير|وكالات|الادمن)\b.*|.*[@/\d_].*"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says.

    Attributes:
        labelled: It says what it is ("Publié le", "By"), so it is a byline wherever it stands.
    """

    author: str | None
    published: str | None
    labelled: bool


def read_byline(line: str, language: Language | None = None) -> Byline | None:
    """Read a line that holds nothing but an author, dates and times; None where it holds more."""
    if len(line) > _LONGEST or "\n" in line:
        return None
    rest = western_digits(line)
    rest, updates = _UPDATED_DATE.subn("|", rest)
    labelled = [match["date"] for match in _PUBLISHED_DATE.finditer(rest)]
    rest = _PUBLISHED_DATE.sub("|", rest)
    bare = [match["date"] for match in _BARE_DATE.finditer(rest)]
    rest = _TIME.sub("|", _READING_TIME.sub("|", _BARE_DATE.sub("|", rest)))
    author, edited, others = None, False, 0
    for part in _parts(rest):
        if (match := _AUTHOR.fullmatch(part)) and (name := _name(match["name"])) is not None:
            author = name
        elif _EDITOR.fullmatch(part):
            edited = True
        elif len(part.split()) <= _MOST_OTHER_WORDS and not part.endswith((".", "!", "?", "؟")):
            others += 1
        else:
            return None
    if not (labelled or updates or author is not None or edited) and (not bare or others > _MOST_OTHER_PARTS):
        return None
    if others and author is None and not labelled and not bare:
        return None
    dates = {parse_date(date, language) for date in labelled or bare}
    published = dates.pop() if len(dates) == 1 else None
    return Byline(author or None, published, bool(labelled or updates or author is not None or edited))


def parse_date(text: str, language: Language | None = None) -> str | None:
    """Read a date written for people or machines as ``YYYY-MM-DD`` or ``YYYY-MM``; None where it is none.

    Of 05/06/2024 the day stands first, as in Morocco; in English it may not, and the year alone is sure.
    """
    text = western_digits(text)
    if match := _YEAR_FIRST.match(text.strip()):
        numbers = [int(part) for part in match.groups() if part is not None]
        return _checked(*numbers)
    if match := _NUMERIC.search(text):
        first, second, year = map(int, match.groups())
        if language is Language.EN and max(first, second) <= _LATEST_FIRST_OF_TWO and first != second:
            return str(year)
        return _checked(year, second, first)
    spans = set(find_periods(text))
    if len(spans) != 1:
        return None
    span = spans.pop()
    written = span.start.isoformat()
    if span.start == span.end:
        return _checked(span.start.year, span.start.month, span.start.day)
    return written[:7] if span.start.year >= _EARLIEST_YEAR and span.days <= _LONGEST_MONTH else None


def _checked(year: int, month: int, day: int | None = None) -> str | None:
    spans = find_periods(f"{year:04}-{month:02}" + ("" if day is None else f"-{day:02}"))
    if year < _EARLIEST_YEAR or len(spans) != 1 or spans[0].days > _LONGEST_MONTH:
        return None
    return f"{year:04}-{month:02}" + ("" if day is None else f"-{day:02}")


def person(name: str) -> str | None:
    """A person's name as a byline gives it, or None where it names an office, an account or a machine."""
    name = " ".join(name.strip(" .:|-–—,").split())
    words = re.split(r"[\s'’-]+", name)
    if not 1 <= len(name.split()) <= _MOST_NAME_WORDS or _NOBODY.fullmatch(fold(name)):
        return None
    if any(word[:1].islower() and word.lower() not in _PARTICLES for word in words if word):
        return None
    return name if words[0][:1].isalpha() else None


def _name(text: str) -> str | None:
    """The author of a byline; empty where the byline names an office; None where this is no byline."""
    text = re.sub(r"\s+(?:le|on|في|يوم)\s*$", "", text.strip(), flags=re.IGNORECASE)
    if (name := person(text)) is not None:
        return name
    words = text.split()
    office = len(words) <= _MOST_NAME_WORDS and _NOBODY.fullmatch(fold(text)) is not None
    return "" if office and (len(words) == 1 or not any(map(str.isdigit, text))) else None


def _parts(rest: str) -> Iterator[str]:
    for part in _SEPARATOR.split(rest):
        cleaned = re.sub(
            r"\s+(?:le|on|à|at|في|يوم)$|^(?:le|on|à|at|في|يوم)\s+", "", part.strip(" :()[]"), flags=re.IGNORECASE
        )
        if fold(cleaned) not in _CONNECTING:
            yield cleaned
