"""What tests share: the embedded model, prepared and loaded once a session, and the closed network."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest
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
