"""How a command ends: its exit code, and the lines on standard error that say why."""

from __future__ import annotations

import os
import sys
from enum import IntEnum

import typer

from bot.errors import BotError
from index.errors import IndexingError
from knowledge.errors import KnowledgeError

PROGRAM = "dalil"


class ExitCode(IntEnum):
    """What the code of a finished command says; a fault of ours ends with Python's own 1 and its traceback.

    Attributes:
        BELOW_THRESHOLD: Golden questions were scored, and something is worse than it may be.
        TO_MEND: Something is missing or wrong; each line on standard error says what, where and what mends it.
        INTERRUPTED: Ctrl-C, as shells report it.
        PIPE_CLOSED: Whoever read the output has gone, as shells report it.
    """

    DONE = 0
    BELOW_THRESHOLD = 1
    TO_MEND = 2
    INTERRUPTED = 130
    PIPE_CLOSED = 141


def run(app: typer.Typer) -> int:
    """Run a command; an error that we expect is one line a problem, never a traceback."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # A terminal that cannot show Arabic gets question marks, and a byte that is no UTF-8 a U+FFFD.
        getattr(stream, "reconfigure", lambda errors: None)(errors="replace")
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except KnowledgeError as error:
        return _complain(*map(str, error.problems))
    except (BotError, IndexingError) as error:
        return _complain(f"{PROGRAM}: {error}")
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else PROGRAM
        message = error.format_message().replace("Value error, ", "").rstrip(".")
        return _complain(f"{PROGRAM}: {message}. See: {command} --help")
    except (KeyboardInterrupt, typer.Abort):
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # Python must not find out a second time, when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.PIPE_CLOSED
    return int(code or ExitCode.DONE)


def _complain(*lines: str) -> int:
    sys.stderr.write("".join(" ".join(line.split()) + "\n" for line in lines))
    return ExitCode.TO_MEND
