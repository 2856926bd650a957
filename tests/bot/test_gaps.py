"""`dalil gaps`: what readers asked in vain, for the editor."""

from __future__ import annotations

import asyncio
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from rich.console import Console

from bot.errors import BotError, StateError
from bot.gaps import export_golden, read_gaps, show_gaps, to_json
from bot.golden import GoldenKind, read_golden_set
from bot.state.file import migration_scripts, prepare
from bot.state.model import ContextKey, Memory, Report, Unanswered
from bot.state.store import StateStore
from command_line import only_error, run_dalil
from knowledge.language import Language


async def live(path: Path) -> None:
    key, days = ContextKey(1, 0, 1), iter((20, 20, 21, 22, 22))

    def now() -> datetime:
        return datetime(2026, 11, day, 12, tzinfo=UTC)

    day = 20
    async with StateStore(path, now) as store:
        for question, language in (
            ("jobs in 2050?", Language.EN),
            ("How many jobs in 2050", Language.EN),
            ("ما هو الأجر بفاس؟", Language.AR),
        ):
            day = next(days)
            await store.remember(key, Memory(), unanswered=Unanswered(question, language, "no_passage"))
        day = 22
        await store.report(Report("it is [17.9]", "turnover 2023", Language.EN, ("a#p1",)))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    path = tmp_path / "state" / "dalil.sqlite3"
    prepare(path, migration_scripts())
    asyncio.run(live(path))
    return path


def test_gaps_are_read_since_a_day(state: Path) -> None:
    assert [gap.count for gap in read_gaps(state, date.min)] == [2, 1, 1]
    assert [gap.wordings[0] for gap in read_gaps(state, date(2026, 11, 22))] == ["turnover 2023"]
    assert read_gaps(state, date(2026, 11, 23)) == ()


def test_gaps_are_read_while_the_bot_writes(state: Path) -> None:
    async def read() -> int:
        async with StateStore(state, lambda: datetime.now(UTC)) as store:
            await store.remember(ContextKey(1, 0, 1), Memory(), unanswered=Unanswered("x", Language.EN, "no_passage"))
            return len(await asyncio.to_thread(read_gaps, state, date.min))

    assert asyncio.run(read()) == 4


def test_a_table_shows_every_wording_and_report_as_it_is(state: Path) -> None:
    output = io.StringIO()
    show_gaps(read_gaps(state, date.min), Console(file=output, width=120))
    shown = output.getvalue()
    for part in ("How many jobs in 2050 ", "= jobs in 2050?", "ما هو الأجر بفاس؟", "! it is [17.9] a#p1", "reported 1"):
        assert part in shown


def test_an_export_is_golden_questions_that_an_editor_completes(state: Path, tmp_path: Path) -> None:
    gaps = read_gaps(state, date.min)
    path = tmp_path / "new.jsonl"
    export_golden(gaps, path)
    questions = read_golden_set(path)
    assert [question.question for question in questions] == [gap.wordings[0] for gap in gaps]
    assert {question.kind for question in questions} == {GoldenKind.NEAR_MISS}
    path.write_text("an editor's work")
    with pytest.raises(BotError, match="exists"):
        export_golden(gaps, path)
    assert path.read_text() == "an editor's work"
    with pytest.raises(BotError, match="cannot be written"):
        export_golden(gaps, tmp_path / "none" / "new.jsonl")


def test_json_holds_everything(state: Path) -> None:
    written = json.loads(to_json(read_gaps(state, date.min)))["gaps"]
    assert written[-1]["reports"] in ([], [{"text": "it is [17.9]", "passages": ["a#p1"]}])
    assert {gap["language"] for gap in written} == {"en", "ar"}
    assert written[0]["reasons"] == {"no_passage": 2}


def test_a_state_of_an_older_dalil_names_what_brings_it_up_to_date(tmp_path: Path) -> None:
    prepare(tmp_path / "state", ())
    with pytest.raises(StateError, match="dalil serve"):
        read_gaps(tmp_path / "state", date.min)


def test_the_command_lists_exports_and_speaks_json(state: Path, tmp_path: Path) -> None:
    where = {"DALIL_STATE_DIR": str(state.parent)}
    shown = run_dalil(tmp_path / "cache", "gaps", "--since", "2026-11-22", **where)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "turnover 2023" in shown.stdout
    assert "jobs" not in shown.stdout
    exported = run_dalil(tmp_path / "cache", "gaps", "--json", "--export", str(tmp_path / "new.jsonl"), **where)
    assert len(json.loads(exported.stdout)["gaps"]) == len(read_golden_set(tmp_path / "new.jsonl")) == 3
    again = run_dalil(tmp_path / "cache", "gaps", "--export", str(tmp_path / "new.jsonl"), **where)
    assert "exists" in only_error(again)


def test_without_a_state_the_command_says_so_and_makes_none(tmp_path: Path) -> None:
    where = {"DALIL_STATE_DIR": str(tmp_path / "state")}
    done = run_dalil(tmp_path / "cache", "gaps", **where)
    assert (done.returncode, done.stderr) == (0, "")
    assert "dalil serve" in done.stdout
    assert json.loads(run_dalil(tmp_path / "cache", "gaps", "--json", **where).stdout) == {"gaps": []}
    assert not (tmp_path / "state").exists()


def test_a_damaged_state_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "dalil.sqlite3").write_bytes(b"these are no tables" * 100)
    assert "damaged" in only_error(run_dalil(tmp_path / "cache", "gaps", DALIL_STATE_DIR=str(tmp_path)))
