"""What readers asked in vain, for the editor: as a table, as JSON, and as golden questions to complete."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.errors import BotError, StateError
from bot.golden import GoldenKind
from bot.state.database import Database
from bot.state.file import migration_scripts, version_of
from bot.state.gaps import Gap, group
from bot.state.questions import noted


def read_gaps(path: Path, since: date) -> tuple[Gap, ...]:
    """The gaps noted on a day and after it, of a state file that a running bot may be writing.

    Raises:
        StateError: The file cannot be read, or is of an older Dalil.
    """
    if version_of(path) < len(migration_scripts()):
        raise StateError(f"{path} is of an older Dalil. Bring it up to date by starting the bot: dalil serve")
    return asyncio.run(_read(path, since))


async def _read(path: Path, since: date) -> tuple[Gap, ...]:
    database = Database(path)
    try:
        await database.open(read_only=True)
        async with database.reading() as connection:
            return group(await noted(connection, since))
    finally:
        await database.close()


def to_json(gaps: Sequence[Gap]) -> str:
    """One JSON object, for other programs."""
    return json.dumps({"gaps": [_written(gap) for gap in gaps]}, ensure_ascii=False, indent=2)


def _written(gap: Gap) -> dict[str, Any]:
    return {
        "question": gap.wordings[0],
        "language": gap.language.value,
        "count": gap.count,
        "reasons": dict(gap.reasons),
        "first": gap.first.isoformat(),
        "last": gap.last.isoformat(),
        "wordings": list(gap.wordings),
        "reports": [{"text": text, "passages": list(passages)} for text, passages in gap.reports],
    }


def export_golden(gaps: Sequence[Gap], path: Path) -> None:
    """Write a golden question a gap; each is a near miss until an editor completes it.

    Raises:
        BotError: The file exists, with an editor's work perhaps, or cannot be written.
    """
    lines = [json.dumps(_golden(gap), ensure_ascii=False) for gap in gaps]
    try:
        with path.open("x", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    except FileExistsError:
        raise BotError(f"{path} exists, and is left as it is. Name another file.") from None
    except OSError as error:
        raise BotError(f"{path} cannot be written: {error.strerror}. Name another file.") from error


def _golden(gap: Gap) -> dict[str, str]:
    digest = hashlib.sha256(f"{gap.language} {gap.wordings[0]}".encode()).hexdigest()[:8]
    return {
        "id": f"gap-{digest}-{gap.language}",
        "fact": f"gap-{digest}",
        "kind": GoldenKind.NEAR_MISS.value,
        "language": gap.language.value,
        "question": gap.wordings[0],
    }


def show_gaps(gaps: Sequence[Gap], console: Console) -> None:
    """Write a table, the most frequent first, each gap with its other wordings and what readers reported."""
    table = Table(box=box.SIMPLE)
    table.add_column("times", justify="right")
    table.add_column("language")
    table.add_column("question")
    table.add_column("why")
    table.add_column("last")
    for gap in gaps:
        told = [f"= {wording}" for wording in gap.wordings[1:]]
        told += [f"! {' '.join((text, *passages))}" for text, passages in gap.reports]
        question = Text("\n").join([Text(gap.wordings[0]), *(Text(line, style="dim") for line in told)])
        reasons = ", ".join(f"{reason} {count}" for reason, count in gap.reasons)
        table.add_row(str(gap.count), gap.language.value, question, reasons, gap.last.isoformat())
    console.print(table)
