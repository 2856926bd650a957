"""Whatever a file holds, it is read as an article or refused in one clear line."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from knowledge.errors import DocumentError
from knowledge.ingest.document import Document
from knowledge.ingest.reading import LARGEST_FILE, LARGEST_TEXT, read_document

SENTENCE = "La société inventée Atlas Parole emploie cent vingt personnes à Nador depuis le mois de mars."
BIDI_CONTROLS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
PDF = Path(__file__).parent / "pdfs/en-table.pdf"


def _refusal(path: Path) -> str:
    with pytest.raises(DocumentError) as refused:
        read_document(path)
    assert len(refused.value.problems) == 1
    line = str(refused.value)
    assert "\n" not in line
    assert "Fix: " in line
    return line


def _write(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "is a PNG picture"),
        (b"\x7fELF\x02\x01\x01" + bytes(200), "is a program"),
        (bytes(range(256)) * 40, "is no text"),
        (b"PK\x03\x04" + b"x" * 300, "is damaged"),
        (b"%PDF-1.7\n" + b"x" * 300, "is a damaged PDF"),
        (b"Menu\nAccueil\nContact\n", "holds no article"),
        (b" \n\t\r\n ", "holds no article"),
        (b"<html><body><script>alert('une phrase qui ne doit pas sortir.')</script></body></html>", "holds no article"),
    ],
)
def test_what_is_no_article_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    assert said in _refusal(_write(tmp_path / "article.txt", content))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in _refusal(tmp_path / "absent.txt")
    assert "cannot be read" in _refusal(tmp_path)


def test_a_file_of_200_megabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    with (tmp_path / "large.pdf").open("wb") as file:
        file.truncate(2 * LARGEST_FILE)
    assert "has 200 MB; 100 MB of this kind are read at most" in _refusal(tmp_path / "large.pdf")


def test_a_text_of_50_megabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    path = _write(tmp_path / "line.html", b"<html><body><p>" + b"mot " * 12_500_000)
    assert f"has 50 MB; {LARGEST_TEXT // 1_000_000} MB of this kind are read at most" in _refusal(path)


def test_a_page_of_one_long_line_is_read(tmp_path: Path) -> None:
    path = _write(tmp_path / "line.html", "<html><body><p>" + SENTENCE * 20_000)
    assert read_document(path).text.count("Nador") == 20_000


def test_a_name_with_line_breaks_and_direction_marks_is_shown_on_one_line(tmp_path: Path) -> None:
    line = _refusal(_write(tmp_path / "a\nb\u202ec.txt", b""))
    assert "a\\nb\\u202ec.txt" in line


def test_an_encrypted_pdf_says_that_it_has_a_password(tmp_path: Path) -> None:
    # Handler V=1 R=2 with keys that no empty password opens.
    keys = b"/O <" + b"28" * 32 + b"> /U <" + b"11" * 32 + b">"
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n"
        b"4 0 obj<</Filter/Standard/V 1/R 2/P -4 " + keys + b">>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>\n%%EOF"
    )
    assert "password" in _refusal(_write(tmp_path / "locked.pdf", body))


def test_a_scanned_pdf_says_that_it_needs_ocr(tmp_path: Path) -> None:
    picture = b"\xff" * 100
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 5 0 R\n"
        b"/Resources<</XObject<</I 4 0 R>>>>>>endobj\n"
        b"4 0 obj<</Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 8/Length 100>>"
        b"stream\n" + picture + b"\nendstream endobj\n"
        b"5 0 obj<</Length 21>>stream\n99 0 0 99 0 0 cm /I Do\nendstream endobj\n"
        b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"
    )
    assert "needs OCR" in _refusal(_write(tmp_path / "scan.pdf", body))


@pytest.mark.parametrize("depth", [300, 100_000])
def test_deep_nesting_is_read_or_refused_and_nothing_breaks(tmp_path: Path, depth: int) -> None:
    page = f"<html><body><p>{SENTENCE}</p>" + "<div>" * depth + f"<p>{SENTENCE}</p>" + "</div>" * depth
    assert SENTENCE in read_document(_write(tmp_path / "deep.html", page)).text


@pytest.mark.parametrize("tag", ["ul><li", "table><tr><td", "b", "blockquote", "span", "details", "h2"])
def test_deep_nesting_of_any_tag_breaks_nothing(tmp_path: Path, tag: str) -> None:
    path = _write(tmp_path / "deep.html", f"<html><body><p>{SENTENCE}</p>" + f"<{tag}>x" * 50_000)
    try:
        read_document(path)
    except DocumentError:
        return


def test_entities_do_not_grow(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    page = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "ha">{laughs}]><html><body><p>{SENTENCE}</p><p>&a9;</p>'
    assert len(read_document(_write(tmp_path / "laughs.html", page)).text) < 1_000


def test_scripts_styles_and_handlers_are_no_text(tmp_path: Path) -> None:
    page = (
        f"<html><body onload='tout()'><article><p onclick=\"alert('a')\">{SENTENCE}</p><script>mechant()</script>"
        f"<style>p{{color:red}}</style><p>{SENTENCE}<script>encore()</script></p><img src=x onerror='pire()'>"
        "<a href='javascript:fin()'>suite</a></article></body></html>"
    )
    text = read_document(_write(tmp_path / "page.html", page)).text
    assert not any(word in text for word in ("tout()", "alert", "mechant", "color", "encore", "pire", "javascript"))


def test_null_bytes_are_left_out(tmp_path: Path) -> None:
    text = read_document(_write(tmp_path / "nulls.txt", SENTENCE.replace(" ", " \0", 1) + "\n\n" + SENTENCE)).text
    assert text == f"{SENTENCE}\n\n{SENTENCE}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp1256"])
def test_french_reads_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    document = read_document(_write(tmp_path / "article.txt", f"{SENTENCE}\n\n{SENTENCE}".encode(encoding)))
    assert document.text == f"{SENTENCE}\n\n{SENTENCE}"
    assert document.repairs == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1256", "iso8859_6"])
def test_arabic_reads_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    sentence = "افتتحت الشركة المتخيلة مركزا للخدمات عن بعد في مدينة ورزازات ويشغل المركز مئات المستخدمين."
    document = read_document(_write(tmp_path / "article.txt", f"{sentence}\n\n{sentence}".encode(encoding)))
    assert document.text == f"{sentence}\n\n{sentence}"
    assert document.language == "ar"


def test_broken_utf_8_is_read_and_what_was_lost_is_said(tmp_path: Path) -> None:
    content = (
        f"{SENTENCE}\nÉtat général : réussite complète à Béni Mellal.\n".encode()
        + b"Une ligne \xff cass\xe9e par ailleurs."
    )
    document = read_document(_write(tmp_path / "article.txt", content))
    assert len(document.repairs) == 1
    assert "2 characters" in document.repairs[0]
    assert "line 3" in document.repairs[0]
    assert "La société inventée" in document.text


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    path = _write(tmp_path / "article.txt", SENTENCE)
    assert read_document(path) == read_document(path)


def _is_clean(document: Document) -> None:
    text = document.text
    assert unicodedata.is_normalized("NFC", text)
    assert not BIDI_CONTROLS & set(text)
    assert not any(unicodedata.category(character) == "Cc" and character != "\n" for character in text)
    assert document.blocks
    for block in document.blocks:
        assert block.text
        assert block.text == block.text.strip()
        assert "\n\n" not in block.text
        assert not any(
            first.isspace() and second.isspace() for first, second in zip(block.text, block.text[1:], strict=False)
        )


MARKUP = st.sampled_from(
    (
        "<p>~</p>~<div>~<ul><li>~<table><tr><td>~<br>~<h1>~<h2>~</h2>~<script>~</script>~&nbsp;~&#8238;~<!--~-->~<a href=x>~</a>"
        "~<html>~<body>~<details><summary>~<svg>~<![CDATA[~<meta charset='x'>~# ~- ~| a | b |\n|---|---|\n~---\n~**~[x](http://y)"
        "~\n\n~\n~ ~\t~\u202e~\u0301~\x00~\ufb01~\ufeff~Lire aussi :~Publié le 12 mars 2025~Combien ?~FAQ~31/02/2024"
        f"~قال الوزير إن القطاع سيخلق مناصب شغل جديدة.~{SENTENCE}"
    ).split("~")
)
CONTENT = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(st.one_of(MARKUP, st.text(max_size=12)), max_size=40).map(
        lambda parts: "".join(parts).encode("utf-8", "surrogatepass")
    ),
    st.lists(MARKUP, max_size=30).map(lambda parts: "".join(parts).encode("utf-16")),
    st.binary(max_size=200).map(lambda tail: b"%PDF-1.7\n" + tail),
    st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail),
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=CONTENT)
@example(content=b"\xff\xfe")
@example(content=b"\xff\xfea")
@example(content=b"<?xml version='1.0' encoding='utf-16'?><html><p>a")
@example(content=("---\n" * 60).encode())
def test_any_bytes_give_a_clean_document_or_a_refusal(tmp_path: Path, content: bytes) -> None:
    path = _write(tmp_path / "any.txt", content)
    try:
        document = read_document(path)
    except DocumentError:
        return
    _is_clean(document)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(st.tuples(st.integers(0, PDF.stat().st_size - 1), st.integers(0, 255)), min_size=1, max_size=30))
def test_a_pdf_with_changed_bytes_gives_a_clean_document_or_a_refusal(
    tmp_path: Path, places: list[tuple[int, int]]
) -> None:
    content = bytearray(PDF.read_bytes())
    for place, value in places:
        content[place] = value
    path = _write(tmp_path / "changed.pdf", bytes(content))
    try:
        document = read_document(path)
    except DocumentError:
        return
    _is_clean(document)
