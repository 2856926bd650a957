"""Looks at everything that Dalil needs, and says of each that it is well or what to do."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot.answering.confidence import load_confidence_model
from bot.answering.verifier import trained_for
from bot.config import Settings, require_token
from bot.errors import BotError
from bot.installation import (
    find_distribution,
    ownership_faults,
    package_faults,
    python_faults,
    running_python,
)
from bot.knowledge_base import read_knowledge
from bot.preparation import check_index, find_model, summary
from bot.state.file import migration_scripts, version_of
from index.embedded_model import NEEDED_BYTES, find_embedded_model
from index.errors import IndexingError
from index.model_loading import model_digest, model_name
from index.storage import IndexStore
from knowledge.checking import check_knowledge
from knowledge.errors import KnowledgeError
from knowledge.loading import LoadedKnowledge

SPARE_BYTES = 50_000_000
"""What an index and its replacement may take once the model is there: 78 passages take 14 MB, twice over."""

_INSTALL = "Install it again: make chat, or pip install --no-deps -r requirements.lock"


class State(StrEnum):
    """How a check went.

    Attributes:
        NOTE: Worth knowing; Dalil answers without it.
        BAD: Dalil does not work until it is mended.
    """

    OK = "ok"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report; ``message`` says what was found and, unless it is ok, what to do."""

    name: str
    state: State
    message: str


def examine(settings: Settings, today: date) -> Iterator[Check]:
    """Check everything, the things that others rest on first. Loads no model and fetches nothing."""
    yield from _installation()
    yield _guarded("cache", lambda: _cache(settings.cache_dir))
    yield _disk(settings)
    yield _guarded("model", lambda: _model(settings))
    knowledge: list[LoadedKnowledge] = []
    yield _guarded("knowledge", lambda: _knowledge(settings, today, knowledge))
    if knowledge:
        yield _guarded("index", lambda: _index(settings, knowledge[0]))
    yield _guarded("calibration", lambda: _calibration(settings))
    yield _guarded("state", lambda: _state(settings))
    yield _token(settings)


def show(checks: Iterable[Check], console: Console) -> bool:
    """Print the checks as they come; returns whether none is bad."""
    well = True
    styles = {State.OK: "green", State.NOTE: "yellow", State.BAD: "bold red"}
    for check in checks:
        line = Text.assemble((f"{check.state:<5}", styles[check.state]), f"{check.name:<12}", check.message)
        console.print(line, soft_wrap=True)
        well &= check.state is not State.BAD
    return well


def _guarded(name: str, check: Callable[[], Check]) -> Check:
    """A check, or the error that it ended with, which says itself what to do."""
    try:
        return check()
    except (BotError, IndexingError, KnowledgeError, OSError) as error:
        return Check(name, State.BAD, "; ".join(str(error).splitlines()))


def _check(name: str, faults: Iterable[str], well: str, fix: str) -> Check:
    found = "; ".join(faults)
    return Check(name, State.BAD, f"{found}. {fix}") if found else Check(name, State.OK, well)


def _installation() -> Iterator[Check]:
    ours = find_distribution()
    if ours is None:
        yield Check("packages", State.BAD, f"dalil-bot is not installed. {_INSTALL}")
        return
    yield _check("python", python_faults(ours, running_python()), running_python(), "Install that Python.")
    packages = package_faults(ours.requires or [])
    yield _check("packages", packages, f"dalil-bot {ours.version}, and all that it needs", _INSTALL)
    yield _check("ownership", ownership_faults(ours), "bot, index and knowledge are ours", _INSTALL)


def _nearest(folder: Path) -> Path:
    """The folder itself, or the nearest one above it that exists."""
    return next(each for each in (folder, *folder.parents) if each.exists())


def _cache(folder: Path) -> Check:
    existing = _nearest(folder)
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror}. Set DALIL_CACHE_DIR to a folder of yours."
        # What is prepared already is only read, as in a container.
        return Check("cache", State.NOTE if folder.is_dir() else State.BAD, message)
    return Check("cache", State.OK, f"{folder} can be written")


def _disk(settings: Settings) -> Check:
    prepared = settings.model is not None or find_embedded_model(settings.models_dir) is not None
    needed = SPARE_BYTES if prepared else NEEDED_BYTES
    free = shutil.disk_usage(_nearest(settings.cache_dir)).free
    message = f"{free // 10**6} MB free, {needed // 10**6} MB needed"
    if free >= needed:
        return Check("disk", State.OK, message)
    return Check("disk", State.BAD, f"{message}. Free some, or set DALIL_CACHE_DIR to a larger disk.")


def _model(settings: Settings) -> Check:
    model = find_model(settings)
    whole = "our own, whole" if settings.model is None else "named by DALIL_MODEL"
    return Check("model", State.OK, f"{model_name(model)} ({whole}; {model_digest(model)[:8]})")


def _knowledge(settings: Settings, today: date, found: list[LoadedKnowledge]) -> Check:
    knowledge = read_knowledge(settings)
    found.append(knowledge)
    if problems := check_knowledge(knowledge, today):
        more = f", and {len(problems) - 1} more" if len(problems) > 1 else ""
        return Check("knowledge", State.NOTE, f"{problems[0]}{more}. List them: dalil check")
    return Check("knowledge", State.OK, f"{summary(knowledge.corpus)}; in {settings.knowledge_dir}")


def _index(settings: Settings, knowledge: LoadedKnowledge) -> Check:
    check_index(settings, knowledge.corpus)
    manifest = IndexStore(settings.index_dir).verified()
    rows = manifest.renderings + manifest.questions
    found = f"fresh and whole, {rows} rows in {settings.index_dir}"
    if manifest.token_vectors:
        return Check("index", State.OK, found)
    dense = "dense only: the model has no token vectors, so passages are found less surely"
    return Check("index", State.NOTE, f"{found}; {dense}. Unset DALIL_MODEL for our own, then: dalil build")


def _calibration(settings: Settings) -> Check:
    used = model_digest(find_model(settings))
    others = sorted({load_confidence_model().model_digest, trained_for()} - {used})
    if not others:
        return Check("calibration", State.OK, "confidence and verifier were fitted on the model in use")
    message = f"fitted on the model {others[0][:8]}, but {used[:8]} is in use, so refusals are less sure"
    return Check("calibration", State.NOTE, f"{message}. Fit again: make verifier calibrate")


def _state(settings: Settings) -> Check:
    path = settings.state_path
    existing = path.parent if path.parent.exists() else _nearest(path.parent)
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        message = f"{path.parent} cannot be written: {error.strerror}. Set DALIL_STATE_DIR to a folder of yours."
        # Only the bot on Telegram remembers anything.
        return Check("state", State.NOTE if settings.telegram_token is None else State.BAD, message)
    if not path.exists():
        return Check("state", State.OK, f"{path} is not there yet; `dalil serve` makes it")
    version, newest = version_of(path), len(migration_scripts())
    beside = sum(each.stat().st_size for each in path.parent.glob(f"{path.name}*"))
    found = f"version {version}, {beside / 1e6:.1f} MB, in {path}"
    if version < newest:
        return Check("state", State.NOTE, f"{found}. The next `dalil serve` brings it to version {newest}.")
    return Check("state", State.OK, found)


def _token(settings: Settings) -> Check:
    if settings.telegram_token is None:
        return Check("token", State.NOTE, "TELEGRAM_TOKEN is not set; `dalil serve` alone needs it")
    try:
        require_token(settings)
    except BotError as error:
        return Check("token", State.BAD, str(error))
    return Check("token", State.OK, "TELEGRAM_TOKEN has the form of a token")
