"""An article that is there already is recognised, and another article on the same event is not taken for it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from knowledge.ingest.duplicates import Likeness, find_known, find_summarised, normal_address
from knowledge.language import Language
from knowledge.library import Library, text_digest
from knowledge.model import Article, Source
from made_corpus import make_article
from own_articles import add_to, own_article

VOCABULARY = (
    "secteur emploi jeune école ministre royaume exportation milliard opérateur ville nord formation prime contrat "
    "entreprise croissance marché plan objectif région service client appel programme investissement accord pôle"
)


def text_of(seed: int, length: int = 300) -> str:
    """A text of so many words, another one for each seed."""
    chosen = random.Random(seed).choices(VOCABULARY.split(), k=length)  # noqa: S311 - not for secrets
    return " ".join(chosen)


FIRST = text_of(1)


def with_source(text: str, digest: str = "1", **fields: Any) -> Article:
    return own_article("new", text, source=Source(file="b.html", digest=digest * 64, text=text_digest(text)), **fields)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return add_to(tmp_path, own_article(text=FIRST, url="https://example.org/first"), FIRST)


@pytest.fixture
def own() -> dict[str, Article]:
    return {"own": own_article(text=FIRST, url="https://example.org/first")}


def likeness(text: str, own: dict[str, Article], library: Library, **fields: Any) -> Likeness | None:
    known = find_known(with_source(text, **fields), text, own, library)
    return known.likeness if known else None


def test_the_same_file_is_known(own: dict[str, Article], library: Library) -> None:
    known = find_known(with_source(text_of(2), "0"), text_of(2), own, library)
    assert known is not None
    assert (known.article.id, known.likeness) == ("own", Likeness.FILE)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FIRST, id="word for word"),
        pytest.param(FIRST.upper().replace(" ", "  "), id="in capitals"),
        pytest.param(f"Un chapeau ajouté par la rédaction. {FIRST} (Avec MAP)", id="with another beginning and end"),
        pytest.param(" ".join(FIRST.split()[:-25]), id="without its last paragraph"),
        pytest.param(
            " ".join("remplacé" if n % 12 == 0 else word for n, word in enumerate(FIRST.split())),
            id="one word in twelve replaced",
        ),
    ],
)
def test_a_text_that_is_90_percent_the_same_is_known(text: str, own: dict[str, Article], library: Library) -> None:
    assert likeness(text, own, library) is Likeness.TEXT


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text_of(2), id="another article in the same words"),
        pytest.param(" ".join(FIRST.split()[:150]), id="half of it"),
        pytest.param(f"{FIRST} {text_of(3, 90)}", id="the whole of it in a longer article"),
        pytest.param(" ".join("remplacé" if n % 6 == 0 else w for n, w in enumerate(FIRST.split())), id="one in six"),
    ],
)
def test_another_text_is_not_known(text: str, own: dict[str, Article], library: Library) -> None:
    assert likeness(text, own, library) is None


def test_the_same_text_in_a_file_of_another_language_is_not_looked_for(
    own: dict[str, Article], library: Library
) -> None:
    assert likeness(FIRST, own, library, language=Language.EN) is None


def test_another_text_at_the_same_address_is_known_as_such(own: dict[str, Article], library: Library) -> None:
    address = "http://www.example.org/first/?utm_source=x"
    assert likeness(text_of(2), own, library, url=address) is Likeness.ADDRESS


@pytest.mark.parametrize(
    "other",
    [
        "http://example.org/a",
        "https://www.example.org/a/",
        "https://m.example.org/a?utm_source=x&fbclid=1",
        "https://example.org/a/amp/",
        "https://EXAMPLE.org/a#comments",
        "https://example.org/a/index.html",
        " https://example.org/%61 ",
    ],
)
def test_what_changes_nothing_in_an_address_is_left_out(other: str) -> None:
    assert normal_address(other) == normal_address("https://example.org/a")


@pytest.mark.parametrize("other", ["https://example.org/b", "https://example.org/a?id=2", "https://ar.example.org/a"])
def test_another_address_stays_another(other: str) -> None:
    assert normal_address(other) != normal_address("https://example.org/a")


SHIPPED = {
    "a": make_article(alt_urls=("https://example.org/alt",), title="Trois accords signés", published="2026-01-27"),
    "b": make_article(id="b", url=None, title=None, published="2024-05"),
}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"url": "http://www.example.org/a/"}, "a"),
        ({"url": "https://example.org/alt?utm_medium=x"}, "a"),
        ({"title": "TROIS ACCORDS  SIGNÉS !", "published": "2026-01-27"}, "a"),
        ({"title": "Trois accords signés", "published": "2026-01"}, "a"),
        ({"title": "Trois accords signés", "published": "2026-01-28"}, None),
        ({"title": "Trois accords signés", "published": None}, None),
        ({"title": "Deux accords signés", "published": "2026-01-27"}, None),
        ({"title": None, "published": "2024-05"}, None),
        ({"url": "http://example.org/a", "language": Language.EN}, None),
    ],
)
def test_the_shipped_summary_of_an_article_is_found_by_address_or_by_title_and_date(
    fields: dict[str, Any], expected: str | None
) -> None:
    found = find_summarised(own_article(**fields), SHIPPED)
    assert (found.id if found else None) == expected
