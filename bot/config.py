"""The settings of a running Dalil, read once from the environment."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import platformdirs
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

import knowledge
from bot.errors import SettingsError

PREFIX = "DALIL_"

# Digits (the bot's id), a colon and, today, 35 characters; Telegram promises no length.
TOKEN_FORM = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{20,}")


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("it must begin with http:// or https:// and name a host, such as https://api.telegram.org/bot")
    return url


Folder = Annotated[Path, AfterValidator(_absolute)]


class Settings(BaseSettings):
    """Every setting. README.md has the table.

    Attributes:
        telegram_token: From BotFather; needed for `dalil serve` alone, hidden in every print-out.
        telegram_api_url: Where the Bot API is; tests and self-hosted API servers change it.
        knowledge_dir: The knowledge folder; the one that ships when unset.
        cache_dir: Where the embedded model and the index are kept.
        state_dir: Where the bot on Telegram keeps what survives a restart.
        model: Any sentence-transformers model, a folder or a hub name; the embedded one when unset.
        contact: Where readers can send corrections, as shown by /about.
        log_json: Log one JSON object a line instead of readable lines.
    """

    # An empty variable, as a compose file's blank line makes, is one that is not set.
    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True)

    telegram_token: SecretStr | None = Field(default=None, validation_alias="TELEGRAM_TOKEN")
    telegram_api_url: Annotated[str, AfterValidator(_web_address)] = "https://api.telegram.org/bot"
    knowledge_dir: Folder = Path(knowledge.__file__).parent
    cache_dir: Folder = Field(default_factory=lambda: platformdirs.user_cache_path("dalil"))
    state_dir: Folder = Field(default_factory=lambda: platformdirs.user_data_path("dalil"))
    model: str | None = None
    contact: str | None = None
    log_json: bool = False

    @property
    def models_dir(self) -> Path:
        """Where the embedded model is prepared."""
        return self.cache_dir / "models"

    @property
    def state_path(self) -> Path:
        """The state file."""
        return self.state_dir / "dalil.sqlite3"

    @property
    def charts_dir(self) -> Path:
        """Where charts are kept once they are drawn."""
        return self.cache_dir / "charts"

    @property
    def index_dir(self) -> Path:
        """Where the index of this knowledge folder is kept; two folders never share one."""
        key = hashlib.sha256(str(self.knowledge_dir).encode()).hexdigest()[:16]
        return self.cache_dir / "indexes" / key


def read_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        SettingsError: A variable has a value that cannot be used; its value is never repeated.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0])
        variable = name if name.isupper() else f"{PREFIX}{name.upper()}"
        raise SettingsError(
            f"{variable} cannot be used: {first['msg'].removeprefix('Value error, ')}. Correct it or unset it."
        ) from None


def require_token(settings: Settings) -> SecretStr:
    """The Telegram token, checked for its form before anything is loaded or any request is sent.

    Raises:
        SettingsError: There is none, or it is not of the form that BotFather gives; it is never repeated.
    """
    if settings.telegram_token is None:
        raise SettingsError(
            "TELEGRAM_TOKEN is not set. Ask @BotFather on Telegram for a token (/newbot), "
            "then: TELEGRAM_TOKEN=… dalil serve"
        )
    if not TOKEN_FORM.fullmatch(settings.telegram_token.get_secret_value()):
        raise SettingsError(
            "TELEGRAM_TOKEN is not of the form that BotFather gives (digits, a colon, 35 characters). "
            "Copy it again from @BotFather (/mybots, API Token), without spaces or quotation marks."
        )
    return settings.telegram_token
