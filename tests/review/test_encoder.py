"""The encoder gives a memo the scores that it was trained to give, without the library that trained it."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load
from safetensors.torch import save_file

from benchmarks.train_encoder import LAYERS, TEMPERATURE, WIDTH, Reader, write
from memos.outcomes import Outcome
from review.encoder import Encoder, begin, encoder, in_bytes, whole
from review.word_pieces import SPECIAL

MEMO = "Rang Otto about the vans, his sister picked up. He is in Graz until Thursday."


def a_base(folder: Path) -> None:
    """What a base model's folder holds, with weights of any value."""
    made = torch.Generator().manual_seed(3)
    pieces = [*SPECIAL, *"abcdefghijklmnopqrstuvwxyz.,", *(f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")]
    shapes = {
        "embeddings.word_embeddings.weight": (len(pieces), WIDTH),
        "embeddings.position_embeddings.weight": (512, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
    }
    layers = {f"encoder.layer.{layer}." for layer in range(LAYERS + 1)}
    for at in layers:
        for name in ("query", "key", "value"):
            shapes[f"{at}attention.self.{name}.weight"] = (WIDTH, WIDTH)
        shapes[f"{at}attention.output.dense.weight"] = (WIDTH, WIDTH)
        shapes[f"{at}intermediate.dense.weight"] = (4 * WIDTH, WIDTH)
        shapes[f"{at}output.dense.weight"] = (WIDTH, 4 * WIDTH)
    base = {name: 0.1 * torch.randn(shape, generator=made) for name, shape in shapes.items()}
    base |= {
        name.replace("weight", "bias"): 0.1 * torch.randn(shape[0], generator=made)
        for name, shape in shapes.items()
        if name.startswith("encoder")
    }
    normals = ["embeddings.LayerNorm"]
    normals += [f"{at}{name}" for at in layers for name in ("attention.output.LayerNorm", "output.LayerNorm")]
    for name in normals:
        base[f"{name}.weight"] = 1 + 0.1 * torch.randn(WIDTH, generator=made)
        base[f"{name}.bias"] = 0.1 * torch.randn(WIDTH, generator=made)
    save_file(base, folder / "model.safetensors")
    (folder / "vocab.txt").write_text("\n".join(pieces) + "\n", "utf-8")


def test_what_was_trained_is_written_and_gives_the_same_scores_without_pytorch(tmp_path: Path) -> None:
    a_base(tmp_path)
    rows = [
        (Outcome.GATEKEEPER, MEMO),
        (Outcome.REACHED, "Spoke to Ada. She wants two."),
        (Outcome.NO_CALL, "A note"),
    ] * 8
    reader = Reader([text for _, text in rows], tmp_path)
    before = reader.scores([MEMO])
    reader.train(rows, 1, epochs=2)
    trained = reader.scores([MEMO, "note"])
    assert np.abs(trained[0] - before[0]).max() > 0.1
    write(reader, tmp_path / "weights", tmp_path / "pieces.txt")
    read = Encoder(load((tmp_path / "weights").read_bytes()), (tmp_path / "pieces.txt").read_text("utf-8").splitlines())
    for scores, text in zip(trained, (MEMO, "note"), strict=True):
        assert read.scores(read.begin(text)) * TEMPERATURE == pytest.approx(scores, abs=0.2)  # of some five


def test_a_matrix_in_bytes_is_off_by_half_a_step_at_most() -> None:
    matrix = np.random.default_rng(1).normal(size=(5, 7)).astype(np.float32)
    matrix[3] = 0
    matrix[4] *= 1000
    stored, scale = in_bytes(matrix)
    off = np.abs(whole({"a": stored, "a.scale": scale}, "a") - matrix)
    assert (off <= np.abs(matrix).max(axis=1, keepdims=True) / 127 * 0.501).all()


def test_the_shipped_one_has_a_score_for_each_outcome_and_gives_the_same_again() -> None:
    scores = encoder().scores(begin(MEMO))
    assert scores.shape == (len(Outcome),)
    assert (scores == encoder().scores(begin(MEMO))).all()
    assert encoder() is encoder()


@pytest.mark.parametrize("text", ["", "?", "\ufdd0", "a " * 5000, "x" * 10_000])
def test_it_reads_whatever_is_given_to_it(text: str) -> None:
    assert np.isfinite(encoder().scores(begin(text))).all()


def test_of_a_long_memo_the_begin_is_read() -> None:
    long = MEMO + " And so on." * 200
    assert (encoder().scores(begin(long)) == encoder().scores(begin(long + " He was at home."))).all()


def test_pytorch_is_not_loaded_for_it() -> None:
    code = f"from review.outcome import read_outcome; read_outcome({MEMO!r}); import sys; print('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
