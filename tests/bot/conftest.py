"""What tests of `bot` share: the whole Answerer over the shipped knowledge."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answering.answerer import Answerer
from bot.composition import Foundations, compose_answerer, ensure_index
from bot.config import Settings
from bot.evaluation import Verdict, evaluate
from bot.golden import read_golden_set
from command_line import NO_LIBRARY
from index.centring import load_reference_set
from index.embedding import SentenceTransformerEmbedder
from index.storage import IndexStore
from knowledge.loading import load_corpus

GOLDEN = Path(__file__).parents[1] / "golden"
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The settings of someone who has set nothing, so that the index of `dalil build` is used."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("TELEGRAM_TOKEN", *(f"DALIL_{field.upper()}" for field in Settings.model_fields)):
            patch.delenv(name, raising=False)
        return Settings(library_dir=NO_LIBRARY)


@pytest.fixture(scope="session")
def foundations(settings: Settings, embedder: SentenceTransformerEmbedder) -> Foundations:
    """The shipped knowledge with a fresh index, built if it is not there."""
    store = IndexStore(settings.index_dir)
    found = Foundations(load_corpus(settings.knowledge_dir), load_reference_set(), embedder, store)
    ensure_index(found, lambda *_: None)
    return found


@pytest.fixture(scope="session")
def golden_verdicts(answerer: Answerer, foundations: Foundations) -> tuple[Verdict, ...]:
    """Every golden question asked once, and what came of it; it takes a minute, so tests that need it are slow."""
    return tuple(evaluate(read_golden_set(GOLDEN), answerer, foundations.corpus, TODAY))


@pytest.fixture(scope="session")
def answerer(settings: Settings, foundations: Foundations) -> Answerer:
    """The Answerer that ships."""
    return compose_answerer(settings, foundations)
