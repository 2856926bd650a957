"""Logging: readable lines or JSON on standard error, from structlog and the standard library alike."""

from __future__ import annotations

import logging
import re
import sys

import structlog

from bot.config import TOKEN_FORM

# A token also stands in the address of every request, where the colon may be escaped.
_TOKEN = re.compile(TOKEN_FORM.pattern.replace(":", "(?::|%3[Aa])"))
# They log every address at INFO, token included.
_TALKATIVE = ("httpx", "httpcore")


def configure_logging(*, json: bool) -> None:
    """Send everything that is logged to standard error, through one formatter that lets no token pass.

    Args:
        json: One JSON object a line instead of readable lines.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    # Plain tracebacks: the default ones show local variables, among them what people wrote.
    rendering: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if json
        else [
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
        ]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        _RedactingFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering],
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def redact(text: str) -> str:
    """Replace everything that looks like a bot token."""
    return _TOKEN.sub("[token]", text)


class _RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """Redacts the finished line, so that messages, addresses and tracebacks are all covered."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))
