"""The composition root of the bot on Telegram."""

from __future__ import annotations

import logging
import signal
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any

import structlog
from telegram.constants import UpdateType
from telegram.error import InvalidToken
from telegram.ext import ApplicationBuilder, ContextTypes
from telegram.warnings import PTBDeprecationWarning

from bot.answering.answerer import Answerer
from bot.charts import ChartStore
from bot.config import Settings, require_token
from bot.errors import BotError
from bot.logging import configure_logging
from bot.telegram.bridge import AnswerBridge
from bot.telegram.connection import TIMEOUT_SECONDS, PatientRateLimiter, UpdatesRequest
from bot.telegram.errors import report
from bot.telegram.handlers import Handlers, TelegramApplication
from bot.telegram.ordering import ChatOrder
from bot.telegram.pictures import Pictures
from bot.telegram.profile import register_profile
from bot.telegram.state import ChatState

log = structlog.get_logger(__name__)

# Chats served at the same time. Most wait for the network; the answers take turns on one thread anyway.
SLOTS = 32
ALLOWED_UPDATES = (
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
)

_REFUSAL = (
    "Telegram refuses the token. Ask @BotFather on Telegram for the right one (/mybots, API Token) "
    "and set TELEGRAM_TOKEN to it."
)


def run(settings: Settings, answerer: Answerer) -> None:
    """Serve on Telegram until the process is told to stop, then finish what is in flight.

    Raises:
        BotError: There is no token, or Telegram refuses it.
    """
    token = require_token(settings).get_secret_value()
    configure_logging(json=settings.log_json)
    _quieten_library()
    updates = UpdatesRequest(on_refusal=lambda: signal.raise_signal(signal.SIGTERM))
    with AnswerBridge(answerer) as bridge, ThreadPoolExecutor(1, thread_name_prefix="drawing") as drawing:
        handlers = Handlers(bridge, Pictures(ChartStore(settings.charts_dir), drawing), _today)
        application = build_application(token, settings.telegram_api_url, handlers, updates)
        try:
            # Retried for ever: a bot that starts before its network waits for it.
            application.run_polling(allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1)
        except InvalidToken:
            # The library's message holds the token.
            raise BotError(_REFUSAL) from None
    if updates.refused:
        raise BotError(_REFUSAL)


def build_application(token: str, api_url: str, handlers: Handlers, updates: UpdatesRequest) -> TelegramApplication:
    """Wire the library's application; nothing is sent yet."""
    application: TelegramApplication = (
        ApplicationBuilder()
        .token(token)
        .base_url(api_url)
        .get_updates_request(updates)
        .read_timeout(TIMEOUT_SECONDS)
        .connect_timeout(TIMEOUT_SECONDS)
        .rate_limiter(PatientRateLimiter())
        .concurrent_updates(ChatOrder(SLOTS))
        .job_queue(None)
        .context_types(ContextTypes(chat_data=ChatState))
        .post_init(_introduce)
        .build()
    )
    handlers.register(application)
    application.add_error_handler(report)
    return application


async def _introduce(application: Any) -> None:
    await register_profile(application.bot)
    log.info("serving", bot=application.bot.username)


def _today() -> date:
    """The operator's date, by the time zone of the machine."""
    return datetime.now().astimezone().date()


def _quieten_library() -> None:
    # Its retry loop logs a traceback for what reaches `run` or `report` anyway; only that loop uses this logger.
    logging.getLogger("telegram.ext").addFilter(lambda _: False)
    # It warns at every 429 that the type of a number that we do not read will change.
    warnings.filterwarnings("ignore", message=".*retry_after.*", category=PTBDeprecationWarning)
