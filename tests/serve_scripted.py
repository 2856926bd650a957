"""`dalil serve` with an Answerer that loads no model: it repeats its question, and what it remembers from before.

A question ends with the language that the conversation goes on in: ``u7 m3 ar``.
"""

from __future__ import annotations

import time

from bot.answering.model import Answer, AnswerKind, Conversation, Question
from bot.answering.reply import Reply, note
from bot.config import read_settings
from bot.state.file import held, migration_scripts, prepare
from bot.telegram.app import run
from knowledge.language import Language
from knowledge.loading import load_corpus
from running_bot import ScriptedAnswerer

# What the embedded model takes for a question.
ANSWER_SECONDS = 0.02


class RememberingAnswerer(ScriptedAnswerer):
    """Says which language the turn before was in."""

    def answer(self, question: Question, conversation: Conversation) -> tuple[Answer, Conversation]:
        time.sleep(ANSWER_SECONDS)
        text = f"{question.text} after {conversation.language or 'nothing'}"
        answer = Answer(AnswerKind.ANSWER, Language.EN, Reply((note(text),)), text)
        return answer, Conversation(language=Language(question.text.split()[-1]))


if __name__ == "__main__":
    settings = read_settings()
    with held(settings.state_path):
        prepare(settings.state_path, migration_scripts())
        run(settings, RememberingAnswerer(load_corpus(settings.knowledge_dir)))
