"""CTranslate2's model file -> the tensors of openai-whisper, by renaming and splitting alone.

The file, as CTranslate2's converters write it (`ModelSpec._serialize` of version 4; all numbers
little-endian, a string is its length with the closing NUL as u16, its bytes, and the NUL):

    u32 version of the format (6), string name of the specification, u32 its revision, u32 count, then
    `count` times: string name, u8 rank, rank x u32 shape, u8 type, u32 bytes, the bytes;
    u32 count of aliases, then for each: string alias, string name of the tensor it stands for.
"""

import re
import struct
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from transcribe.errors import UnknownModel, WeightsDamaged

Tensors = dict[str, NDArray[Any]]

_FORMAT: Final = 6
_SPECIFICATION: Final = ("WhisperSpec", 3)
_TYPES: Final = {0: "<f4", 1: "<i1", 2: "<i2", 3: "<i4", 4: "<f2"}
_HEAD_WIDTH: Final = 64
"""Every published Whisper has attention heads of this width."""

# What the converters add for CTranslate2's own use and Whisper has no tensor for.
_SETTINGS: Final = re.compile(
    r"(encoder|decoder)/(num_heads|pre_norm|activation|alibi|alignment_heads|alignment_layer|scale_embeddings"
    r"|start_from_zero_embedding)$"
)
_PLACES: Final = {
    "encoder/conv1": "encoder.conv1",
    "encoder/conv2": "encoder.conv2",
    "encoder/layer_norm": "encoder.ln_post",
    "decoder/layer_norm": "decoder.ln",
}
_POSITIONS: Final = {
    "encoder/position_encodings/encodings": "encoder.positional_embedding",
    "decoder/position_encodings/encodings": "decoder.positional_embedding",
    "decoder/embeddings/weight": "decoder.token_embedding.weight",
}
_LAYER: Final = re.compile(r"(encoder|decoder)/layer_(\d+)/(self_attention|attention|ffn)/(\w+)$")
# (block, part) -> the names of the tensors stacked in it, in order.
_BLOCKS: Final = {
    ("self_attention", "layer_norm"): ("attn_ln",),
    ("self_attention", "linear_0"): ("attn.query", "attn.key", "attn.value"),
    ("self_attention", "linear_1"): ("attn.out",),
    ("attention", "layer_norm"): ("cross_attn_ln",),
    ("attention", "linear_0"): ("cross_attn.query",),
    ("attention", "linear_1"): ("cross_attn.key", "cross_attn.value"),
    ("attention", "linear_2"): ("cross_attn.out",),
    ("ffn", "layer_norm"): ("mlp_ln",),
    ("ffn", "linear_0"): ("mlp.0",),
    ("ffn", "linear_1"): ("mlp.2",),
}
_LEAVES: Final = {"weight": "weight", "bias": "bias", "gamma": "weight", "beta": "bias"}


def read_ctranslate2(data: bytes) -> Tensors:
    """The tensors of a Whisper model.bin by name; views into `data`, nothing is copied.

    Raises WeightsDamaged where the file ends too early or goes on too long, UnknownModel where it is
    whole but not a Whisper model of the known layout.
    """
    reader = _Reader(data)
    version = reader.number("I")
    specification = (reader.string(), reader.number("I")) if version == _FORMAT else ("", 0)
    if specification != _SPECIFICATION:
        raise UnknownModel("this model.bin is not a Whisper model in CTranslate2's format 6, revision 3")
    tensors: Tensors = {}
    for _ in range(reader.number("I")):
        name = reader.string()
        shape = tuple(reader.number("I") for _ in range(reader.number("B")))
        kind = _TYPES.get(reader.number("B"))
        if kind is None:
            raise UnknownModel(f"{name} in this model.bin is of a type that is not known here")
        tensors[name] = reader.tensor(shape, np.dtype(kind), reader.number("I"))
    for _ in range(reader.number("I")):
        # The only alias ties the output layer to the embedding, as Whisper does by itself.
        reader.string(), reader.string()
    reader.end()
    return tensors


def to_whisper(tensors: Mapping[str, NDArray[Any]]) -> Tensors:
    """The state dict of `whisper.model.Whisper` as arrays. Raises UnknownModel for tensors it cannot place."""
    state: Tensors = {}
    for name, tensor in tensors.items():
        if name in _POSITIONS:
            state[_POSITIONS[name]] = tensor
        elif not _SETTINGS.match(name):
            state.update(_placed(name, tensor))
    return state


def dimensions(state: Mapping[str, Any]) -> dict[str, int]:
    """The arguments of `whisper.model.ModelDimensions`, from the shapes of a state dict alone."""
    audio_ctx, audio_state = state["encoder.positional_embedding"].shape
    text_ctx, text_state = state["decoder.positional_embedding"].shape
    return {
        "n_mels": state["encoder.conv1.weight"].shape[1],
        "n_audio_ctx": audio_ctx,
        "n_audio_state": audio_state,
        "n_audio_head": audio_state // _HEAD_WIDTH,
        "n_audio_layer": _layers(state, "encoder"),
        "n_vocab": state["decoder.token_embedding.weight"].shape[0],
        "n_text_ctx": text_ctx,
        "n_text_state": text_state,
        "n_text_head": text_state // _HEAD_WIDTH,
        "n_text_layer": _layers(state, "decoder"),
    }


def _layers(state: Mapping[str, Any], half: str) -> int:
    return sum(1 for name in state if re.fullmatch(rf"{half}\.blocks\.\d+\.attn\.query\.weight", name))


def _placed(name: str, tensor: NDArray[Any]) -> Tensors:
    place, _, leaf = name.rpartition("/")
    layer = _LAYER.match(place)
    if place in _PLACES:
        targets: tuple[str, ...] = (_PLACES[place],)
    elif layer and (layer[3], layer[4]) in _BLOCKS:
        targets = tuple(f"{layer[1]}.blocks.{layer[2]}.{part}" for part in _BLOCKS[layer[3], layer[4]])
    else:
        targets = ()
    # Quantized files carry integers and a scale; only floating tensors can be renamed without loss.
    if not targets or leaf not in _LEAVES or tensor.dtype.kind != "f" or len(tensor) % len(targets):
        raise UnknownModel(f"{name} in this model.bin has no place in openai-whisper; use faster-whisper for it")
    placed: Tensors = {}
    for target, piece in zip(targets, np.split(tensor, len(targets)), strict=True):
        if target.endswith(".key") and leaf == "bias":
            # Whisper's key has no bias: the converter filled the gap in the stack with zeros.
            if piece.any():
                raise UnknownModel(f"{name} in this model.bin has a bias for the key, which Whisper has not")
            continue
        placed[f"{target}.{_LEAVES[leaf]}"] = piece
    return placed


class _Reader:
    """Reads forward through the bytes, never past their end."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self._at = 0

    def _take(self, size: int) -> memoryview:
        taken = self._data[self._at : self._at + size]
        if len(taken) < size:
            raise WeightsDamaged("this model.bin ends too early; fetch it again")
        self._at += size
        return taken

    def number(self, code: str) -> int:
        return int(struct.unpack(f"<{code}", self._take(struct.calcsize(f"<{code}")))[0])

    def string(self) -> str:
        return bytes(self._take(self.number("H"))).rstrip(b"\0").decode("utf-8", "replace")

    def tensor(self, shape: tuple[int, ...], kind: np.dtype[Any], size: int) -> NDArray[Any]:
        if size != kind.itemsize * int(np.prod(shape, dtype=np.int64)):
            raise WeightsDamaged("a tensor's size and shape disagree in this model.bin; fetch it again")
        return np.frombuffer(self._take(size), dtype=kind).reshape(shape)

    def end(self) -> None:
        if self._at != len(self._data):
            raise WeightsDamaged("this model.bin goes on after its end; fetch it again")
