"""Trains the reader: `python -m assistant.training.train`, with checkpoints, taken up again where it stopped.

The model is a BERT question-answering model that starts from the default embedder's weights. This module does not
know how the model is used, nor how good it is.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.training import mix
from assistant.training.batches import Window, batches, windows
from assistant.training.relevance import read_relevance
from assistant.training.synonyms import in_other_words
from index.embedder import load_embedder
from index.passage_index import Embedder

_WARMUP = 0.05
_HASTY = 0.1  # share of questions that are typed in haste
_REWORDED = 0.4  # share of questions that are put in other words


def build_mix(
    specs: Sequence[str],
    held_aside: set[str],
    rng: random.Random,
    negative_share: float,
    embedder: Embedder,
    relevance: Sequence[str] = (),
) -> list[mix.Example]:
    """Read files and add negatives.

    Args:
        specs: `FILE[:WEIGHT[:CAP[:HELD]]]`: a file, how often its rows are seen, at most how many rows a passage, and
            the share of its units that is not trained on.
        held_aside: Groups that are not trained on.
        rng: Draws the negatives.
        negative_share: Hard negatives for each row, at most 1.
        embedder: Finds hard negatives by meaning.
        relevance: `FILE[:SHARE]`: files of rows that say which passage answers, and the share of them that is seen, at
            most 1.
    """
    examples: list[mix.Example] = []
    for spec in specs:
        name, weight, cap, held = [*spec.split(":"), *("1", "0", "0")[spec.count(":") :]]
        rows = mix.read_examples(Path(name))
        rows = [row for row in rows if row.group not in held_aside and row.place >= float(held)]
        if int(cap):
            rows = mix.capped(rows, int(cap), rng)
        for _ in range(math.ceil(float(weight))):
            share = min(1.0, float(weight))
            some = rng.sample(rows, int(len(rows) * share))
            negatives = mix.hard_negatives(some, rng, embedder)
            near = list(mix.other_years(some, rng))
            examples += [part for row in some for part in mix.cut(row, rng)]
            examples += rng.sample(negatives, int(len(negatives) * negative_share))
            examples += [part for row in rng.sample(near, len(near) // 3) for part in mix.cut(row, rng, others=1)]
            examples += mix.cell_questions(some, rng)
    for spec in relevance:
        name, _, seen = spec.partition(":")
        rows = read_relevance(Path(name), rng)
        some = rng.sample(rows, int(len(rows) * float(seen or 1)))
        examples += some
        if all(row.is_somewhere for row in rows):
            negatives = mix.hard_negatives(some, rng)
            examples += rng.sample(negatives, int(len(negatives) * negative_share))
    return [replace(row, question=_asked(row.question, rng)) for row in examples]


def _asked(question: str, rng: random.Random) -> str:
    """A question as somebody else might ask it: in other words, or in haste."""
    if rng.random() < _REWORDED:
        question = in_other_words(question, rng)
    return mix.worded_otherwise(question, rng) if rng.random() < _HASTY else question


def main() -> None:
    """Train by the command line's arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="+", help="FILE[:WEIGHT[:CAP[:HELD]]] of question-answering rows")
    parser.add_argument(
        "--relevance", nargs="*", default=[], help="FILE[:SHARE] of rows that say which passage answers"
    )
    parser.add_argument("--init", required=True, help="model folder to start from")
    parser.add_argument("--out", type=Path, required=True, help="folder of the checkpoint and the model")
    parser.add_argument("--tokens", type=float, default=10e6, help="tokens to train on, padding included")
    parser.add_argument("--batch-tokens", type=int, default=4096)
    parser.add_argument("--max-tokens", type=int, default=224, help="length of a training window")
    parser.add_argument("--lr", type=float, default=2e-4)
    parser.add_argument("--final-lr", type=float, default=0.0)
    parser.add_argument("--negatives", type=float, default=0.6, help="hard negatives for each row")
    parser.add_argument("--hold-aside", nargs="*", default=[], help="reports that are not trained on")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    train(parser.parse_args())


def train(options: argparse.Namespace) -> None:
    """Train until the token budget is spent; a checkpoint in `options.out` is taken up."""
    import torch
    from tokenizers import Tokenizer
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(Path(options.init) / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    model = AutoModelForQuestionAnswering.from_pretrained(
        options.init, dtype=torch.float32, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
    )
    decayed = [p for n, p in model.named_parameters() if p.ndim > 1]
    plain = [p for n, p in model.named_parameters() if p.ndim <= 1]
    groups = [{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=options.lr, betas=(0.9, 0.98), fused=True)
    done, step, loss_mean, started = 0, 0, 0.0, time.time()
    checkpoint = options.out / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        done, step = saved["done"], saved["step"]
    model.train()
    compiled: Any = torch.compile(model)  # fuses what lies between the products: half as fast again on two cores
    at_start, last_saved = done, time.time()
    for batch in _endless(options, tokenizer, epoch_seed=step):
        share = done / options.tokens
        if share >= 1:
            break
        lr = options.final_lr + (options.lr - options.final_lr) * min(share / _WARMUP, (1 - share) / (1 - _WARMUP))
        for group in optimizer.param_groups:
            group["lr"] = lr
        tensors = {name: torch.from_numpy(array) for name, array in batch.items()}
        starts, ends = tensors.pop("start"), tensors.pop("end")
        with torch.autocast("cpu", torch.bfloat16):
            output = compiled(**tensors)
        outside = (tensors["attention_mask"] == 0) | (tensors["token_type_ids"] == 0)
        outside[:, 0] = False
        losses = [
            _loss(torch, logits.float().masked_fill(outside, -1e4), target)
            for logits, target in ((output.start_logits, starts), (output.end_logits, ends))
        ]
        loss: Any = (losses[0] + losses[1]) / 2
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        done += int(np.prod(batch["input_ids"].shape))
        step += 1
        loss_mean += (float(loss.detach()) - loss_mean) / min(step, 50)
        if step % 10 == 0:
            rate = (done - at_start) / (time.time() - started)
            told = {"step": step, "tokens": done, "loss": round(loss_mean, 4), "lr": round(lr, 7)}
            print(json.dumps(told | {"tokens_s": round(rate)}), flush=True)
        if time.time() - last_saved > 240:
            _save(torch, checkpoint, model, optimizer, done, step)
            last_saved = time.time()
    _save(torch, checkpoint, model, optimizer, done, step)
    model.save_pretrained(options.out / "model")
    AutoTokenizer.from_pretrained(options.init).save_pretrained(options.out / "model")


def _loss(torch: Any, logits: Any, places: Any) -> Any:  # noqa: ANN401
    """Cross entropy of the answers' places; of those not known, -1, that it is any place but none, the first."""
    log = torch.log_softmax(logits, dim=-1)
    known = log.gather(1, places.clamp(min=0).unsqueeze(1)).squeeze(1)
    return -torch.where(places < 0, torch.logsumexp(log[:, 1:], dim=-1), known).mean()


def _endless(options: argparse.Namespace, tokenizer: Any, epoch_seed: int) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    """Batches without end, each epoch with new negatives."""
    epoch, embedder = 0, Remembering(load_embedder())
    while True:
        rng = random.Random(f"{options.seed}-{epoch_seed}-{epoch}")
        examples = build_mix(options.data, set(options.hold_aside), rng, options.negatives, embedder, options.relevance)
        made: list[Window] = windows(examples, tokenizer, options.max_tokens, rng)
        none = sum(window.start == 0 for window in made)
        told = {"epoch": epoch, "examples": len(made), "no_answer": none, "tokens": sum(len(w.ids) for w in made)}
        print(json.dumps(told), flush=True)
        yield from batches(made, options.batch_tokens, rng)
        epoch += 1


class Remembering:
    """An embedder that embeds a text once."""

    def __init__(self, embedder: Embedder) -> None:
        self.name = embedder.name
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed n texts."""
        missing = sorted({text for text in texts if text not in self._known}, key=len)
        if missing:
            self._known.update(zip(missing, self._embedder.embed(missing), strict=True))
        return np.stack([self._known[text] for text in texts])


def _save(torch: Any, path: Path, model: Any, optimizer: Any, done: int, step: int) -> None:  # noqa: ANN401
    """Write the checkpoint beside its place and move it there."""
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "done": done, "step": step}
    torch.save(state, path.with_suffix(".new"))
    os.replace(path.with_suffix(".new"), path)


if __name__ == "__main__":
    main()
