"""From a corpus to an index on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.building import build_index
from index.centring import Centring, Level
from index.embedding import Encoding, Progress, Role
from index.errors import IndexingError, TextRefusedError
from index.measures import BALANCE_FILE, MEANS_FILE
from index.model import INDEX_SCHEMA
from index.rows import ROWS_FILE, question_rows, read_rows, rendering_rows
from index.shares import LanguageShares, vectors_file
from index.storage import IndexStore
from index.token_files import SPANS_FILE, shard_of, tokens_file
from index.tokens import TokenIndex
from index.vectors import FaissIndex
from knowledge.language import Language
from word_embedder import CORPUS, EMPTY_CORPUS, REFERENCE, WordEmbedder, in_three, make_corpus

TOKEN_FILES = {tokens_file(shard_of(passage)) for passage in CORPUS.passages}
VECTOR_FILES = {vectors_file(language) for language in Language}


def ignore(done: int, total: int) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def store(tmp_path: Path) -> IndexStore:
    return IndexStore(tmp_path / "store")


def test_the_manifest_says_what_the_index_was_built_from(store: IndexStore) -> None:
    manifest = build_index(CORPUS, WordEmbedder(), REFERENCE, store, ignore)
    assert manifest == store.manifest()
    assert manifest.index_schema == INDEX_SCHEMA
    assert (manifest.model_name, manifest.model_digest) == ("words", "words-1")
    assert (manifest.reference_digest, manifest.corpus_digest) == ("reference-1", CORPUS.digest)
    assert (manifest.dimension, manifest.token_vectors) == (48, True)
    assert (manifest.passages, manifest.renderings, manifest.questions) == (3, 9, 3)
    assert set(manifest.files) == {*VECTOR_FILES, *TOKEN_FILES, ROWS_FILE, SPANS_FILE, MEANS_FILE, BALANCE_FILE}


def test_every_row_holds_its_texts_vectors_centred_for_its_role_and_language(store: IndexStore) -> None:
    embedder = WordEmbedder()
    build_index(CORPUS, embedder, REFERENCE, store, ignore)
    folder = store.current()
    centring = Centring.load(folder / MEANS_FILE)
    vectors = LanguageShares.load(folder, {Language.FR: 4, Language.AR: 3, Language.EN: 5})
    tokens = TokenIndex.load(folder)
    rows = [*rendering_rows(CORPUS), *question_rows(CORPUS)]
    assert len(rows) == 12
    assert {row.id for row in read_rows(folder / ROWS_FILE)} == {row.id for row in rows}
    for row in rows:
        encoding = embedder.encode([row.text], row.role)
        assert encoding.token_vectors is not None
        own = centring.apply(encoding.vectors, Level.TEXT, row.role, row.language)[0]
        assert vectors.scores(own, [row])[0] == pytest.approx(1, abs=1e-5)
        question = centring.apply(encoding.token_vectors[0], Level.TOKEN, row.role, row.language)
        assert tokens.max_sim(question, [row.id])[0][0] == pytest.approx(1, abs=0.03)


def test_the_same_corpus_gives_the_same_bytes(tmp_path: Path) -> None:
    manifests = [
        build_index(CORPUS, WordEmbedder(), REFERENCE, IndexStore(tmp_path / name), ignore) for name in ("one", "two")
    ]
    assert manifests[0] == manifests[1]


def test_a_model_without_token_vectors_gives_a_dense_index_that_says_so(store: IndexStore) -> None:
    manifest = build_index(CORPUS, WordEmbedder(has_token_vectors=False), REFERENCE, store, ignore)
    assert not manifest.token_vectors
    assert set(manifest.files) == {*VECTOR_FILES, ROWS_FILE, MEANS_FILE, BALANCE_FILE}


def test_an_empty_corpus_gives_an_empty_index(store: IndexStore) -> None:
    manifest = build_index(EMPTY_CORPUS, WordEmbedder(), REFERENCE, store, ignore)
    assert (manifest.passages, manifest.renderings, manifest.questions) == (0, 0, 0)
    assert [len(FaissIndex.load(store.current() / name)) for name in sorted(VECTOR_FILES)] == [0, 0, 0]


def test_more_texts_than_a_batch_are_all_there(store: IndexStore) -> None:
    corpus = make_corpus({f"p{n}": in_three(f"un {n}", f"واحد {n}", f"one {n}") for n in range(70)})
    build_index(corpus, WordEmbedder(), REFERENCE, store, ignore)
    assert [len(FaissIndex.load(store.current() / name)) for name in sorted(VECTOR_FILES)] == [70, 70, 70]


def test_progress_rises_to_the_whole_and_covers_every_text_once(store: IndexStore) -> None:
    steps: list[tuple[int, int]] = []
    build_index(CORPUS, WordEmbedder(), REFERENCE, store, lambda done, total: steps.append((done, total)))
    total = 9 + 3 + sum(len(texts) for texts in REFERENCE.texts.values())
    assert {step[1] for step in steps} == {total}
    done = [step[0] for step in steps]
    assert done == sorted(done)
    assert done[-1] == total


def test_a_passage_that_the_model_refuses_keeps_the_old_index(store: IndexStore) -> None:
    old = build_index(CORPUS, WordEmbedder(), REFERENCE, store, ignore)
    blank = make_corpus({"p1": {Language.FR: "!"}})
    with pytest.raises(TextRefusedError, match="blank"):
        build_index(blank, WordEmbedder(), REFERENCE, store, ignore)
    assert store.verified() == old


def test_a_model_that_gives_no_numbers_is_refused_and_keeps_the_old_index(store: IndexStore) -> None:
    class Broken(WordEmbedder):
        def encode(self, texts: Sequence[str], role: Role, progress: Progress | None = None) -> Encoding:
            encoding = super().encode(texts, role, progress)
            for row, text in enumerate(texts):
                if text.startswith("jobs"):
                    encoding.vectors[row] = np.nan
            return encoding

    old = build_index(CORPUS, WordEmbedder(), REFERENCE, store, ignore)
    with pytest.raises(IndexingError, match="expected 1: the model gave no usable vector"):
        build_index(CORPUS, Broken(), REFERENCE, store, ignore, afresh=True)
    assert store.manifest() == old


@pytest.mark.parametrize("broken", ["jobs", "query en"])
def test_a_model_that_gives_no_numbers_for_a_token_is_refused(store: IndexStore, broken: str) -> None:
    """Of a passage, or of a reference text: a cast to bytes would make a likeness of it without a word."""

    class Broken(WordEmbedder):
        def encode(self, texts: Sequence[str], role: Role, progress: Progress | None = None) -> Encoding:
            encoding = super().encode(texts, role, progress)
            assert encoding.token_vectors is not None
            for tokens, text in zip(encoding.token_vectors, texts, strict=True):
                if text.startswith(broken):
                    tokens[0] = np.nan
            return encoding

    with pytest.raises(IndexingError, match="the model gave no usable vector"):
        build_index(CORPUS, Broken(), REFERENCE, store, ignore)
