"""From texts to vectors: known answers, hostile texts, and models other than the embedded one."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedding import Embedder, Role, SentenceTransformerEmbedder, clean_text
from index.errors import ModelUnavailableError, TextRefusedError
from index.model_loading import tokenise

QUESTIONS = {
    "fr": "Combien de personnes travaillent dans l'offshoring au Maroc ?",
    "ar": "كم عدد العاملين في قطاع ترحيل الخدمات بالمغرب؟",
    "en": "How many people work in offshoring in Morocco?",
}
ANSWERS = {
    "fr": "Le secteur de l'offshoring emploie plus de cent mille personnes au Maroc.",
    "ar": "يشغل قطاع ترحيل الخدمات أكثر من مائة ألف شخص في المغرب.",
    "en": "Offshoring employs more than a hundred thousand people in Morocco.",
}
UNRELATED = {
    "fr": "La recette du couscous demande des légumes de saison.",
    "ar": "تحتاج وصفة الكسكس إلى خضر الموسم.",
    "en": "The recipe for couscous calls for vegetables in season.",
}


# Cleaning


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        pytest.param("jobs\x00 2030", "jobs  2030", id="NUL"),
        pytest.param("\tune\nligne\r", "une ligne", id="line ends"),
        pytest.param("a\x7fb\x9fc", "a b c", id="delete and C1"),
        pytest.param("emplois \ud83d", "emplois \ufffd", id="lone high surrogate"),
        pytest.param("\ude00 emplois", "\ufffd emplois", id="lone low surrogate"),
        pytest.param("ok \ud83d\ude00", "ok 😀", id="surrogate pair"),
        pytest.param("\u2067مرحبا\u2069 \u200fبك", "مرحبا بك", id="direction marks"),
        pytest.param("\ufeffoffshoring", "offshoring", id="byte order mark"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="the non-joiner is spelling and stays"),
        pytest.param("?", "?", id="a mark alone is a text"),
    ],
)
def test_cleaning_keeps_what_is_read_and_drops_what_is_not(text: str, cleaned: str) -> None:
    """Each row is a text that a person can send or paste."""
    assert clean_text(text) == cleaned


@pytest.mark.parametrize("text", ["", " \n\t", "\x00", "\ud800", "\ufffd\ufffd", "\u200b\u200f", "\u2067\u2069"])
def test_a_text_with_nothing_to_read_is_refused(text: str) -> None:
    """Even where it has characters."""
    with pytest.raises(TextRefusedError, match="blank"):
        clean_text(text)


@given(st.text(st.characters(exclude_categories=())))
def test_a_cleaned_text_is_encodable_free_of_controls_and_stays_as_it_is(text: str) -> None:
    """Whatever comes in, surrogates included; or it is refused."""
    try:
        cleaned = clean_text(text)
    except TextRefusedError:
        return
    assert cleaned.encode().decode() == cleaned
    assert not any(unicodedata.category(character) == "Cc" for character in cleaned)
    assert clean_text(cleaned) == cleaned


# Known answers of the embedded model


@pytest.mark.model
def test_the_embedded_model_gives_these_vectors(embedder: Embedder) -> None:
    """Taken from the first conversion; they change if weights, prompts or pooling do."""
    questions = embedder.encode(list(QUESTIONS.values()), Role.QUERY).vectors
    answers = embedder.encode(list(ANSWERS.values()), Role.PASSAGE).vectors
    np.testing.assert_allclose(
        questions[:, :5],
        [
            [0.018361, -0.047198, -0.081080, -0.012151, 0.079731],
            [0.048740, -0.046181, -0.065948, -0.027333, 0.043542],
            [0.062968, -0.045047, -0.083455, 0.004799, 0.078763],
        ],
        atol=1e-3,
    )
    np.testing.assert_allclose(
        questions @ answers.T,
        [[0.89536, 0.83691, 0.86820], [0.79808, 0.91470, 0.77202], [0.86173, 0.81586, 0.90351]],
        atol=1e-3,
    )


@pytest.mark.model
@pytest.mark.parametrize(
    ("language", "pieces", "numbers"),
    [
        (
            "ar",
            "▁كم ▁عدد ▁العاملين ▁في ▁قطاع ▁تر حيل ▁الخدمات ▁بالم غرب ؟",
            [0, 28521, 12581, 187189, 240, 75408, 2185, 91826, 91216, 21188, 85550, 1245, 2],
        ),
        (
            "en",
            "▁How ▁many ▁people ▁work ▁in ▁off sho ring ▁in ▁Moro cco ?",
            [0, 11249, 5941, 3395, 4488, 23, 5773, 11412, 2852, 23, 102706, 13400, 32, 2],
        ),
    ],
)
def test_the_embedded_model_reads_these_pieces(
    language: str, pieces: str, numbers: list[int], model_folder: Path
) -> None:
    """The numbers are those of XLM-RoBERTa's published vocabulary."""
    from tokenizers import Tokenizer  # only this test reads the file by itself

    encoding = Tokenizer.from_file(str(model_folder / "tokenizer.json")).encode(QUESTIONS[language])
    assert " ".join(encoding.tokens[1:-1]) == pieces
    assert encoding.ids == numbers


@pytest.mark.model
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_a_sentence_is_nearer_to_its_translations_than_to_another_subject(language: str, embedder: Embedder) -> None:
    """In each pair of languages, the same language's unrelated sentence included."""
    own = embedder.encode([ANSWERS[language]], Role.PASSAGE).vectors[0]
    translations = embedder.encode([text for key, text in ANSWERS.items() if key != language], Role.PASSAGE)
    unrelated = embedder.encode(list(UNRELATED.values()), Role.PASSAGE)
    assert (translations.vectors @ own).min() > (unrelated.vectors @ own).max()


@pytest.mark.model
def test_a_question_ranks_its_answer_first_in_its_own_language(embedder: Embedder) -> None:
    """The ranking, not only its length."""
    passages = embedder.encode([*UNRELATED.values(), *ANSWERS.values()], Role.PASSAGE).vectors
    for place, question in enumerate(QUESTIONS.values()):
        scores = passages @ embedder.encode([question], Role.QUERY).vectors[0]
        assert int(scores.argmax()) == len(UNRELATED) + place


# The contract


@pytest.mark.model
def test_vectors_are_float32_of_unit_length_and_token_vectors_are_raw(embedder: Embedder) -> None:
    """One token vector for each token of the text: none for the prompt, special tokens or padding."""
    texts = [*QUESTIONS.values(), "2030", "Et en 2018 ? " * 30]
    encoding = embedder.encode(texts, Role.QUERY)
    assert encoding.vectors.dtype == np.float32
    assert encoding.vectors.shape == (len(texts), embedder.dimension)
    np.testing.assert_allclose(np.linalg.norm(encoding.vectors, axis=1), 1, atol=1e-6)
    assert encoding.token_vectors is not None
    for text, tokens in zip(texts, encoding.token_vectors, strict=True):
        assert tokens.dtype == np.float32
        assert tokens.shape == (embedder.count_tokens(text), embedder.dimension)
        assert np.linalg.norm(tokens, axis=1).min() > 2


@pytest.mark.model
def test_the_token_vectors_are_the_ones_that_the_sentence_vector_was_pooled_from(
    embedder: SentenceTransformerEmbedder, model_folder: Path
) -> None:
    """Checked against sentence-transformers' own rows: prompt and special tokens are at the ends."""
    from sentence_transformers import SentenceTransformer  # heavy; the fixture has loaded it already

    model = SentenceTransformer(str(model_folder), device="cpu", local_files_only=True)
    output: Any = model.encode([ANSWERS["fr"]], prompt_name="passage", output_value=None)
    row = output[0]
    rows = row["token_embeddings"].numpy()  # <s> ▁passage : … </s>
    encoding = embedder.encode([ANSWERS["fr"]], Role.PASSAGE)
    assert encoding.token_vectors is not None
    np.testing.assert_allclose(encoding.token_vectors[0], rows[3:-1], atol=1e-5)
    pooled = rows.mean(axis=0)
    np.testing.assert_allclose(encoding.vectors[0], pooled / np.linalg.norm(pooled), atol=1e-5)


@pytest.mark.model
def test_a_text_has_the_same_vectors_alone_and_among_others(embedder: Embedder) -> None:
    """In every place of a batch, next to longer and shorter texts."""
    texts = [*QUESTIONS.values(), "2030 ?", *("mot " * length for length in range(1, 60)), *ANSWERS.values()]
    together = embedder.encode(texts, Role.PASSAGE)
    assert together.token_vectors is not None
    for place in (0, 1, 2, 3, 40, len(texts) - 2):
        alone = embedder.encode([texts[place]], Role.PASSAGE)
        assert alone.token_vectors is not None
        np.testing.assert_allclose(alone.vectors[0], together.vectors[place], atol=1e-5)
        np.testing.assert_allclose(alone.token_vectors[0], together.token_vectors[place], atol=1e-5)


@pytest.mark.model
def test_no_text_gives_no_vector(embedder: Embedder) -> None:
    """An empty corpus is no error here."""
    encoding = embedder.encode([], Role.PASSAGE)
    assert encoding.vectors.shape == (0, embedder.dimension)
    assert encoding.token_vectors == ()


@pytest.mark.model
def test_the_role_makes_a_difference(embedder: Embedder) -> None:
    """The model was trained with a prompt for each."""
    text = [QUESTIONS["fr"]]
    same = embedder.encode(text, Role.QUERY).vectors @ embedder.encode(text, Role.PASSAGE).vectors.T
    assert same[0, 0] < 0.99


@pytest.mark.model
def test_progress_counts_up_to_all_texts(embedder: Embedder) -> None:
    """Once for each batch of 32."""
    seen: list[tuple[int, int]] = []
    embedder.encode(["mot"] * 70, Role.PASSAGE, lambda done, total: seen.append((done, total)))
    assert seen == [(32, 70), (64, 70), (70, 70)]


@pytest.fixture
def often_switching() -> Iterator[None]:
    """Lets Python change threads a thousand times as often, so that a race shows."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 1000)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.model
@pytest.mark.usefixtures("often_switching")
def test_threads_may_share_the_embedder(embedder: Embedder) -> None:
    """Encoding sets the tokenizer to cut at 512 tokens; counting in another thread must not see that."""
    texts = [*QUESTIONS.values(), *ANSWERS.values()] * 4
    expected = embedder.encode(texts, Role.QUERY).vectors
    with ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda text: embedder.encode([text], Role.QUERY).vectors, texts)
        counts = {embedder.count_tokens("mot " * 2000) for _ in range(200)}
    assert counts == {2000}
    np.testing.assert_allclose(np.concatenate(list(found)), expected, atol=1e-5)


# Hostile texts


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufdfa" * 50, id="a ligature that NFKC expands eighteen-fold; it aborts the wheel's engine"),
        pytest.param("<s></s><pad><mask>", id="special tokens as text"),
        pytest.param("😀👩‍👩‍👧‍👦", id="emoji"),
        pytest.param("é" + "\u0301" * 300, id="a pile of accents"),
        pytest.param("a" * 2000, id="a long word"),
        pytest.param("\U0001f23b \U000e0041 \uffff \u2581", id="unassigned and odd"),
        pytest.param("query: passage: query:", id="the prompts as text"),
        pytest.param("Bonjour, كم وظيفة in 2030 ؟", id="three languages"),
    ],
)
def test_a_strange_text_is_embedded_like_any_other(text: str, embedder: Embedder) -> None:
    """Finite vectors of unit length, and at least one token."""
    encoding = embedder.encode([text], Role.QUERY)
    assert np.isfinite(encoding.vectors).all()
    assert np.linalg.norm(encoding.vectors[0]) == pytest.approx(1, abs=1e-5)
    assert encoding.token_vectors is not None
    assert len(encoding.token_vectors[0]) >= 1


@pytest.mark.model
@pytest.mark.parametrize("text", ["a" * 100_000, "\ufdfa" * 10_000, "mot " * 100_000, " " * 100_000 + "mot"])
def test_a_text_far_too_long_is_refused_at_once(text: str, embedder: Embedder) -> None:
    """Before anything expensive is done with it; the wall clock is generous for slow machines."""
    start = time.perf_counter()
    with pytest.raises(TextRefusedError):
        embedder.encode([text], Role.QUERY)
    assert time.perf_counter() - start < 1


@pytest.mark.model
def test_a_text_over_the_limit_is_refused_and_never_cut(embedder: Embedder) -> None:
    """The longest text that fits is embedded whole, and one token more is refused."""
    longest = " ".join(["mot"] * embedder.max_tokens)
    assert embedder.count_tokens(longest) == embedder.max_tokens
    for role in Role:
        encoding = embedder.encode([longest], role)
        assert encoding.token_vectors is not None
        assert len(encoding.token_vectors[0]) == embedder.max_tokens
    with pytest.raises(TextRefusedError, match=r"passage “mot mot .*” has 509 tokens, .* reads 507 tokens: split it"):
        embedder.encode(["court", longest + " mot mot"], Role.PASSAGE)
    with pytest.raises(TextRefusedError, match=r"question .* has 508 tokens, .* ask it in fewer words"):
        embedder.encode([longest + " mot"], Role.QUERY)


# Other models, and none


@pytest.fixture(scope="module")
def static_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that adds up word vectors: no prompts, no token vectors, no limit; and two words."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    vocabulary = {"[UNK]": 0, "emploi": 1, "couscous": 2}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = np.array([[0, 0, 0], [3, 4, 0], [0, 0, 2]], dtype=np.float32)
    folder = tmp_path_factory.mktemp("static") / "two-words"
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu").save(str(folder))
    return folder


def test_a_model_without_token_vectors_works_and_says_so(static_folder: Path) -> None:
    """Its vectors are brought to unit length here, since it does not do so itself."""
    embedder = SentenceTransformerEmbedder(static_folder)
    encoding = embedder.encode(["emploi", "couscous"], Role.PASSAGE)
    assert not embedder.has_token_vectors
    assert encoding.token_vectors is None
    np.testing.assert_allclose(encoding.vectors, [[0.6, 0.8, 0.0], [0.0, 0.0, 1.0]], atol=1e-6)
    assert embedder.count_tokens("emploi couscous") == 2
    assert embedder.name == "two-words"


def test_a_text_of_which_the_model_knows_no_word_is_refused(static_folder: Path) -> None:
    """Its vector would be zero, and every score after it nonsense."""
    with pytest.raises(TextRefusedError, match="knows no word of “mot”"):
        SentenceTransformerEmbedder(static_folder).encode(["mot"], Role.QUERY)


def test_the_digest_follows_the_content_of_a_folder_and_not_its_place(static_folder: Path, tmp_path: Path) -> None:
    """An index made with one model refuses another."""
    same = shutil.copytree(static_folder, tmp_path / "elsewhere")
    other = shutil.copytree(static_folder, tmp_path / "other")
    (other / "model.safetensors").write_bytes((other / "model.safetensors").read_bytes()[:-4] + b"\0\0\x80\x3f")
    digests = [SentenceTransformerEmbedder(folder).digest for folder in (static_folder, same, other)]
    assert digests[0] == digests[1]
    assert digests[0] != digests[2]


@pytest.mark.model
def test_a_hub_name_is_loaded_from_the_hub_cache_and_named_with_its_commit(model_folder: Path, tmp_path: Path) -> None:
    """In a process of its own, since the hub's client reads its settings when it is imported."""
    commit = "0123456789abcdef0123456789abcdef01234567"
    stored = tmp_path / "hub" / "models--someone--some-e5"
    (stored / "refs").mkdir(parents=True)
    (stored / "refs" / "main").write_text(commit)
    (stored / "snapshots").mkdir()
    (stored / "snapshots" / commit).symlink_to(model_folder)
    code = (
        "from index.embedding import SentenceTransformerEmbedder as Embedder\n"
        "embedder = Embedder('someone/some-e5'); print(embedder.name, embedder.digest)\n"
        "try: Embedder('someone/another')\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    environment = {"HF_HUB_CACHE": str(tmp_path / "hub"), "HF_HUB_OFFLINE": "1"}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)
    assert run.stderr == ""
    found, missing = run.stdout.splitlines()
    assert found == f"someone/some-e5 someone/some-e5@{commit}"
    assert missing.startswith("ModelUnavailableError the model someone/another cannot be loaded")
    assert "DALIL_MODEL" in missing


def test_a_folder_that_is_no_model_is_refused_in_one_line(tmp_path: Path) -> None:
    """With the setting that chose it."""
    (tmp_path / "modules.json").write_text("[]")
    with pytest.raises(ModelUnavailableError, match=r"cannot be loaded .*DALIL_MODEL") as caught:
        SentenceTransformerEmbedder(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    """Without asking the hub for a model of that name."""
    with pytest.raises(ModelUnavailableError, match=r"not found.*DALIL_MODEL"):
        SentenceTransformerEmbedder(tmp_path / "no" / "such")


# Quiet and quick


def test_importing_the_module_loads_no_model_library() -> None:
    """`--help` must not wait four seconds for them."""
    code = "import sys, index.embedding; print([m for m in ('torch', 'transformers') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


@pytest.mark.model
def test_loading_and_encoding_print_nothing(model_folder: Path) -> None:
    """No progress bars, no load report, no warnings, on either stream."""
    code = (
        "import sys; from index.embedding import Role, SentenceTransformerEmbedder as Embedder\n"
        "embedder = Embedder(sys.argv[1]); embedder.count_tokens('mot ' * 3000)\n"
        "embedder.encode(['mot', 'كلمة'], Role.QUERY)"
    )
    run = subprocess.run([sys.executable, "-c", code, str(model_folder)], capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("", "")


def test_a_tokenizer_never_cuts_what_it_counts(static_folder: Path) -> None:
    """Counting is how a text too long is found."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(static_folder / "tokenizer.json"))
    assert [read.length for read in tokenise(tokenizer, ["emploi " * 900, "emploi"])] == [900, 1]
