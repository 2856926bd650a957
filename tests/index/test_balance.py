"""Likenesses across languages become comparable with those within one."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from index.balance import TRUST, Balance, fit_balance
from index.centring import Centring, encode_reference
from index.embedding import Role
from index.errors import IndexingError
from index.vectors import Vectors
from knowledge.language import Language
from word_embedder import REFERENCE, WordEmbedder

FR, AR, EN = Language


def likenesses(question: Language, row: Language, role: Role) -> Vectors:
    """Within a language a text is 1 like itself and 0.2 like others; across, 0.6 like its translation and 0.1."""
    same, other = (1.0, 0.2) if question is row else (0.6, 0.1)
    matrix = np.full((4, 4), other, np.float32)
    if role is Role.QUERY:
        np.fill_diagonal(matrix, same)
    return matrix


def test_a_stranger_across_languages_counts_as_one_within_and_a_translation_for_more() -> None:
    line = Balance.fit(likenesses).line(FR, AR, Role.PASSAGE)
    assert line.factor == pytest.approx((0.8 / 0.5) ** TRUST)
    assert line.factor * 0.1 + line.constant == pytest.approx(0.2)
    assert 0.6 < line.factor * 0.6 + line.constant < 1


@pytest.mark.parametrize("question", [AR, None])
def test_within_a_language_and_for_an_unknown_one_nothing_changes(question: Language | None) -> None:
    line = Balance.fit(likenesses).line(question, AR, Role.QUERY)
    assert (line.factor, line.constant) == (1, 0)


def test_what_is_saved_loads_the_same(tmp_path: Path) -> None:
    balance = Balance.fit(likenesses)
    balance.save(tmp_path / "balance.json")
    loaded = Balance.load(tmp_path / "balance.json")
    for key in itertools.product(Language, Language, Role):
        assert loaded.line(*key) == balance.line(*key)


@pytest.mark.parametrize("content", ["", "[[", '[["fr", "de", "query", 1, 0]]', '[["fr", "ar"]]', "3"])
def test_a_damaged_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "balance.json"
    path.write_text(content)
    with pytest.raises(IndexingError, match=r"balance\.json is damaged.*dalil build"):
        Balance.load(path)


@pytest.mark.parametrize("has_token_vectors", [True, False])
def test_it_is_measured_with_and_without_token_vectors(*, has_token_vectors: bool) -> None:
    encodings = encode_reference(WordEmbedder(has_token_vectors=has_token_vectors), REFERENCE)
    balance = fit_balance(encodings, Centring.fit(encodings))
    for question, row in itertools.permutations(Language, 2):
        line = balance.line(question, row, Role.PASSAGE)
        assert np.isfinite([line.factor, line.constant]).all()
