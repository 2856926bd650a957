"""Of what a file says of itself, what is contradicted is left open."""

from __future__ import annotations

import pytest

from knowledge.ingest.claims import Claim, Field
from knowledge.ingest.json_ld import json_ld_claims
from knowledge.ingest.metadata import choose

HOST = "https://www.exemple-eco.ma/article/un"


def _published(*dates: tuple[str, bool]) -> str | None:
    chosen = choose([Claim(Field.PUBLISHED, date, "here", shown) for date, shown in dates], {}, None)
    return chosen[Field.PUBLISHED].value if Field.PUBLISHED in chosen else None


@pytest.mark.parametrize(
    ("dates", "date"),
    [
        ([("2024-05-29T23:30:00+00:00", False), ("2024-05-30", True)], "2024-05-30"),
        ([("2024-05-29", False), ("2024-05", True)], "2024-05-29"),
        ([("2024-05-29", False), ("2024-05-02", True)], "2024-05"),
        ([("2024-05-29", False), ("2024-11-02", False)], "2024"),
        ([("2019-01-01", False), ("2024-10-08", True)], None),
        ([("1970-01-01", False), ("2024-10-08", True)], "2024-10-08"),
        ([], None),
    ],
)
def test_a_date_is_as_exact_as_the_places_agree(dates: list[tuple[str, bool]], date: str | None) -> None:
    assert _published(*dates) == date


@pytest.mark.parametrize(
    ("names", "publisher"),
    [
        (["Exemple Éco"], "Exemple Éco"),
        (["Groupe Exemple Holding", "Exemple Éco"], "Exemple Éco"),
        (["Exemple Éco - Toute l'actualité économique"], "Exemple Éco"),
        (["WordPress"], None),
        (["www.exemple-eco.ma"], None),
        (["Le Courrier", "La Dépêche"], None),
    ],
)
def test_a_publisher_is_named_after_its_domain_or_without_contradiction(
    names: list[str], publisher: str | None
) -> None:
    claims = [Claim(Field.URL, HOST, "canonical link"), *(Claim(Field.PUBLISHER, name, "here") for name in names)]
    chosen = choose(claims, {}, None)
    assert (chosen[Field.PUBLISHER].value if Field.PUBLISHER in chosen else None) == publisher


def test_a_known_domain_names_the_publisher() -> None:
    claims = [Claim(Field.URL, HOST, "canonical link"), Claim(Field.PUBLISHER, "EXEMPLE", "meta og:site_name")]
    assert choose(claims, {"exemple-eco.ma": "L'Exemple"}, None)[Field.PUBLISHER].value == "L'Exemple"


@pytest.mark.parametrize(
    ("address", "url"),
    [
        (HOST + "?utm_source=x&fbclid=y#top", HOST),
        (HOST + "/amp/", HOST),
        ("https://www.exemple-eco.ma/?p=42", "https://www.exemple-eco.ma/?p=42"),
        ("https://www.exemple-eco.ma/", None),
        ("/article/un", None),
        ("javascript:alert(1)", None),
        ("http://[broken", None),
    ],
)
def test_an_address_is_whole_and_the_articles_own(address: str, url: str | None) -> None:
    chosen = choose([Claim(Field.URL, address, "canonical link")], {}, None)
    assert (chosen[Field.URL].value if Field.URL in chosen else None) == url


def test_a_title_is_not_the_sites_name_nor_ends_with_it() -> None:
    claims = [
        Claim(Field.PUBLISHER, "Exemple Éco", "meta og:site_name"),
        Claim(Field.TITLE, "Exemple Éco", "meta og:title"),
        Claim(Field.TITLE, "Un centre ouvre à Taza | Exemple Éco", "the page's title"),
    ]
    assert choose(claims, {}, None)[Field.TITLE].value == "Un centre ouvre à Taza"


def test_two_authors_that_differ_are_none() -> None:
    claims = [Claim(Field.AUTHOR, "Lina Faraji", "JSON-LD author"), Claim(Field.AUTHOR, "Karim Doukkali", "the byline")]
    assert Field.AUTHOR not in choose(claims, {}, None)


def test_json_ld_of_several_articles_says_nothing_of_this_one() -> None:
    script = '[{"@type": "NewsArticle", "headline": "Un"}, {"@type": "NewsArticle", "headline": "Deux"}]'
    assert json_ld_claims([script]) == []


@pytest.mark.parametrize("script", ["", "{", "[" * 100_000, '{"@type": 3}', '{"@graph": {"@id": []}}', "null", '"x"'])
def test_json_ld_that_cannot_be_read_says_nothing(script: str) -> None:
    assert json_ld_claims([script]) == []
