"""Bylines are read where they are bylines, and nowhere else."""

from __future__ import annotations

import pytest

from knowledge.ingest.bylines import parse_date, person, read_byline
from knowledge.language import Language


@pytest.mark.parametrize(
    ("line", "author", "published"),
    [
        ("Rédigé par L.B le Vendredi 14 Janvier 2022", "L.B", "2022-01-14"),
        ("Written by: Lina Faraji", "Lina Faraji", None),
        ("Par Mohamed Ali Mrabi Le 29/05/2024 à 14h30", "Mohamed Ali Mrabi", "2024-05-29"),
        ("Par la rédaction | 29/05/2024 à 14:30", None, "2024-05-29"),
        ("Publié le 12 mai 2024 à 10h30 – Mis à jour le 13 mai 2024", None, "2024-05-12"),
        ("By Karim El Idrissi | Mar 3, 2025", "Karim El Idrissi", "2025-03-03"),
        ("Posted by admin on May 3, 2024", None, "2024-05-03"),
        ("الجمعة 14 يناير 2022 - 10:30", None, "2022-01-14"),
        ("نشر في: 14 يوليوز 2022 الساعة 10:30", None, "2022-07-14"),
        ("بقلم: محمد العلوي", "محمد العلوي", None),
        ("جريدة المثال - يوسف الريحاني الأربعاء 29 ماي 2024 - 12:00", None, "2024-05-29"),
    ],
)
def test_a_byline_says_who_and_when(line: str, author: str | None, published: str | None) -> None:
    byline = read_byline(line)
    assert byline is not None
    assert (byline.author, byline.published) == (author, published)


@pytest.mark.parametrize(
    "line",
    [
        "Par ailleurs, le ministre a annoncé un plan.",
        "Le 12 mai 2024, le ministère a signé un accord avec quatre acteurs du secteur.",
        "Par rapport à 2022, la hausse est forte",
        "By 2030, the sector will employ more people",
        "كتب الوزير في رسالة إلى البرلمان أن القطاع ينمو",
        "Une initiative salutaire",
    ],
)
def test_a_sentence_is_no_byline(line: str) -> None:
    assert read_byline(line) is None


def test_a_date_of_change_is_no_date_of_publication() -> None:
    byline = read_byline("Mis à jour le 13 mai 2024")
    assert byline is not None
    assert byline.published is None


def test_two_dates_without_a_label_are_no_date() -> None:
    byline = read_byline("12/05/2024 | 13/05/2024")
    assert byline is not None
    assert byline.published is None


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("2024-05-29T23:30:00Z", None, "2024-05-29"),
        ("05/06/2024", Language.FR, "2024-06-05"),
        ("05/06/2024", Language.EN, "2024"),
        ("25/06/2024", Language.EN, "2024-06-25"),
        ("٢٩ ماي ٢٠٢٤", Language.AR, "2024-05-29"),
        ("mai 2024", None, "2024-05"),
        ("31/02/2024", None, None),
        ("1970-01-01", None, None),
        ("bientôt", None, None),
    ],
)
def test_a_date_is_as_exact_as_it_is_sure(text: str, language: Language | None, date: str | None) -> None:
    assert parse_date(text, language) == date


@pytest.mark.parametrize(
    "name", ["admin", "La rédaction", "MAP", "user42", "contact@exemple.ma", "Newsroom", "هيئة التحرير"]
)
def test_an_office_or_account_is_nobody(name: str) -> None:
    assert person(name) is None
