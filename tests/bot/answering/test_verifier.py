"""The verifier judges each passage on its own; without token vectors it has no opinion."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file

from bot.answering.verifier import (
    LARGEST_LOGIT,
    MODEL_DIGEST,
    VERIFIER_FILE,
    Verifier,
    load_verifier,
    save_networks,
    trained_for,
)
from bot.answering.verifier_network import VerifierNetwork
from bot.composition import Foundations, load_retriever
from bot.errors import BotError
from index.model import Query
from index.retrieval import Retriever
from index.vectors import Vectors
from knowledge.language import Language

DIM = 64


def tokens(count: int, seed: int) -> Vectors:
    vectors = np.random.default_rng(seed).standard_normal((count, DIM)).astype(np.float32)
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


@pytest.fixture
def verifier() -> Verifier:
    """Untrained, but made of the real network."""
    torch.manual_seed(0)
    return Verifier([VerifierNetwork(DIM).eval()])


def test_a_passage_is_judged_the_same_alone_and_beside_a_longer_one(verifier: Verifier) -> None:
    question, short, long = tokens(4, 1), tokens(3, 2), tokens(30, 3)
    together = verifier.judge(question, [short, long])
    assert together == pytest.approx((*verifier.judge(question, [short]), *verifier.judge(question, [long])), abs=1e-5)
    assert together[0] != pytest.approx(together[1], abs=1e-3)


def test_a_passage_without_token_vectors_gets_no_opinion_and_costs_the_others_theirs_nothing(
    verifier: Verifier,
) -> None:
    question, passage = tokens(4, 1), tokens(3, 2)
    alone = verifier.judge(question, [passage])
    assert verifier.judge(question, [None, passage, None]) == pytest.approx((0.0, *alone, 0.0), abs=1e-5)


def test_there_is_no_opinion_on_a_question_without_token_vectors(verifier: Verifier) -> None:
    assert verifier.judge(None, [tokens(3, 2)]) == (0.0,)
    assert verifier.judge(tokens(4, 1), []) == ()


def test_no_verdict_is_surer_than_the_largest(verifier: Verifier) -> None:
    network = VerifierNetwork(DIM).eval()
    with torch.no_grad():
        last = network.judge[-1]
        assert isinstance(last, torch.nn.Linear)
        last.bias.fill_(100.0)
    assert Verifier([network]).judge(tokens(4, 1), [tokens(3, 2)]) == (LARGEST_LOGIT,)


def test_the_verdict_of_several_networks_is_their_mean_and_survives_the_file(tmp_path: Path) -> None:
    torch.manual_seed(1)
    networks = [VerifierNetwork(DIM).eval() for _ in range(2)]
    question, passage = tokens(4, 1), tokens(3, 2)
    one, other = (Verifier([network]).judge(question, [passage])[0] for network in networks)
    assert abs(one - other) > 1e-3
    assert Verifier(networks).judge(question, [passage]) == pytest.approx(((one + other) / 2,), abs=1e-5)
    path = tmp_path / "verifier.safetensors"
    save_networks(networks, "m", path)
    assert load_verifier("m", path).judge(question, [passage]) == pytest.approx(((one + other) / 2,), abs=1e-2)


def test_a_verifier_of_another_model_has_no_opinion() -> None:
    assert trained_for() != "another"
    assert load_verifier("another").judge(tokens(4, 1), [tokens(3, 2)]) == (0.0,)


def test_a_missing_or_damaged_file_is_named_with_the_command_that_mends_it(tmp_path: Path) -> None:
    path = tmp_path / "verifier.safetensors"
    with pytest.raises(BotError, match=r"verifier\.safetensors cannot be read\. .*make verifier"):
        trained_for(path)
    path.write_bytes(VERIFIER_FILE.read_bytes()[:1000])
    with pytest.raises(BotError, match="make verifier"):
        load_verifier(trained_for(), path)


def test_the_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "verifier.safetensors"
    save_file({"0.passage_heads.weight": np.zeros((3, DIM), dtype=np.float16)}, path, {MODEL_DIGEST: "m"})
    with pytest.raises(BotError, match="does not fit this version"):
        load_verifier("m", path)


@pytest.mark.model
@pytest.mark.parametrize(
    ("language", "answered", "missed"),
    [
        pytest.param(
            Language.EN,
            "How many people work in offshoring in Morocco?",
            "What do people earn in offshoring in Morocco?",
            id="jobs, not wages",
        ),
        pytest.param(
            Language.FR,
            "Quand la 5G a-t-elle été lancée au Maroc ?",
            "Combien coûte un abonnement 5G au Maroc ?",
            id="launch, not price",
        ),
        pytest.param(
            Language.AR,
            "كم عدد مناصب الشغل في ترحيل الخدمات بالمغرب؟",
            "ما هو متوسط الأجور في ترحيل الخدمات بالمغرب؟",
            id="jobs, not wages, in Arabic",
        ),
    ],
)
def test_what_answers_is_told_from_what_is_only_alike(
    foundations: Foundations, language: Language, answered: str, missed: str
) -> None:
    retriever = load_retriever(foundations)
    verifier = load_verifier(foundations.embedder.digest)
    assert best(verifier, retriever, answered, language) > best(verifier, retriever, missed, language) + 1


def best(verifier: Verifier, retriever: Retriever, question: str, language: Language) -> float:
    """The surest verdict on the passages nearest to a question."""
    query = retriever.embed(Query(question, language))
    held = [retriever.token_vectors(hit.passage_id, hit.language) for hit in retriever.search(query, 10)]
    return max(verifier.judge(query.tokens, held))
