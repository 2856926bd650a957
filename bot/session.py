"""One conversation held in memory, as the console and the JSON contract keep it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.answering.answerer import Answerer
from bot.answering.model import Answer, Conversation, Question
from bot.answering.pages import Page
from knowledge.language import Language, parse_language


@dataclass(slots=True)
class Session:
    """What one person's turns share; it lives as long as the process.

    Attributes:
        preferred: The language chosen with ``lang:fr`` and the like; None follows the questions.
        user_language: The language code of the person's device, where known.
        conversation: What the Answerer remembers.
    """

    preferred: Language | None = None
    user_language: str | None = None
    conversation: Conversation = field(default_factory=Conversation)

    def ask(
        self,
        answerer: Answerer,
        text: str,
        today: date,
        *,
        language: Language | None = None,
        user_language: str | None = None,
    ) -> Answer:
        """Answer a message and remember what follows from it.

        Args:
            answerer: What answers.
            text: The message.
            today: The date.
            language: Overrules ``preferred`` for this turn.
            user_language: Overrules the session's own for this turn.
        """
        question = self._question(text, today, language, user_language)
        answer, self.conversation = answerer.answer(question, self.conversation)
        self._take_effect(answer.taken or "")
        return answer

    def act(
        self,
        answerer: Answerer,
        action: str,
        today: date,
        *,
        language: Language | None = None,
        user_language: str | None = None,
    ) -> Answer:
        """Do what a button or command asks for.

        ``lang:fr`` and ``lang:auto`` also change ``preferred``, and ``forget`` forgets all that is remembered.

        Args:
            answerer: What answers.
            action: As `Answerer.act` takes it.
            today: The date.
            language: As for `ask`.
            user_language: As for `ask`.
        """
        question = self._question("", today, language, user_language)
        answer, self.conversation = answerer.act(action, question, self.conversation)
        self._take_effect(action)
        return answer

    def _take_effect(self, action: str) -> None:
        name, _, choice = action.partition(":")
        if name == Page.LANG and (choice == "auto" or choice in set(Language)):
            self.preferred = parse_language(choice)
        if name == Page.FORGET:
            self.preferred, self.conversation = None, Conversation()

    def _question(self, text: str, today: date, language: Language | None, user_language: str | None) -> Question:
        return Question(text, today, language or self.preferred, user_language or self.user_language)
