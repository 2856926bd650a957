"""Our retrieval, whole and with one part left out, and what stands in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from unittest import mock

import bm25s
import numpy as np

from index.balance import Balance, fit_balance
from index.building import embed_rows
from index.centring import Centring, Level, ReferenceSet, encode_reference
from index.embedding import Embedder, Encoding, Role
from index.lexical import Term, terms
from index.retrieval import Retriever
from index.rows import Row, sorted_rows
from index.scoring import Scoring
from index.shares import LanguageShares
from index.token_files import SCALE
from index.tokens import TokenIndex
from index.vectors import FaissIndex, Ids, Vectors
from index.word_search import WordSearch
from knowledge.corpus import Corpus
from knowledge.language import Language


class Part(StrEnum):
    """What can be left out or replaced."""

    NOTHING = "ours"
    TOKENS = "no token MaxSim"
    CENTRING = "no centring (and no metric)"
    METRIC = "no metric from translations"
    WORDS = "no words"
    NAMES = "no names across scripts"
    BM25 = "bm25s instead of our words"
    BALANCE = "no balance across languages"
    SHARES = "no shares by language"
    BYTES = "float32 instead of int8 tokens"


class Remembering:
    """An embedder that reads each text once, however many variants ask for it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[tuple[Role, str], Encoding] = {}
        self.name, self.digest, self.dimension = embedder.name, embedder.digest, embedder.dimension
        self.max_tokens, self.has_token_vectors = embedder.max_tokens, embedder.has_token_vectors

    def count_tokens(self, text: str) -> int:
        return self._embedder.count_tokens(text)

    def encode(self, texts: Sequence[str], role: Role, progress: Callable[[int, int], None] | None = None) -> Encoding:
        new = [text for text in dict.fromkeys(texts) if (role, text) not in self._known]
        encoding = self._embedder.encode(new, role, progress)
        for place, text in enumerate(new):
            tokens = encoding.token_vectors
            self._known[role, text] = Encoding(
                encoding.vectors[place : place + 1], None if tokens is None else (tokens[place],)
            )
        known = [self._known[role, text] for text in texts]
        together = tuple(each.token_vectors[0] for each in known if each.token_vectors is not None)
        return Encoding(np.concatenate([each.vectors for each in known]), together if self.has_token_vectors else None)


class Pooled(LanguageShares):
    """All languages in one index: the nearest rows, whatever their language."""

    def __init__(self, rows: Sequence[Row], vectors: Vectors) -> None:
        super().__init__(LanguageShares.of(rows, vectors).indexes)
        self._pool = FaissIndex.of(vectors, np.array([row.id for row in rows], dtype=np.int64))

    def nearest(self, vector: Vectors, rows: int) -> tuple[Ids, ...]:
        return (self._pool.search(vector, rows)[1],)


class Bm25Search(WordSearch):
    """bm25s over the same terms, in shares of the best score that a question gets."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        super().__init__(texts)
        joined: dict[str, list[str]] = {passage: [] for passage in self.passages}
        for passage, text in texts:
            joined[passage] += [form for term in terms(text, keep_stopwords=True) for form in sorted(term)]
        self._bm25 = bm25s.BM25()
        self._bm25.index(list(joined.values()), show_progress=False)

    def shares(self, question: Sequence[Term]) -> Vectors:
        asked = [form for term in question for form in sorted(term) if form in self._bm25.vocab_dict]
        if not asked:
            return np.zeros(len(self.passages), dtype=np.float32)
        scores = np.asarray(self._bm25.get_scores(asked), dtype=np.float32)
        return scores / max(float(scores.max()), 1e-9)


@dataclass(frozen=True)
class Setting:
    """The model and what was measured with it on the reference set."""

    embedder: Embedder
    centring: Centring
    means: Mapping[tuple[Level, Role, Language], Vectors]
    balance: Balance

    @classmethod
    def of(cls, embedder: Embedder, reference: ReferenceSet) -> Setting:
        """Measure."""
        encodings = encode_reference(embedder, reference)
        centring = Centring.fit(encodings)
        return cls(embedder, centring, centring.means, fit_balance(encodings, centring))

    def without(self, part: Part) -> Setting:
        """The same with one part of the centring or the balance left out."""
        if part is Part.METRIC:
            return replace(self, centring=Centring(self.means))
        if part is Part.CENTRING:
            return replace(self, centring=Centring({key: np.zeros_like(mean) for key, mean in self.means.items()}))
        return replace(self, balance=Balance({})) if part is Part.BALANCE else self


def retriever_of(corpus: Corpus, setting: Setting, part: Part = Part.NOTHING) -> Retriever:
    """Index a corpus in memory."""
    setting = setting.without(part)
    rows = sorted_rows(corpus)
    embedded = {each.row.id: each for each in embed_rows(rows, setting.embedder, setting.centring)}
    vectors = np.array([embedded[row.id].vector for row in rows])
    shares = Pooled(rows, vectors) if part is Part.SHARES else LanguageShares.of(rows, vectors)
    tokens = None
    if part is not Part.TOKENS:
        make = float_tokens if part is Part.BYTES else TokenIndex.of
        tokens = make([(row.id, of_row) for row in rows if (of_row := embedded[row.id].tokens) is not None])
    return Retriever(
        setting.embedder,
        setting.centring,
        vectors=shares,
        rows=rows,
        scoring=Scoring(shares, tokens, rows, setting.balance),
        words=_words(corpus, part),
    )


def float_tokens(rows: Sequence[tuple[int, Vectors]]) -> TokenIndex:
    """Token vectors as the model gives them, four bytes a component."""
    ends = np.cumsum([len(tokens) for _, tokens in rows]).tolist()
    spans = {row: (0, end - len(tokens), end) for (row, tokens), end in zip(rows, ends, strict=True)}
    stored: object = np.concatenate([tokens for _, tokens in rows]) * SCALE
    return TokenIndex({0: stored}, spans)  # type: ignore[dict-item] # the one place that keeps other than bytes


def _words(corpus: Corpus, part: Part) -> WordSearch:
    if part is Part.WORDS:
        return WordSearch([])
    if part is Part.NAMES:
        with mock.patch("index.word_search.skeleton", return_value=""):
            return WordSearch.of(corpus)
    return Bm25Search.of(corpus) if part is Part.BM25 else WordSearch.of(corpus)
