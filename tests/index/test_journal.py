"""What a build has embedded outlives the build, whole or not at all."""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.journal import FILE, Journal

DIMENSION = 5
COUNTS = st.lists(st.integers(0, 4), max_size=6)


def digest_of(name: object) -> str:
    return hashlib.sha256(str(name).encode()).hexdigest()


def filled(folder: Path, counts: list[int]) -> Journal:
    """A journal with a record for each count of token vectors; a text's numbers tell which it is."""
    journal = Journal(folder, DIMENSION)
    for place, count in enumerate(counts):
        tokens = np.full((count, DIMENSION), place, np.int8) if count else None
        journal.add(digest_of(place), np.full(DIMENSION, place, np.float32), tokens)
    return journal


def held(journal: Journal, counts: list[int]) -> list[int]:
    """Which texts it holds, after a look at all that it says of them."""
    places = [place for place in range(len(counts)) if digest_of(place) in journal]
    vectors = journal.vectors([digest_of(place) for place in places])
    for vector, place in zip(vectors, places, strict=True):
        np.testing.assert_array_equal(vector, place)
        tokens = journal.tokens(digest_of(place))
        assert tokens.shape == (counts[place], DIMENSION)
        np.testing.assert_array_equal(tokens, place)
    return places


@given(COUNTS)
def test_what_was_added_is_there_when_it_is_opened_again(counts: list[int]) -> None:
    with TemporaryDirectory() as folder:
        with filled(Path(folder), counts) as journal:
            assert held(journal, counts) == list(range(len(counts)))
        with Journal(Path(folder), DIMENSION) as journal:
            assert held(journal, counts) == list(range(len(counts)))


@given(COUNTS, st.floats(0, 1))
def test_cut_anywhere_it_holds_the_records_before_and_takes_more(counts: list[int], part: float) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        ends = [0]
        with filled(Path(folder), []) as journal:
            for place, count in enumerate(counts):
                tokens = np.full((count, DIMENSION), place, np.int8) if count else None
                journal.add(digest_of(place), np.full(DIMENSION, place, np.float32), tokens)
                ends.append(path.stat().st_size)
        cut = round(part * ends[-1])
        path.write_bytes(path.read_bytes()[:cut])
        with Journal(Path(folder), DIMENSION) as journal:
            whole = held(journal, counts)
            assert whole == list(range(sum(end <= cut for end in ends[1:])))
            journal.add(digest_of("more"), np.zeros(DIMENSION, np.float32), None)
        with Journal(Path(folder), DIMENSION) as journal:
            assert held(journal, counts) == whole
            assert digest_of("more") in journal


@given(st.lists(st.integers(0, 4), min_size=1, max_size=6), st.floats(0, 1, exclude_max=True), st.integers(0, 7))
def test_a_damaged_byte_loses_records_and_gives_no_wrong_one(counts: list[int], part: float, bit: int) -> None:
    with TemporaryDirectory() as folder:
        filled(Path(folder), counts).__exit__(None, None, None)
        path = Path(folder) / FILE
        content = bytearray(path.read_bytes())
        content[int(part * len(content))] ^= 1 << bit
        path.write_bytes(content)
        with Journal(Path(folder), DIMENSION) as journal:
            whole = held(journal, counts)
            assert whole == list(range(len(whole)))
            assert len(whole) < len(counts)


def test_a_full_disk_is_noticed(tmp_path: Path) -> None:
    """/dev/full is a disk that is always full."""
    journal = Journal(tmp_path, DIMENSION)
    journal._file.close()
    with Path("/dev/full").open("wb") as full:
        journal._file = full
        with pytest.raises(OSError, match="No space left"):
            journal.add(digest_of(1), np.zeros(DIMENSION, np.float32), None)
        with pytest.raises(OSError, match="No space left"):  # what it still holds back cannot be written either
            full.flush()
        full.raw.close()
