"""Builds an index from a corpus: every rendering of every passage is a row, and every question that it answers.

Only texts that the version in use does not hold are embedded, and what is embedded is kept in a journal until the new
version is in use. The new version is the same, byte for byte, as one that is built from nothing.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.assembly import Texts, write_token_files
from index.centring import Centring, Level, ReferenceSet
from index.embedding import Embedder, Role
from index.errors import IndexingError
from index.journal import Journal
from index.measures import BALANCE_FILE, MEANS_FILE, has_measures, measure
from index.model import INDEX_SCHEMA, Manifest
from index.reuse import Earlier, share_file, vectors_identity
from index.rows import ROWS_FILE, Row, sorted_rows, write_rows
from index.shares import save_shares
from index.storage import IndexStore
from index.token_files import quantise
from index.vectors import Vectors, require_unit
from knowledge.corpus import Corpus
from knowledge.language import Language

BATCH = 32

Progress = Callable[[int, int], None]
"""Called with how many texts are embedded and how many are to be in all; not at all where there are none."""


def build_index(
    corpus: Corpus,
    embedder: Embedder,
    reference: ReferenceSet,
    store: IndexStore,
    progress: Progress,
    *,
    afresh: bool = False,
) -> Manifest:
    """Embed what is new in a corpus and switch the store to the new index.

    Killed at any point it goes on where it was when it is called again.

    Args:
        corpus: What is searched.
        embedder: The model.
        reference: What centring and balance are measured on.
        store: Gets the index.
        progress: Told of every text.
        afresh: Take nothing over, neither from the version in use nor from a build that was killed.

    Raises:
        IndexingError: A text cannot be embedded, or the store cannot be written; the old index stays in use.
    """

    def write(folder: Path) -> Manifest:
        if afresh:
            shutil.rmtree(store.workshop, ignore_errors=True)
        earlier = None if afresh else Earlier.find(store, embedder, reference)
        bench = store.workshop / vectors_identity(embedder, reference)
        with Journal(bench, embedder.dimension) as journal:
            rows = sorted_rows(corpus)
            known = Texts(earlier, journal)
            new = list({row.digest: row for row in rows if row.digest not in known}.values())
            measured = earlier.folder if earlier else bench
            total = len(new) + (0 if has_measures(measured) else sum(map(len, reference.texts.values())))
            done = 0

            def advance(count: int) -> None:
                nonlocal done
                done += count
                progress(done, total)

            if not has_measures(measured):
                measure(embedder, reference, measured, advance)
            for text in embed_rows(new, embedder, Centring.load(measured / MEANS_FILE)):
                _keep(text, journal)
                advance(1)
            handed_on: dict[str, str] = {}
            for name in (MEANS_FILE, BALANCE_FILE):
                if earlier:
                    handed_on |= earlier.hand_on(name, folder)
                else:
                    share_file(measured / name, folder / name)
            if embedder.has_token_vectors:
                handed_on |= write_token_files(rows, known, folder, embedder.dimension)
            save_shares(rows, known.vectors(rows, embedder.dimension), folder)
        write_rows(rows, folder / ROWS_FILE)
        return Manifest(
            index_schema=INDEX_SCHEMA,
            model_name=embedder.name,
            model_digest=embedder.digest,
            reference_digest=reference.digest,
            corpus_digest=corpus.digest,
            dimension=embedder.dimension,
            token_vectors=embedder.has_token_vectors,
            passages=len(corpus.passages),
            renderings=len(corpus.renderings),
            questions=len(corpus.questions),
            files=handed_on,
        )

    return store.write(write)


@dataclass(frozen=True, slots=True, eq=False)
class EmbeddedRow:
    """What the model made of a row's text, centred.

    Attributes:
        vector: float32, shape (dim,), unit length.
        tokens: float32, shape (tokens, dim), rows of unit length; None for a model without token vectors.
    """

    row: Row
    vector: Vectors
    tokens: Vectors | None


def _keep(text: EmbeddedRow, journal: Journal) -> None:
    try:
        require_unit(text.vector[None, :])
        tokens = None if text.tokens is None else quantise(text.tokens)
    except IndexingError as error:
        raise IndexingError(f"{text.row.passage_id}, {text.row.language}: {error}") from error
    journal.add(text.row.digest, text.vector, tokens)


def embed_rows(rows: Sequence[Row], embedder: Embedder, centring: Centring) -> Iterator[EmbeddedRow]:
    """Embed rows, in batches of like length so that little of a batch is padding.

    The longest come first: what is too long for the model is refused at once, and no estimate of the time that
    remains is too short. Of a batch each text is centred alone, for a product of matrices of another shape may round
    otherwise, and a text shall have the same vectors in every build.
    """
    for role, language in itertools.product(Role, Language):
        alike = [row for row in rows if (row.role, row.language) == (role, language)]
        alike.sort(key=lambda row: -len(row.text))
        for start in range(0, len(alike), BATCH):
            batch = alike[start : start + BATCH]
            encoding = embedder.encode([row.text for row in batch], role)
            for place, row in enumerate(batch):
                vector = centring.apply(encoding.vectors[place : place + 1], Level.TEXT, role, language)[0]
                tokens = None
                if encoding.token_vectors is not None:
                    tokens = centring.apply(encoding.token_vectors[place], Level.TOKEN, role, language)
                yield EmbeddedRow(row, vector, tokens)
