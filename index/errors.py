"""The errors of this package: each message is one line that says what is wrong and what mends it."""

from __future__ import annotations


class IndexingError(Exception):
    """Base of every error that `index` raises on purpose.

    The message is shown to a person as it stands, so it says what was found, where, what was expected and
    the command or setting that mends it, on one line.
    """


class ModelUnavailableError(IndexingError):
    """The embedding model cannot be fetched, built or loaded."""


class TextRefusedError(IndexingError):
    """A text cannot be embedded: it is blank, or longer than the model reads."""


class StaleIndexError(IndexingError):
    """There is no index, or it was built from something else than what is in use now."""
