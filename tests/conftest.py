"""What tests share: the embedded model, prepared and loaded once a session, and the closed network."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs
import pytest
import structlog
from hypothesis import settings

from index.embedded_model import prepare_embedded_model
from index.embedding import SentenceTransformerEmbedder

# A busy machine is slow, not wrong.
settings.register_profile("dalil", deadline=None)
settings.load_profile("dalil")


@pytest.fixture(scope="session")
def model_folder() -> Path:
    """The embedded model where the application keeps it: fetched if this machine has none yet."""
    return prepare_embedded_model(platformdirs.user_cache_path("dalil") / "models")


@pytest.fixture(scope="session")
def embedder(model_folder: Path) -> SentenceTransformerEmbedder:
    """The embedded model, loaded."""
    return SentenceTransformerEmbedder(model_folder)


@pytest.fixture(autouse=True, scope="session")
def steady_log() -> None:
    """Logs go to the standard error that the process began with, where `capfd` finds them.

    structlog's own default prints to `sys.stdout`; a bot on another thread would do so while pytest exchanges that,
    and CPython 3.11 crashes when it happens within one `print`.
    """
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=sys.__stderr__))
