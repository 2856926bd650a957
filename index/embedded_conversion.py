"""Writes the embedded model's weights as an ordinary sentence-transformers folder.

The files are those that intfloat/multilingual-e5-small is published with, so any reader of such folders reads
this one. They are written directly, without `torch` and `transformers`: importing the two takes longer than
the conversion.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import save_file
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from index.errors import ModelUnavailableError
from index.q4_weights import Sizes, Vocabulary, WeightFile

if TYPE_CHECKING:
    from numpy.typing import NDArray

MASK_PIECE = "<mask>"
PROMPTS = {"query": "query: ", "passage": "passage: ", "document": "passage: "}
"""From the model's card; `document` is sentence-transformers' word for a passage."""


def write_model_folder(weights: WeightFile, folder: Path) -> None:
    """Writes weights, tokenizer and settings into `folder`, which exists and is empty.

    Raises:
        ModelUnavailableError: a tensor is missing or has not the shape that the sizes ask for.
        OSError: the disk is full or not writable.
    """
    weights_path = folder / "model.safetensors"
    try:
        save_file(bert_tensors(weights), weights_path, metadata={"format": "pt"})
    except SafetensorError as error:
        raise OSError(f"{weights_path.name}: {error}") from error
    # safetensors writes for its owner alone, but a cache may be read by another user, as in a container.
    weights_path.chmod(0o644)
    tokenizer = build_tokenizer(weights.vocabulary).to_str(pretty=False)
    (folder / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    for name, content in _settings(weights.sizes, weights.vocabulary).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    # Normalising has no settings, but the folder that modules.json names has to be there.
    (folder / "2_Normalize").mkdir()


def bert_tensors(weights: WeightFile) -> dict[str, NDArray[np.float32]]:
    """The tensors under the names and in the shapes that `transformers.BertModel` has, float32."""
    sizes = weights.sizes
    hidden, feed_forward = (sizes.hidden,), (sizes.feed_forward,)
    wanted: dict[str, tuple[str, tuple[int, ...]]] = {
        "embeddings.word_embeddings.weight": ("emb.word", (sizes.vocabulary, *hidden)),
        "embeddings.position_embeddings.weight": ("emb.pos", (sizes.positions, *hidden)),
        "embeddings.token_type_embeddings.weight": ("emb.type", (sizes.token_types, *hidden)),
        "embeddings.LayerNorm.weight": ("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": ("emb.ln.b", hidden),
    }
    for layer in range(sizes.layers):
        for ours, theirs, out, into in (
            ("q", "attention.self.query", hidden, hidden),
            ("k", "attention.self.key", hidden, hidden),
            ("v", "attention.self.value", hidden, hidden),
            ("ao", "attention.output.dense", hidden, hidden),
            ("aln", "attention.output.LayerNorm", hidden, ()),
            ("fi", "intermediate.dense", feed_forward, hidden),
            ("fo", "output.dense", hidden, feed_forward),
            ("oln", "output.LayerNorm", hidden, ()),
        ):
            wanted[f"encoder.layer.{layer}.{theirs}.weight"] = (f"l{layer}.{ours}.w", out + into)
            wanted[f"encoder.layer.{layer}.{theirs}.bias"] = (f"l{layer}.{ours}.b", out)
    tensors = {new: _shaped(weights, old, shape) for new, (old, shape) in wanted.items()}
    # Mean pooling never uses BERT's own pooler; without these, every load would report it as missing and fill
    # it with random numbers.
    tensors["pooler.dense.weight"] = np.zeros(hidden * 2, dtype=np.float32)
    tensors["pooler.dense.bias"] = np.zeros(hidden, dtype=np.float32)
    return tensors


def _shaped(weights: WeightFile, name: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
    values = weights.tensors.get(name)
    if values is None or values.size != np.prod(shape):
        found = "no such tensor" if values is None else f"{values.size} numbers"
        raise ModelUnavailableError(
            f"the 4-bit weights hold {found} for {name!r}, expected shape {shape}: "
            "fetch them again with 'dalil build', or set DALIL_MODEL to another model"
        )
    return values.reshape(shape)


def build_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """XLM-RoBERTa's tokenizer: unigram pieces over text normalised by Nmt and NFKC, between `<s>` and `</s>`.

    The original normalises with a table of SentencePiece's, with which Nmt and NFKC agree on every code point
    but U+FF5E and U+1F23B.
    """
    pieces = vocabulary.pieces
    tokenizer = Tokenizer(
        models.Unigram(list(zip(pieces, vocabulary.scores, strict=True)), unk_id=vocabulary.unk, byte_fallback=False)
    )
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = pieces[vocabulary.bos], pieces[vocabulary.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    plain = [pieces[number] for number in (vocabulary.bos, vocabulary.pad, vocabulary.eos, vocabulary.unk)]
    tokenizer.add_special_tokens([*plain, AddedToken(MASK_PIECE, lstrip=True)])
    return tokenizer


def _settings(sizes: Sizes, vocabulary: Vocabulary) -> dict[str, dict[str, Any] | list[dict[str, Any]]]:
    """The JSON files of the folder, by path."""
    pieces = vocabulary.pieces
    special_tokens = {
        "bos_token": pieces[vocabulary.bos],
        "cls_token": pieces[vocabulary.bos],
        "eos_token": pieces[vocabulary.eos],
        "sep_token": pieces[vocabulary.eos],
        "pad_token": pieces[vocabulary.pad],
        "unk_token": pieces[vocabulary.unk],
        "mask_token": MASK_PIECE,
    }
    modules = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "attention_probs_dropout_prob": 0.1,
            "dtype": "float32",
            "hidden_act": "gelu",
            "hidden_dropout_prob": 0.1,
            "hidden_size": sizes.hidden,
            "initializer_range": 0.02,
            "intermediate_size": sizes.feed_forward,
            "layer_norm_eps": sizes.layer_norm_epsilon,
            "max_position_embeddings": sizes.positions,
            "num_attention_heads": sizes.heads,
            "num_hidden_layers": sizes.layers,
            "pad_token_id": vocabulary.pad,
            "type_vocab_size": sizes.token_types,
            "vocab_size": sizes.vocabulary,
        },
        # The generic class: one named after a model rebuilds its own normaliser in place of ours.
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": sizes.positions,
            **special_tokens,
        },
        "special_tokens_map.json": special_tokens,
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate(modules)
        ],
        "sentence_bert_config.json": {"max_seq_length": sizes.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {"prompts": PROMPTS, "similarity_fn_name": "cosine"},
        "1_Pooling/config.json": {
            "word_embedding_dimension": sizes.hidden,
            "pooling_mode_mean_tokens": True,
        },
    }
