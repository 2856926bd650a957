"""What Telegram shows of the bot before anyone writes to it: commands and descriptions, by language."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import structlog
from telegram import BotCommand
from telegram.error import TelegramError

from bot.localisation import localiser
from bot.telegram.commands import COMMANDS
from bot.telegram.delivery import Bot
from knowledge.language import Language

log = structlog.get_logger(__name__)


async def register_profile(bot: Bot) -> None:
    """Set commands and descriptions; what fails is logged and tried again at the next start.

    Commands are set for every other language, too, in English; descriptions are not, so that the
    operator's own, set with BotFather, stay.
    """
    tasks = [_try("commands", None, bot.set_my_commands(_commands(Language.EN)))]
    for language in Language:
        text = localiser(language).text
        tasks += [
            _try("commands", language, bot.set_my_commands(_commands(language), language_code=language)),
            _try("description", language, bot.set_my_description(text("bot-description"), language)),
            _try(
                "short description",
                language,
                bot.set_my_short_description(text("bot-short-description"), language),
            ),
        ]
    await asyncio.gather(*tasks)


def _commands(language: Language) -> list[BotCommand]:
    return [BotCommand(command.value, localiser(language).text(f"command-{command}")) for command in COMMANDS]


async def _try(what: str, language: Language | None, call: Awaitable[bool]) -> None:
    try:
        await call
    except TelegramError as error:
        log.warning("profile_not_set", what=what, language=language and language.value, reason=error.message)
