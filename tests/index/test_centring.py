"""Each language's mean direction is removed, and removed the same after a save."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file

from index.centring import METRIC, REFERENCE_FOLDER, Centring, Level, ReferenceSet, encode_reference, load_reference_set
from index.embedding import Encoding, Role
from index.errors import IndexingError
from index.vectors import Vectors
from knowledge.language import Language
from word_embedder import REFERENCE, WordEmbedder

KEYS = list(product(Level, Role, Language))


def random_means(seed: int, dimension: int = 8) -> dict[tuple[Level, Role, Language], Vectors]:
    draw = np.random.default_rng(seed)
    return {key: (0.1 * draw.standard_normal(dimension)).astype(np.float32) for key in KEYS}


def unit(rows: Vectors) -> Vectors:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def some_vectors(count: int, seed: int, dimension: int = 8) -> Vectors:
    return np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32) + 0.1


@given(st.integers(0, 20), st.integers(0, 1000), st.sampled_from(KEYS))
def test_centred_rows_have_unit_length(count: int, seed: int, key: tuple[Level, Role, Language]) -> None:
    centred = Centring(random_means(seed)).apply(some_vectors(count, seed), *key)
    assert centred.shape == (count, 8)
    assert centred.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(centred, axis=1), 1, atol=1e-5)


def test_the_mean_is_subtracted_from_unit_rows() -> None:
    means = {key: np.zeros(2, np.float32) for key in KEYS}
    means[Level.TEXT, Role.QUERY, Language.AR] = np.array([0.6, 0], np.float32)
    centring = Centring(means)
    rows = np.array([[0, 5], [3, 4]], np.float32)
    centred = centring.apply(rows, Level.TEXT, Role.QUERY, Language.AR)
    assert centred == pytest.approx(np.array([[-0.514496, 0.857493], [0, 1]]), abs=1e-5)
    for other in set(KEYS) - {(Level.TEXT, Role.QUERY, Language.AR)}:
        assert centring.apply(rows, *other) == pytest.approx(np.array([[0, 1], [0.6, 0.8]]), abs=1e-6)


def test_without_a_language_the_mean_of_the_three_is_subtracted() -> None:
    means = {key: np.zeros(2, np.float32) for key in KEYS}
    means[Level.TOKEN, Role.QUERY, Language.FR] = np.array([0.9, 0], np.float32)
    means[Level.TOKEN, Role.QUERY, Language.AR] = np.array([0.9, 0], np.float32)
    centred = Centring(means).apply(np.array([[0, 1]], np.float32), Level.TOKEN, Role.QUERY, None)
    np.testing.assert_allclose(centred, [[-0.514496, 0.857493]], atol=1e-5)


@given(st.integers(0, 1000), st.booleans())
def test_means_that_are_saved_load_and_centre_the_same(seed: int, with_tokens: bool) -> None:
    means = {key: mean for key, mean in random_means(seed).items() if with_tokens or key[0] is Level.TEXT}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "means.safetensors"
        Centring(means).save(path)
        loaded = Centring.load(path)
    rows = some_vectors(3, seed)
    for key in means:
        np.testing.assert_array_equal(loaded.apply(rows, *key), Centring(means).apply(rows, *key))


def test_centring_brings_languages_together_that_a_shift_had_parted() -> None:
    """Two languages hold the same texts, one shifted: before centring, a text's nearest is of its own language."""

    class Shifted(WordEmbedder):
        def _tokens(self, text: str) -> Vectors:
            language, _, subject = text.partition(" ")
            shift = 9 * super()._tokens(language)
            return np.asarray(super()._tokens(subject) + shift, dtype=np.float32)

    subjects = [f"{one} {two}" for one in ("river", "bread", "music", "train") for two in ("old", "new", "far")]
    texts = {
        (role, language): tuple(f"{language} {subject}" for subject in subjects)
        for role in Role
        for language in Language
    }
    embedder = Shifted()
    centring = Centring.fit(encode_reference(embedder, ReferenceSet(texts, "x")))
    french = embedder.encode(texts[Role.QUERY, Language.FR], Role.QUERY).vectors
    arabic = embedder.encode(texts[Role.PASSAGE, Language.AR], Role.PASSAGE).vectors
    both = np.concatenate([arabic, french])
    assert (np.argsort(-(french @ both.T), axis=1)[:, : len(subjects)] >= len(subjects)).all()
    centred = centring.apply(french, Level.TEXT, Role.QUERY, Language.FR)
    others = centring.apply(arabic, Level.TEXT, Role.PASSAGE, Language.AR)
    assert np.argmax(centred @ others.T, axis=1).tolist() == list(range(len(subjects)))


def test_fitting_gives_the_mean_of_each_role_and_language_and_reports_progress(tmp_path: Path) -> None:
    embedder = WordEmbedder()
    steps: list[int] = []
    Centring.fit(encode_reference(embedder, REFERENCE, steps.append)).save(tmp_path / "means.safetensors")
    tensors = load_file(tmp_path / "means.safetensors")
    assert set(tensors) == {METRIC, *(".".join(key) for key in KEYS)}
    for (role, language), texts in REFERENCE.texts.items():
        encoding = embedder.encode(texts, role)
        assert encoding.token_vectors is not None
        tokens = np.concatenate(encoding.token_vectors)
        tokens /= np.linalg.norm(tokens, axis=1, keepdims=True)
        np.testing.assert_allclose(tensors[f"text.{role}.{language}"], encoding.vectors.mean(axis=0), atol=1e-6)
        np.testing.assert_allclose(tensors[f"token.{role}.{language}"], tokens.mean(axis=0), atol=1e-6)
    assert sum(steps) == sum(len(texts) for texts in REFERENCE.texts.values())


def test_a_model_without_token_vectors_has_means_for_texts_alone(tmp_path: Path) -> None:
    centring = Centring.fit(encode_reference(WordEmbedder(has_token_vectors=False), REFERENCE))
    centring.save(tmp_path / "means.safetensors")
    assert {key.split(".")[0] for key in load_file(tmp_path / "means.safetensors")} == {"text", METRIC}
    Centring.load(tmp_path / "means.safetensors")


@pytest.mark.parametrize(
    "lost",
    [
        pytest.param({("text", "query", "fr")}, id="one mean of texts"),
        pytest.param({("token", "passage", "ar")}, id="one mean of tokens"),
        pytest.param({key for key in KEYS if key[0] == "text"}, id="all of texts"),
        pytest.param({key for key in KEYS if key[1] == "passage"}, id="all of passages"),
        pytest.param(set(KEYS), id="all"),
    ],
)
def test_means_that_lack_a_language_or_role_are_refused(tmp_path: Path, lost: set[tuple[str, str, str]]) -> None:
    path = tmp_path / "means.safetensors"
    kept = {".".join(key): mean for key, mean in random_means(0).items() if key not in lost}
    save_file({**kept, METRIC: np.eye(8, dtype=np.float32)}, path)
    with pytest.raises(IndexingError, match=r"lacks means.*dalil build"):
        Centring.load(path)


def test_a_file_without_the_metric_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "means.safetensors"
    save_file({".".join(key): mean for key, mean in random_means(0).items()}, path)
    with pytest.raises(IndexingError, match=r"lacks means or metric.*dalil build"):
        Centring.load(path)


def test_a_mean_that_is_not_finite_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "means.safetensors"
    Centring({**random_means(0), KEYS[0]: np.full(8, np.nan, np.float32)}).save(path)
    with pytest.raises(IndexingError, match=r"not finite.*dalil build"):
        Centring.load(path)


def test_directions_in_which_translations_differ_count_less() -> None:
    """Translations agree in three dimensions and differ at random in the fourth: after fitting it hardly counts."""
    draw = np.random.default_rng(0)
    meanings = draw.standard_normal((60, 3))
    encodings = {
        (role, language): Encoding(
            unit(np.hstack([meanings, 2 * draw.standard_normal((60, 1))]).astype(np.float32)), None
        )
        for role in Role
        for language in Language
    }
    centring = Centring.fit(encodings)
    probe = unit(np.array([[1, 1, 1, 1]], np.float32))
    without_means = Centring({key: np.zeros(4, np.float32) for key in KEYS}, centring.metric)
    (applied,) = without_means.apply(probe, Level.TEXT, Role.QUERY, Language.FR)
    assert applied[3] < 0.8 * applied[:3].min()


@pytest.mark.parametrize("part", [0.0, 0.3, 0.9])
def test_a_file_cut_short_is_refused(tmp_path: Path, part: float) -> None:
    path = tmp_path / "means.safetensors"
    Centring(random_means(0)).save(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(part * len(content))])
    with pytest.raises(IndexingError, match=r"damaged.*dalil build"):
        Centring.load(path)


def test_means_are_readable_by_other_users_of_the_machine(tmp_path: Path) -> None:
    """An index baked into an image is built by one user and read by another; safetensors' own writer forbids it."""
    (tmp_path / "other").write_bytes(b"")
    Centring(random_means(0)).save(tmp_path / "means.safetensors")
    modes = {path.stat().st_mode for path in tmp_path.iterdir()}
    assert len(modes) == 1


def test_the_shipped_reference_is_parallel_varied_and_large_enough() -> None:
    """At least 200 questions and 100 passages, none twice, in three languages: docs and design say so."""
    reference = load_reference_set()
    for (role, _), texts in reference.texts.items():
        assert len(texts) >= {Role.QUERY: 200, Role.PASSAGE: 100}[role]
        assert len(set(texts)) == len(texts)
        assert all(text.strip() for text in texts)
    assert set(reference.texts) == set(product(Role, Language))


def test_the_reference_never_speaks_of_the_corpus() -> None:
    reference = load_reference_set()
    for texts in reference.texts.values():
        assert not [text for text in texts if "offshoring" in text.lower() or "الأوفشورينغ" in text]


def test_the_digest_of_a_reference_changes_with_its_texts(tmp_path: Path) -> None:
    digests = {load_reference_set().digest}
    for changed in ("questions.jsonl", "passages.jsonl"):
        for name in ("questions.jsonl", "passages.jsonl"):
            lines = (REFERENCE_FOLDER / name).read_text(encoding="utf-8").splitlines()
            if name == changed:
                lines[0] = json.dumps({**json.loads(lines[0]), "en": "Another text."}, ensure_ascii=False)
            (tmp_path / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        digests.add(load_reference_set(tmp_path).digest)
    assert len(digests) == 3
