"""The errors of this package; each message is one line made to be shown to the person who runs Dalil."""

from __future__ import annotations


class BotError(Exception):
    """Base of every error that `bot` raises on purpose."""


class SettingsError(BotError):
    """A setting is missing or wrong."""


class StateError(BotError):
    """The state file cannot be used."""
