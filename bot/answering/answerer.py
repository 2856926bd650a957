"""From a message to an answer: each step one call, no state of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answering.answer_pages import AnswerPage, AnswerPages
from bot.answering.asides import Aside, AsideReader
from bot.answering.cards import CardDealer, Deck
from bot.answering.composing import Composer
from bot.answering.figure_pages import FigurePage, FigurePages
from bot.answering.frame_reading import FrameReader
from bot.answering.last_answer import LastAnswer
from bot.answering.message import SmallTalk
from bot.answering.model import Answer, Conversation, Finding, PastTurn, Question
from bot.answering.pages import Page, Pages
from bot.answering.readings import ASK, Readings
from bot.answering.recalling import recall, recall_aside, recall_figures, recall_page
from bot.answering.spelling import Speller
from bot.answering.topics import TopicFinder
from bot.answering.turn_language import TurnLanguage, TurnLanguageDecider
from bot.answering.understanding import Understander
from bot.answering.understood import UnderstoodWording
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
        speller: Speller,
        frames: FrameReader,
        asides: AsideReader,
        understander: Understander,
        composer: Composer,
        pages: Pages,
        figure_pages: FigurePages,
        answer_pages: AnswerPages,
        dealer: CardDealer,
        topics: TopicFinder,
        last_answer: LastAnswer,
        understood: UnderstoodWording,
        readings: Readings,
    ) -> None:
        self._decider = decider
        self._speller = speller
        self._frames = frames
        self._asides = asides
        self._understander = understander
        self._composer = composer
        self._pages = pages
        self._figure_pages = figure_pages
        self._answer_pages = answer_pages
        self._dealer = dealer
        self._topics = topics
        self._last_answer = last_answer
        self._understood = understood
        self._readings = readings

    def answer(self, question: Question, conversation: Conversation) -> tuple[Answer, Conversation]:
        """Answer a message.

        Returns:
            The answer, and the conversation as it stands after it.
        """
        question = replace(question, text=_writable(question.text))
        too_long = len(question.text) > LONGEST_MESSAGE
        action = None if too_long else self._asides.action(question.text, conversation)
        if action is not None:
            answer, conversation = self.act(action, question, conversation)
            return replace(answer, taken=action), conversation
        if not too_long:
            question = replace(question, text=self._speller.corrected(question.text))
        languages = self._languages(question, conversation)
        try:
            if not too_long:
                return self._answer(question, languages, conversation)
        except TextRefusedError:
            pass
        answer = self._composer.too_long(languages.reply)
        return answer, conversation.after(recall_page(answer), languages.reply)

    def act(self, action: str, question: Question, conversation: Conversation) -> tuple[Answer, Conversation]:
        """Do what a button or command asks for, such as ``help``, ``topic:jobs`` or ``sources:2``.

        Args:
            action: As offered in an answer's options, or a page's name.
            question: Carries the user's languages and the date; of its text, if the action was written, the language.
            conversation: As for `answer`.
        """
        language = self._language(question, conversation)
        name, _, argument = action.partition(":")
        if name == "topic" and (example := self._pages.topic_example(argument, language)):
            asked = Question(example, question.today, language, question.user_language)
            return self._answer(asked, TurnLanguage(language, language), conversation)
        if name == ASK and (asked_for := self._readings.question(argument, language)):
            asked = Question(asked_for, question.today, language, question.user_language)
            return self._answer(asked, TurnLanguage(language, language), conversation)
        if name in set(FigurePage):
            shown = self._figure_pages.show(FigurePage(name), argument, language, question.today)
            answer = self._answer_pages.offer(shown, (), question.today)
            return answer, conversation.after(recall_figures(answer), language)
        if name in set(AnswerPage):
            page = self._answer_pages.show(AnswerPage(name), argument, language, question.today)
            if page is not None:
                return page, conversation.after(recall_aside(page, conversation.answered), language)
        answer = self._pages.show(name, argument, language)
        return answer, conversation.after(recall_page(answer), language)

    def reported(self, references: str, language: Language) -> tuple[tuple[str, ...], str | None]:
        """The passages of an answer in which a mistake is reported, and a question that they answer."""
        passages = self._answer_pages.passages(references)
        return passages, self._answer_pages.question_of(passages, language)

    def cards(self, question: Question) -> Deck:
        """Answer a question with cards to paste into other conversations, in the question's language; nobody's turn.

        Args:
            question: As for `answer`.
        """
        question = replace(question, text=_writable(question.text))
        languages = self._decider.decide(
            question.text[:LONGEST_MESSAGE],
            preferred=question.preferred_language,
            previous=None,
            user_language=question.user_language,
        )
        if not question.text.strip() or len(question.text) > LONGEST_MESSAGE:
            return Deck(languages.reply)
        text = languages.standard or question.text
        frames = self._frames.read(text, languages.question, question.today)
        if frames[0].small_talk is not None:
            return Deck(languages.reply)
        try:
            findings = self._understander.find(text, frames, Conversation(), question.today)
            return self._dealer.deal(findings, languages.reply)
        except TextRefusedError:
            return Deck(languages.reply)

    def _language(self, question: Question, conversation: Conversation) -> Language:
        """The language of the reply to an action."""
        if question.text:
            return self._languages(question, conversation).reply
        known = question.preferred_language or conversation.language
        return known or parse_language(question.user_language) or Language.EN

    def _languages(self, question: Question, conversation: Conversation) -> TurnLanguage:
        """The languages of a message; a word of command keeps that of the conversation."""
        decided = self._decider.decide(
            question.text[:LONGEST_MESSAGE],
            preferred=question.preferred_language,
            previous=conversation.language,
            user_language=question.user_language,
        )
        kept = question.preferred_language or conversation.language
        return replace(decided, reply=kept) if kept and self._asides.is_command(question.text) else decided

    def _answer(
        self, question: Question, languages: TurnLanguage, conversation: Conversation
    ) -> tuple[Answer, Conversation]:
        aside = self._asides.read(question.text)
        if aside is not None and (
            answer := self._last_answer.about(aside, conversation.answered, languages.reply, question.today)
        ):
            answer = self._answer_pages.offer(answer, (), question.today)
            # Another language was asked for once: later turns follow their own.
            language = (conversation.language or languages.reply) if aside.language else answer.language
            return answer, conversation.after(recall_aside(answer, conversation.answered), language)
        text = languages.standard or question.text
        frames = self._frames.read(text, languages.question, question.today)
        if frames[0].small_talk is not None:
            answer = self._small_talk(frames[0].small_talk, languages.reply)
            # A courtesy in another language is returned in it, and changes nothing of what comes behind.
            kept = conversation.language if conversation.answered else None
            return answer, conversation.after(recall_page(answer), kept or answer.language)
        findings = self._understander.find(text, frames, conversation, question.today)
        found = any(finding.evidence for finding in findings)
        answered = conversation.answered
        if aside is Aside.WHERE and answered and answered.passages and not _says_more(findings, answered):
            answer = self._answer_pages.offer(self._last_answer.nowhere(answered, languages.reply), (), question.today)
            return answer, conversation.after(recall_aside(answer, answered), answer.language)
        topics = () if found else self._topics.nearest(findings[0].query.vector, languages.reply)
        completed = findings[0].frame.completed
        supported = languages.supported or completed
        answer = self._composer.compose(findings, languages.reply, topics, supported=supported)
        if completed:
            answer = answer.prefaced(self._understood.note(findings[0], languages.reply))
        elif readings := self._readings.of(text, languages.reply, question.today):
            answer = self._composer.with_readings(answer, readings)
        further = [passage_id for finding in findings for passage_id in finding.further]
        answer = self._answer_pages.offer(answer, further, question.today)
        return answer, conversation.after(recall(findings, answer), answer.language)

    def _small_talk(self, kind: SmallTalk, language: Language) -> Answer:
        pages = {SmallTalk.CAPABILITIES: Page.HELP, SmallTalk.SOURCES: Page.SOURCES}
        return (
            self._pages.show(pages[kind], "", language) if kind in pages else self._composer.small_talk(kind, language)
        )


def _says_more(findings: Sequence[Finding], turn: PastTurn) -> bool:
    """Whether passages were found that an earlier answer did not cite."""
    return any(each.passage_id not in turn.passages for finding in findings for each in finding.evidence[:1])


def _writable(text: str) -> str:
    """Join surrogate pairs and replace lone ones: language detectors refuse them, and no reply could hold them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
