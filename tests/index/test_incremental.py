"""Only what is new is embedded, and what comes out is the same as if all had been."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import vectors
from index.building import build_index
from index.centring import ReferenceSet
from index.embedding import Encoding, Progress, Role
from index.model import Manifest, Query
from index.retrieval import Retriever
from index.rows import sorted_rows
from index.storage import IndexStore
from index.token_files import shard_of, tokens_file
from knowledge.corpus import Corpus
from knowledge.language import Language
from word_embedder import CORPUS, EMPTY_CORPUS, REFERENCE, Questions, WordEmbedder, in_three, make_corpus

REFERENCE_TEXTS = {text for texts in REFERENCE.texts.values() for text in texts}


class Counting(WordEmbedder):
    """Remembers what it embedded, and may be interrupted before a run of the model."""

    def __init__(
        self, *, stop_before: int | None = None, digest: str = "words-1", has_token_vectors: bool = True
    ) -> None:
        super().__init__(digest=digest, has_token_vectors=has_token_vectors)
        self.embedded: list[str] = []
        self._runs_left = stop_before

    def encode(self, texts: Sequence[str], role: Role, progress: Progress | None = None) -> Encoding:
        if self._runs_left is not None:
            if not self._runs_left:
                raise KeyboardInterrupt
            self._runs_left -= 1
        self.embedded += texts
        return super().encode(texts, role, progress)


def build(corpus: Corpus, store: IndexStore, embedder: WordEmbedder | None = None, *, afresh: bool = False) -> Manifest:
    return build_index(corpus, embedder or WordEmbedder(), REFERENCE, store, lambda *_: None, afresh=afresh)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def store(folder: Path) -> IndexStore:
    """A store that holds the index of the small corpus."""
    store = IndexStore(folder)
    build(CORPUS, store)
    return store


def with_one_more(text: str = "centre nouveau à Fès") -> Corpus:
    """The small corpus with an article more."""
    passages = {"p1": {Language.FR: text}}
    more = make_corpus(passages, passages, passages).articles["a2"]
    return Corpus({**CORPUS.articles, "a2": more}, {}, {}, {})


WORDS = st.sampled_from(["emploi", "export", "parc", "prime", "شغل", "تكوين", "jobs", "bonus", "148 500"])
TEXTS = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
PASSAGES = st.dictionaries(
    st.sampled_from(["p1", "p2", "p3"]),
    st.dictionaries(st.sampled_from(Language), TEXTS, min_size=1),
    min_size=1,
)
ARTICLES = st.lists(PASSAGES, max_size=5)


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    """Few words and few ids, so that from one to the next texts stay, change, go, move and repeat each other."""
    articles = draw(ARTICLES)
    asked: Questions = {}
    for number, passages in enumerate(articles):
        for passage in passages:
            if draw(st.booleans()):
                asked[f"a{number}#{passage}"] = {draw(st.sampled_from(Language)): (draw(TEXTS),)}
    return make_corpus(*articles, questions=asked)


@settings(max_examples=40)
@given(st.lists(corpora(), min_size=2, max_size=4), st.booleans())
def test_after_any_edits_every_byte_is_as_if_built_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, versions: list[Corpus], has_token_vectors: bool
) -> None:
    """The manifest has a digest of every file."""
    folder = tmp_path_factory.mktemp("stores")
    store = IndexStore(folder / "edited")
    for number, corpus in enumerate(versions):
        embedder = WordEmbedder(has_token_vectors=has_token_vectors)
        edited = build(corpus, store, embedder)
        assert edited == build(corpus, IndexStore(folder / str(number)), embedder)
        assert store.verified() == edited


def test_only_new_and_changed_texts_are_embedded(store: IndexStore) -> None:
    embedder = Counting()
    build(with_one_more("premier texte"), store, embedder)
    assert embedder.embedded == ["premier texte"]
    embedder = Counting()
    build(with_one_more("second texte"), store, embedder)
    assert embedder.embedded == ["second texte"]
    embedder = Counting()
    build(CORPUS, store, embedder)
    assert embedder.embedded == []


def test_a_text_that_stands_twice_is_embedded_once(tmp_path: Path) -> None:
    embedder = Counting()
    same = {"p1": {Language.FR: "le même texte"}}
    build(make_corpus(same, same), IndexStore(tmp_path), embedder)
    assert embedder.embedded.count("le même texte") == 1


def test_as_a_question_or_in_another_language_it_is_another_text(store: IndexStore) -> None:
    """Role and language decide how it is embedded and centred."""
    embedder = Counting()
    text = "combien"  # held as a question in French
    build(make_corpus({"p1": {Language.FR: text, Language.EN: text}}), store, embedder)
    assert embedder.embedded == [text, text]


def test_another_model_or_reference_set_embeds_all_anew(store: IndexStore) -> None:
    texts = {row.text for row in sorted_rows(CORPUS)}
    embedder = Counting(digest="words-2")
    build(CORPUS, store, embedder)
    assert set(embedder.embedded) == texts | REFERENCE_TEXTS
    embedder = Counting(digest="words-2")
    build_index(CORPUS, embedder, ReferenceSet(REFERENCE.texts, "reference-2"), store, lambda *_: None)
    assert set(embedder.embedded) == texts | REFERENCE_TEXTS


def test_a_forced_build_and_one_over_a_damaged_version_embed_all_anew(store: IndexStore) -> None:
    whole = store.verified()
    embedder = Counting()
    assert build(CORPUS, store, embedder, afresh=True) == whole
    assert set(embedder.embedded) > REFERENCE_TEXTS
    path = store.current() / tokens_file(shard_of("a0#p1"))
    path.write_bytes(path.read_bytes()[:-1] + b"\x55")
    embedder = Counting()
    assert build(CORPUS, store, embedder) == whole
    assert set(embedder.embedded) > REFERENCE_TEXTS


def test_progress_counts_what_is_embedded_alone(store: IndexStore) -> None:
    steps: list[tuple[int, int]] = []
    build_index(with_one_more(), WordEmbedder(), REFERENCE, store, lambda *step: steps.append(step))
    assert steps == [(1, 1)]


def test_an_article_that_is_added_leaves_the_others_files_alone(store: IndexStore) -> None:
    unchanged = tokens_file(shard_of("a0#p1"))
    assert unchanged != tokens_file(shard_of("a2#p1"))
    before = (store.current() / unchanged).stat().st_ino
    build(with_one_more(), store)
    assert (store.current() / unchanged).stat().st_ino == before


def test_where_files_can_have_one_name_only_they_are_copied(store: IndexStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    added = build(with_one_more(), store)
    assert store.verified() == added


def test_many_vectors_searched_by_cells_are_taken_over_bit_for_bit(
    store: IndexStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "EXACT_UP_TO", 80)
    passages = {f"p{n}": {Language.FR: f"texte {n} parc {n % 7}"} for n in range(100)}
    build(make_corpus(passages), store)
    passages["p3"] = {Language.FR: "autre"}
    assert build(make_corpus(passages), store) == build(make_corpus(passages), IndexStore(tmp_path / "anew"))


def test_who_reads_the_old_version_goes_on_though_it_is_cleared_away(store: IndexStore, folder: Path) -> None:
    """A bot maps the token vectors and never opens them again."""
    retriever = Retriever.load(store, CORPUS, WordEmbedder(), REFERENCE)
    question = retriever.embed(Query("emplois", Language.FR))
    before = retriever.search(question, 3)
    build(EMPTY_CORPUS, store)
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1
    assert retriever.search(question, 3) == before


# Killed builds.


def test_an_interrupted_build_goes_on_where_it_was(tmp_path: Path) -> None:
    """Wherever it is interrupted, what it finished is not embedded again, and the result is the same."""
    whole = build(CORPUS, IndexStore(tmp_path / "whole"), counting := Counting())
    runs = 6 + 5  # reference texts by role and language; rows likewise, but no questions are in Arabic
    for stop in range(runs):
        store = IndexStore(tmp_path / str(stop))
        first, second = Counting(stop_before=stop), Counting()
        with pytest.raises(KeyboardInterrupt):
            build(CORPUS, store, first)
        assert build(CORPUS, store, second) == whole
        kept = first.embedded if stop >= 6 else []
        assert sorted(kept + second.embedded) == sorted(counting.embedded)
        assert not store.workshop.exists()


def test_an_interrupted_addition_goes_on_where_it_was(store: IndexStore, tmp_path: Path) -> None:
    old = store.verified()
    more = make_corpus(*({"p1": in_three(f"un {n}", f"واحد {n}", f"one {n}")} for n in range(3)))
    first, second = Counting(stop_before=2), Counting()
    with pytest.raises(KeyboardInterrupt):
        build(more, store, first)
    assert store.verified() == old
    assert build(more, store, second) == build(more, IndexStore(tmp_path / "anew"))
    assert len(first.embedded) == 6
    assert second.embedded == ["one 0", "one 1", "one 2"]


def test_what_an_interrupted_build_kept_for_another_model_is_not_used(tmp_path: Path) -> None:
    store = IndexStore(tmp_path / "store")
    with pytest.raises(KeyboardInterrupt):
        build(CORPUS, store, Counting(stop_before=9))
    other = Counting(digest="words-2")
    build(CORPUS, store, other)
    assert set(other.embedded) == {row.text for row in sorted_rows(CORPUS)} | REFERENCE_TEXTS
    assert not store.workshop.exists()


@pytest.mark.slow
def test_a_build_killed_at_any_line_is_taken_up_by_the_next(tmp_path: Path) -> None:
    """From nothing and over an earlier version.

    The next start has the old version or the new, the next build the same bytes as ever, and of what was embedded no
    more than a batch is embedded again.
    """
    script = Path(__file__).with_name("killed_builder.py")
    run = subprocess.run(
        [sys.executable, str(script), str(tmp_path)], check=True, capture_output=True, text=True, timeout=300
    )
    outcomes = json.loads(run.stdout)
    assert len(outcomes) > 100
    for outcome in outcomes:
        assert outcome["found"] in {"none", "old", "new"}, outcome
        assert outcome["then"] == "new", outcome
        assert outcome["again"] <= outcome["most again"], outcome
        assert outcome["left over"] == 1, outcome
    assert {outcome["found"] for outcome in outcomes} == {"none", "old", "new"}
