"""Charts as photos: drawn off the event loop, and uploaded once."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from concurrent.futures import Executor

import structlog
from telegram import InputFile
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest

from bot.answering.charting import Chart
from bot.charts import ChartStore
from bot.state.model import Sent
from bot.telegram.delivery import Bot, Recipient, busy, delete, reply_parameters
from bot.telegram.html import caption

log = structlog.get_logger(__name__)

# What the shipped knowledge can be drawn as, in three languages, several times over.
REMEMBERED_UPLOADS = 1000


class Pictures:
    """Sends charts.

    What Telegram calls an uploaded photo is remembered until the process ends, so that the same chart is not
    uploaded again; nothing is remembered of whom it was sent to.

    Args:
        store: Draws, or finds what was drawn before.
        executor: Where it does so; matplotlib draws one picture at a time, so that one thread is enough. What waits
            there is bounded by the slots of `ChatOrder`.
    """

    def __init__(self, store: ChartStore, executor: Executor) -> None:
        self._store = store
        self._executor = executor
        self._uploads: OrderedDict[Chart, str] = OrderedDict()

    async def send(self, bot: Bot, to: Recipient, chart: Chart) -> Sent:
        """Send a chart with itself in words as its caption.

        Raises:
            Exception: It cannot be drawn, or Telegram refuses it.
        """
        uploaded = self._uploads.get(chart)
        if uploaded is not None:
            try:
                return await self._send(bot, to, chart, uploaded)
            except BadRequest as error:
                log.info("picture_uploaded_again", reason=error.message)
                del self._uploads[chart]
        async with busy(bot, to, ChatAction.UPLOAD_PHOTO):
            drawn = await asyncio.get_running_loop().run_in_executor(self._executor, self._draw, chart)
        return await self._send(bot, to, chart, InputFile(drawn, "chart.png"))

    async def replace(self, bot: Bot, to: Recipient, earlier: Sent | None, chart: Chart | None) -> Sent | None:
        """Put a chart, or none, in the place of one sent earlier; the same one stays where it is."""
        if earlier is not None:
            if chart is not None and earlier.fingerprint == _fingerprint(chart):
                return earlier
            await delete(bot, to.chat_id, earlier.message_id)
        return await self.send(bot, to, chart) if chart is not None else None

    def _draw(self, chart: Chart) -> bytes:
        return self._store.path(chart).read_bytes()

    async def _send(self, bot: Bot, to: Recipient, chart: Chart, photo: str | InputFile) -> Sent:
        message = await bot.send_photo(
            to.chat_id,
            photo,
            caption(chart.alt, chart.language),
            parse_mode=ParseMode.HTML,
            reply_parameters=reply_parameters(to),
            message_thread_id=to.thread_id or None,
        )
        if message.photo:
            # The last is the largest, which is the one that was sent.
            self._uploads[chart] = message.photo[-1].file_id
            self._uploads.move_to_end(chart)
            while len(self._uploads) > REMEMBERED_UPLOADS:
                self._uploads.popitem(last=False)
        return Sent(message.message_id, _fingerprint(chart))


def _fingerprint(chart: Chart) -> bytes:
    return hashlib.sha256(repr(chart).encode()).digest()
