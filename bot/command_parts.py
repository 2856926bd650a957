"""What several commands share: the date, the editor's program, the index brought up to date."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.config import Settings
from bot.errors import BotError

Id = Annotated[str, typer.Argument(metavar="ID", help="An own article, as `dalil list` names it.")]
NoBuild = Annotated[bool, typer.Option("--no-build", help="Leave the index; bring it up to date with: dalil build.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


def today() -> date:
    """The date here and now."""
    return datetime.now().astimezone().date()


def bring_up_to_date(settings: Settings) -> None:
    """Take what changed in the articles into the index."""
    from bot.console import standard_console
    from bot.preparation import prepare

    prepare(settings, standard_console(errors=True))


def edit_text(text: str) -> str:
    """Open a text in the editor that the environment names, and return it as it was saved.

    Raises:
        BotError: There is no such editor, or it ended with an error.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "article.yaml"
        path.write_text(text, encoding="utf-8")
        try:
            subprocess.run([*shlex.split(editor), str(path)], check=True)
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            raise BotError(f"the editor {editor!r} did not work: {error}. Set EDITOR to one that does.") from error
        return path.read_bytes().decode("utf-8", "replace")
