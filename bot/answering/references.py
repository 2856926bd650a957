"""Short names of passages for buttons: they hold no state, so a button works after a restart and on an old message."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence

from bot.errors import BotError

REFERENCE_LENGTH = 8
"""Letters, six bits each: among ten thousand passages two share a reference with a chance of one in five million."""

SEPARATOR = "."

REFERENCES_AT_MOST = 6
"""In one button: with the longest page's name and a number (``quotes:13:``) they take 63 of Telegram's 64 bytes."""


def refer(passage_ids: Iterable[str]) -> str:
    """Name passages, at most `REFERENCES_AT_MOST`; the others are left out."""
    return SEPARATOR.join(_reference(each) for each in list(passage_ids)[:REFERENCES_AT_MOST])


class References:
    """Finds the passages that references name.

    Args:
        passage_ids: Every passage that there is.

    Raises:
        BotError: Two passages share a reference.
    """

    def __init__(self, passage_ids: Iterable[str]) -> None:
        self._passages: dict[str, str] = {}
        for passage_id in passage_ids:
            other = self._passages.setdefault(_reference(passage_id), passage_id)
            if other != passage_id:
                raise BotError(
                    f"The passages {other!r} and {passage_id!r} would share the reference {_reference(other)!r} of a "
                    f"button. Give one of them another id."
                )

    def resolve(self, text: str) -> tuple[str, ...]:
        """The passages named, each once and in order; what names none is passed over, as a removed article is."""
        named: Sequence[str] = text.split(SEPARATOR)[:REFERENCES_AT_MOST]
        return tuple(dict.fromkeys(self._passages[each] for each in named if each in self._passages))


def _reference(passage_id: str) -> str:
    digest = hashlib.sha256(passage_id.encode()).digest()
    return base64.urlsafe_b64encode(digest)[:REFERENCE_LENGTH].decode()
