"""From a message to an answer: each step one call, no state of its own."""

from __future__ import annotations

from dataclasses import replace

from bot.answering.answer_pages import AnswerPage, AnswerPages
from bot.answering.composing import Composer
from bot.answering.evidence import EvidenceFinder
from bot.answering.figure_pages import FigurePage, FigurePages
from bot.answering.frame_reading import FrameReader
from bot.answering.message import SmallTalk
from bot.answering.model import Answer, Conversation, Question
from bot.answering.pages import Page, Pages
from bot.answering.topics import TopicFinder
from bot.answering.turn_language import TurnLanguage, TurnLanguageDecider
from index.errors import TextRefusedError
from knowledge.language import Language, parse_language

LONGEST_MESSAGE = 4096
"""Characters: what a Telegram message holds. Reading a hundred thousand of them would take seconds."""


class Answerer:
    """Answers messages and actions. Synchronous; threads may share it."""

    def __init__(
        self,
        *,
        decider: TurnLanguageDecider,
        frames: FrameReader,
        evidence: EvidenceFinder,
        composer: Composer,
        pages: Pages,
        figure_pages: FigurePages,
        answer_pages: AnswerPages,
        topics: TopicFinder,
    ) -> None:
        self._decider = decider
        self._frames = frames
        self._evidence = evidence
        self._composer = composer
        self._pages = pages
        self._figure_pages = figure_pages
        self._answer_pages = answer_pages
        self._topics = topics

    def answer(self, question: Question, conversation: Conversation) -> tuple[Answer, Conversation]:
        """Answer a message.

        Returns:
            The answer, and the conversation as it stands after it.
        """
        question = replace(question, text=_writable(question.text))
        languages = self._decider.decide(
            question.text[:LONGEST_MESSAGE],
            preferred=question.preferred_language,
            previous=conversation.language,
            user_language=question.user_language,
        )
        too_long = len(question.text) > LONGEST_MESSAGE
        try:
            answer = self._composer.too_long(languages.reply) if too_long else self._answer(question, languages)
        except TextRefusedError:
            answer = self._composer.too_long(languages.reply)
        return answer, Conversation(language=answer.language)

    def act(self, action: str, question: Question, conversation: Conversation) -> tuple[Answer, Conversation]:
        """Do what a button or command asks for, such as ``help``, ``topic:jobs`` or ``sources:2``.

        Args:
            action: As offered in an answer's options, or a page's name.
            question: Carries the user's languages and the date; its text is not read.
            conversation: As for `answer`.
        """
        language = (
            question.preferred_language
            or conversation.language
            or parse_language(question.user_language)
            or Language.EN
        )
        name, _, argument = action.partition(":")
        if name == "topic" and (example := self._pages.topic_example(argument, language)):
            asked = Question(example, question.today, language, question.user_language)
            return self._answer(asked, TurnLanguage(language, language)), Conversation(language=language)
        if name in set(FigurePage):
            answer = self._figure_pages.show(FigurePage(name), argument, language, question.today)
            return self._answer_pages.offer(answer, (), question.today), Conversation(language=language)
        if name in set(AnswerPage):
            shown = self._answer_pages.show(AnswerPage(name), argument, language, question.today)
            if shown is not None:
                return shown, Conversation(language=language)
        return self._pages.show(name, argument, language), Conversation(language=language)

    def _answer(self, question: Question, languages: TurnLanguage) -> Answer:
        frames = self._frames.read(question.text, languages.question, question.today)
        if frames[0].small_talk is SmallTalk.CAPABILITIES:
            return self._pages.show(Page.HELP, "", languages.reply)
        if frames[0].small_talk is SmallTalk.SOURCES:
            return self._pages.show(Page.SOURCES, "", languages.reply)
        if frames[0].small_talk is not None:
            return self._composer.small_talk(frames[0].small_talk, languages.reply)
        findings = [self._evidence.find(frame) for frame in frames]
        found = any(finding.evidence for finding in findings)
        topics = () if found else self._topics.nearest(findings[0].query.vector, languages.reply)
        answer = self._composer.compose(findings, languages.reply, topics, supported=languages.supported)
        further = [passage_id for finding in findings for passage_id in finding.further]
        return self._answer_pages.offer(answer, further, question.today)


def _writable(text: str) -> str:
    """Join surrogate pairs and replace lone ones: language detectors refuse them, and no reply could hold them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
