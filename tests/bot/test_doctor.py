"""The doctor says of each thing that it is well or what to do, and never shows the token."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from datetime import date
from email.message import Message
from importlib.metadata import Distribution, packages_distributions
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from rich.console import Console

from bot import doctor, installation
from bot.composition import Foundations
from bot.config import Settings
from bot.doctor import Check, State, examine, show
from bot.exit_codes import ExitCode
from bot.installation import TOP_LEVEL, find_distribution, ownership_faults, package_faults, python_faults
from bot.state.file import migration_scripts, prepare
from command_line import NO_LIBRARY, run_dalil
from index.storage import IndexStore
from small_knowledge import ARTICLE, ARTICLE_FILE, write_knowledge

TODAY = date(2026, 11, 21)
TOKEN = "123456789:AAFake-token-for-tests_only_0123456"


def examined(**settings: Any) -> dict[str, Check]:
    checks = {check.name: check for check in examine(Settings(**{"library_dir": NO_LIBRARY, **settings}), TODAY)}
    assert all(check.message and "\n" not in check.message for check in checks.values())
    return checks


# The installation.


def test_bot_index_and_knowledge_belong_to_dalil_alone() -> None:
    """Common names: another wheel that ships one of them would overwrite ours without a word."""
    ours = find_distribution()
    assert ours is not None
    assert list(ownership_faults(ours)) == []


def test_a_second_owner_of_a_top_level_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    owners = {**packages_distributions(), "index": ["dalil-bot", "some-wheel"]}
    monkeypatch.setattr(installation, "packages_distributions", lambda: owners)
    ours = find_distribution()
    assert ours is not None
    assert list(ownership_faults(ours)) == ["index is also shipped by some-wheel"]


def test_packages_imported_from_elsewhere_are_named(tmp_path: Path) -> None:
    """As when Dalil is run in one clone with the environment of another."""

    class Elsewhere(Distribution):
        def read_text(self, filename: str) -> str | None:  # noqa: ARG002 - the base class has it
            return None

        def locate_file(self, path: Any) -> Any:
            return tmp_path / path

    assert len(list(ownership_faults(Elsewhere()))) == len(TOP_LEVEL)


@pytest.mark.parametrize(
    ("requirement", "fault"),
    [
        ("pyyaml", None),
        ("pyyaml>=1", None),
        ("torch>=1", None),
        ("no-such-package>=1", "no-such-package is missing"),
        ("pyyaml<2", "expected <2"),
        ('no-such-package; extra == "dev"', None),
        ('no-such-package; python_version < "3"', None),
    ],
)
def test_packages_are_compared_with_the_requirements(requirement: str, fault: str | None) -> None:
    faults = list(package_faults([requirement]))
    assert len(faults) == (fault is not None)
    assert all(fault in each for each in faults if fault)


@pytest.mark.parametrize(
    ("running", "fine"), [("3.11.7", True), ("3.12.1", True), ("3.10.14", False), ("3.13.0", False)]
)
def test_python_is_compared_with_what_the_distribution_asks_for(running: str, fine: bool) -> None:
    class Ours(Distribution):
        def read_text(self, filename: str) -> str | None:  # noqa: ARG002 - the base class has it
            return None

        def locate_file(self, path: Any) -> Any:
            return path

        @property
        def metadata(self) -> Any:
            message = Message()
            message["Requires-Python"] = ">=3.11,<3.13"
            return message

    assert (list(python_faults(Ours(), running)) == []) is fine


def test_an_installation_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_distribution", lambda: None)
    checks = examined()
    assert checks["packages"].state is State.BAD
    assert "not installed" in checks["packages"].message


# What it is given to work with.


def test_an_empty_cache_lacks_model_and_index_and_the_command_is_named(tmp_path: Path) -> None:
    checks = examined(cache_dir=tmp_path / "cache")
    assert [name for name in ("model", "index") if "dalil build" in checks[name].message] == ["model", "index"]
    assert {checks["model"].state, checks["index"].state} == {State.BAD}
    assert checks["cache"].state is State.OK
    assert not (tmp_path / "cache").exists(), "looking changes nothing"


def test_a_cache_that_cannot_be_written_is_named_with_its_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    check = examined(cache_dir=tmp_path / "file" / "cache")["cache"]
    assert check.state is State.BAD
    assert "DALIL_CACHE_DIR" in check.message


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    check = examined(cache_dir=tmp_path)["disk"]
    assert check.state is State.BAD
    assert check.message.startswith("1 MB free, 650 MB needed")


def test_knowledge_that_does_not_load_is_bad_and_the_index_is_not_looked_at(tmp_path: Path) -> None:
    folder = write_knowledge(tmp_path / "mine", {ARTICLE_FILE: "- a list"})
    checks = examined(knowledge_dir=folder)
    assert checks["knowledge"].state is State.BAD
    assert ARTICLE_FILE in checks["knowledge"].message
    assert "index" not in checks


def test_knowledge_that_breaks_an_editorial_rule_is_a_note(tmp_path: Path) -> None:
    """It answers all the same; `dalil check` lists everything."""
    folder = write_knowledge(tmp_path / "mine", {ARTICLE_FILE: ARTICLE.replace("  - exports\n", "  - imports\n")})
    check = examined(knowledge_dir=folder)["knowledge"]
    assert check.state is State.NOTE
    assert "dalil check" in check.message


@pytest.mark.parametrize(
    ("token", "state"), [(None, State.NOTE), ("hunter2-is-no-token", State.BAD), (TOKEN, State.OK)]
)
def test_the_tokens_form_is_judged_and_the_token_is_never_shown(
    tmp_path: Path, token: str | None, state: State
) -> None:
    checks = examined(cache_dir=tmp_path, telegram_token=SecretStr(token) if token else None)
    assert checks["token"].state is state
    assert all(token not in check.message for check in checks.values() if token)


@pytest.mark.parametrize(("token", "state"), [(None, State.NOTE), (TOKEN, State.BAD)])
def test_a_state_folder_that_cannot_be_written_is_named_with_its_setting(
    tmp_path: Path, token: str | None, state: State
) -> None:
    """Only the bot on Telegram needs it."""
    (tmp_path / "file").write_text("in the way")
    check = examined(state_dir=tmp_path / "file" / "state", telegram_token=SecretStr(token) if token else None)["state"]
    assert check.state is state
    assert "DALIL_STATE_DIR" in check.message


def test_a_state_that_is_not_there_yet_is_well_and_not_made(tmp_path: Path) -> None:
    check = examined(state_dir=tmp_path / "state")["state"]
    assert (check.state, "dalil serve" in check.message) == (State.OK, True)
    assert not (tmp_path / "state").exists()


def test_a_state_is_told_with_its_version_and_size(tmp_path: Path) -> None:
    prepare(tmp_path / "dalil.sqlite3", migration_scripts())
    check = examined(state_dir=tmp_path)["state"]
    assert check.state is State.OK
    assert check.message.startswith(f"version {len(migration_scripts())}, 0.")


def test_a_state_of_an_older_dalil_is_a_note_and_a_damaged_one_is_bad(tmp_path: Path) -> None:
    prepare(tmp_path / "dalil.sqlite3", ())
    assert examined(state_dir=tmp_path)["state"].state is State.NOTE
    (tmp_path / "dalil.sqlite3").write_bytes(b"these are no tables" * 100)
    check = examined(state_dir=tmp_path)["state"]
    assert check.state is State.BAD
    assert "damaged" in check.message


# The whole.


@pytest.mark.model
def test_a_prepared_installation_is_well(settings: Settings, foundations: Foundations) -> None:
    checks = list(examine(settings, TODAY))
    assert {check.state for check in checks if check.name != "token"} == {State.OK}, checks
    names = [
        "python",
        "packages",
        "ownership",
        "cache",
        "disk",
        "model",
        "knowledge",
        "index",
        "calibration",
        "state",
        "token",
    ]
    assert [check.name for check in checks] == names


@pytest.mark.model
def test_a_damaged_index_is_found(settings: Settings, foundations: Foundations, tmp_path: Path) -> None:
    copy = tmp_path / "indexes" / settings.index_dir.name
    shutil.copytree(settings.index_dir, copy)
    (tmp_path / "models").symlink_to(settings.models_dir)
    (IndexStore(copy).current() / "rows.json").write_text("{}")
    check = examined(cache_dir=tmp_path)["index"]
    assert check.state is State.BAD
    assert "rows.json is damaged" in check.message
    assert "dalil build" in check.message


@pytest.mark.model
def test_an_index_without_token_vectors_is_a_note(settings: Settings, foundations: Foundations, tmp_path: Path) -> None:
    """Dalil answers from it, but less surely."""
    copy = tmp_path / "indexes" / settings.index_dir.name
    shutil.copytree(settings.index_dir, copy)
    (tmp_path / "models").symlink_to(settings.models_dir)
    path = IndexStore(copy).current() / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "token_vectors": False}))
    check = examined(cache_dir=tmp_path)["index"]
    assert check.state is State.NOTE
    assert "dense only: the model has no token vectors" in check.message


@pytest.mark.model
def test_a_calibration_of_another_model_is_a_note(settings: Settings, foundations: Foundations, tmp_path: Path) -> None:
    """Its weights were fitted on likenesses that another model does not give."""
    other = tmp_path / "other-model"
    other.mkdir()
    (other / "config.json").write_text(json.dumps({}))
    check = examined(model=str(other), cache_dir=settings.cache_dir)["calibration"]
    assert check.state is State.NOTE
    assert "make verifier calibrate" in check.message


@pytest.mark.parametrize(("state", "well"), [(State.OK, True), (State.NOTE, True), (State.BAD, False)])
def test_only_something_bad_makes_the_report_bad(state: State, well: bool) -> None:
    out = io.StringIO()

    def checks() -> Iterator[Check]:
        yield Check("first", State.OK, "fine")
        yield Check("second", state, "[red]as it is[/red]")

    assert show(checks(), Console(file=out, width=40)) is well
    assert out.getvalue().splitlines()[1].split() == [state.value, "second", "[red]as", "it", "is[/red]"]


def test_the_exit_code_is_2_where_something_is_to_be_mended(tmp_path: Path) -> None:
    done = run_dalil(tmp_path / "cache", "doctor")
    assert done.returncode == ExitCode.TO_MEND
    assert done.stderr == ""
    assert all(line.startswith(("ok   ", "note ", "bad  ")) for line in done.stdout.splitlines())
