"""How a command ends: its exit code, and the lines on standard error that say why."""

from __future__ import annotations

import io
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
        REFUSED: Of several files some were refused; the others were added.
        TO_MEND: Something is missing or wrong; each line on standard error says what mends it.
        INTERRUPTED: Ctrl-C, as shells report it.
        TERMINATED: SIGTERM before there was anything to finish, as shells report it.
        PIPE_CLOSED: Whoever read the output has gone, as shells report it.
    """

    DONE = 0
    BELOW_THRESHOLD = 1
    REFUSED = 1
    TO_MEND = 2
    INTERRUPTED = 130
    PIPE_CLOSED = 141
    TERMINATED = 143


def run(app: typer.Typer) -> int:
    """Run a command; an error that we expect is one line a problem, never a traceback."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # A terminal that cannot show Arabic gets question marks, and a byte that is no UTF-8 a U+FFFD.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
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
    except (BrokenPipeError, SystemExit) as error:
        # Typer answers a closed pipe by leaving with a code that is ours for something else.
        if isinstance(error, SystemExit) and not isinstance(error.__context__, BrokenPipeError):
            raise
        return _pipe_closed()
    return int(code or ExitCode.DONE)


def _pipe_closed() -> int:
    # Python must not find out a second time, when it flushes at its end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    return ExitCode.PIPE_CLOSED


def _complain(*lines: str) -> int:
    sys.stderr.write("".join(" ".join(line.split()) + "\n" for line in lines))
    return ExitCode.TO_MEND
