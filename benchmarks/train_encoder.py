"""Trains the encoder that tells what became of a call, on the labelled memos of tests/data/outcomes.

    python -m benchmarks.train_encoder --base DIR --leave-out stranger-8 stranger-9
    python -m benchmarks.train_encoder --base DIR --write

The first says how hands are read that it has not seen, the second writes what is shipped. DIR holds model.safetensors
and vocab.txt of all-MiniLM-L6-v2 (docs/outcomes.md says where they come from). Its first layers are kept, and of its
vocabulary the pieces that memos need; all weights are trained on. Needs PyTorch, of which one thread is used for each
seed, so that the result is the same each time.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice, repeat
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.train_outcomes import NEUTRAL, OUTCOMES, ROOT, Labelled, by_words, fit, hands_of, judge, without
from memos.outcomes import Outcome
from review.encoder import HEADS, VOCABULARY, WEIGHTS, in_bytes
from review.outcome import agreed
from review.word_pieces import SPECIAL, pieces_of

LAYERS: Final = 4
WIDTH: Final = 384
PIECES: Final = 7000
"""Pieces that are kept: single characters, what is in two memos or more, and the most frequent of English."""

MOST: Final = 256
"""Pieces of a memo that are read."""

EPOCHS: Final = 4
BATCH: Final = 16
RATE: Final = 1.5e-4
RATE_OF_HEAD: Final = 1e-3
WARM: Final = 0.1
"""The share of the steps in which the rate rises; then it falls to nothing."""

DROPOUT: Final = 0.1
LENGTHENED: Final = 0.35
"""The share of the memos that get a sentence more, in each epoch, that says nothing of the call."""

SEEDS: Final = (0, 1)

TEMPERATURE: Final = 2.2
"""What the scores are divided by: on hands that were left out it makes them as sure as they are right."""

EVEN: Final = dict.fromkeys(Outcome, 1.0)
"""What the model of the words says where it has no say."""

SCALE: Final = 3.0
"""What the head's scores are multiplied with, so that it learns as fast as the layers."""


def vocabulary_of(texts: Sequence[str], pieces: Sequence[str]) -> list[str]:
    """Which of the base's `pieces` to keep, in its order: single characters first, then by how frequent they are."""
    numbers = {piece: number for number, piece in enumerate(pieces)}
    counts = Counter(number for text in texts for number in set(pieces_of(text, numbers, MOST)))
    keep = {numbers[piece] for piece in SPECIAL}
    keep |= {number for number, piece in enumerate(pieces) if len(piece.removeprefix("##")) == 1 and piece.isascii()}
    keep |= {number for number, count in counts.items() if count > 1}
    others = (
        number
        for number, piece in enumerate(pieces)
        if number not in keep and len(piece) > 1 and piece.isascii() and piece.isalpha()
    )
    keep.update(list(islice(others, max(PIECES - len(keep), 0))))
    return [pieces[number] for number in sorted(keep)]


class Encoder(nn.Module):
    """The first layers of BERT, and a score for each outcome from the mean of all pieces.

    :param base: its weights by name, shapes as in BERT; matrices are (out, in).
    """

    def __init__(self, base: dict[str, Tensor], rows: Sequence[int]) -> None:
        super().__init__()
        names = [name for name in base if name.startswith("encoder.layer.") and int(name.split(".")[2]) < LAYERS]
        kept = {name: base[name].float() for name in names}
        kept["words"] = base["embeddings.word_embeddings.weight"].float()[list(rows)]
        kept["places"] = (
            base["embeddings.position_embeddings.weight"][:MOST] + base["embeddings.token_type_embeddings.weight"][0]
        ).float()
        kept["first.weight"] = base["embeddings.LayerNorm.weight"].float()
        kept["first.bias"] = base["embeddings.LayerNorm.bias"].float()
        self.weights = nn.ParameterDict({_key(name): nn.Parameter(weight.clone()) for name, weight in kept.items()})
        self.head = nn.Linear(WIDTH, len(OUTCOMES))

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """Scores (memos, outcomes) of `pieces` (memos, pieces); `mask` is 1 where there is a piece."""
        memos, length = pieces.shape
        dropout = DROPOUT if self.training else 0.0
        state = functional.embedding(pieces, self._of("words")) + self._of("places")[:length]
        state = functional.dropout(self._normal(state, "first"), dropout, self.training)
        seen = mask[:, None, None, :] > 0
        for layer in range(LAYERS):
            at = f"encoder.layer.{layer}."
            parts = [
                self._linear(state, f"{at}attention.self.{what}")
                .view(memos, length, HEADS, WIDTH // HEADS)
                .transpose(1, 2)
                for what in ("query", "key", "value")
            ]
            mixed = functional.scaled_dot_product_attention(*parts, attn_mask=seen)
            mixed = self._linear(mixed.transpose(1, 2).reshape(memos, length, WIDTH), f"{at}attention.output.dense")
            mixed = functional.dropout(mixed, dropout, self.training)
            state = self._normal(state + mixed, f"{at}attention.output.LayerNorm")
            inner = functional.gelu(self._linear(state, f"{at}intermediate.dense"), approximate="tanh")
            inner = functional.dropout(self._linear(inner, f"{at}output.dense"), dropout, self.training)
            state = self._normal(state + inner, f"{at}output.LayerNorm")
        mean = (state.float() * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return SCALE * self.head(mean)

    def _of(self, name: str) -> Tensor:
        return self.weights[_key(name)]

    def _linear(self, state: Tensor, name: str) -> Tensor:
        return functional.linear(state, self._of(f"{name}.weight"), self._of(f"{name}.bias"))

    def _normal(self, state: Tensor, name: str) -> Tensor:
        return functional.layer_norm(state, (WIDTH,), self._of(f"{name}.weight"), self._of(f"{name}.bias"), 1e-12)


def _key(name: str) -> str:
    return name.replace(".", "|")  # a ParameterDict takes no dots


class Reader:
    """An encoder with its vocabulary."""

    def __init__(self, texts: Sequence[str], base: Path) -> None:
        torch.manual_seed(0)  # whatever the order of the memos, they are learnt from the same begin
        pieces = (base / "vocab.txt").read_text("utf-8").splitlines()
        self.vocabulary = vocabulary_of(texts, pieces)
        self.numbers = {piece: number for number, piece in enumerate(self.vocabulary)}
        rows = {piece: number for number, piece in enumerate(pieces)}
        self.encoder = Encoder(load_file(base / "model.safetensors"), [rows[piece] for piece in self.vocabulary])

    def train(self, memos: Sequence[Labelled], seed: int, epochs: int = EPOCHS) -> None:
        """Trains all weights on `memos`, in an order that comes of `seed`."""
        torch.manual_seed(seed)
        chance = random.Random(seed)
        rows = [(OUTCOMES.index(outcome), text) for outcome, text in memos]
        steps = epochs * -(-len(rows) // BATCH)
        layers = list(self.encoder.weights.parameters())
        groups = [{"params": layers, "lr": RATE}, {"params": self.encoder.head.parameters(), "lr": RATE_OF_HEAD}]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
        rate = torch.optim.lr_scheduler.LambdaLR(
            optimizer,
            lambda step: min((step + 1) / (WARM * steps + 1), max(0.0, (steps - step) / ((1 - WARM) * steps))),
        )
        self.encoder.train()
        for _ in range(epochs):
            for batch in self._batches(rows, chance):
                pieces, mask = _together([each for _, each in batch])
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    scores = self.encoder(pieces, mask)
                wanted = torch.tensor([outcome for outcome, _ in batch])
                loss = functional.cross_entropy(scores.float(), wanted)
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(self.encoder.parameters(), 1.0)
                optimizer.step()
                rate.step()

    def _batches(self, rows: Sequence[tuple[int, str]], chance: random.Random) -> Iterator[list[tuple[int, list[int]]]]:
        """An epoch, in batches of memos about as long as each other, in any order."""
        neutral = NEUTRAL.read_text("utf-8").splitlines()
        cut = []
        for outcome, text in rows:
            sentence = chance.choice(neutral) if chance.random() < LENGTHENED else ""
            longer = f"{sentence} {text}" if chance.random() < 0.4 else f"{text} {sentence}"
            cut.append((outcome, pieces_of(longer.strip(), self.numbers, MOST)))
        cut.sort(key=lambda row: len(row[1]) + 8 * chance.random())
        batches = [cut[begin : begin + BATCH] for begin in range(0, len(cut), BATCH)]
        chance.shuffle(batches)
        return iter(batches)

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """The scores of each outcome (columns) for each text (rows)."""
        self.encoder.eval()
        with torch.no_grad():
            rows = [self.encoder(*_together([pieces_of(text, self.numbers, MOST)])) for text in texts]
        return torch.cat(rows).numpy()


def _together(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Pieces and mask of several memos, filled up to a multiple of 8: each new shape costs a new kernel."""
    length = -(-max(map(len, rows)) // 8) * 8
    pieces = torch.zeros(len(rows), length, dtype=torch.long)
    mask = torch.zeros(len(rows), length)
    for number, row in enumerate(rows):
        pieces[number, : len(row)] = torch.tensor(row)
        mask[number, : len(row)] = 1
    return pieces, mask


def write(reader: Reader, weights: Path, vocabulary: Path) -> None:
    """The encoder as review.encoder reads it: matrices in bytes, the scores divided by the temperature."""
    state = {
        name.removeprefix("weights.").replace("|", "."): each for name, each in reader.encoder.state_dict().items()
    }
    matrices: dict[str, Tensor] = {"words": state["words"], "head.weight": state["head.weight"] * SCALE / TEMPERATURE}
    rest: dict[str, Tensor] = {
        "places": state["places"],
        "head.bias": state["head.bias"] * SCALE / TEMPERATURE,
        "first.weight": state["first.weight"],
        "first.bias": state["first.bias"],
    }
    for layer in range(LAYERS):
        old, new = f"encoder.layer.{layer}.", f"layer.{layer}."
        for kind, to in (("weight", matrices), ("bias", rest)):
            parts = [state[f"{old}attention.self.{what}.{kind}"] for what in ("query", "key", "value")]
            to[f"{new}attend.{kind}"] = torch.cat(parts)
            for theirs, ours in (
                ("attention.output.dense", "mix"),
                ("intermediate.dense", "inner"),
                ("output.dense", "outer"),
            ):
                to[f"{new}{ours}.{kind}"] = state[f"{old}{theirs}.{kind}"]
            for theirs, ours in (("attention.output.LayerNorm", "mixed"), ("output.LayerNorm", "done")):
                rest[f"{new}{ours}.{kind}"] = state[f"{old}{theirs}.{kind}"]
    stored = {name: each.numpy().astype(np.float16) for name, each in rest.items()}
    for name, each in matrices.items():
        stored[name], stored[f"{name}.scale"] = in_bytes(each.numpy())
    weights.write_bytes(save(stored))
    vocabulary.write_text("\n".join(reader.vocabulary) + "\n", "utf-8")


def trained(memos: Sequence[Labelled], base: Path, seeds: Sequence[int]) -> Reader:
    """An encoder trained on `memos`: the mean of the weights that each of `seeds` leads to, in a process each."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(len(seeds), context) as pool:
        found = list(pool.map(_weights_of, repeat(memos), repeat(base), seeds))
    reader = Reader([text for _, text in memos], base)
    mean = {name: np.mean([each[name] for each in found], axis=0) for name in found[0]}
    reader.encoder.load_state_dict({name: torch.from_numpy(each) for name, each in mean.items()})
    return reader


def _weights_of(memos: Sequence[Labelled], base: Path, seed: int) -> dict[str, NDArray[np.float32]]:
    """What a training from one seed leads to."""
    torch.set_num_threads(1)
    reader = Reader([text for _, text in memos], base)
    reader.train(memos, seed)
    return {name: each.numpy() for name, each in reader.encoder.state_dict().items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True, help="the folder of all-MiniLM-L6-v2")
    parser.add_argument("--leave-out", nargs="+", default=[], help="hands that it is judged by, and not trained on")
    parser.add_argument("--write", action="store_true", help="write the weights")
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS, help="the weights of these are averaged")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    hands = hands_of()
    rest = without(arguments.leave_out, hands)
    reader = trained(rest, arguments.base, arguments.seeds)
    for name in arguments.leave_out:
        memos, words = hands[name], by_words(hands[name], fit(rest))
        scores = reader.scores([text for _, text in memos]) / TEMPERATURE
        alone = [agreed(EVEN, 1.5 * row) for row in scores]
        both = [agreed(by, row) for by, row in zip(words, scores, strict=True)]
        for what, probable in (("words", words), ("encoder", alone), ("both", both)):
            print(name, len(memos), what, judge(memos, probable), flush=True)
    if arguments.write:
        write(reader, ROOT / "review" / WEIGHTS, ROOT / "review" / VOCABULARY)


if __name__ == "__main__":
    main()
