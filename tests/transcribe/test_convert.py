import struct
from typing import Any

import numpy as np
import pytest

from transcribe.catalogue import CONVERSIONS
from transcribe.convert import dimensions, read_ctranslate2, to_whisper
from transcribe.errors import UnknownModel, WeightsDamaged
from transcribe.packages import installed_file


@pytest.fixture(scope="module")
def tiny() -> bytes:
    path = installed_file(*CONVERSIONS["tiny.en"].parts[0])
    assert path is not None
    return path.read_bytes()


def model_file(tensors: dict[str, np.ndarray[Any, Any]], *, name: str = "WhisperSpec", revision: int = 3) -> bytes:
    def text(value: str) -> bytes:
        return struct.pack("<H", len(value) + 1) + value.encode() + b"\0"

    kinds = {"float32": 0, "int8": 1, "float16": 4}
    out = struct.pack("<I", 6) + text(name) + struct.pack("<II", revision, len(tensors))
    for key, value in tensors.items():
        out += text(key) + struct.pack(f"<B{value.ndim}I", value.ndim, *value.shape)
        out += struct.pack("<BI", kinds[value.dtype.name], value.nbytes) + value.tobytes()
    return out + struct.pack("<I", 1) + text("decoder/projection/weight") + text("decoder/embeddings/weight")


def test_every_tensor_has_its_place_and_whisper_accepts_them_strictly(tiny: bytes) -> None:
    import torch
    from whisper.model import ModelDimensions, Whisper

    state = to_whisper(read_ctranslate2(tiny))
    sizes = dimensions(state)
    assert sizes["n_vocab"] == 51864  # English only.
    assert (sizes["n_mels"], sizes["n_audio_ctx"], sizes["n_text_ctx"], sizes["n_audio_head"]) == (80, 1500, 448, 6)
    tensors = {name: torch.from_numpy(tensor.copy()) for name, tensor in state.items()}
    Whisper(ModelDimensions(**sizes)).load_state_dict(tensors, strict=True)


def test_the_encoders_positions_are_whispers_sinusoids(tiny: bytes) -> None:
    from whisper.model import sinusoids

    found = to_whisper(read_ctranslate2(tiny))["encoder.positional_embedding"]
    assert np.allclose(found, sinusoids(1500, 384).numpy(), atol=1e-3)


def test_a_stack_is_split_into_query_key_and_value_in_this_order() -> None:
    stack = np.repeat(np.arange(3, dtype=np.float16), 2)[:, None] * np.ones(4, dtype=np.float16)
    bias = np.array([1, 1, 0, 0, 3, 3], dtype=np.float16)
    place = "decoder/layer_5/self_attention/linear_0"
    state = to_whisper(read_ctranslate2(model_file({f"{place}/weight": stack, f"{place}/bias": bias})))
    assert {name: float(tensor.flat[0]) for name, tensor in state.items()} == {
        "decoder.blocks.5.attn.query.weight": 0.0,
        "decoder.blocks.5.attn.key.weight": 1.0,
        "decoder.blocks.5.attn.value.weight": 2.0,
        "decoder.blocks.5.attn.query.bias": 1.0,
        "decoder.blocks.5.attn.value.bias": 3.0,
    }


@pytest.mark.parametrize(
    ("tensors", "header"),
    [
        ({}, {"name": "TransformerSpec"}),
        ({}, {"revision": 4}),
        ({"encoder/unheard_of/weight": np.ones(2, dtype=np.float16)}, {}),
        ({"decoder/layer_0/attention/linear_0/weight": np.ones((2, 2), dtype=np.int8)}, {}),
        ({"decoder/layer_0/self_attention/linear_0/bias": np.ones(6, dtype=np.float16)}, {}),
        ({"decoder/layer_0/self_attention/linear_0/bias": np.zeros(7, dtype=np.float16)}, {}),
    ],
)
def test_a_model_that_cannot_be_renamed_without_loss_is_refused(tensors: Any, header: Any) -> None:
    with pytest.raises(UnknownModel):
        to_whisper(read_ctranslate2(model_file(tensors, **header)))


def test_a_file_that_is_cut_off_anywhere_or_too_long_is_damaged() -> None:
    data = model_file({"encoder/conv1/bias": np.ones(3, dtype=np.float32)})
    for length in range(4, len(data)):
        with pytest.raises((WeightsDamaged, UnknownModel)):
            read_ctranslate2(data[:length])
    with pytest.raises(WeightsDamaged, match="goes on"):
        read_ctranslate2(data + b"\0")
