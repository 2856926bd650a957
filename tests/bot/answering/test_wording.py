"""How sources and periods are worded in the three languages."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.wording import article_date, article_publisher, article_title, period
from bot.localisation import localiser
from knowledge.language import Language
from knowledge.model import Localized, Publication
from knowledge.periods import Span
from made_corpus import make_article

FR, AR, EN = Language.FR, Language.AR, Language.EN
LABEL = Localized(fr="Fiche", ar="بطاقة", en="Sheet")


def span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("asked", "language", "expected"),
    [
        (span("2024-01-01", "2024-12-31"), FR, "2024"),
        (span("2024-01-01", "2024-12-31"), AR, "2024"),
        (span("2014-01-01", "2018-12-31"), EN, "2014-2018"),
        (span("2024-05-01", "2024-05-31"), FR, "mai 2024"),
        (span("2024-05-01", "2024-05-31"), AR, "ماي 2024"),
        (span("2024-05-01", "2024-05-31"), EN, "May 2024"),
        (span("2024-05-01", "2024-05-01"), FR, "1er mai 2024"),
        (span("2024-05-31", "2024-05-31"), EN, "31 May 2024"),
        (span("2024-01-01", "2024-06-30"), EN, "1 January 2024 – 30 June 2024"),
        (span("2024-07-01", "2024-12-31"), AR, "1 يوليوز 2024 – 31 دجنبر 2024"),
        (span("2023-05-01", "2024-05-31"), EN, "1 May 2023 – 31 May 2024"),
    ],
)
def test_a_period_is_worded_as_exactly_as_it_is_known(asked: Span, language: Language, expected: str) -> None:
    assert period(asked, localiser(language)) == expected


def test_the_first_of_a_month_is_written_1er_in_french_also_as_the_start_of_a_longer_period() -> None:
    assert period(span("2024-01-01", "2024-06-30"), localiser(FR)) == "1er janvier 2024 – 30 juin 2024"


@pytest.mark.parametrize(
    ("language", "expected"), [(FR, "«\u00a0Le titre\u00a0»"), (AR, "«Le titre»"), (EN, "“Le titre”")]
)
def test_a_published_title_stands_in_quotation_marks(language: Language, expected: str) -> None:
    assert article_title(make_article(), localiser(language)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (FR, "Fiche (intitulé de Dalil)"),
        (AR, "بطاقة (عنوان من وضع «دليل»)"),
        (EN, "Sheet (Dalil's own description)"),
    ],
)
def test_an_unknown_title_gives_way_to_our_label_shown_as_ours(language: Language, expected: str) -> None:
    assert article_title(make_article(title=None, label=LABEL), localiser(language)) == expected


def test_a_published_title_is_shown_though_there_is_a_label() -> None:
    assert article_title(make_article(label=LABEL), localiser(EN)) == "“Le titre”"


def test_without_title_and_label_an_article_is_called_untitled() -> None:
    assert article_title(make_article(title=None), localiser(EN)) == "untitled"


@pytest.mark.parametrize(
    ("publisher", "others", "shown"),
    [
        ("H24", (), "H24"),
        (None, (), "unknown publisher"),
        ("H24", ("Médias24", "H24", None, "Médias24"), "H24 (also published by Médias24)"),
        (None, ("H24", "Médias24"), "unknown publisher (also published by H24, Médias24)"),
    ],
)
def test_an_article_names_everybody_who_published_it(
    publisher: str | None, others: tuple[str | None, ...], shown: str
) -> None:
    also = tuple(Publication(publisher=name) for name in others)
    article = make_article(publisher=publisher, also_published_by=also)
    assert article_publisher(article, localiser(EN)) == shown


@pytest.mark.parametrize(
    ("published", "about", "language", "expected"),
    [
        ("2019-06-14", None, FR, "14 juin 2019"),
        ("2019-06-14", "2018", EN, "14 June 2019"),
        ("2024", None, EN, "2024"),
        (None, "2023", FR, "sans date\u00a0; période couverte\u00a0: 2023"),
        (None, "2023-05", AR, "دون تاريخ؛ يتناول ماي 2023"),
        (None, "2023", EN, "undated; covers 2023"),
        (None, None, FR, "sans date"),
        (None, None, AR, "دون تاريخ"),
        (None, None, EN, "undated"),
    ],
)
def test_an_article_is_dated_or_undated_and_never_dated_by_what_it_is_about(
    published: str | None, about: str | None, language: Language, expected: str
) -> None:
    assert article_date(make_article(published=published, about=about), localiser(language)) == expected
