"""A bot on Telegram as a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from command_line import environment_for
from telegram_api.server import FakeBotApi

# Torch takes 20 s to import and load on a cold machine.
START_SECONDS = 120.0
DALIL_SERVE = ("-m", "bot.cli", "serve")


class Serving:
    """A running `dalil serve`.

    Args:
        api: Where its Telegram is.
        cache: Where its model and index lie.
        log: The file that gets all its output; its state lies beside it.
        command: What Python is to run.
        variables: Further environment variables.
    """

    def __init__(
        self, api: FakeBotApi, cache: Path, log: Path, command: Sequence[str] = DALIL_SERVE, **variables: str
    ) -> None:
        self._api = api
        self._log = log
        given = {"DALIL_STATE_DIR": str(log.parent / "state"), **variables}
        environment = environment_for(cache, TELEGRAM_TOKEN=api.token, DALIL_TELEGRAM_API_URL=api.base_url, **given)
        polls = len(api.calls("getUpdates"))
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env=environment,
            )
        deadline = time.monotonic() + START_SECONDS
        while len(api.calls("getUpdates")) == polls:
            assert self.process.poll() is None, self.output
            assert time.monotonic() < deadline, self.output
            time.sleep(0.05)

    @property
    def output(self) -> str:
        """What it wrote so far."""
        return self._log.read_text(encoding="utf-8")

    def stop(self, with_signal: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop, and wait; its exit code."""
        self.process.send_signal(with_signal)
        return self.process.wait(30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
