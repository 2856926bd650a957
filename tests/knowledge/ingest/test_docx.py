"""DOCX documents: what they say is kept, what they hide is refused before it is unpacked."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest

from ingest_scores import foreign, kept_sentences
from knowledge.errors import DocumentError
from knowledge.ingest.document import BlockKind
from knowledge.ingest.reading import read_document

PAGES = Path(__file__).parent / "pages"


def _with_part(path: Path, name: str, content: bytes) -> Path:
    """The same document with one part written anew, or one more."""
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    path.write_bytes(packed.getvalue())
    return path


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("La société inventée Taza Voix emploie quatre-vingts personnes depuis lundi.")
    path = tmp_path / "article.docx"
    document.save(str(path))
    return path


@pytest.mark.parametrize("name", ["fr-cookie-wall", "en-amp", "ar-windows-1256", "fr-faq"])
def test_an_article_saved_as_docx_is_kept_whole(name: str, tmp_path: Path) -> None:
    truth = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    document = docx.Document()
    document.core_properties.author = "Utilisateur de l'ordinateur"
    document.core_properties.title = "Document1"
    document.add_heading(truth["title"], level=0)
    rows = [sentence.split(" | ") for sentence in truth["body"] if " | " in sentence]
    for sentence in truth["body"]:
        if " | " not in sentence:
            items = sentence.endswith((";", "؛"))
            document.add_paragraph(sentence, style="List Bullet" if items else None)
    if rows:
        table = document.add_table(0, len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        document.add_paragraph("Voilà ce que dit le tableau ci-dessus.")
        truth["body"].append("Voilà ce que dit le tableau ci-dessus.")
    path = tmp_path / "article.docx"
    document.save(str(path))

    read = read_document(path)

    assert kept_sentences(read.text, truth["body"])[1] == []
    assert foreign(read.text, truth["body"]) == ""
    assert (read.title, read.author, read.published) == (truth["title"], None, None)


def test_headings_lists_and_tables_are_told_apart(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Le parc inventé d'Azilal accueille trois métiers de services depuis le printemps :")
    for item in ("la saisie de données", "la relation client", "la paie"):
        document.add_paragraph(item, style="List Number")
    document.add_heading("Les loyers", level=2)
    table = document.add_table(2, 2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ("Année", "Loyer", "2025", "62 dirhams"), strict=True
    ):
        cell.text = text
    document.add_paragraph("Le parc est plein aux deux tiers, selon son directeur.")
    document.save(str(tmp_path / "a.docx"))
    kinds = [block.kind for block in read_document(tmp_path / "a.docx").blocks]
    assert kinds == [BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.HEADING, BlockKind.TABLE, BlockKind.PARAGRAPH]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(plain: Path) -> None:
    _with_part(plain, "word/media/bomb.bin", b"\0" * 300_000_000)
    with pytest.raises(DocumentError, match="ZIP bomb"):
        read_document(plain)


def test_declared_entities_are_refused(plain: Path) -> None:
    with zipfile.ZipFile(plain) as archive:
        xml = archive.read("word/document.xml").decode()
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    _with_part(plain, "word/document.xml", xml.replace("?>", f"?>{laughs}", 1).encode())
    with pytest.raises(DocumentError, match="declares XML entities"):
        read_document(plain)


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "_rels/.rels", "word/styles.xml"])
@pytest.mark.parametrize("content", [b"", b"<a", b"<a/>", b"\xff\xfe\0"])
def test_a_damaged_part_is_a_clear_error(plain: Path, part: str, content: bytes) -> None:
    _with_part(plain, part, content)
    with pytest.raises(DocumentError, match=r"Fix: "):
        read_document(plain)


def test_another_zip_is_no_docx(tmp_path: Path) -> None:
    path = tmp_path / "article.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<a/>")
    with pytest.raises(DocumentError, match="no DOCX document"):
        read_document(path)


def test_an_old_word_document_says_what_to_save_it_as(tmp_path: Path) -> None:
    path = tmp_path / "article.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(DocumentError, match="save it as DOCX"):
        read_document(path)
