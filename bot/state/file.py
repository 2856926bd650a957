"""The state file: made, checked, brought up to date and held by one process. Nothing here needs an event loop."""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.errors import StateError

MIGRATIONS = Path(__file__).parent / "migrations"
# "DALI": tells our file from any other SQLite file.
APPLICATION_ID = 0x44414C49
# Longer than any transaction of ours.
BUSY_SECONDS = 5.0

_DAMAGED = (
    "It is damaged, and left as it is. Move it away with the files beside it (-wal, -shm) and put a backup in its "
    "place, or start without one (docs/operations.md)."
)


def migration_scripts() -> tuple[str, ...]:
    """The scripts that lead from an empty file to the present version; the n-th makes version n."""
    return tuple(path.read_text(encoding="utf-8") for path in sorted(MIGRATIONS.glob("*.sql")))


def prepare(path: Path, scripts: Sequence[str]) -> None:
    """Make the file, or check the one that is there and bring it to the present version.

    A file that cannot be used is left as it is.

    Args:
        path: Where it is, or shall be; readable by its owner alone.
        scripts: As `migration_scripts` gives them.

    Raises:
        StateError: It is damaged, foreign, locked, of a newer Dalil, or cannot be written.
    """
    with explained(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # SQLite gives the files beside it the same mode.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)
        with contextlib.closing(_connect(f"{path.as_uri()}?mode=rw")) as connection:
            version = _checked_version(connection, path, len(scripts))
            _expect_whole(connection, path)
            connection.execute("PRAGMA journal_mode = WAL")
            for number, script in enumerate(scripts[version:], start=version + 1):
                _migrate(connection, script, number)


def version_of(path: Path) -> int:
    """The version of a file, which is looked at and not changed.

    Raises:
        StateError: As for `prepare`.
    """
    with explained(path), contextlib.closing(_connect(f"{path.as_uri()}?mode=ro")) as connection:
        return _checked_version(connection, path, len(migration_scripts()))


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Keep every other process that serves away from the file; the system lets go of it after a kill.

    Raises:
        StateError: Another process holds it, or its folder cannot be written.
    """
    with explained(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StateError(
                f"{path} is in use by another `dalil serve`. Stop that one, or give this one a folder of its own: "
                "DALIL_STATE_DIR"
            ) from None
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say about the file into an error that says what to do.

    Raises:
        StateError: In place of `sqlite3.Error`, `OverflowError` and `OSError`.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise StateError(f"{path}: {error}. {_remedy(error)}") from error
    except OverflowError as error:
        raise StateError(f"{path} holds whole numbers of 64 bits, and one was larger.") from error
    except OSError as error:
        raise StateError(
            f"{path} cannot be written: {error.strerror}. Set DALIL_STATE_DIR to a folder of yours."
        ) from error


def _remedy(error: sqlite3.Error) -> str:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return _DAMAGED
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "Another program holds it. End that program, then try again."
        case sqlite3.SQLITE_FULL:
            return "The disk is full. Make room, then try again."
        case _:
            return "Check that its folder can be written (DALIL_STATE_DIR): dalil doctor"


def _connect(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def _checked_version(connection: sqlite3.Connection, path: Path, newest: int) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID and (application or version or tables):
        raise StateError(
            f"{path} is another program's database. Move it away, or set DALIL_STATE_DIR to another folder."
        )
    if version > newest:
        raise StateError(
            f"{path} is of version {version}, and this Dalil knows {newest} at most. Start the newer Dalil that wrote "
            "it, or put back the backup made before the upgrade (docs/operations.md)."
        )
    return int(version)


def _expect_whole(connection: sqlite3.Connection, path: Path) -> None:
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise StateError(f"{path}: {found}. {_DAMAGED}")


def _migrate(connection: sqlite3.Connection, script: str, number: int) -> None:
    """Run a script and count it, both or neither."""
    try:
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{script}\n;PRAGMA application_id = {APPLICATION_ID};"
            f"PRAGMA user_version = {number};COMMIT;"
        )
    except sqlite3.Error:
        if connection.in_transaction:
            connection.rollback()
        raise
