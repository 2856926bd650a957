"""What the version in use holds already: vectors of texts that have not changed, and whole files of articles."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.centring import ReferenceSet
from index.embedding import Embedder
from index.errors import IndexingError
from index.model import INDEX_SCHEMA, Manifest
from index.rows import ROWS_FILE, Row, read_rows
from index.shares import LanguageShares
from index.storage import IndexStore, verify
from index.token_files import Bytes, shard_of, tokens_file
from index.tokens import TokenIndex
from index.vectors import Vectors


def vectors_identity(embedder: Embedder, reference: ReferenceSet) -> str:
    """SHA-256, as hexadecimal, over all that vectors depend on but the text itself."""
    parts = (INDEX_SCHEMA, embedder.digest, embedder.dimension, embedder.has_token_vectors, reference.digest)
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()


def by_shard(rows: Iterable[Row]) -> dict[int, list[Row]]:
    """The rows whose token vectors share a file, in the order in which they lie there."""
    shards: dict[int, list[Row]] = {}
    for row in rows:
        shards.setdefault(shard_of(row.passage_id), []).append(row)
    return shards


@dataclass(frozen=True, slots=True)
class Earlier:
    """The version in use, every file as it was written, of the same model and reference set.

    Attributes:
        rows: A row for each text, by its digest.
        shards: The digests of the texts of each token file, in their order.
    """

    folder: Path
    manifest: Manifest
    rows: Mapping[str, Row]
    shards: Mapping[int, Sequence[str]]
    shares: LanguageShares
    token_index: TokenIndex | None

    @classmethod
    def find(cls, store: IndexStore, embedder: Embedder, reference: ReferenceSet) -> Earlier | None:
        """The version in use; None where nothing of it can be taken over, because it is missing, other or damaged."""

        def read(folder: Path, manifest: Manifest) -> Earlier | None:
            built = (manifest.model_digest, manifest.reference_digest, manifest.token_vectors)
            if built != (embedder.digest, reference.digest, embedder.has_token_vectors):
                return None
            verify(folder, manifest)
            rows = read_rows(folder / ROWS_FILE)
            return cls(
                folder=folder,
                manifest=manifest,
                rows={row.digest: row for row in rows},
                shards={shard: [row.digest for row in held] for shard, held in by_shard(rows).items()},
                shares=LanguageShares.load(folder, Counter(row.language for row in rows)),
                token_index=TokenIndex.load(folder) if manifest.token_vectors else None,
            )

        try:
            return store.read(read)
        except IndexingError:
            # Then all is built anew, which mends it.
            return None

    def __contains__(self, digest: str) -> bool:
        return digest in self.rows

    def vectors(self, digests: Iterable[str]) -> Vectors:
        """The vectors of texts that it holds: float32, shape (texts, dimension)."""
        return self.shares.stored([self.rows[digest] for digest in digests])

    def tokens(self, digest: str) -> Bytes:
        """The token vectors of a text that it holds: int8, shape (tokens, dimension)."""
        if self.token_index is None:
            raise IndexingError(f"{self.folder} has no token vectors.")
        return self.token_index.stored(self.rows[digest].id)

    def hand_on(self, name: str, folder: Path) -> dict[str, str]:
        """Put one of its files into a new version as it is; returns its name with its digest, for the manifest."""
        share_file(self.folder / name, folder / name)
        return {name: self.manifest.files[name]}

    def has_shard(self, shard: int, digests: Sequence[str]) -> bool:
        """Whether one of its token files holds just these texts."""
        return self.shards.get(shard) == digests and tokens_file(shard) in self.manifest.files


def share_file(source: Path, target: Path) -> None:
    """Give a file that never changes a second name, or copy it where the file system knows no second names."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
