"""An update that arrived is pending until it is answered, whatever happens to the process."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import StateError
from bot.state.model import Arrival
from bot.state.store import StateStore
from state_clock import Clock

ONE, TWO = (Arrival(number, 77, f'{{"update_id": {number}}}') for number in (701, 702))


async def test_what_arrived_is_pending_until_it_is_answered(path: Path, clock: Clock) -> None:
    async with StateStore(path, clock) as store:
        assert await store.receive([TWO, ONE]) == {701, 702}
    async with StateStore(path, clock) as store:
        assert await store.pending() == (ONE.content, TWO.content)
        await store.finish(701)
    async with StateStore(path, clock) as store:
        assert await store.pending() == (TWO.content,)


async def test_an_update_that_comes_again_is_known_answered_or_not(store: StateStore) -> None:
    await store.receive([ONE, TWO])
    await store.finish(701)
    assert await store.receive([ONE, TWO, Arrival(703, None, "{}")]) == {703}
    assert await store.pending() == (TWO.content, "{}")


async def test_updates_are_pending_in_the_order_of_their_coming_even_where_telegram_numbers_anew(
    store: StateStore, clock: Clock
) -> None:
    """After a week without updates the next number is any number."""
    await store.receive([ONE, TWO])
    clock.advance(minutes=1)
    await store.receive([Arrival(5, 77, "anew")])
    assert await store.pending() == (ONE.content, TWO.content, "anew")


async def test_an_update_that_could_not_be_answered_for_a_day_is_given_up_but_known(
    store: StateStore, clock: Clock
) -> None:
    await store.receive([ONE])
    clock.advance(hours=25)
    await store.expire()
    assert await store.pending() == ()
    assert await store.receive([ONE]) == frozenset()
    clock.advance(hours=24)
    await store.expire()
    assert await store.receive([ONE]) == {701}


async def test_finishing_what_is_not_known_harms_nothing(store: StateStore) -> None:
    await store.finish(999)
    assert await store.pending() == ()


async def test_a_state_is_one_bots(store: StateStore) -> None:
    await store.claim(123)
    await store.claim(123)
    with pytest.raises(StateError, match=r"belongs to the bot 123.*DALIL_STATE_DIR"):
        await store.claim(456)
