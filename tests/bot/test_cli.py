"""Commands, their exit codes and their errors: one clear line for each problem, and nothing half-written."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest
import typer

from bot import preparation
from bot.answering.answerer import Answerer
from bot.cli import app as dalil
from bot.composition import Foundations, compose_answerer, ensure_index
from bot.config import Settings
from bot.exit_codes import ExitCode, run
from bot.localisation import localiser
from command_line import environment_for, only_error, run_dalil
from index.storage import MANIFEST, IndexStore
from knowledge.language import Language
from small_knowledge import ARTICLE, ARTICLE_FILE, break_file, write_knowledge
from telegram_api.server import FakeBotApi

COMMANDS = ("ask", "chat", "build", "check", "schema", "stats", "eval", "serve", "gaps", "doctor")
NEED_AN_INDEX = (("ask", "jobs 2030"), ("ask", "--jsonl"), ("chat",), ("eval", "."))


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache folder that does not exist yet."""
    return tmp_path / "cache"


@pytest.fixture
def copied_cache(cache: Path, settings: Settings, foundations: Foundations) -> Path:
    """A cache with the model in place and an index that a test may spoil."""
    shutil.copytree(settings.index_dir, cache / "indexes" / settings.index_dir.name)
    (cache / "models").symlink_to(settings.models_dir)
    return cache


def run_here(app: typer.Typer, *arguments: str, stdin: bytes = b"") -> int:
    """Run a command in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["dalil", *arguments])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        return run(app)


def index_version(cache: Path, settings: Settings) -> Path:
    return IndexStore(cache / "indexes" / settings.index_dir.name).current()


# What a person meets first.


def test_the_version_is_that_of_the_installed_distribution(cache: Path) -> None:
    assert run_dalil(cache, "--version").stdout == f"dalil {version('dalil-bot')}\n"


@pytest.mark.parametrize("arguments", [(), ("--help",)])
def test_help_lists_every_command(cache: Path, arguments: tuple[str, ...]) -> None:
    shown = run_dalil(cache, *arguments)
    assert shown.returncode == 0
    assert all(f"\n  {command} " in shown.stdout for command in COMMANDS)


def test_help_gives_examples_line_by_line(cache: Path) -> None:
    assert '\n  dalil ask --language en "jobs 2030"\n' in run_dalil(cache, "ask", "--help").stdout


def test_the_command_line_loads_no_model_to_show_its_help() -> None:
    """Torch takes seconds; `--help` must not wait for it, nor an error that needs no model."""
    heavy = "('torch', 'transformers', 'faiss', 'sentence_transformers', 'telegram')"
    code = f"import sys, bot.cli, bot.preparation; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout in {"[]\n", "['faiss']\n"}


# Bad usage.


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--nonsense",), "--nonsense"),
        (("tell",), "tell"),
        (("ask", "--language", "de", "Frage"), "'de' is not one of 'fr', 'ar', 'en'"),
        (("ask", "--jsonl", "question"), "not both"),
        (("eval", "no-such-file.jsonl"), "no-such-file.jsonl"),
        (("eval", ".", "--min-accuracy", "90"), "--min-accuracy"),
    ],
)
def test_bad_usage_is_one_line_that_names_the_help(cache: Path, arguments: tuple[str, ...], named: str) -> None:
    error = only_error(run_dalil(cache, *arguments))
    assert named in error
    assert error.endswith("--help")


# Ends that are not errors.


def test_ctrl_c_ends_with_130_and_no_word(capsys: pytest.CaptureFixture[str]) -> None:
    app = typer.Typer()

    @app.command()
    def interrupted() -> None:
        raise KeyboardInterrupt

    assert run_here(app) == ExitCode.INTERRUPTED
    assert capsys.readouterr() == ("", "")


def test_a_reader_who_leaves_early_is_no_error(cache: Path) -> None:
    """As in `dalil check | head -0`: no traceback, and none of Python's "Exception ignored" at the end either."""
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "bot.cli", "check"]
    done = subprocess.run(
        command, stdout=write, stderr=subprocess.PIPE, env=environment_for(cache), text=True, check=False
    )
    os.close(write)
    assert done.returncode == ExitCode.PIPE_CLOSED
    assert done.stderr == ""


# Knowledge that cannot be used.


@pytest.mark.parametrize("command", [("check",), ("build",), ("ask", "jobs 2030")])
def test_a_missing_knowledge_folder_is_named_with_its_setting(
    cache: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    error = only_error(run_dalil(cache, *command, DALIL_KNOWLEDGE_DIR=str(tmp_path / "none")))
    assert str(tmp_path / "none") in error
    assert "DALIL_KNOWLEDGE_DIR" in error
    assert not cache.exists()


def test_a_broken_file_is_named_with_its_line(cache: Path, tmp_path: Path) -> None:
    folder = write_knowledge(tmp_path / "mine", break_file(ARTICLE_FILE, "language: fr", 'language: "fr'))
    error = only_error(run_dalil(cache, "check", DALIL_KNOWLEDGE_DIR=str(folder)))
    assert error.startswith(f"{ARTICLE_FILE}:")
    assert "Fix: " in error


def test_an_id_given_twice_is_named_with_both_files(cache: Path, tmp_path: Path) -> None:
    folder = write_knowledge(tmp_path / "mine", {"articles/other.yaml": ARTICLE})
    error = only_error(run_dalil(cache, "build", DALIL_KNOWLEDGE_DIR=str(folder)))
    assert error.startswith("articles/other.yaml:1: id:")
    assert ARTICLE_FILE in error
    assert not cache.exists()


def test_every_problem_has_a_line_of_its_own(cache: Path, tmp_path: Path) -> None:
    """Editorial rules too, which the schema does not know."""
    text = ARTICLE.replace("26.2 billion", "27 billion").replace("  - exports\n", "  - imports\n")
    folder = write_knowledge(tmp_path / "mine", {ARTICLE_FILE: text})
    done = run_dalil(cache, "check", DALIL_KNOWLEDGE_DIR=str(folder))
    assert done.returncode == ExitCode.TO_MEND
    lines = done.stderr.splitlines()
    assert len(lines) >= 2
    assert all(line.startswith(f"{ARTICLE_FILE}:") and "Fix: " in line for line in lines)


def test_knowledge_in_order_is_summed_up_in_one_line(cache: Path, tmp_path: Path) -> None:
    folder = write_knowledge(tmp_path / "mine")
    done = run_dalil(cache, "check", DALIL_KNOWLEDGE_DIR=str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "The knowledge is in order: 1 articles, 2 passages, 1 figures, in ar, en, fr.\n"


def test_the_shipped_knowledge_is_in_order(cache: Path) -> None:
    assert run_dalil(cache, "check").returncode == 0


# What an editor works with.


def test_the_schema_of_the_folder_in_use_is_printed_or_written(cache: Path, tmp_path: Path) -> None:
    folder = write_knowledge(tmp_path / "mine")
    printed = run_dalil(cache, "schema", DALIL_KNOWLEDGE_DIR=str(folder))
    assert (printed.returncode, printed.stderr) == (0, "")
    assert json.loads(printed.stdout)["$defs"]["MetricId"]["enum"] == ["export_revenue", "jobs"]
    out = tmp_path / "article.schema.json"
    written = run_dalil(cache, "schema", "--out", str(out), DALIL_KNOWLEDGE_DIR=str(folder))
    assert str(out) in written.stdout
    assert out.read_text(encoding="utf-8") == printed.stdout


def test_a_schema_that_cannot_be_written_is_one_line(cache: Path, tmp_path: Path) -> None:
    assert "--out" in only_error(run_dalil(cache, "schema", "--out", str(tmp_path / "none" / "schema.json")))


def test_statistics_are_tables_for_people_and_an_object_for_machines(cache: Path, tmp_path: Path) -> None:
    """Gaps are no failure."""
    folder = write_knowledge(tmp_path / "mine")
    shown = run_dalil(cache, "stats", DALIL_KNOWLEDGE_DIR=str(folder))
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "export_revenue" in shown.stdout
    assert "1 metrics without any figure: jobs" in shown.stdout
    read = json.loads(run_dalil(cache, "stats", "--json", DALIL_KNOWLEDGE_DIR=str(folder)).stdout)
    assert read["metrics"]["export_revenue"]["latest"]["value"] == 26_200_000_000
    assert read["gaps"]["metrics_without_figure"] == ["jobs"]


# Settings that cannot be used.


def test_a_setting_that_cannot_be_read_is_named(cache: Path) -> None:
    assert "DALIL_LOG_JSON" in only_error(run_dalil(cache, "check", DALIL_LOG_JSON="perhaps"))


@pytest.mark.parametrize("token", [None, "hunter2-is-no-token"])
def test_serve_refuses_a_missing_or_misshapen_token_before_anything_else(cache: Path, token: str | None) -> None:
    error = only_error(run_dalil(cache, "serve", "--build", **({"TELEGRAM_TOKEN": token} if token else {})))
    assert "TELEGRAM_TOKEN" in error
    assert "@BotFather" in error
    assert "hunter2" not in error
    assert not cache.exists()


@pytest.mark.parametrize("damaged", [True, False])
def test_serve_refuses_a_state_that_cannot_be_used_before_anything_slow(
    cache: Path, tmp_path: Path, damaged: bool
) -> None:
    """A file stands where the folder should be: that stops even root, whom permissions do not."""
    if damaged:
        (tmp_path / "state").mkdir()
        (tmp_path / "state" / "dalil.sqlite3").write_bytes(b"these are no tables" * 100)
    else:
        (tmp_path / "state").write_text("in the way")
    variables = {"TELEGRAM_TOKEN": FakeBotApi.token, "DALIL_STATE_DIR": str(tmp_path / "state")}
    error = only_error(run_dalil(cache, "serve", **variables))
    assert ("damaged" if damaged else "DALIL_STATE_DIR") in error


@pytest.mark.parametrize("command", [("build",), ("ask", "jobs 2030"), ("chat", "--build")])
def test_a_cache_that_cannot_be_written_is_named_with_its_setting(tmp_path: Path, command: tuple[str, ...]) -> None:
    """A file stands where the folder should be: that stops even root, whom permissions do not."""
    (tmp_path / "file").write_text("in the way")
    error = only_error(run_dalil(tmp_path / "file" / "cache", *command))
    assert str(tmp_path / "file" / "cache") in error
    assert "DALIL_CACHE_DIR" in error
    assert (tmp_path / "file").read_text() == "in the way"


# An index that cannot be used.


def write_golden(folder: Path) -> Path:
    question = {"id": "g1", "fact": "g1", "kind": "fact", "language": "en", "question": "jobs", "expect": ["270"]}
    (folder / "golden.jsonl").write_text(json.dumps(question), encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", NEED_AN_INDEX)
def test_without_an_index_the_command_that_builds_it_is_named(
    cache: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    write_golden(tmp_path)
    assert only_error(run_dalil(cache, *command)).endswith("Build it: dalil build")
    assert not cache.exists()


def test_serve_without_an_index_names_the_command_too(cache: Path) -> None:
    done = run_dalil(cache, "serve", TELEGRAM_TOKEN="123456789:AAFake-token-for-tests_only_0123456")
    assert only_error(done).endswith("Build it: dalil build")


@pytest.mark.model
def test_an_index_of_another_version_is_refused(copied_cache: Path, settings: Settings) -> None:
    manifest = index_version(copied_cache, settings) / MANIFEST
    content = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**content, "index_schema": content["index_schema"] + 1}))
    error = only_error(run_dalil(copied_cache, "ask", "jobs 2030"))
    assert "schema" in error
    assert "dalil build" in error


@pytest.mark.model
def test_an_index_built_with_another_model_is_refused(copied_cache: Path, tmp_path: Path) -> None:
    (tmp_path / "other-model").mkdir()
    done = run_dalil(copied_cache, "ask", "jobs 2030", DALIL_MODEL=str(tmp_path / "other-model"))
    error = only_error(done)
    assert "other-model" in error
    assert "multilingual-e5-small-q4" in error
    assert "dalil build" in error


@pytest.mark.model
def test_an_index_of_other_knowledge_is_refused(copied_cache: Path, settings: Settings) -> None:
    manifest = index_version(copied_cache, settings) / MANIFEST
    content = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**content, "corpus_digest": "0" * 64}))
    error = only_error(run_dalil(copied_cache, "chat"))
    assert "knowledge has changed" in error
    assert "dalil build" in error


@pytest.mark.model
def test_an_index_without_its_model_is_refused(copied_cache: Path) -> None:
    (copied_cache / "models").unlink()
    error = only_error(run_dalil(copied_cache, "ask", "jobs 2030"))
    assert "embedded model" in error
    assert "dalil build" in error


@pytest.mark.model
def test_a_damaged_index_is_refused(
    copied_cache: Path, settings: Settings, foundations: Foundations, capsys: pytest.CaptureFixture[str]
) -> None:
    """In this process, because the digests are compared when the model has been loaded."""
    vectors = index_version(copied_cache, settings) / "vectors.fr.faiss"
    content = bytearray(vectors.read_bytes())
    content[len(content) // 2] ^= 1
    vectors.write_bytes(content)
    damaged = replace(foundations, store=IndexStore(copied_cache / "indexes" / settings.index_dir.name))
    app = typer.Typer()
    app.command()(lambda: compose_answerer(settings, damaged))
    assert run_here(app) == ExitCode.TO_MEND
    error = capsys.readouterr().err
    assert "vectors.fr.faiss is damaged" in error
    assert error.endswith("dalil build --force\n")


# The whole way, as a process.


@pytest.mark.model
def test_lines_piped_into_chat_are_answered_and_the_end_is_no_error(copied_cache: Path) -> None:
    done = run_dalil(copied_cache, "chat", stdin="Bonjour\n\nHello\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.strip().split("\n\n")) >= 2


@pytest.fixture
def _opened(answerer: Answerer, foundations: Foundations, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands find everything loaded."""
    opened = preparation.Dalil(answerer, foundations.corpus)
    monkeypatch.setattr(preparation, "open_dalil", lambda *_, **__: opened)


@pytest.mark.model
@pytest.mark.usefixtures("_opened")
def test_json_lines_are_answered_in_order(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    lines = '{"id": 1, "question": "Bonjour"}\nnonsense\n{"id": 3, "action": "about", "language": "ar"}\n'
    assert run_here(dalil, "ask", "--jsonl", stdin=lines.encode()) == ExitCode.DONE
    answers = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [answer["id"] for answer in answers] == [1, None, 3]
    assert answers[2]["language"] == "ar"
    assert answers[2]["messages"]


@pytest.mark.model
@pytest.mark.usefixtures("_opened")
@pytest.mark.parametrize("piped", [True, False])
def test_a_question_may_be_given_or_piped_in(capsys: pytest.CaptureFixture[str], piped: bool) -> None:
    arguments, stdin = ((), b"Merci beaucoup !") if piped else (("Merci beaucoup !",), b"")
    assert run_here(dalil, "ask", *arguments, stdin=stdin) == ExitCode.DONE
    assert capsys.readouterr().out.strip() == localiser(Language.FR).text("small-talk-thanks")


@pytest.mark.model
@pytest.mark.usefixtures("_opened")
def test_eval_fails_where_a_threshold_is_missed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A question whose expectation no reply meets."""
    impossible = {"id": "g1", "fact": "g1", "kind": "fact", "language": "en", "question": "jobs", "expect": ["zzz"]}
    (tmp_path / "golden.jsonl").write_text(json.dumps(impossible), encoding="utf-8")
    assert run_here(dalil, "eval", str(tmp_path), "--json") == ExitCode.DONE
    scores = json.loads(capsys.readouterr().out)["scores"]
    assert scores["en"]["accuracy"] == scores["all"]["accuracy"] == 0
    assert run_here(dalil, "eval", str(tmp_path), "--min-accuracy", "0.9") == ExitCode.BELOW_THRESHOLD
    assert "en: accuracy 0.0%, at least 90.0% wanted" in capsys.readouterr().out


@pytest.mark.model
def test_building_what_is_built_rebuilds_nothing(settings: Settings, foundations: Foundations) -> None:
    before = foundations.store.manifest()
    assert ensure_index(foundations, lambda *_: pytest.fail("nothing is to be embedded")) is False
    assert foundations.store.manifest() == before
