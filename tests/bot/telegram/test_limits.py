"""Token buckets: so many at once, then so many a second, and nothing kept of who is silent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram import limits
from bot.telegram.limits import Buckets, Limits, Rate


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_burst_passes_and_then_one_at_a_time(clock: Clock) -> None:
    buckets: Buckets[str] = Buckets(Rate(3, 0.5), clock)
    assert [buckets.take("a") for _ in range(5)] == [True, True, True, False, False]
    clock.time += 2
    assert [buckets.take("a") for _ in range(2)] == [True, False]
    clock.time += 3600
    assert [buckets.take("a") for _ in range(4)] == [True, True, True, False]


def test_one_does_not_take_from_another(clock: Clock) -> None:
    buckets: Buckets[str] = Buckets(Rate(1, 1), clock)
    assert [buckets.take(key) for key in ("a", "b", "a", "c")] == [True, True, False, True]


def test_a_part_of_a_token_can_be_taken(clock: Clock) -> None:
    buckets: Buckets[str] = Buckets(Rate(1, 1), clock)
    assert [buckets.take("a", 0.25) for _ in range(5)] == [True] * 4 + [False]


def test_a_warning_is_given_once_until_the_bucket_was_full_again(clock: Clock) -> None:
    buckets: Buckets[str] = Buckets(Rate(2, 1), clock)
    assert buckets.take("a")
    assert [buckets.warn("a"), buckets.warn("a")] == [True, False]
    clock.time += 0.9
    assert not buckets.warn("a")
    clock.time += 0.2
    assert buckets.take("a")
    assert buckets.warn("a")


@given(st.lists(st.floats(0, 5), min_size=1, max_size=50), st.integers(1, 5), st.floats(0.1, 10))
def test_who_waits_leaves_in_order_and_never_faster_than_the_rate(
    pauses: list[float], burst: int, a_second: float
) -> None:
    clock = Clock()
    buckets: Buckets[str] = Buckets(Rate(burst, a_second), clock)
    leaving: list[float] = []
    for pause in pauses:
        clock.time += pause
        leaving.append(clock.time + buckets.wait("a"))
    assert leaving == sorted(leaving)
    for place, first in enumerate(leaving):
        for further, last in enumerate(leaving[place:], start=1):
            assert further <= burst + (last - first) * a_second + 1e-6


def test_full_buckets_are_forgotten_and_others_kept(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REMEMBERED_BUCKETS", 3)
    buckets: Buckets[int] = Buckets(Rate(1, 1), clock)
    for key in range(3):
        buckets.take(key)
        clock.time += 0.4
    clock.time += 0.3
    buckets.take(7)
    assert sorted(buckets._buckets) == [2, 7]
    assert not buckets.take(2)


def test_a_group_never_gets_more_than_telegram_allows_in_a_minute() -> None:
    assert Limits().group.burst + 60 * Limits().group.a_second <= 20
    assert Limits().private.a_second <= 1
