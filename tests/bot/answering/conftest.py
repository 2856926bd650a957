"""What tests of `bot.answering` share: the shipped knowledge, and what reads questions against it."""

from __future__ import annotations

import pytest

from bot.answering.cues import load_cues
from bot.answering.frame_reading import FrameReader
from bot.config import Settings
from knowledge.corpus import Corpus
from knowledge.loading import load_corpus


@pytest.fixture(scope="session")
def corpus(settings: Settings) -> Corpus:
    """The shipped knowledge."""
    return load_corpus(settings.knowledge_dir)


@pytest.fixture(scope="session")
def frame_reader(corpus: Corpus) -> FrameReader:
    """The reader of questions, over the shipped knowledge."""
    return FrameReader(corpus, load_cues())
