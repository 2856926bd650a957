"""Keeps an index on disk: written aside, checked, and switched by one rename.

A store is a folder with one sub-folder a version and a file ``CURRENT`` that names the version in use. A build
killed at any point leaves ``CURRENT`` naming the old version or the new one, never half of either.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from index.errors import IndexingError, StaleIndexError
from index.model import INDEX_SCHEMA, Manifest

MANIFEST = "manifest.json"
REBUILD = "Rebuild it: dalil build"
_POINTER = "CURRENT"
_UNFINISHED = ".unfinished-"
SWITCHES_AT_MOST = 5
"""How often a reader starts anew because a build replaced what it was reading."""

Result = TypeVar("Result")


class IndexStore:
    """The versions of an index in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def workshop(self) -> Path:
        """Where a build keeps what it has done, for a build that goes on after it was killed.

        A writer alone may use it; it is cleared away with the old version when a new one is in use.
        """
        return self._folder / ".workshop"

    def current(self) -> Path:
        """The folder of the version in use.

        Raises:
            StaleIndexError: There is none.
        """
        try:
            name = (self._folder / _POINTER).read_text().strip()
        except FileNotFoundError as error:
            raise StaleIndexError(f"there is no index in {self._folder}. Build it: dalil build") from error
        except UnicodeDecodeError as error:
            raise StaleIndexError(f"{self._folder / _POINTER} is damaged. {REBUILD}") from error
        except OSError as error:
            message = f"the index in {self._folder} cannot be read: {error.strerror}."
            raise IndexingError(f"{message} Set DALIL_CACHE_DIR to a folder you own.") from error
        version = self._folder / name
        if not name or not (version / MANIFEST).is_file():
            raise StaleIndexError(f"the index version {name!r} in {self._folder} is missing. {REBUILD}")
        return version

    def read(self, reader: Callable[[Path, Manifest], Result]) -> Result:
        """Read the version in use, all of it from one folder, though a build may switch to another meanwhile.

        Args:
            reader: Reads and checks the files of a folder; called again where the folder was replaced under it.

        Raises:
            StaleIndexError: There is no index, or it is of another schema.
        """
        for _ in range(SWITCHES_AT_MOST):
            version = self.current()
            try:
                return reader(version, read_manifest(version))
            except (IndexingError, OSError):
                if version == self.current():
                    raise
        raise IndexingError(f"the index in {self._folder} is being rebuilt over and over. Try again later.")

    def manifest(self) -> Manifest:
        """The manifest of the version in use.

        Raises:
            StaleIndexError: There is no index, or it is of another schema.
        """
        return self.read(lambda _folder, manifest: manifest)

    def verified(self) -> Manifest:
        """The manifest of the version in use, all of whose files are as they were written.

        Raises:
            StaleIndexError: There is no index, it is of another schema, or a file is missing or differs.
        """

        def check(folder: Path, manifest: Manifest) -> Manifest:
            verify(folder, manifest)
            return manifest

        return self.read(check)

    def write(self, build: Callable[[Path], Manifest]) -> Manifest:
        """Write a new version and switch to it.

        Args:
            build: Writes the files into the folder it is given and returns the manifest. Its ``files`` name those
                whose digest is known, such as links to files of the version in use; the others are filled in here.

        Raises:
            IndexingError: The folder cannot be written; the version in use stays in use.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._only_writer():
                return self._write(build)
        except OSError as error:
            message = f"the index cannot be written to {self._folder}: {error.strerror}."
            raise IndexingError(f"{message} Free the disk, or set DALIL_CACHE_DIR to a folder you own.") from error

    def _write(self, build: Callable[[Path], Manifest]) -> Manifest:
        for leftover in self._folder.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        name = secrets.token_hex(8)
        aside = self._folder / f"{_UNFINISHED}{name}"
        aside.mkdir()
        try:
            manifest = build(aside)
            known = manifest.files
            digests = {path.name: known.get(path.name) or file_digest(path) for path in sorted(aside.iterdir())}
            manifest = manifest.model_copy(update={"files": digests})
            (aside / MANIFEST).write_text(manifest.model_dump_json(indent=2), encoding="utf-8")
            for path in aside.iterdir():
                flush(path)
            flush(aside)
            aside.rename(self._folder / name)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        pointer = self._folder / f"{_UNFINISHED}pointer"
        pointer.write_text(name)
        flush(pointer)
        pointer.replace(self._folder / _POINTER)
        flush(self._folder)
        for old in self._folder.iterdir():
            if old.is_dir() and old.name != name:
                shutil.rmtree(old, ignore_errors=True)
        return manifest

    @contextlib.contextmanager
    def _only_writer(self) -> Iterator[None]:
        with (self._folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def read_manifest(version: Path) -> Manifest:
    """Read the manifest of a version.

    Raises:
        StaleIndexError: It is damaged, or of another schema.
    """
    path = version / MANIFEST
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise StaleIndexError(f"{path} is from another version of Dalil. {REBUILD}") from error
    if manifest.index_schema != INDEX_SCHEMA:
        found = manifest.index_schema
        raise StaleIndexError(f"{path} has schema {found}, this Dalil reads {INDEX_SCHEMA}. {REBUILD}")
    return manifest


def verify(version: Path, manifest: Manifest) -> None:
    """Check the digest of every file of a version.

    Raises:
        StaleIndexError: A file is missing or differs.
    """
    for name, expected in manifest.files.items():
        path = version / name
        if not path.is_file():
            raise StaleIndexError(f"{path} is missing. {REBUILD} --force")
        if file_digest(path) != expected:
            raise StaleIndexError(f"{path} is damaged: its SHA-256 is not the manifest's. {REBUILD} --force")


def file_digest(path: Path) -> str:
    """SHA-256 of a file, as hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flush(path: Path) -> None:
    """Wait until a file, or a folder's list of files, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
