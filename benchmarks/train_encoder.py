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

from benchmarks.bert import BATCH, DROPOUT, WIDTH, Descent, Layer, normal, of_base, stored_of, together
from benchmarks.train_outcomes import NEUTRAL, OUTCOMES, ROOT, Labelled, by_words, fit, hands_of, judge, without
from memos.outcomes import Outcome
from review.encoder import VOCABULARY, WEIGHTS
from review.outcome import agreed
from review.word_pieces import SPECIAL, pieces_of

LAYERS: Final = 4
PIECES: Final = 7000
"""Pieces that are kept: single characters, what is in two memos or more, and the most frequent of English."""

MOST: Final = 256
"""Pieces of a memo that are read."""

EPOCHS: Final = 4
RATE: Final = 1.5e-4
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
    counts = Counter(number for text in texts for number in set(pieces_of(text, numbers, MOST)[0]))
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
        self.words = nn.Parameter(base["embeddings.word_embeddings.weight"].float()[list(rows)])
        places = (
            base["embeddings.position_embeddings.weight"][:MOST] + base["embeddings.token_type_embeddings.weight"][0]
        )
        self.places = nn.Parameter(places.float())
        self.first = normal(base["embeddings.LayerNorm.weight"], base["embeddings.LayerNorm.bias"])
        self.layer = nn.ModuleList(Layer(of_base(base, number)) for number in range(LAYERS))
        self.head = nn.Linear(WIDTH, len(OUTCOMES))

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """Scores (memos, outcomes) of `pieces` (memos, pieces); `mask` is 1 where there is a piece."""
        dropout = DROPOUT if self.training else 0.0
        state = functional.embedding(pieces, self.words) + self.places[: pieces.shape[1]]
        state = functional.dropout(self.first(state), dropout, self.training)
        for layer in self.layer:
            state = layer(state, mask)
        mean = (state.float() * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return SCALE * self.head(mean)


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
        descent = Descent(self.encoder, steps, RATE)
        self.encoder.train()
        for _ in range(epochs):
            for batch in self._batches(rows, chance):
                pieces, mask = together([each for _, each in batch])
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    scores = self.encoder(pieces, mask)
                wanted = torch.tensor([outcome for outcome, _ in batch])
                loss = functional.cross_entropy(scores.float(), wanted)
                descent.step(loss)

    def _batches(self, rows: Sequence[tuple[int, str]], chance: random.Random) -> Iterator[list[tuple[int, list[int]]]]:
        """An epoch, in batches of memos about as long as each other, in any order."""
        neutral = NEUTRAL.read_text("utf-8").splitlines()
        cut = []
        for outcome, text in rows:
            sentence = chance.choice(neutral) if chance.random() < LENGTHENED else ""
            longer = f"{sentence} {text}" if chance.random() < 0.4 else f"{text} {sentence}"
            cut.append((outcome, pieces_of(longer.strip(), self.numbers, MOST)[0]))
        cut.sort(key=lambda row: len(row[1]) + 8 * chance.random())
        batches = [cut[begin : begin + BATCH] for begin in range(0, len(cut), BATCH)]
        chance.shuffle(batches)
        return iter(batches)

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """The scores of each outcome (columns) for each text (rows)."""
        self.encoder.eval()
        with torch.no_grad():
            rows = [self.encoder(*together([pieces_of(text, self.numbers, MOST)[0]])) for text in texts]
        return torch.cat(rows).numpy()


def write(reader: Reader, weights: Path, vocabulary: Path) -> None:
    """The encoder as review.encoder reads it: matrices in bytes, the scores divided by the temperature."""
    state = reader.encoder.state_dict()
    for name in ("head.weight", "head.bias"):
        state[name] = state[name] * SCALE / TEMPERATURE
    weights.write_bytes(save(stored_of(state)))
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
