"""The bot on the fake Bot API, with an Answerer that answers as the test wants."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import knowledge
from bot.charts import ChartStore
from knowledge.corpus import Corpus
from knowledge.loading import load_corpus
from running_bot import RunningBot, ScriptedAnswerer
from telegram_api.server import FakeBotApi


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus(Path(knowledge.__file__).parent)


@pytest.fixture
def scripted(corpus: Corpus) -> ScriptedAnswerer:
    return ScriptedAnswerer(corpus)


@pytest.fixture
def api() -> Iterator[FakeBotApi]:
    """The fake; whatever a test does, the bot must have made no mistake."""
    with FakeBotApi() as server:
        yield server
    assert server.violations == []


@pytest.fixture
def charts(tmp_path: Path) -> ChartStore:
    return ChartStore(tmp_path / "charts")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """The state file, not there yet."""
    return tmp_path / "state" / "dalil.sqlite3"


@pytest.fixture
def bot(
    api: FakeBotApi, scripted: ScriptedAnswerer, charts: ChartStore, state: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[RunningBot]:
    # Without it the library warns at every 429.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    with RunningBot(api, scripted, charts, state) as running:
        yield running
