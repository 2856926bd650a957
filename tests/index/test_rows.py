"""What the rows of an index stand for, and their ids."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from index.embedding import Role
from index.rows import Row, question_rows, read_rows, rendering_rows, row_id, write_rows
from knowledge.language import Language
from word_embedder import CORPUS, EMPTY_CORPUS, in_three, make_corpus

IDS = st.integers(0, 2**63 - 1)
PASSAGES = st.from_regex(r"[a-z0-9]{1,9}#p[0-9]", fullmatch=True)
ROWS = st.lists(
    st.builds(Row, IDS, PASSAGES, st.sampled_from(Language), st.sampled_from(Role), digest=st.text("0123456789abcdef")),
    max_size=8,
    unique_by=lambda row: row.id,
)


def test_the_id_of_a_row_is_the_same_in_every_build_on_every_machine() -> None:
    """Known answers: neither the process's hash seed nor the rest of the corpus takes part."""
    assert row_id("h24info-2024-05-outsourcing-17-9-gitex#p1", Language.FR) == 4_181_998_789_119_798_445
    assert row_id("h24info-2024-05-outsourcing-17-9-gitex#p1", Language.FR, 0) == 699_311_325_769_002_442


@given(PASSAGES, st.sampled_from(Language), st.none() | st.integers(0, 99))
def test_an_id_fits_the_63_bits_that_faiss_has(passage: str, language: Language, question: int | None) -> None:
    assert 0 <= row_id(passage, language, question) < 2**63


def test_every_rendering_and_every_question_is_a_row_of_its_own() -> None:
    rows = [*rendering_rows(CORPUS), *question_rows(CORPUS)]
    assert len({row.id for row in rows}) == len(rows) == 9 + 3
    assert [(row.passage_id, row.language, row.text) for row in rows if row.role is Role.QUERY] == [
        ("a0#p2", Language.EN, "how many people work"),
        ("a0#p2", Language.EN, "employment level"),
        ("a0#p2", Language.FR, "combien"),
    ]
    assert sum(row.role is Role.PASSAGE for row in rows) == len(CORPUS.renderings)


def test_a_further_passage_changes_no_other_rows_id() -> None:
    more = make_corpus({"p0": in_three("un", "واحد", "one"), "p1": in_three("deux", "اثنان", "two")})
    fewer = make_corpus({"p1": in_three("deux, mais autrement", "اثنان", "two")})
    assert {row.id for row in rendering_rows(fewer)} < {row.id for row in rendering_rows(more)}


def test_an_empty_corpus_has_no_rows() -> None:
    assert [*rendering_rows(EMPTY_CORPUS), *question_rows(EMPTY_CORPUS)] == []


@given(ROWS)
def test_rows_that_are_written_read_back(rows: list[Row]) -> None:
    with TemporaryDirectory() as folder:
        write_rows(rows, Path(folder) / "rows.json")
        assert list(read_rows(Path(folder) / "rows.json")) == rows
