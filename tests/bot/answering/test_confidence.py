"""The confidence model: better fitting is never less sure, and weights for other features are refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.confidence import (
    CALIBRATION_FILE,
    LARGEST_MARGIN,
    ConfidenceModel,
    load_confidence_model,
    quote_confidence,
)
from bot.answering.features import Features
from bot.errors import BotError

NAMES = Features.names()
NEUTRAL = Features(*[0.5] * len(NAMES))
FEATURES = st.builds(Features, *[st.floats(-1, 1)] * len(NAMES))
CONFIDENCE_NAMES = (*NAMES, "score", "margin")


def weigh(
    model: ConfidenceModel, candidates: Sequence[Features], claims: Sequence[frozenset[str]] | None = None
) -> tuple[tuple[float, float], ...]:
    """Weigh candidates that claim nothing, unless their claims are given."""
    return model.weigh(candidates, claims or [frozenset()] * len(candidates))


def make_model(ranking: float = 1.0, **changed: float) -> ConfidenceModel:
    """Every feature weighs alike in the ranking; for confidence, only what is given weighs."""
    return ConfidenceModel(
        model_digest="0",
        threshold=0.5,
        ranking=dict.fromkeys(NAMES, ranking),
        confidence={**dict.fromkeys(CONFIDENCE_NAMES, 0.0), **changed},
        intercept=0.0,
    )


@given(FEATURES, st.sampled_from(NAMES), st.floats(0.01, 1))
def test_a_higher_feature_of_positive_weight_ranks_higher_and_is_surer(
    features: Features, name: str, more: float
) -> None:
    model = make_model(ranking=2.0, score=1.0, margin=0.5, **{name: 1.0})
    better = replace(features, **{name: getattr(features, name) + more})
    (score, sure), (better_score, better_sure) = (weigh(model, [each, NEUTRAL])[0] for each in (features, better))
    assert better_score > score
    assert better_sure >= sure


@given(st.lists(FEATURES, max_size=5))
def test_confidence_is_a_probability_for_each_candidate_in_its_place(candidates: list[Features]) -> None:
    model = load_confidence_model()
    weighed = weigh(model, candidates)
    assert len(weighed) == len(candidates)
    assert all(0 <= confidence <= 1 for _, confidence in weighed)
    for position, (score, confidence) in enumerate(reversed(weigh(model, candidates[::-1]))):
        assert weighed[position] == pytest.approx((score, confidence))


def test_no_candidates_weigh_nothing() -> None:
    assert weigh(make_model(), []) == ()


def test_the_rank_score_is_the_weighted_sum_of_the_features() -> None:
    model = make_model().model_copy(update={"ranking": {**dict.fromkeys(NAMES, 0.0), "dense": 2.0, "target": -1.0}})
    ((score, _),) = weigh(model, [replace(NEUTRAL, dense=0.25, target=0.75)])
    assert score == pytest.approx(2 * 0.25 - 0.75)


def test_confidence_is_the_logistic_of_intercept_features_score_and_margin() -> None:
    model = make_model(dense=1.0).model_copy(update={"intercept": -0.5})
    ((_, confidence),) = weigh(model, [NEUTRAL])
    assert confidence == pytest.approx(0.5), "1.0 × 0.5 − 0.5 is nought"


def test_a_wider_margin_than_the_largest_says_no_more() -> None:
    model = make_model(ranking=100.0, margin=1.0)
    near, far, farther = NEUTRAL, replace(NEUTRAL, dense=0.4), replace(NEUTRAL, dense=-1.0)
    assert weigh(model, [near, far])[0][1] == weigh(model, [near, farther])[0][1]
    assert weigh(model, [far, near])[0][1] == weigh(model, [farther, near])[0][1]


def test_a_passage_that_stands_alone_has_the_largest_margin() -> None:
    model = make_model(ranking=100.0, margin=1.0)
    alone = weigh(model, [NEUTRAL])[0][1]
    assert alone == weigh(model, [NEUTRAL, replace(NEUTRAL, dense=-1.0)])[0][1]
    assert alone == pytest.approx(1 / (1 + 2.718281828**-LARGEST_MARGIN))


def test_equal_passages_have_no_margin() -> None:
    assert [confidence for _, confidence in weigh(make_model(margin=1.0), [NEUTRAL, NEUTRAL])] == [0.5, 0.5]


def test_the_margin_is_taken_from_the_best_of_the_others() -> None:
    model = make_model(ranking=1.0, margin=1.0)
    second, third = replace(NEUTRAL, dense=0.3), replace(NEUTRAL, dense=-1.0)
    assert weigh(model, [NEUTRAL, third, second])[0] == weigh(model, [NEUTRAL, second])[0]


def test_a_passage_that_says_the_same_is_no_rival() -> None:
    model = make_model(ranking=1.0, margin=1.0)
    best, second, third = NEUTRAL, replace(NEUTRAL, dense=0.3), replace(NEUTRAL, dense=-1.0)
    claims = [frozenset({"a", "b"}), frozenset({"b", "c"}), frozenset({"d"})]
    confirmed = weigh(model, [best, second, third], claims)
    without_second, without_best = weigh(model, [best, third]), weigh(model, [second, third])
    assert confirmed[0] == without_second[0], "the second shares a claim with the best"
    assert confirmed[1] == without_best[0], "and the best with the second"
    assert confirmed[2] == weigh(model, [best, second, third])[2], "the third shares none, and the best outdoes it"


def test_a_claim_that_another_does_not_share_leaves_it_a_rival() -> None:
    model = make_model(ranking=1.0, margin=1.0)
    candidates = [NEUTRAL, replace(NEUTRAL, dense=0.3)]
    apart = weigh(model, candidates, [frozenset({"a"}), frozenset({"b"})])
    assert apart == weigh(model, candidates), "as are two that claim nothing"
    assert apart[0][1] < weigh(model, candidates, [frozenset({"a"}), frozenset({"a"})])[0][1]


def test_where_all_others_say_the_same_the_margin_is_the_largest() -> None:
    model = make_model(ranking=100.0, margin=1.0)
    said = [frozenset({"a"})] * 3
    assert {confidence for _, confidence in weigh(model, [NEUTRAL] * 3, said)} == {weigh(model, [NEUTRAL])[0][1]}


def test_each_candidate_needs_its_claims() -> None:
    with pytest.raises((IndexError, ValueError)):
        make_model().weigh([NEUTRAL, NEUTRAL], [frozenset()])


def test_the_shipped_file_was_fitted_for_these_features() -> None:
    model = load_confidence_model()
    assert set(model.ranking) == set(NAMES)
    assert 0 < model.threshold < 1


def shipped() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(CALIBRATION_FILE.read_text(encoding="utf-8"))
    return data


@pytest.mark.parametrize("part", ["ranking", "confidence"])
@pytest.mark.parametrize("change", ["one missing", "one too many"])
def test_a_file_for_other_features_is_refused_with_the_command_that_fits_it(
    tmp_path: Path, part: str, change: str
) -> None:
    data = shipped()
    if change == "one missing":
        del data[part]["dense"]
    else:
        data[part]["moon"] = 1.0
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(BotError, match=r"calibration\.json was fitted for other features.*make calibrate"):
        load_confidence_model(path)


@pytest.mark.parametrize("name", ["score", "margin"])
def test_a_file_without_score_or_margin_is_refused(tmp_path: Path, name: str) -> None:
    data = shipped()
    del data["confidence"][name]
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(BotError, match="other features"):
        load_confidence_model(path)


@pytest.mark.parametrize("content", [None, "", "nonsense", "[]", '{"threshold": 0.5}'])
def test_a_missing_or_broken_file_is_refused_with_the_command_that_fits_it(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "calibration.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(BotError, match=r"calibration\.json cannot be read.*make calibrate"):
        load_confidence_model(path)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_surer_quote_stays_surer_and_a_probability(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= quote_confidence(low) <= quote_confidence(high) <= 1


def test_a_quote_needs_less_than_a_summary() -> None:
    assert quote_confidence(0.23) == pytest.approx(0.54, abs=0.005)
    assert [quote_confidence(0), quote_confidence(1)] == [0, 1]
