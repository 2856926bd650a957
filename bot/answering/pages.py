"""The fixed pages behind commands and buttons: start, help, about, privacy, sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from bot.answering.model import Answer, AnswerKind, Option
from bot.answering.reply import Block, BlockKind, Reply, Span, Style, note
from bot.answering.wording import article_date, article_title
from bot.localisation import Localiser, localiser
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import Article
from knowledge.periods import format_partial_date

SOURCES_A_PAGE = 5
EXAMPLES = 4
MEDIA = "media"
"""The action for a message without text: ``media:sticker``."""

_PAGE_NUMBER = re.compile(r"[0-9]{1,4}")


class Page(StrEnum):
    """A page's name, which is also the command that opens it."""

    START = "start"
    HELP = "help"
    LANG = "lang"
    SOURCES = "sources"
    ABOUT = "about"
    PRIVACY = "privacy"
    FORGET = "forget"


class Media(StrEnum):
    """A message without text; each gets a fitting word."""

    STICKER = "sticker"
    PHOTO = "photo"
    VOICE = "voice"
    OTHER = "other"


class Pages:
    """Composes the pages in one of the three languages."""

    def __init__(self, corpus: Corpus, contact: str | None) -> None:
        self._corpus = corpus
        self._contact = contact
        # Newest first; undated articles stand last, by what they are about.
        self._articles = sorted(
            corpus.articles.values(), key=lambda a: (a.published or "", a.about or "", a.id), reverse=True
        )

    def topic_example(self, topic: str, language: Language) -> str | None:
        """The example question of a topic; None for an unknown one."""
        known = self._corpus.topics.get(topic)
        return known.examples.in_language(language) if known else None

    def show(self, name: str, argument: str, language: Language) -> Answer:
        """Compose a page; an unknown name gives the notice for a button that is no longer known."""
        locale = localiser(language)
        if name == MEDIA:
            kind = argument if argument in set(Media) else Media.OTHER
            return _page(locale, note(locale.text(f"media-{kind}")), kind=AnswerKind.SMALLTALK)
        if name == Page.LANG:
            return self._language(locale, argument)
        if name == Page.SOURCES:
            return self._sources(locale, argument)
        blocks: dict[str, Callable[[], Sequence[Block]]] = {
            Page.START: lambda: (note(locale.text("start")), *self._examples(locale)),
            Page.HELP: lambda: (note(locale.text("help")), *self._examples(locale)),
            Page.ABOUT: lambda: self._about(locale),
            Page.PRIVACY: lambda: (note(locale.text("privacy")),),
            Page.FORGET: lambda: (note(locale.text("forgotten")),),
        }
        return _page(locale, *blocks.get(name, lambda: (note(locale.text("unknown-action")),))())

    def _examples(self, locale: Localiser) -> tuple[Block, ...]:
        topics = list(self._corpus.topics.values())[:EXAMPLES]
        return (note("\n".join(f"• {topic.examples.in_language(locale.language)}" for topic in topics)),)

    def _language(self, locale: Localiser, choice: str) -> Answer:
        if choice in {language.value for language in Language}:
            chosen = localiser(Language(choice))
            return _page(chosen, note(chosen.text("lang-chosen")))
        if choice == "auto":
            return _page(locale, note(locale.text("lang-automatic")))
        options = [Option(localiser(each).text("language-name"), f"lang:{each}") for each in Language]
        options.append(Option(locale.text("lang-automatic-label"), "lang:auto"))
        return _page(locale, note(locale.text("lang-choose")), options=tuple(options))

    def _about(self, locale: Localiser) -> list[Block]:
        dated = [article for article in self._articles if article.published]
        newest = format_partial_date(dated[0].published or "", locale.language) if dated else locale.text("undated")
        names = (topic.names.in_language(locale.language) for topic in self._corpus.topics.values())
        blocks = [
            note(locale.text("about", articles=len(self._articles), passages=len(self._corpus.passages), until=newest)),
            note(locale.text("about-topics", topics=locale.text("list-separator").join(names))),
            note(locale.text("about-disclaimer")),
        ]
        if self._contact:
            blocks.append(note(locale.text("about-contact", contact=self._contact)))
        return blocks

    def _sources(self, locale: Localiser, argument: str) -> Answer:
        pages = max(1, -(-len(self._articles) // SOURCES_A_PAGE))
        page = min(max(int(argument), 1), pages) if _PAGE_NUMBER.fullmatch(argument) else 1
        shown = self._articles[(page - 1) * SOURCES_A_PAGE : page * SOURCES_A_PAGE]
        blocks = [note(locale.text("sources-title", page=page, pages=pages))]
        blocks += [_source_entry(article, locale) for article in shown]
        options = []
        if page > 1:
            options.append(Option(locale.text("previous-page"), f"sources:{page - 1}"))
        if page < pages:
            options.append(Option(locale.text("next-page"), f"sources:{page + 1}"))
        return _page(locale, *blocks, options=tuple(options))


def _source_entry(article: Article, locale: Localiser) -> Block:
    return Block(
        (
            Span(article.publisher, Style.STRONG),
            Span(" · "),
            Span(article_title(article, locale), url=article.url),
            Span(f" · {article_date(article, locale)}"),
        ),
        BlockKind.STATEMENT,
    )


def _page(
    locale: Localiser, *blocks: Block, kind: AnswerKind = AnswerKind.HELP, options: tuple[Option, ...] = ()
) -> Answer:
    return Answer(kind, locale.language, Reply(blocks), blocks[0].text, options=options)
