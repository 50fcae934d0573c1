"""Layers of a BERT in PyTorch, to be trained, with the names by which review.encoder reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from review.encoder import HEADS, Stored, in_bytes, whole

WIDTH: Final = 384
BATCH: Final = 16
DROPOUT: Final = 0.1
EPSILON: Final = 1e-12

RATE_OF_HEADS: Final = 1e-3
WARM: Final = 0.1
"""The share of the steps in which the rate rises; then it falls to nothing."""

_LINEAR: Final = ("attend", "mix", "inner", "outer")
_NORMAL: Final = ("mixed", "done")


class Layer(nn.Module):
    """One layer.

    :param weights: by name. Matrices are (out, in); `attend` makes query, key and value in one.
    """

    def __init__(self, weights: Mapping[str, Tensor]) -> None:
        super().__init__()
        for name in _LINEAR:
            self.add_module(name, linear(weights[f"{name}.weight"], weights[f"{name}.bias"]))
        for name in _NORMAL:
            self.add_module(name, normal(weights[f"{name}.weight"], weights[f"{name}.bias"]))

    def forward(self, state: Tensor, mask: Tensor) -> Tensor:
        """What it makes of the states (memos, pieces, width); `mask` (memos, pieces) is 1 where there is a piece."""
        memos, length, _ = state.shape
        dropout = DROPOUT if self.training else 0.0
        parts = self.attend(state).view(memos, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(*parts, attn_mask=mask[:, None, None, :] > 0)
        mixed = self.mix(mixed.transpose(1, 2).reshape(memos, length, WIDTH))
        state = self.mixed(state + functional.dropout(mixed, dropout, self.training))
        inner = functional.gelu(self.inner(state), approximate="tanh")
        outer = self.outer(functional.dropout(inner, dropout, self.training))
        done: Tensor = self.done(state + functional.dropout(outer, dropout, self.training))
        return done


def linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    made = nn.Linear(weight.shape[1], weight.shape[0])
    made.load_state_dict({"weight": weight.float(), "bias": bias.float()})
    return made


def normal(weight: Tensor, bias: Tensor) -> nn.LayerNorm:
    made = nn.LayerNorm(WIDTH, EPSILON)
    made.load_state_dict({"weight": weight.float(), "bias": bias.float()})
    return made


def of_base(base: Mapping[str, Tensor], number: int) -> dict[str, Tensor]:
    """A layer's weights, from those of a BERT by the names that it has itself."""
    at = f"encoder.layer.{number}."
    theirs = {
        "mix": "attention.output.dense",
        "mixed": "attention.output.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "done": "output.LayerNorm",
    }
    found = {}
    for kind in ("weight", "bias"):
        parts = [base[f"{at}attention.self.{what}.{kind}"] for what in ("query", "key", "value")]
        found[f"attend.{kind}"] = torch.cat(parts)
        found |= {f"{name}.{kind}": base[f"{at}{their}.{kind}"] for name, their in theirs.items()}
    return found


def of_stored(stored: Stored, number: int) -> dict[str, Tensor]:
    """A layer's weights, from what :func:`stored_of` made of them."""
    at = f"layer.{number}."
    names = [f"{name}.{kind}" for name in (*_LINEAR, *_NORMAL) for kind in ("weight", "bias")]
    return {name: torch.from_numpy(_floats(stored, f"{at}{name}")) for name in names}


def _floats(stored: Stored, name: str) -> NDArray[np.float32]:
    return whole(stored, name) if f"{name}.scale" in stored else stored[name].astype(np.float32)


def stored_of(state: Mapping[str, Tensor]) -> dict[str, NDArray[np.generic]]:
    """Weights as review.encoder reads them: matrices in bytes, with a scale for each row; what is added to a state, or
    scales it, in half precision."""
    stored: dict[str, NDArray[np.generic]] = {}
    for name, each in state.items():
        if each.dim() == 2 and name != "places":
            stored[name], stored[f"{name}.scale"] = in_bytes(each.numpy())
        else:
            stored[name] = each.numpy().astype(np.float16)
    return stored


class Descent:
    """AdamW over all weights of `net`, those of its heads faster; the rate rises, then falls to nothing."""

    def __init__(self, net: nn.Module, steps: int, rate: float) -> None:
        heads = [weights for name, weights in net.named_parameters() if name.startswith("head")]
        others = [weights for name, weights in net.named_parameters() if not name.startswith("head")]
        groups = [{"params": others, "lr": rate}, {"params": heads, "lr": RATE_OF_HEADS}]
        self._net = net
        self._optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
        self._rate = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer,
            lambda step: min((step + 1) / (WARM * steps + 1), max(0.0, (steps - step) / ((1 - WARM) * steps))),
        )

    def step(self, loss: Tensor) -> None:
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._net.parameters(), 1.0)
        self._optimizer.step()
        self._rate.step()


def together(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Pieces and mask of several memos, filled up to a multiple of 8: each new shape costs a new kernel."""
    length = -(-max(map(len, rows)) // 8) * 8
    pieces = torch.zeros(len(rows), length, dtype=torch.long)
    mask = torch.zeros(len(rows), length)
    for number, row in enumerate(rows):
        pieces[number, : len(row)] = torch.tensor(row)
        mask[number, : len(row)] = 1
    return pieces, mask
