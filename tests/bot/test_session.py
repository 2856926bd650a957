"""A conversation in memory, as the console keeps it, can be forgotten too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import knowledge
from bot.answering.model import Conversation
from bot.localisation import localiser
from bot.session import Session
from knowledge.language import Language
from knowledge.loading import load_corpus
from running_bot import ScriptedAnswerer


@pytest.mark.parametrize("action", ["forget", "forget:all"])
def test_forget_forgets_the_conversation_and_the_language_chosen_and_says_so_in_it(action: str) -> None:
    answerer = ScriptedAnswerer(load_corpus(Path(knowledge.__file__).parent))
    session = Session(Language.FR, "ar", Conversation(Language.EN))
    answer = session.act(answerer, action, date(2026, 11, 22))
    assert answer.lead == localiser(Language.FR).text("forgotten")
    assert session == Session(None, "ar", Conversation())
