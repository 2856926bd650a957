"""Settings come from the environment, once; a wrong one is named without its value, and the token never shows."""

from __future__ import annotations

import traceback
from pathlib import Path

import platformdirs
import pytest
from pydantic import SecretStr

import knowledge
from bot.config import Settings, read_settings, require_token
from bot.errors import SettingsError

TOKEN = "123456789:AAFake-token-for-tests_only_0123456"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TELEGRAM_TOKEN", *(f"DALIL_{field.upper()}" for field in Settings.model_fields)):
        monkeypatch.delenv(name, raising=False)


def test_without_variables_the_shipped_knowledge_and_the_users_cache_are_used() -> None:
    settings = read_settings()
    assert settings.knowledge_dir == Path(knowledge.__file__).parent
    assert settings.cache_dir.name == "dalil"
    assert settings.state_path == platformdirs.user_data_path("dalil") / "dalil.sqlite3"
    assert settings.model is None


def test_each_variable_sets_its_field(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DALIL_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("DALIL_MODEL", "some/model")
    monkeypatch.setenv("DALIL_LOG_JSON", "true")
    settings = read_settings()
    assert (settings.cache_dir, settings.model, settings.log_json) == (tmp_path, "some/model", True)


def test_folders_are_made_absolute_and_the_home_folder_is_filled_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DALIL_CACHE_DIR", "~/elsewhere")
    monkeypatch.setenv("DALIL_KNOWLEDGE_DIR", "mine")
    settings = read_settings()
    assert settings.cache_dir == Path.home() / "elsewhere"
    assert settings.knowledge_dir == Path.cwd() / "mine"


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """`TELEGRAM_TOKEN= make bot` and a blank line in a compose file mean that nothing was chosen."""
    monkeypatch.setenv("TELEGRAM_TOKEN", "")
    monkeypatch.setenv("DALIL_CACHE_DIR", "")
    settings = read_settings()
    assert settings.telegram_token is None
    assert settings.cache_dir.name == "dalil"


def test_a_wrong_value_is_named_by_its_variable_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DALIL_LOG_JSON", "secret-looking")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert "DALIL_LOG_JSON" in str(caught.value)
    assert "secret-looking" not in "".join(traceback.format_exception(caught.value))


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().model = "other"  # type: ignore[misc]


def test_two_knowledge_folders_never_share_an_index(tmp_path: Path) -> None:
    one, other = (Settings(cache_dir=tmp_path, knowledge_dir=tmp_path / name) for name in ("one", "other"))
    assert one.index_dir != other.index_dir


def test_the_token_is_absent_from_every_print_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    settings = read_settings()
    assert TOKEN not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert require_token(settings).get_secret_value() == TOKEN


def test_without_a_token_the_error_says_where_to_get_one() -> None:
    with pytest.raises(SettingsError, match=r"TELEGRAM_TOKEN is not set.*BotFather"):
        require_token(Settings())


@pytest.mark.parametrize(
    "token",
    [
        "hunter2-hunter2-hunter2",
        f" {TOKEN}",
        f'"{TOKEN}"',
        TOKEN.replace(":", ";"),
        "123456789:short",
        "١٢٣٤٥٦٧٨٩:AAFake-token-for-tests_only_0123456",
    ],
)
def test_a_token_of_another_form_is_refused_and_not_repeated(token: str) -> None:
    with pytest.raises(SettingsError, match="BotFather") as caught:
        require_token(Settings(telegram_token=SecretStr(token)))
    assert token.strip() not in "".join(traceback.format_exception(caught.value))
