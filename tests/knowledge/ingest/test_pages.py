"""Self-written pages and PDFs, built like those of news sites: each has its truth beside it, as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest_scores import foreign, kept_sentences, normalised
from knowledge.ingest.document import BlockKind
from knowledge.ingest.reading import read_document

HERE = Path(__file__).parent
FIELDS = ("title", "publisher", "author", "published", "language", "url")
PAGES = sorted((HERE / "pages").glob("*.html"))
PDFS = sorted((HERE / "pdfs").glob("*.pdf"))
MISLEADING = {"fr-misleading", "ar-misleading"}


def _truth(path: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return truth


def _name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("paths", [PAGES, PDFS], ids=["pages", "PDFs"])
def test_nearly_all_of_the_articles_is_kept_and_nearly_nothing_else(paths: list[Path]) -> None:
    kept = lost = body = beside = 0
    for path in paths:
        text = read_document(path).text
        sentences = _truth(path)["body"]
        found, missing = kept_sentences(text, sentences)
        kept, lost = kept + len(found), lost + len(missing)
        body, beside = body + len(normalised(text)), beside + len(foreign(text, sentences))
    assert kept >= 0.99 * (kept + lost)
    assert beside <= 0.02 * body


@pytest.mark.parametrize("path", [*PAGES, *PDFS], ids=_name)
def test_nothing_that_a_file_says_of_itself_is_taken_wrongly(path: Path) -> None:
    document, truth = read_document(path), _truth(path)
    wrong = {
        field: getattr(document, field) for field in FIELDS if getattr(document, field) not in {None, truth[field]}
    }
    assert wrong == {}


@pytest.mark.parametrize("path", [path for path in PAGES if path.stem not in MISLEADING], ids=_name)
def test_a_page_with_honest_metadata_gives_title_date_language_and_address(path: Path) -> None:
    document, truth = read_document(path), _truth(path)
    found = {field: getattr(document, field) for field in ("title", "published", "language", "url")}
    assert found == {field: truth[field] for field in found}
    assert {"title", "published", "url"} <= set(document.found_in)


def test_misleading_metadata_costs_a_field_and_gives_no_wrong_one() -> None:
    template_date = read_document(HERE / "pages/ar-misleading.html")
    epoch = read_document(HERE / "pages/fr-misleading.html")
    assert template_date.published is None, "the template's date and the page's contradict each other"
    assert template_date.publisher is None, "WordPress publishes nothing"
    assert epoch.published == "2025-06-18", "1970 is a clock that was not set"
    assert epoch.author is None, "admin is nobody"
    assert (epoch.url or "").endswith("/etude-tarifs-nearshore"), "a home page is no article's address"


@pytest.mark.parametrize("name", ["fr-faq", "ar-faq"])
def test_questions_with_answers_stay_together(name: str) -> None:
    path = HERE / f"pages/{name}.html"
    answered = [block for block in read_document(path).blocks if block.kind is BlockKind.QUESTION_ANSWER]
    assert len(answered) == sum(1 for sentence in _truth(path)["body"] if sentence.endswith(("?", "؟")))


@pytest.mark.parametrize("path", ["pages/fr-misleading.html", "pages/ar-misleading.html", "pdfs/en-table.pdf"])
def test_a_table_keeps_its_rows(path: str) -> None:
    tables = [block.text for block in read_document(HERE / path).blocks if block.kind is BlockKind.TABLE]
    rows = [row for row in _truth(HERE / path)["body"] if " | " in row]
    assert [row for table in tables for row in table.split("\n")] == rows


@pytest.mark.parametrize(
    "path",
    [
        "pages/fr-cookie-wall.html",
        "pages/ar-windows-1256.html",
        "pdfs/fr-two-columns.pdf",
        "pdfs/en-headers-footers.pdf",
    ],
)
def test_a_list_keeps_its_items_apart(path: str) -> None:
    lists = [block.text.split("\n") for block in read_document(HERE / path).blocks if block.kind is BlockKind.LIST]
    assert [len(items) for items in lists] == [3]


def test_a_word_broken_at_the_end_of_a_line_is_whole_and_a_double_name_keeps_its_hyphen() -> None:
    text = read_document(HERE / "pdfs/fr-two-columns.pdf").text
    assert "Amellal-Sqalli" in text
    assert "\u00ad" not in text
    assert "prévoit un parc de 18.000 m²" in text


def test_running_heads_and_page_numbers_are_no_part_of_a_pdf() -> None:
    document = read_document(HERE / "pdfs/en-headers-footers.pdf")
    assert "Maghreb Ledger" not in document.text
    assert {"1 / 2", "2 / 2"} <= set(document.dropped)


def test_arabic_of_a_pdf_stands_in_the_order_in_which_it_is_read() -> None:
    text = read_document(HERE / "pdfs/ar-right-to-left.pdf").text
    assert "بكلفة بلغت 38 مليون درهم" in text
    assert "للخدمات" in text, "a doubled letter is no shadow"
    assert "ثلاثة أشهر" in text, "lam and alef are one sign and two letters"


def test_what_a_page_does_never_stands_in_its_text() -> None:
    for path in PAGES:
        text = read_document(path).text
        assert not any(word in text for word in ("dataLayer", "document.write", "onclick", "popup()", "{", "font-size"))
