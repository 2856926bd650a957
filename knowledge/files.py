"""Writes files so that nobody ever finds half of one."""

from __future__ import annotations

import os
from pathlib import Path

ASIDE = ".part"
"""What a file is called while it is written; a killed writer leaves one behind, and nobody reads it."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file aside, and put it in place by one rename once the disk has it.

    Raises:
        OSError: The file cannot be written; what stood there before still stands there.
    """
    aside = path.with_name(f"{path.name}{ASIDE}")
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Wait until the disk has the names of a folder's files."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
