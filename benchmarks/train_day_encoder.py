"""Trains the layers that tell what a memo as a whole says of its days, on the labelled memos of tests/data/next_call.

    python -m benchmarks.train_day_encoder --scores FILE            what they say of hands that they have not seen
    python -m benchmarks.train_day_encoder --scores FILE --write    the same, and the weights that are shipped

They begin as the upper layers of the encoder that is shipped (benchmarks/train_encoder.py), and stand over its lower
ones: when that one is trained anew, so must they be. FILE is for benchmarks/train_next_call.py, which weighs what they
say beside all else: the memos are cut into parts, a hand in one part, and each part is read by layers that were trained
on the others. Needs PyTorch, of which one thread is used for each part, so that the result is the same each time.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from itertools import repeat
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load, save
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.bert import BATCH, WIDTH, Descent, Layer, of_stored, stored_of
from benchmarks.day_scores import parts_of, write_scores
from benchmarks.next_call import OWN, Item, own_memos, own_sentences
from benchmarks.train_next_call import PACKAGE, SENTENCES, right_days
from review.encoder import SHARED, Layers, begin
from review.encoder import WEIGHTS as OF_THE_ENCODER
from review.next_call import _read_memo
from review.next_call.day_encoder import WEIGHTS, Scores, pieces_at, scores_by
from review.next_call.day_features import candidates
from review.word_pieces import Place

EPOCHS: Final = 2
RATE: Final = 2e-4
SCALE: Final = 3.0
"""What the heads' scores are multiplied with, so that they learn as fast as the layers."""

OURS: Final = 3
"""Of the project's own memos, which are alike, one of so many is learnt from."""


@dataclass(frozen=True)
class Dates:
    """A memo: where its days lie in it, the days that the words of each may mean, and the right ones."""

    text: str
    places: Sequence[Place]
    days: Sequence[frozenset[date]]
    rights: frozenset[date | None]


@dataclass(frozen=True)
class Row:
    """A memo to learn from: its states (pieces, width); the pieces of each day, and whether it is right."""

    states: NDArray[np.float32]
    days: Sequence[tuple[list[int], bool]]
    none: bool


def dates_of(item: Item) -> Dates:
    memo = _read_memo(item.text, datetime.fromisoformat(item.spoken_at), item.locale)
    found: dict[Place, set[date]] = {}
    for one in candidates(memo, lambda _, places: [*repeat(None, len(places)), 0.0]):
        if one.dated is not None and one.value is not None:
            found.setdefault(memo.place(one.dated), set()).add(one.value)
    return Dates(memo.text, list(found), [frozenset(days) for days in found.values()], right_days(item))


def row_of(dates: Dates) -> Row | None:
    """None where nothing is to be learnt from it: it names no day, or not the right one."""
    begun = begin(dates.text)
    found = [pieces_at(place, begun.places) for place in dates.places]
    days = [(pieces, bool(days & dates.rights)) for pieces, days in zip(found, dates.days, strict=True) if pieces]
    none = None in dates.rights
    return Row(begun.states, days, none) if days and (none or any(right for _, right in days)) else None


class Days(nn.Module):
    """The layers, and a score for a day from the mean of its pieces, for none from that of all."""

    def __init__(self) -> None:
        super().__init__()
        stored = load(files("review").joinpath(OF_THE_ENCODER).read_bytes())
        count = sum(name.endswith(".mix.weight") for name in stored)
        self.layer = nn.ModuleDict({str(at): Layer(of_stored(stored, at)) for at in range(SHARED, count)})
        self.head = nn.ModuleDict({name: nn.Linear(WIDTH, 1) for name in ("day", "none")})

    def forward(self, rows: Sequence[Row]) -> list[tuple[Tensor, Tensor]]:
        """For each memo the scores of its days (days,) and that of none (1,)."""
        lengths = [len(row.states) for row in rows]
        state = torch.zeros(len(rows), -(-max(lengths) // 8) * 8, WIDTH)  # each new shape costs a new kernel
        mask = torch.zeros(state.shape[:2])
        for number, (row, length) in enumerate(zip(rows, lengths, strict=True)):
            state[number, :length] = torch.from_numpy(row.states)
            mask[number, :length] = 1
        with torch.autocast("cpu", dtype=torch.bfloat16):
            for layer in self.layer.values():
                state = layer(state, mask)
        found = []
        for row, memo, length in zip(rows, state.float(), lengths, strict=True):
            days = torch.stack([memo[pieces].mean(0) for pieces, _ in row.days])
            found.append((SCALE * self.head["day"](days)[:, 0], SCALE * self.head["none"](memo[:length].mean(0))))
        return found

    def stored(self) -> dict[str, NDArray[np.generic]]:
        """The weights as review.encoder reads them."""
        state = {name: each * SCALE if name.startswith("head") else each for name, each in self.state_dict().items()}
        return stored_of(state)


def trained(memos: Sequence[Dates]) -> dict[str, NDArray[np.generic]]:
    """The weights that were learnt from `memos`."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    chance = random.Random(0)
    rows = [row for memo in memos if (row := row_of(memo)) is not None]
    net = Days()
    descent = Descent(net, EPOCHS * -(-len(rows) // BATCH), RATE)
    net.train()
    for _ in range(EPOCHS):
        for batch in _batches(rows, chance):
            losses = [_loss(row, *scores) for row, scores in zip(batch, net(batch), strict=True)]
            descent.step(torch.stack(losses).mean())
    return net.stored()


def _batches(rows: Sequence[Row], chance: random.Random) -> Iterator[list[Row]]:
    """An epoch, in batches of memos about as long as each other, in any order."""
    order = sorted(rows, key=lambda row: len(row.states) + 8 * chance.random())
    batches = [order[begin : begin + BATCH] for begin in range(0, len(order), BATCH)]
    chance.shuffle(batches)
    return iter(batches)


def _loss(row: Row, days: Tensor, none: Tensor) -> Tensor:
    """That the right ones, taken together, are probable."""
    shares = functional.log_softmax(torch.cat([days, none]), 0)
    return -torch.logsumexp(shares[torch.tensor([*(right for _, right in row.days), row.none])], 0)


def read(weights: dict[str, NDArray[np.generic]], memos: Sequence[Dates]) -> list[Scores]:
    layers = Layers(weights)
    return [scores_by(layers, begin(memo.text), memo.places) if memo.places else [0.0] for memo in memos]


def learnt_from(names: Sequence[str], hands: Sequence[Sequence[Dates]], but: Sequence[int] = ()) -> list[Dates]:
    """The memos of all hands `but` these; not all of the project's own."""
    kept = [(name, memos) for at, (name, memos) in enumerate(zip(names, hands, strict=True)) if at not in but]
    of_all = [memo for name, memos in kept if _is_learnt_whole(name) for memo in memos]
    return of_all + [memo for name, memos in kept if not _is_learnt_whole(name) for memo in memos[::OURS]]


def _is_learnt_whole(name: str) -> bool:
    return name.startswith("stranger") or name == SENTENCES


def share_right(hands: Sequence[Dates], scored: Sequence[Scores]) -> float:
    """Of the memos with a day: how often the most probable is right."""
    right = []
    for memo, found in zip(hands, scored, strict=True):
        if memo.places:
            best = max(range(len(found)), key=lambda at: -np.inf if found[at] is None else found[at])
            right.append(None in memo.rights if best == len(memo.days) else bool(memo.days[best] & memo.rights))
    return sum(right) / max(len(right), 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scores", type=Path, required=True, metavar="FILE", help="where to write what they say")
    parser.add_argument("--write", action="store_true", help="write the weights")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    named = {path.stem: list(own_memos(path.stem)) for path in sorted(OWN.glob("*.jsonl"))} | {
        SENTENCES: list(own_sentences())
    }
    names, hands = list(named), [[dates_of(item) for item in items] for items in named.values()]
    parts = parts_of([len(memos) for memos in hands])
    sets = [learnt_from(names, hands, part) for part in parts]
    sets += [learnt_from(names, hands)] if arguments.write else []
    with ProcessPoolExecutor(arguments.processes, multiprocessing.get_context("spawn")) as pool:
        made = list(pool.map(trained, sets))
    rows: dict[str, tuple[str, Sequence[Place], Scores]] = {}
    for part, weights in zip(parts, made, strict=False):
        for at in part:
            found = read(weights, hands[at])
            rows |= {memo.text: (memo.text, memo.places, each) for memo, each in zip(hands[at], found, strict=True)}
            print(names[at], len(hands[at]), f"{share_right(hands[at], found):.1%}", flush=True)
    write_scores(arguments.scores, rows.values())
    if arguments.write:
        (PACKAGE / WEIGHTS).write_bytes(save(made[-1]))


if __name__ == "__main__":
    main()
