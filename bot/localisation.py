"""Every word that a user sees, in the three languages, from ``locales/*.ftl``."""

from __future__ import annotations

import functools
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

from bot.errors import BotError
from knowledge.language import Language
from knowledge.periods import BABEL_LOCALES

LOCALES = Path(__file__).parent / "locales"


class Localiser:
    """Formats messages in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        # Numbers and Latin names are isolated where a reply is rendered, and only there.
        self._bundle = FluentBundle([BABEL_LOCALES[language]], use_isolating=False)
        path = LOCALES / f"{language}.ftl"
        self._bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))

    def text(self, key: str, **arguments: str | float) -> str:
        """Format a message.

        Raises:
            BotError: The key is missing in this language, or an argument that it needs.
        """
        if not self._bundle.has_message(key) or (pattern := self._bundle.get_message(key).value) is None:
            raise BotError(f"bot/locales/{self.language}.ftl has no message {key!r}.")
        formatted, errors = self._bundle.format_pattern(pattern, arguments)
        if errors:
            raise BotError(f"bot/locales/{self.language}.ftl: {key!r} cannot be formatted: {errors[0]}.")
        return str(formatted)


@functools.cache
def localiser(language: Language) -> Localiser:
    """The localiser of a language, read once."""
    return Localiser(language)
