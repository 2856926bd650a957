"""What a build has embedded so far, kept so that a build that was killed goes on where it was.

One record a text, appended as soon as it is embedded: its digest, its vector, its token vectors and a checksum. A kill
may cut the last record short; whoever opens the journal finds that out by the checksum and goes on before it.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import numpy as np

from index.token_files import Bytes
from index.vectors import Vectors

FILE = "embedded"
_HEAD = struct.Struct("<32sI")
_CHECKSUM_BYTES = 16


@dataclass(frozen=True, slots=True)
class _Record:
    """Where a text's vector begins in the file, and how many token vectors follow it."""

    offset: int
    tokens: int


class Journal:
    """Vectors by the digest of their text, on disk; a context manager, which closes the file."""

    def __init__(self, folder: Path, dimension: int) -> None:
        """Open a journal, or begin one.

        Args:
            folder: Its own, for one model and reference set; made where it is missing.
            dimension: Components of a vector.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._dimension = dimension
        self._records: dict[bytes, _Record] = {}
        path = folder / FILE
        path.touch()
        self._file: BinaryIO = path.open("r+b")
        self._end = self._scan()
        self._file.truncate(self._end)
        self._file.seek(self._end)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __contains__(self, digest: str) -> bool:
        return bytes.fromhex(digest) in self._records

    def add(self, digest: str, vector: Vectors, tokens: Bytes | None) -> None:
        """Keep what the model made of a text.

        Args:
            digest: SHA-256, as hexadecimal.
            vector: float32, shape (dimension,).
            tokens: int8, shape (tokens, dimension); None for a model without token vectors.
        """
        count = 0 if tokens is None else len(tokens)
        key = bytes.fromhex(digest)
        content = _HEAD.pack(key, count) + vector.tobytes() + (b"" if tokens is None else tokens.tobytes())
        # Not flushed to the disk: a kill loses nothing, and after a power cut the checksums tell what is left.
        self._file.write(content + _checksum(content))
        self._file.flush()
        self._records[key] = _Record(self._end + _HEAD.size, count)
        self._end += len(content) + _CHECKSUM_BYTES

    def vectors(self, digests: Iterable[str]) -> Vectors:
        """The vectors of texts that it holds: float32, shape (texts, dimension)."""
        offsets = (self._records[bytes.fromhex(digest)].offset for digest in digests)
        content = b"".join(self._read(offset, self._vector_bytes) for offset in offsets)
        return np.frombuffer(content, dtype=np.float32).reshape(-1, self._dimension)

    def tokens(self, digest: str) -> Bytes:
        """The token vectors of a text that it holds: int8, shape (tokens, dimension)."""
        record = self._records[bytes.fromhex(digest)]
        content = self._read(record.offset + self._vector_bytes, record.tokens * self._dimension)
        return np.frombuffer(content, dtype=np.int8).reshape(record.tokens, self._dimension)

    @property
    def _vector_bytes(self) -> int:
        return self._dimension * np.dtype(np.float32).itemsize

    def _read(self, offset: int, size: int) -> bytes:
        return os.pread(self._file.fileno(), size, offset)

    def _scan(self) -> int:
        """Find the records; returns the end of the last whole one."""
        end = 0
        while len(head := self._file.read(_HEAD.size)) == _HEAD.size:
            key, tokens = _HEAD.unpack(head)
            size = self._vector_bytes + tokens * self._dimension
            # A damaged length would ask for more memory than there is.
            if end + _HEAD.size + size + _CHECKSUM_BYTES > os.fstat(self._file.fileno()).st_size:
                break
            content = self._file.read(size)
            if self._file.read(_CHECKSUM_BYTES) != _checksum(head + content):
                break
            self._records[key] = _Record(end + _HEAD.size, tokens)
            end += _HEAD.size + size + _CHECKSUM_BYTES
        return end


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()[:_CHECKSUM_BYTES]
