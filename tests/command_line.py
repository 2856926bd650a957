"""Runs `dalil` as a process of its own, as a person would."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

Finished = subprocess.CompletedProcess[str]


def environment_for(cache: Path, **variables: str) -> dict[str, str]:
    """This process's variables without those that set Dalil, a cache, a state of its own, and the ones given."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("DALIL_", "TELEGRAM_"))}
    state = Path(tempfile.gettempdir()) / f"dalil-state-{uuid.uuid4().hex}"  # made by whoever serves, and only then
    ours = {"PYTHONUTF8": "1", "DALIL_CACHE_DIR": str(cache), "DALIL_STATE_DIR": str(state)}
    return {**inherited, **ours, **variables}


def run_dalil(cache: Path, *arguments: str, stdin: str = "", **variables: str) -> Finished:
    """Run a command to its end.

    Args:
        cache: The cache folder; its parent, which exists, is where the command runs.
        arguments: As typed after `dalil`.
        stdin: What is piped in.
        variables: Environment variables.
    """
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        cwd=cache.parent if cache.parent.is_dir() else None,
        env=environment_for(cache, **variables),
    )


def only_error(finished: Finished) -> str:
    """The one line on standard error of a command that had to be refused."""
    assert finished.returncode == 2, finished
    assert finished.stdout == ""
    assert finished.stderr.count("\n") == 1, finished.stderr
    assert "Traceback" not in finished.stderr
    return finished.stderr.strip()
