"""The composition root of the bot on Telegram."""

from __future__ import annotations

import json
import logging
import signal
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any

import structlog
from telegram import Update
from telegram.constants import UpdateType
from telegram.error import InvalidToken
from telegram.ext import ApplicationBuilder, ContextTypes, TypeHandler
from telegram.warnings import PTBDeprecationWarning

from bot.answering.answerer import Answerer
from bot.charts import ChartStore
from bot.config import Settings, require_token
from bot.errors import BotError, StateError
from bot.logging import configure_logging
from bot.state.store import StateStore
from bot.telegram.bridge import AnswerBridge
from bot.telegram.connection import TIMEOUT_SECONDS, PatientRateLimiter, UpdatesRequest
from bot.telegram.errors import ErrorReport
from bot.telegram.handlers import Handlers, TelegramApplication
from bot.telegram.limits import Limits
from bot.telegram.ordering import ChatOrder
from bot.telegram.pacing import Pacing
from bot.telegram.pictures import Pictures
from bot.telegram.profile import register_profile
from bot.telegram.throttle import Throttle

log = structlog.get_logger(__name__)

# Chats and topics served at the same time. Most wait for the network; the answers take turns on one thread anyway.
SLOTS = 32
# The library asks the groups of handlers one after the other.
BEFORE_ALL = -1
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

    Args:
        settings: Name the state file, which is held and prepared.
        answerer: Answers.

    Raises:
        BotError: There is no token, Telegram refuses it, or the state is another bot's.
    """
    token = require_token(settings).get_secret_value()
    configure_logging(json=settings.log_json)
    _quieten_library()
    store = StateStore(settings.state_path, _now)
    updates = UpdatesRequest(store.receive, on_refusal=lambda: signal.raise_signal(signal.SIGTERM))
    with AnswerBridge(answerer) as bridge, ThreadPoolExecutor(1, thread_name_prefix="drawing") as drawing:
        handlers = Handlers(bridge, Pictures(ChartStore(settings.charts_dir), drawing), store, _today)
        application = build_application(token, settings.telegram_api_url, handlers, updates, store, limits=Limits())
        try:
            # Retried for ever: a bot that starts before its network waits for it.
            application.run_polling(allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1)
        except InvalidToken:
            # The library's message holds the token.
            raise BotError(_REFUSAL) from None
    if updates.refused:
        raise BotError(_REFUSAL)


def build_application(
    token: str, api_url: str, handlers: Handlers, updates: UpdatesRequest, store: StateStore, *, limits: Limits
) -> TelegramApplication:
    """Wire the library's application; nothing is sent yet."""

    async def begin(application: Any) -> None:
        await store.open()
        await resume(application, store)
        await register_profile(application.bot)
        log.info("serving", bot=application.bot.username)

    async def end(_: Any) -> None:
        await store.close()

    async def finish(update_id: int) -> None:
        try:
            await store.finish(update_id)
        except StateError as error:  # answered again after a restart, which is better than an alarm to the user
            log.error("update_not_finished", update_id=update_id, reason=str(error))  # noqa: TRY400

    application: TelegramApplication = (
        ApplicationBuilder()
        .token(token)
        .base_url(api_url)
        .get_updates_request(updates)
        .read_timeout(TIMEOUT_SECONDS)
        .connect_timeout(TIMEOUT_SECONDS)
        .rate_limiter(PatientRateLimiter(Pacing(limits, time.monotonic)))
        .concurrent_updates(ChatOrder(SLOTS, finish))
        .job_queue(None)
        .context_types(ContextTypes())
        .post_init(begin)
        .post_shutdown(end)
        .build()
    )
    application.add_handler(TypeHandler(Update, Throttle(limits, store, time.monotonic).check), BEFORE_ALL)
    handlers.register(application)
    application.add_error_handler(ErrorReport(store).report)
    return application


async def resume(application: TelegramApplication, store: StateStore) -> None:
    """Queue the updates that an earlier process received and did not answer, before any new one is fetched.

    Raises:
        StateError: The state is another bot's.
    """
    await store.claim(application.bot.id)
    pending = await store.pending()
    for content in pending:
        await application.update_queue.put(Update.de_json(json.loads(content), application.bot))
    if pending:
        log.info("resumed", updates=len(pending))


def _now() -> datetime:
    """The operator's time, by the time zone of the machine."""
    return datetime.now().astimezone()


def _today() -> date:
    return _now().date()


def _quieten_library() -> None:
    # Its retry loop logs a traceback for what reaches `run` or `report` anyway; only that loop uses this logger.
    logging.getLogger("telegram.ext").addFilter(lambda _: False)
    # It warns at every 429 that the type of a number that we do not read will change.
    warnings.filterwarnings("ignore", message=".*retry_after.*", category=PTBDeprecationWarning)
