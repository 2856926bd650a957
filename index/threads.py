"""Keeps small work on one core.

NumPy's and FAISS's threads wait for each other at every step. A search takes 3 ms on one core; on two, of which another
process kept one busy, it took 92.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import ThreadpoolController


class OneThread:
    """Limits the libraries that are loaded when it is made."""

    def __init__(self) -> None:
        self._controller = ThreadpoolController()
        # The limit holds for the whole process: two that set and lift it at once would leave it in place.
        self._lock = threading.Lock()

    @contextmanager
    def limited(self) -> Iterator[None]:
        """One thread meanwhile, and the usual number again afterwards; callers take turns."""
        with self._lock, self._controller.limit(limits=1):
            yield
