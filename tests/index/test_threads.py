"""A search keeps to one thread and gives the others back."""

from __future__ import annotations

import threading

import faiss
import pytest

from index.threads import OneThread


def test_faiss_has_one_thread_meanwhile_and_its_usual_number_afterwards() -> None:
    usual = faiss.omp_get_max_threads()
    with OneThread().limited():
        assert faiss.omp_get_max_threads() == 1
    assert faiss.omp_get_max_threads() == usual


def test_an_error_gives_the_threads_back_too() -> None:
    usual = faiss.omp_get_max_threads()
    with pytest.raises(ValueError, match="no"), OneThread().limited():
        raise ValueError("no")
    assert faiss.omp_get_max_threads() == usual


def test_callers_take_turns() -> None:
    alone = OneThread()
    entered = threading.Event()

    def second() -> None:
        with alone.limited():
            entered.set()

    with alone.limited():
        waiting = threading.Thread(target=second)
        waiting.start()
        assert not entered.wait(0.1)
    waiting.join(10)
    assert entered.is_set()
