"""Exact search over unit vectors, against FAISS itself."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexingError
from index.vectors import EXACT_UP_TO, FaissIndex, Ids, Vectors

REBUILD = r"dalil build"


def unit_vectors(count: int, dimension: int, seed: int) -> Vectors:
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def some_ids(count: int, seed: int) -> Ids:
    return np.random.default_rng(seed).choice(2**62, size=count, replace=False).astype(np.int64)


SIZES = st.integers(0, 30)
DIMENSIONS = st.integers(1, 40)
SEEDS = st.integers(0, 10_000)


@given(SIZES, DIMENSIONS, SEEDS, st.integers(1, 50))
def test_search_gives_the_largest_inner_products_best_first(count: int, dimension: int, seed: int, k: int) -> None:
    vectors, ids = unit_vectors(count, dimension, seed), some_ids(count, seed)
    question = unit_vectors(1, dimension, seed + 1)[0]
    scores, found = FaissIndex.of(vectors, ids).search(question, k)
    products = vectors @ question
    assert len(found) == len(scores) == min(k, count)
    np.testing.assert_allclose(scores, np.sort(products)[::-1][:k], atol=1e-5)
    place = {row: position for position, row in enumerate(ids.tolist())}
    np.testing.assert_allclose([products[place[row]] for row in found.tolist()], scores, atol=1e-5)


@given(SIZES, DIMENSIONS, SEEDS)
def test_what_is_saved_loads_and_answers_the_same(count: int, dimension: int, seed: int) -> None:
    index = FaissIndex.of(unit_vectors(count, dimension, seed), some_ids(count, seed))
    with TemporaryDirectory() as folder:
        index.save(Path(folder) / "vectors.faiss")
        loaded = FaissIndex.load(Path(folder) / "vectors.faiss")
    assert (len(loaded), loaded.dimension) == (count, dimension)
    question = unit_vectors(1, dimension, seed + 1)[0]
    for before, after in zip(index.search(question, 5), loaded.search(question, 5), strict=True):
        np.testing.assert_array_equal(before, after)


def test_a_known_ranking() -> None:
    vectors = np.array([[1, 0], [0, 1], [-1, 0], [0.6, 0.8]], np.float32)
    index = FaissIndex.of(vectors, np.array([10, 20, 30, 2**62], np.int64))
    scores, ids = index.search(np.array([1, 0], np.float32), 3)
    assert ids.tolist() == [10, 2**62, 20]
    assert scores.tolist() == pytest.approx([1, 0.6, 0])


def test_more_than_are_stored_gives_those_stored_and_never_minus_one() -> None:
    index = FaissIndex.of(unit_vectors(3, 4, 0), np.array([7, 8, 9], np.int64))
    scores, ids = index.search(unit_vectors(1, 4, 1)[0], 100)
    assert sorted(ids.tolist()) == [7, 8, 9]
    assert np.all(np.abs(scores) <= 1 + 1e-5)


def test_an_empty_index_finds_nothing() -> None:
    index = FaissIndex.of(np.empty((0, 4), np.float32), np.empty(0, np.int64))
    scores, ids = index.search(unit_vectors(1, 4, 1)[0], 3)
    assert len(index) == len(scores) == len(ids) == 0


@pytest.mark.parametrize("k", [0, -1])
def test_asking_for_none_gives_none(k: int) -> None:
    index = FaissIndex.of(unit_vectors(3, 4, 0), np.arange(3))
    assert [len(part) for part in index.search(unit_vectors(1, 4, 1)[0], k)] == [0, 0]


@pytest.mark.parametrize("value", [np.nan, np.inf, 0.0, 0.99, 1.01])
def test_a_row_that_is_not_of_unit_length_is_refused_by_its_number(value: float) -> None:
    vectors = np.array([[1, 0], [0, 1], [value, 0], [np.nan, 0]], np.float32)
    with pytest.raises(IndexingError, match=r"^vector 2 has length .*, expected 1"):
        FaissIndex.of(vectors, np.arange(4))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_question_that_is_not_finite_is_refused(value: float) -> None:
    """FAISS answers with -1, the sign for "no row"."""
    index = FaissIndex.of(unit_vectors(3, 2, 0), np.arange(3))
    with pytest.raises(IndexingError, match="not finite"):
        index.search(np.array([value, 0], np.float32), 2)


@pytest.mark.parametrize("ids", [[0, 1, 1], [0, 1, -1]], ids=["repeated", "negative"])
def test_ids_are_single_and_not_negative(ids: list[int]) -> None:
    with pytest.raises(IndexingError, match="non-negative and occur once"):
        FaissIndex.of(unit_vectors(3, 2, 0), np.array(ids, np.int64))


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.99])
def test_a_file_cut_short_is_refused(tmp_path: Path, part: float) -> None:
    path = tmp_path / "vectors.faiss"
    FaissIndex.of(unit_vectors(9, 8, 0), np.arange(9)).save(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(part * len(content))])
    with pytest.raises(IndexingError, match=REBUILD):
        FaissIndex.load(path)


def test_another_kind_of_faiss_index_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vectors.faiss"
    faiss.write_index(faiss.IndexFlatIP(2), str(path))
    with pytest.raises(IndexingError, match=rf"IndexFlat.*{REBUILD}"):
        FaissIndex.load(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexingError, match=REBUILD):
        FaissIndex.load(tmp_path / "none.faiss")


def test_a_full_disk_is_noticed() -> None:
    """FAISS's own writer reports nothing when the disk fills up; /dev/full is a disk that is always full."""
    with pytest.raises(OSError, match="No space left"):
        FaissIndex.of(unit_vectors(9, 8, 0), np.arange(9)).save(Path("/dev/full"))


def test_many_vectors_are_searched_by_cells_and_nearly_all_are_found(tmp_path: Path) -> None:
    """Above `EXACT_UP_TO`; vectors in clusters, as texts on subjects are, saved and loaded."""
    centres = unit_vectors(200, 16, 0)
    noise = 0.3 * unit_vectors(EXACT_UP_TO + 1, 16, 1)
    vectors = centres[np.arange(EXACT_UP_TO + 1) % 200] + noise
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    FaissIndex.of(vectors, np.arange(len(vectors)) * 7).save(tmp_path / "many.faiss")
    index = FaissIndex.load(tmp_path / "many.faiss")
    found = 0
    for question in vectors[:50]:
        _, ids = index.search(question, 10)
        found += len(set((np.argsort(-(vectors @ question))[:10] * 7).tolist()) & set(ids.tolist()))
    assert found >= 475, "of 500"
    np.testing.assert_allclose(index.scores(vectors[3], np.array([21, 700])), vectors[[3, 100]] @ vectors[3], atol=1e-5)


def test_a_file_with_what_is_no_unit_vector_is_refused(tmp_path: Path) -> None:
    flat = faiss.IndexIDMap2(faiss.IndexFlatIP(2))
    flat.add_with_ids(np.array([[1, 0], [np.nan, 0]], np.float32), np.array([1, 2], np.int64))
    faiss.write_index(flat, str(tmp_path / "bad.faiss"))
    with pytest.raises(IndexingError, match=rf"bad\.faiss holds vectors that are not of length 1.*{REBUILD}"):
        FaissIndex.load(tmp_path / "bad.faiss")
