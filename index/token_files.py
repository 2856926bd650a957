"""Token vectors on disk: int8, in files by article, so that a change to one article leaves the others' files alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexingError
from index.vectors import Vectors

SPANS_FILE = "token_spans.json"

SHARDS = 64
"""Files that the articles share out: at 10,000 passages in one language of about 8 MB each, which is what adding an
article writes."""

# One signed byte a component: unit vectors have components between -1 and 1.
SCALE = 127

Bytes = NDArray[np.int8]
Span = tuple[int, int, int]
"""Where a row's token vectors lie: the shard, the first, and the one behind the last."""


def shard_of(passage_id: str) -> int:
    """The file in which an article's token vectors lie, the same in every build."""
    article = passage_id.partition("#")[0]
    return hashlib.sha256(article.encode()).digest()[0] % SHARDS


def tokens_file(shard: int) -> str:
    """The name of a shard's file."""
    return f"tokens.{shard:02}.npy"


def quantise(tokens: Vectors) -> Bytes:
    """Token vectors as bytes.

    Args:
        tokens: float32, shape (tokens, dim), rows of unit length, one token at least.

    Raises:
        IndexingError: There is none, or one that is not finite.
    """
    if not len(tokens) or not np.isfinite(tokens).all():
        raise IndexingError("a text has no finite token vectors: the model gave no usable vector.")
    return np.rint(tokens * SCALE).astype(np.int8)


def write_shard(path: Path, blocks: Iterable[Bytes], tokens: int, dimension: int) -> None:
    """Write token vectors one text after another, as `numpy.save` would write them in one piece.

    Args:
        path: The file.
        blocks: int8, each of shape (tokens of a text, dimension).
        tokens: How many there are in all.
        dimension: Components of each.
    """
    with path.open("wb") as file:
        header = {"descr": "|i1", "fortran_order": False, "shape": (tokens, dimension)}
        np.lib.format.write_array_header_1_0(file, header)
        for block in blocks:
            file.write(np.ascontiguousarray(block).data)


def read_shard(path: Path) -> Bytes:
    """Map a shard into memory; it is never opened again, so that it stays readable when its version is cleared away.

    Raises:
        IndexingError: The file is damaged.
    """
    try:
        array: Bytes = np.load(path, mmap_mode="r", allow_pickle=False)
    except (ValueError, EOFError) as error:
        raise IndexingError(f"{path} is damaged. Rebuild the index: dalil build --force") from error
    if array.dtype != np.int8:
        raise IndexingError(f"{path} holds {array.dtype}, expected int8. Rebuild the index: dalil build --force")
    return array


def write_spans(spans: Mapping[int, Span], path: Path) -> None:
    """Write which rows token vectors belong to, as JSON."""
    path.write_text(json.dumps({str(row): span for row, span in spans.items()}), encoding="utf-8")


def read_spans(path: Path) -> dict[int, Span]:
    """Read what `write_spans` wrote.

    Raises:
        IndexingError: The file is damaged.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {int(row): (shard, start, end) for row, (shard, start, end) in data.items()}
    except ValueError as error:
        raise IndexingError(f"{path} is damaged. Rebuild the index: dalil build --force") from error
