"""The command that shows an editor what readers asked in vain or reported."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.config import read_settings

commands = typer.Typer()


@commands.command()
def gaps(
    *,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Only from this day on.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object.")] = False,
    export: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write golden questions there, a line each, to complete.")
    ] = None,
) -> None:
    """List what readers of the bot on Telegram asked in vain or reported, the most frequent first.

    \b
    dalil gaps --since 2026-11-01
    dalil gaps --export new.jsonl
    """  # noqa: D301
    from bot.console import standard_console
    from bot.gaps import export_golden, read_gaps, show_gaps, to_json

    path = read_settings().state_path
    found = read_gaps(path, since.date() if since else date.min) if path.exists() else ()
    if as_json:
        typer.echo(to_json(found))
    elif not path.exists():
        typer.echo(f"Nothing is noted yet: {path} is not there. `dalil serve` makes it.")
    elif not found:
        typer.echo("No question was left without an answer, and none was reported.")
    elif export is None:
        show_gaps(found, standard_console())
    if export is not None and found:
        export_golden(found, export)
        typer.echo(f"Wrote {len(found)} questions to {export}. Complete them: docs/golden.md", err=as_json)
