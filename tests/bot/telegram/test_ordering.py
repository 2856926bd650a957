"""The order of updates: kept within a chat, free between chats."""

from __future__ import annotations

import asyncio
from collections import defaultdict

import pytest
import telegram
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.ordering import ChatOrder


def update(number: int, chat: int | None) -> telegram.Update:
    if chat is None:
        return telegram.Update(number)
    user = {"id": chat, "is_bot": False, "first_name": "U"}
    if number % 3 == 0:  # without a chat, but by the user of a private one
        return telegram.Update.de_json(
            {"update_id": number, "chosen_inline_result": {"result_id": "1", "from": user, "query": ""}}
        )
    message = {"message_id": number, "date": 0, "chat": {"id": chat, "type": "private"}, "from": user, "text": "x"}
    return telegram.Update.de_json({"update_id": number, "message": message})


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.none() | st.integers(1, 4), st.integers(0, 3), st.booleans()), max_size=30),
    st.integers(1, 3),
)
def test_updates_of_a_chat_never_overlap_nor_overtake(updates: list[tuple[int | None, int, bool]], slots: int) -> None:
    started: dict[int | None, list[int]] = defaultdict(list)
    running: dict[int | None, int] = defaultdict(int)

    async def work(number: int, chat: int | None, pauses: int, fails: bool) -> None:
        started[chat].append(number)
        running[chat] += 1
        assert chat is None or running[chat] == 1
        assert sum(running.values()) <= slots
        for _ in range(pauses):
            await asyncio.sleep(0)
        running[chat] -= 1
        if fails:
            raise ValueError

    async def run() -> None:
        finished: list[int] = []

        async def finish(number: int) -> None:
            assert number in started[updates[number][0]]
            finished.append(number)

        order = ChatOrder(slots, finish)
        tasks = []
        for number, (chat, pauses, fails) in enumerate(updates):
            work_of_update = work(number, chat, pauses, fails)
            tasks.append(asyncio.create_task(order.process_update(update(number, chat), work_of_update)))
            if pauses == 2:
                await asyncio.sleep(0)
        results = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 10)
        assert [isinstance(result, ValueError) for result in results] == [fails for _, _, fails in updates]
        assert sorted(finished) == [
            number for number, (chat, _, fails) in enumerate(updates) if chat is not None and not fails
        ]
        assert order._lanes == {}  # nothing is kept of chats that are silent

    asyncio.run(run())
    for numbers in started.values():
        assert numbers == sorted(numbers)


async def nothing(_: int) -> None:
    pass


async def test_a_burst_in_one_chat_holds_one_slot_only() -> None:
    order = ChatOrder(2, nothing)
    gate = asyncio.Event()
    done: list[int] = []

    async def blocked() -> None:
        await gate.wait()

    async def quick(chat: int) -> None:
        done.append(chat)

    burst = [asyncio.create_task(order.process_update(update(1, 7), blocked())) for _ in range(300)]
    for chat in (8, 9):
        await asyncio.wait_for(order.process_update(update(1, chat), quick(chat)), 5)
    assert done == [8, 9]
    gate.set()
    await asyncio.gather(*burst)


def inline_query(user: int) -> telegram.Update:
    author = {"id": user, "is_bot": False, "first_name": "U"}
    query = {"id": "1", "from": author, "query": "jobs", "offset": ""}
    return telegram.Update.de_json({"update_id": 1, "inline_query": query})


async def test_of_the_inline_queries_that_someone_types_only_the_newest_is_finished() -> None:
    order = ChatOrder(2, nothing)
    begun: list[int] = []
    done: list[int] = []
    gate = asyncio.Event()

    async def work(number: int) -> None:
        begun.append(number)
        await gate.wait()
        done.append(number)

    tasks: list[asyncio.Task[None]] = []
    for number in range(4):
        tasks.append(asyncio.create_task(order.process_update(inline_query(7), work(number))))
        if number != 1:  # the second is overtaken before it begins
            await asyncio.sleep(0)
            await asyncio.sleep(0)
    other = asyncio.create_task(order.process_update(inline_query(8), work(8)))
    await asyncio.sleep(0.01)
    gate.set()
    await asyncio.wait_for(asyncio.gather(*tasks, other), 5)
    assert done == [3, 8]
    assert 1 not in begun
    assert order._typing == {}


async def test_an_inline_query_waits_for_no_chat_and_its_failure_is_seen() -> None:
    order = ChatOrder(2, nothing)
    gate = asyncio.Event()

    async def blocked() -> None:
        await gate.wait()

    async def fails() -> None:
        raise LookupError

    question = asyncio.create_task(order.process_update(update(1, 7), blocked()))
    await asyncio.sleep(0)
    with pytest.raises(LookupError):
        await asyncio.wait_for(order.process_update(inline_query(7), fails()), 5)
    gate.set()
    await question


@pytest.mark.parametrize("not_an_update", ["text", None, 7])
async def test_anything_else_is_processed_too(not_an_update: object) -> None:
    done = asyncio.Event()

    async def work() -> None:
        done.set()

    await ChatOrder(1, nothing).process_update(not_an_update, work())
    assert done.is_set()
