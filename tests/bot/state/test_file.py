"""The state file is made once, brought up to date, and never harmed."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import StateError
from bot.state import file
from bot.state.file import held, migration_scripts, prepare, version_of

FIRST = migration_scripts()[:1]
SECOND = "CREATE TABLE later (a INTEGER); INSERT INTO later SELECT count(*) FROM unanswered;"


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def write(path: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def note_a_question(path: Path) -> None:
    write(path, "INSERT INTO unanswered VALUES ('jobs in 2050', 'en', 'other_period', '2026-11-22', 3)")


def test_a_new_file_is_of_the_present_version_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "state.sqlite3"
    prepare(path, migration_scripts())
    assert version_of(path) == len(migration_scripts())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert rows(path, "PRAGMA journal_mode") == [("wal",)]


def test_the_files_beside_it_are_for_its_owner_alone_too(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO owner VALUES (1)")
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert len(modes) == 3


def test_a_file_of_the_first_version_is_brought_up_to_date_with_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    prepare(path, FIRST)
    note_a_question(path)
    prepare(path, migration_scripts())
    prepare(path, (*migration_scripts(), SECOND))
    assert rows(path, "PRAGMA user_version") == [(len(migration_scripts()) + 1,)]
    assert rows(path, "SELECT question, count FROM unanswered") == [("jobs in 2050", 3)]
    assert rows(path, "SELECT a FROM later") == [(1,)]


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    prepare(path, FIRST)
    note_a_question(path)
    with pytest.raises(StateError, match="no such table: nowhere"):
        prepare(path, (*FIRST, "DROP TABLE unanswered; INSERT INTO nowhere VALUES (1);"))
    assert version_of(path) == 1
    assert rows(path, "SELECT question FROM unanswered") == [("jobs in 2050",)]


def test_a_file_of_a_newer_dalil_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    prepare(path, (*migration_scripts(), SECOND))
    before = path.read_bytes()
    for look in (lambda: prepare(path, migration_scripts()), lambda: version_of(path)):
        with pytest.raises(StateError, match="newer Dalil"):
            look()
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", ["overwritten", "no database", "cut"])
def test_a_damaged_file_is_refused_and_left_alone(path: Path, damage: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            "INSERT INTO unanswered VALUES (?, 'en', 'no_passage', '2026-11-22', 1)",
            [(f"{i}" * 50,) for i in range(999)],
        )
    whole = path.read_bytes()
    match damage:
        case "overwritten":
            path.write_bytes(whole[:8192] + b"\xff" * 20_000 + whole[28_192:])
        case "no database":
            path.write_bytes(b"these are no tables" * 100)
        case _:
            path.write_bytes(whole[: len(whole) // 2])
    damaged = path.read_bytes()
    with pytest.raises(StateError, match="damaged") as caught:
        prepare(path, migration_scripts())
    assert str(path) in str(caught.value)
    assert "docs/operations.md" in str(caught.value)
    assert path.read_bytes() == damaged


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "photos.sqlite3"
    write(path, "CREATE TABLE photos (a)")
    before = path.read_bytes()
    with pytest.raises(StateError, match="another program's"):
        prepare(path, migration_scripts())
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_named_with_its_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    path = tmp_path / "file" / "state" / "dalil.sqlite3"
    with pytest.raises(StateError, match="DALIL_STATE_DIR"):
        prepare(path, migration_scripts())
    with pytest.raises(StateError, match="DALIL_STATE_DIR"), held(path):
        pass


def test_a_locked_file_is_said_to_be_locked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "BUSY_SECONDS", 0.05)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StateError, match="Another program holds it"):
            prepare(path, migration_scripts())


def test_a_copy_that_is_made_while_the_bot_writes_can_be_put_in_its_place(path: Path, tmp_path: Path) -> None:
    """As docs/operations.md says it is made."""
    with contextlib.closing(sqlite3.connect(path)) as running:
        running.execute("INSERT INTO unanswered VALUES ('jobs in 2050', 'en', 'other_period', '2026-11-22', 3)")
        running.commit()
        running.execute("INSERT INTO owner VALUES (1)")  # and not committed
        copy = tmp_path / "copy.sqlite3"
        with contextlib.closing(sqlite3.connect(path)) as source, contextlib.closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    prepare(copy, migration_scripts())
    assert rows(copy, "SELECT question, count FROM unanswered") == [("jobs in 2050", 3)]
    assert rows(copy, "SELECT * FROM owner") == []


def test_one_process_holds_the_file_until_it_ends_however_it_ends(path: Path) -> None:
    holder = (
        "import sys, time; from pathlib import Path; from bot.state.file import held\n"
        "with held(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", holder, str(path)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StateError, match=re.escape("another `dalil serve`")), held(path):
            pass
        other.kill()
    with held(path):
        pass
