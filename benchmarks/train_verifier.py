"""Trains the verifier on questions that passages answer and on near misses of them.

    make verifier
    python benchmarks/train_verifier.py --articles-held-back 0

The questions stand in benchmarks/verifier_questions; those that passages say they answer join them. No golden question
is among them. Each question is compared with five passages at once, and with none: cross-entropy over the six. Four
networks learn it, from other first weights and in another order; their mean is what counts. Writes
bot/answering/verifier.safetensors (half an hour on two cores that know bfloat16); then `make calibrate`, since the
confidence model weighs what the verifier says. With --articles-held-back N, 0 to 4, every fifth article is left out of
the training, nothing is written, and the golden questions about those articles are judged by a verifier that has never
seen them, and by the one that ships: what the verifier is worth on articles that an editor adds.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from fitting import held_back, rates
from in_memory import Remembering
from samples import ANSWERABLE, GOLDEN, KINDS, gather, holding
from torch.nn.functional import cross_entropy, pad
from verifier_examples import Example, Renderings, batch, examples, in_batches, read_questions

from bot.answering.verifier import Verifier, load_verifier, save_networks
from bot.answering.verifier_network import VerifierNetwork
from bot.composition import Foundations, load_foundations, load_retriever
from bot.config import read_settings
from bot.golden import read_golden_set
from index.embedding import Role

EPOCHS = 4
BATCH = 32
LEARNING_RATE = 1.5e-3
WARM_UP = 0.1
WEIGHT_DECAY = 0.05
# Some of the near misses are answered after all, some of the near passages hold the answer too.
SMOOTHING = 0.02
LARGEST_GRADIENT = 1.0
SEEDS = (0, 1, 2, 3)
FIFTHS = 5


def main() -> None:
    """Train, and write or judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles-held-back", type=int, choices=range(FIFTHS), metavar="N")
    held = parser.parse_args().articles_held_back
    foundations = load_foundations(read_settings())
    # Questions are read together, which takes a quarter of the time.
    embedder = Remembering(foundations.embedder)
    corpus, retriever = foundations.corpus, load_retriever(replace(foundations, embedder=embedder))
    left_out = frozenset() if held is None else frozenset(sorted(corpus.articles)[held::FIFTHS])
    asked = [q for q in read_questions(corpus) if q.passage is None or q.passage.split("#")[0] not in left_out]
    embedder.encode([each.text for each in asked], Role.QUERY)
    known = list(examples(asked, corpus, retriever))
    print(f"{len(known)} questions, {sum(each.asked.answered for each in known)} of them answered")
    renderings = Renderings(corpus, retriever)
    networks = [train(known, renderings, foundations.embedder.dimension, seed) for seed in SEEDS]
    if held is None:
        save_networks(networks, foundations.embedder.digest)
    else:
        judge(Verifier(networks), foundations, left_out)


def train(known: Sequence[Example], renderings: Renderings, dim: int, seed: int) -> VerifierNetwork:
    """Train a network from scratch, the same one every time on the same machine."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 nothing secret
    network = VerifierNetwork(dim)
    optimiser = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    steps = EPOCHS * math.ceil(len(known) / BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, total_steps=steps, pct_start=WARM_UP)
    start = time.monotonic()
    for epoch in range(1, EPOCHS + 1):
        network.train()
        losses, hits = [], []
        for group in in_batches(known, BATCH, chance):
            drawn = batch(group, renderings, chance)
            # Half the width, a third of the time where the processor knows it.
            with torch.autocast("cpu", torch.bfloat16):
                logits = network(drawn.questions, drawn.passages)
            # The last place stands for "none of them".
            logits = pad(logits.float(), (0, 1))
            loss = cross_entropy(logits, drawn.right, label_smoothing=SMOOTHING)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), LARGEST_GRADIENT)
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
            hits.append((logits.argmax(1) == drawn.right).float().mean().item())
        spent = time.monotonic() - start
        print(
            f"network {seed}, epoch {epoch}: loss {np.mean(losses):.3f}, right {np.mean(hits):.3f}, {spent:.0f} s",
            flush=True,
        )
    return network.eval()


def judge(verifier: Verifier, foundations: Foundations, left_out: frozenset[str]) -> None:
    """Print how the golden questions about articles left out fare with a verifier, and with the one that ships."""
    corpus, retriever = foundations.corpus, load_retriever(foundations)
    questions = [each for each in read_golden_set(GOLDEN) if each.kind in KINDS]
    right = holding(questions, corpus)
    shipped = gather(questions, corpus, retriever, load_verifier(foundations.embedder.digest), right)
    unseen = gather(questions, corpus, retriever, verifier, right)
    for name, judged in (("the one that ships", shipped), ("one that has not seen these articles", unseen)):
        verdicts = held_back(shipped, judged)
        about = [v for v in verdicts if v.question.kind not in ANSWERABLE or v.question.article in left_out]
        for threshold in (0.5, 0.6, 0.7):
            found = "  ".join(f"{what} {share:.1%}" for what, share in rates(about, threshold).items())
            print(f"{name}, threshold {threshold}: {found}")


if __name__ == "__main__":
    main()
