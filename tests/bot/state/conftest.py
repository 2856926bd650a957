"""A real state file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.state.file import migration_scripts, prepare
from bot.state.store import StateStore
from state_clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A state file, prepared and empty."""
    path = tmp_path / "state" / "dalil.sqlite3"
    prepare(path, migration_scripts())
    return path


@pytest.fixture
async def store(path: Path, clock: Clock) -> AsyncIterator[StateStore]:
    async with StateStore(path, clock) as opened:
        yield opened
