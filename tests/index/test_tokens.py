"""Token vectors and their late interaction."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexingError
from index.token_files import SPANS_FILE, tokens_file, write_shard, write_spans
from index.tokens import TokenIndex
from index.vectors import Vectors


def unit_vectors(count: int, dimension: int, seed: int) -> Vectors:
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


ONE_FILE = tokens_file(0)


def saved(index: TokenIndex, folder: Path) -> TokenIndex:
    """Write an index that was made in memory, all of it into one file, and read it again."""
    rows = sorted(index.rows)
    blocks = [index.stored(row) for row in rows]
    ends = np.cumsum([len(block) for block in blocks]).tolist()
    if blocks:
        write_shard(folder / ONE_FILE, blocks, ends[-1], blocks[0].shape[1])
    spans = {row: (0, end - len(block), end) for row, block, end in zip(rows, blocks, ends, strict=True)}
    write_spans(spans, folder / SPANS_FILE)
    return TokenIndex.load(folder)


LENGTHS = st.lists(st.integers(1, 9), min_size=1, max_size=6)


@given(LENGTHS, st.integers(1, 9), st.integers(0, 1000))
def test_late_interaction_averages_each_tokens_best_likeness(lengths: list[int], asked: int, seed: int) -> None:
    """To the rounding of one byte a component."""
    texts = [unit_vectors(length, 16, seed + row) for row, length in enumerate(lengths)]
    question = unit_vectors(asked, 16, seed + 100)
    index = TokenIndex.of((row * 7, text) for row, text in enumerate(texts))
    for row, text in enumerate(texts):
        best = np.sort((question @ text.T).max(axis=1))
        weakest = best[: max(1, int(np.ceil(asked / 4)))]
        (mean,), (weak,) = index.max_sim(question, [row * 7])
        assert mean == pytest.approx(best.mean(), abs=0.03)
        assert weak == pytest.approx(weakest.mean(), abs=0.03)
        assert weak <= mean + 1e-6


@given(LENGTHS, st.integers(0, 1000))
def test_what_is_saved_loads_and_scores_the_same(lengths: list[int], seed: int) -> None:
    index = TokenIndex.of((2**62 - row, unit_vectors(length, 8, seed + row)) for row, length in enumerate(lengths))
    question = unit_vectors(3, 8, seed + 100)
    with TemporaryDirectory() as folder:
        loaded = saved(index, Path(folder))
        for row in range(len(lengths)):
            assert loaded.max_sim(question, [2**62 - row]) == index.max_sim(question, [2**62 - row])


def test_a_text_finds_itself_best() -> None:
    texts = [unit_vectors(5, 24, seed) for seed in range(4)]
    index = TokenIndex.of(enumerate(texts))
    for row, text in enumerate(texts):
        scores = index.max_sim(text, range(len(texts)))[0]
        assert int(np.argmax(scores)) == row
        assert scores[row] == pytest.approx(1, abs=0.02)


def test_the_weak_score_shows_the_token_that_finds_nothing() -> None:
    """Three of four tokens stand in the text: the mean hardly tells, the weakest quarter does."""
    basis = np.eye(4, dtype=np.float32)
    (mean,), (weak,) = TokenIndex.of([(1, basis[:3])]).max_sim(basis, [1])
    assert mean == pytest.approx(0.75)
    assert weak == pytest.approx(0)


def test_no_rows_save_and_load(tmp_path: Path) -> None:
    loaded = saved(TokenIndex.of([]), tmp_path)
    with pytest.raises(KeyError):
        loaded.max_sim(unit_vectors(1, 8, 0), [1])
    assert json.loads((tmp_path / SPANS_FILE).read_text()) == {}


@pytest.mark.parametrize("name", [ONE_FILE, SPANS_FILE])
@pytest.mark.parametrize("part", [0.0, 0.2, 0.7, 0.99])
def test_a_file_cut_short_is_refused(tmp_path: Path, name: str, part: float) -> None:
    saved(TokenIndex.of([(1, unit_vectors(3, 8, 0)), (2, unit_vectors(2, 8, 1))]), tmp_path)
    content = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(content[: int(part * len(content))])
    with pytest.raises(IndexingError, match="dalil build"):
        TokenIndex.load(tmp_path)


def test_files_of_two_indexes_are_refused(tmp_path: Path) -> None:
    saved(TokenIndex.of([(1, unit_vectors(3, 8, 0))]), tmp_path)
    (tmp_path / SPANS_FILE).write_text('{"1": [0, 0, 2]}')
    with pytest.raises(IndexingError, match=r"(does not fit token_spans|is damaged).*dalil build"):
        TokenIndex.load(tmp_path)


def test_other_numbers_than_bytes_are_refused(tmp_path: Path) -> None:
    saved(TokenIndex.of([(1, unit_vectors(3, 8, 0))]), tmp_path)
    np.save(tmp_path / ONE_FILE, unit_vectors(3, 8, 0))
    with pytest.raises(IndexingError, match="dalil build"):
        TokenIndex.load(tmp_path)


def test_a_pickle_is_refused(tmp_path: Path) -> None:
    saved(TokenIndex.of([(1, unit_vectors(3, 8, 0))]), tmp_path)
    np.save(tmp_path / ONE_FILE, np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(IndexingError, match="dalil build"):
        TokenIndex.load(tmp_path)


@given(LENGTHS, st.integers(1, 9), st.integers(0, 1000))
def test_many_rows_at_once_score_as_each_alone(lengths: list[int], asked: int, seed: int) -> None:
    index = TokenIndex.of((row, unit_vectors(length, 16, seed + row)) for row, length in enumerate(lengths))
    question = unit_vectors(asked, 16, seed + 100)
    rows = [*reversed(range(len(lengths))), 0]
    for together, alone in zip(
        index.max_sim(question, rows), zip(*(index.max_sim(question, [row]) for row in rows), strict=True), strict=True
    ):
        np.testing.assert_allclose(together, np.concatenate(alone), atol=1e-5)


def test_no_rows_score_nothing() -> None:
    late, weak = TokenIndex.of([(1, unit_vectors(3, 8, 0))]).max_sim(unit_vectors(2, 8, 1), [])
    assert len(late) == len(weak) == 0


@pytest.mark.parametrize("tokens", [np.empty((0, 8), np.float32), np.full((2, 8), np.nan, np.float32)])
def test_a_row_without_tokens_or_with_what_is_no_number_is_refused(tokens: Vectors) -> None:
    with pytest.raises(IndexingError, match="no finite token vectors"):
        TokenIndex.of([(7, tokens)])


@pytest.mark.parametrize("span", [[0, 0, 0], [0, 3, 2], [0, -1, 3], [0, 0]])
def test_a_span_that_holds_no_token_is_refused(tmp_path: Path, span: list[int]) -> None:
    saved(TokenIndex.of([(1, unit_vectors(3, 8, 0)), (2, unit_vectors(2, 8, 1))]), tmp_path)
    (tmp_path / SPANS_FILE).write_text(json.dumps({"1": span, "2": [0, 3, 5]}))
    with pytest.raises(IndexingError, match=r"(does not fit token_spans|is damaged).*dalil build"):
        TokenIndex.load(tmp_path)
