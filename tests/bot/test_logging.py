"""No token reaches the log, however it comes."""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import Iterator

import pytest
import structlog

from bot.logging import configure_logging, redact

TOKEN = "123456789:AAFake-token-for-tests_only_0123456"


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Leave the root logger and structlog as they were."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.mark.parametrize("as_json", [True, False])
def test_tokens_are_redacted_everywhere(as_json: bool, capfd: pytest.CaptureFixture[str]) -> None:
    configure_logging(json=as_json)
    try:
        int(f"https://api.telegram.org/bot{TOKEN}/getMe")
    except ValueError:
        structlog.get_logger("a").exception("own", token=TOKEN, nested={"t": [TOKEN]})
        logging.getLogger("b").exception("foreign %s", TOKEN)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"warned of {TOKEN.replace(':', '%3A')}", stacklevel=1)
    logging.getLogger("httpx").warning("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    out, err = capfd.readouterr()
    assert out == ""
    assert "AAFake" not in err
    assert err.count("[token]") >= 7
    assert "ValueError" in err


def test_json_is_one_object_a_line(capfd: pytest.CaptureFixture[str]) -> None:
    configure_logging(json=True)
    structlog.get_logger("own").info("answered", language="ar", text="دليل\nx")
    logging.getLogger("foreign").warning("seen")
    own, foreign = map(json.loads, capfd.readouterr().err.splitlines())
    assert (own["event"], own["language"], own["text"], own["level"]) == ("answered", "ar", "دليل\nx", "info")
    assert (foreign["event"], foreign["logger"], foreign["level"]) == ("seen", "foreign", "warning")
    assert own["timestamp"].endswith("Z")


def test_addresses_are_not_logged_at_each_request(capfd: pytest.CaptureFixture[str]) -> None:
    configure_logging(json=False)
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/")
    assert capfd.readouterr().err == ""


def test_what_is_no_token_stays() -> None:
    text = "at 12:30:45, articles/h24info#p1, 2024:abc"
    assert redact(text) == text
