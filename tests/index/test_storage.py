"""An index is switched whole: whatever happens, the next start finds the old one or the new one."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexingError, StaleIndexError
from index.model import INDEX_SCHEMA, Manifest
from index.storage import MANIFEST, IndexStore, file_digest, verify

Write = Callable[[Path], Manifest]


def manifest_of(name: str, schema: int = INDEX_SCHEMA) -> Manifest:
    return Manifest(
        index_schema=schema,
        model_name=name,
        model_digest="m",
        reference_digest="r",
        corpus_digest="c",
        dimension=2,
        token_vectors=False,
        passages=0,
        renderings=0,
        questions=0,
        files={},
    )


def writing(name: str, schema: int = INDEX_SCHEMA) -> Write:
    """Writes two files that hold the version's name."""

    def build(folder: Path) -> Manifest:
        (folder / "one").write_text(name)
        (folder / "two").write_text(name)
        return manifest_of(name, schema)

    return build


def in_use(store: IndexStore) -> str:
    """The name of the version in use, all of whose files are its own."""
    manifest, folder = store.verified(), store.current()
    assert {(folder / name).read_text() for name in manifest.files} == {manifest.model_name}
    return manifest.model_name


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name not in {"CURRENT", ".lock"})


@pytest.fixture
def store(tmp_path: Path) -> IndexStore:
    """A store that holds the version "old"."""
    store = IndexStore(tmp_path / "store")
    store.write(writing("old"))
    return store


def test_what_is_written_is_in_use_with_a_digest_for_every_file(tmp_path: Path) -> None:
    store = IndexStore(tmp_path / "deep" / "store")
    written = store.write(writing("first"))
    assert store.manifest() == written
    verify(folder := store.current(), written)
    assert written.files == {name: file_digest(folder / name) for name in ("one", "two")}
    assert in_use(store) == "first"


def test_a_new_version_replaces_the_old_and_nothing_else_stays(store: IndexStore, tmp_path: Path) -> None:
    store.write(writing("new"))
    assert in_use(store) == "new"
    assert left_in(tmp_path / "store") == [store.current().name]


@given(st.dictionaries(st.sampled_from(["a", "b.npy", "c.json"]), st.binary(max_size=200), min_size=1))
def test_any_files_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    def build(folder: Path) -> Manifest:
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return manifest_of("any")

    store = IndexStore(tmp_path_factory.mktemp("store"))
    store.write(build)
    store.verified()
    folder = store.current()
    assert {name: (folder / name).read_bytes() for name in files} == files


def test_a_writer_killed_at_any_line_leaves_the_old_version_or_the_new_one(tmp_path: Path) -> None:
    """And the next writer clears up behind it. The program forks and kills itself at each line that runs."""
    script = Path(__file__).with_name("killed_writer.py")
    run = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "store")], check=True, capture_output=True, text=True, timeout=300
    )
    report = json.loads(run.stdout)
    found = [outcome["found"] for outcome in report["outcomes"]]
    assert report["status"] == 0
    assert set(found) == {"old", "new"}
    assert found == sorted(found, key=["old", "new"].index), "once switched, it stays switched"
    assert found.count("old") > 30, "most of the work happens before the switch"
    assert found.count("new") > 5, "the old version is cleared after it"
    assert {outcome["then"] for outcome in report["outcomes"]} == {"next"}
    assert {outcome["versions kept"] for outcome in report["outcomes"]} == {1}


@pytest.mark.parametrize("call", [1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize("target", ["os.fsync", "os.open", "pathlib.Path.rename", "pathlib.Path.replace"])
def test_a_full_disk_at_any_step_is_one_clear_error_and_leaves_a_whole_version(
    store: IndexStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, call: int
) -> None:
    module, _, name = target.rpartition(".")
    owner: Any = os if module == "os" else Path
    real, calls = getattr(owner, name), 0

    def failing(*arguments: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == call:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, failing)
        try:
            store.write(writing("new"))
        except IndexingError as error:
            message = str(error)
            assert "No space left on device" in message
            assert "DALIL_CACHE_DIR" in message
            assert "\n" not in message
        else:
            assert calls < call, "the failure came, and nobody heard of it"
    assert in_use(store) in {"old", "new"}
    store.write(writing("next"))
    assert in_use(store) == "next"
    assert left_in(tmp_path / "store") == [store.current().name]


@pytest.mark.parametrize("error", [ValueError("no"), KeyboardInterrupt(), IndexingError("no")])
def test_a_build_that_fails_keeps_the_old_version_and_leaves_no_trace(
    store: IndexStore, tmp_path: Path, error: BaseException
) -> None:
    def build(folder: Path) -> Manifest:
        (folder / "one").write_text("half")
        raise error

    with pytest.raises(type(error)):
        store.write(build)
    assert in_use(store) == "old"
    assert left_in(tmp_path / "store") == [store.current().name]


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(IndexingError, match=r"cannot be written to .*: Not a directory\. .*DALIL_CACHE_DIR"):
        IndexStore(tmp_path / "file" / "store").write(writing("new"))


def test_two_writers_at_once_take_turns(store: IndexStore, tmp_path: Path) -> None:
    started, go_on = threading.Event(), threading.Event()
    order: list[str] = []

    def slow(folder: Path) -> Manifest:
        order.append("slow begins")
        started.set()
        assert go_on.wait(10)
        order.append("slow ends")
        return writing("slow")(folder)

    def quick(folder: Path) -> Manifest:
        order.append("quick begins")
        return writing("quick")(folder)

    first = threading.Thread(target=store.write, args=(slow,))
    second = threading.Thread(target=IndexStore(tmp_path / "store").write, args=(quick,))
    first.start()
    assert started.wait(10)
    second.start()
    second.join(0.2)
    assert second.is_alive(), "the second waits"
    assert in_use(store) == "old", "and whoever reads meanwhile finds the old version"
    go_on.set()
    first.join(10)
    second.join(10)
    assert order == ["slow begins", "slow ends", "quick begins"]
    assert in_use(store) == "quick"
    assert left_in(tmp_path / "store") == [store.current().name]


def test_an_empty_store_names_the_command_that_builds(tmp_path: Path) -> None:
    with pytest.raises(StaleIndexError, match=r"there is no index in .*Build it: dalil build"):
        IndexStore(tmp_path / "none").manifest()


def damage_pointer(folder: Path) -> None:
    (folder / "CURRENT").write_bytes(b"\xff\xfe")


def point_nowhere(folder: Path) -> None:
    (folder / "CURRENT").write_text("0123456789abcdef")


def empty_pointer(folder: Path) -> None:
    (folder / "CURRENT").write_text("")


def remove_version(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)


def cut_manifest(folder: Path) -> None:
    (path,) = folder.glob(f"*/{MANIFEST}")
    path.write_bytes(path.read_bytes()[:40])


def add_to_manifest(folder: Path) -> None:
    (path,) = folder.glob(f"*/{MANIFEST}")
    path.write_text(json.dumps({**json.loads(path.read_text()), "colour": "blue"}))


def remove_file(folder: Path) -> None:
    (path,) = folder.glob("*/one")
    path.unlink()


def change_file(folder: Path) -> None:
    (path,) = folder.glob("*/two")
    path.write_text("olD")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (damage_pointer, "CURRENT is damaged"),
        (point_nowhere, "'0123456789abcdef' in .* is missing"),
        (empty_pointer, "'' in .* is missing"),
        (remove_version, "is missing"),
        (cut_manifest, "is from another version of Dalil"),
        (add_to_manifest, "is from another version of Dalil"),
        (remove_file, "one is missing"),
        (change_file, "two is damaged"),
    ],
)
def test_a_damaged_store_is_refused_on_one_line_naming_the_command_that_rebuilds(
    store: IndexStore, tmp_path: Path, damage: Callable[[Path], None], message: str
) -> None:
    damage(tmp_path / "store")
    with pytest.raises(StaleIndexError, match=rf"{message}.*Rebuild it: dalil build") as caught:
        store.verified()
    assert "\n" not in str(caught.value)
    store.write(writing("new"))
    assert in_use(store) == "new"


@pytest.mark.parametrize("schema", [INDEX_SCHEMA - 1, INDEX_SCHEMA + 1])
def test_another_schema_is_refused(tmp_path: Path, schema: int) -> None:
    store = IndexStore(tmp_path)
    store.write(writing("other", schema))
    expected = rf"has schema {schema}, this Dalil reads {INDEX_SCHEMA}\. Rebuild it: dalil build"
    with pytest.raises(StaleIndexError, match=expected):
        store.manifest()


def test_a_reader_whose_version_is_replaced_under_it_reads_the_new_one(store: IndexStore) -> None:
    """Another process may switch between any two steps of a reader, and clears the old version away."""
    seen: list[str] = []

    def read(folder: Path, manifest: Manifest) -> str:
        seen.append(manifest.model_name)
        if len(seen) == 1:
            store.write(writing("new"))
        verify(folder, manifest)
        return (folder / "one").read_text()

    assert store.read(read) == "new"
    assert seen == ["old", "new"]


def test_a_reader_that_fails_on_a_version_in_use_is_told_so_at_once(store: IndexStore) -> None:
    calls = 0

    def read(_folder: Path, _manifest: Manifest) -> None:
        nonlocal calls
        calls += 1
        raise StaleIndexError("damaged")

    with pytest.raises(StaleIndexError, match="damaged"):
        store.read(read)
    assert calls == 1


def test_a_reader_gives_up_where_every_version_is_replaced_under_it(store: IndexStore) -> None:
    def read(folder: Path, manifest: Manifest) -> None:
        store.write(writing("again"))
        verify(folder, manifest)

    with pytest.raises(IndexingError, match="rebuilt over and over"):
        store.read(read)
