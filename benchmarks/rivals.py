"""Other people's retrieval over the same model: LangChain with FAISS, txtai dense and hybrid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from langchain_community.vectorstores import FAISS
from langchain_community.vectorstores.utils import DistanceStrategy
from langchain_huggingface import HuggingFaceEmbeddings
from txtai import Embeddings

Search = Callable[[str], Sequence[int]]
"""From a question to the numbers of the ten best paragraphs, best first."""

BEST = 10


def langchain(model: Path, paragraphs: Sequence[str]) -> Search:
    """Plain E5, prompts as the model wants them, through LangChain's FAISS store."""
    embeddings = HuggingFaceEmbeddings(
        model_name=str(model),
        model_kwargs={"device": "cpu", "local_files_only": True},
        encode_kwargs={"prompt_name": "passage", "normalize_embeddings": True},
        query_encode_kwargs={"prompt_name": "query", "normalize_embeddings": True},
    )
    store = FAISS.from_texts(
        list(paragraphs),
        embeddings,
        metadatas=[{"number": number} for number in range(len(paragraphs))],
        distance_strategy=DistanceStrategy.MAX_INNER_PRODUCT,
    )
    return lambda question: [found.metadata["number"] for found in store.similarity_search(question, k=BEST)]


def txtai(model: Path, paragraphs: Sequence[str], *, hybrid: bool) -> Search:
    """The same model through txtai, alone or fused with its BM25."""
    index = Embeddings(
        path=str(model),
        method="sentence-transformers",
        instructions={"query": "query: ", "data": "passage: "},
        hybrid=hybrid,
        gpu=False,
    )
    index.index(list(enumerate(paragraphs)))
    return lambda question: [int(number) for number, _ in index.search(question, BEST)]
