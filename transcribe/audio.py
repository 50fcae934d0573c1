"""Sound from disk, as the engines want it: 16 kHz, one channel."""

import wave
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from transcribe.errors import UnreadableSound

SAMPLE_RATE: Final = 16_000
"""Samples per second; Whisper and Silero both know no other."""
_SAMPLE_BYTES: Final = 2
_RAW_SUFFIXES: Final = (".pcm", ".part")


def read_pcm(path: Path, start: int = 0, end: int | None = None) -> NDArray[np.int16]:
    """Samples `start` to `end` (exclusive; None for the end of the file), shape (samples,).

    A name that ends in .pcm or .part is raw little-endian samples, and may still be growing: what is
    there now is read, and a half-written last sample is left out. All else must be a WAV of 16 kHz,
    mono, 16 bits; UnreadableSound otherwise. A range beyond the end is cut to what is there.
    """
    if start < 0 or (end is not None and end < start):
        raise UnreadableSound(f"no such range of samples in {path.name}: {start} to {end}")
    count = -1 if end is None else end - start
    try:
        data = _read_raw(path, start, count) if path.suffix in _RAW_SUFFIXES else _read_wav(path, start, count)
    except FileNotFoundError:
        raise UnreadableSound(f"no such sound: {path}") from None
    except (OSError, EOFError, wave.Error) as error:
        raise UnreadableSound(
            f"cannot read {path.name}: {error or 'it ends too early'}; it is left as it is"
        ) from error
    whole = len(data) - len(data) % _SAMPLE_BYTES
    return np.frombuffer(data[:whole], dtype="<i2").astype(np.int16, copy=False)


def to_float(pcm: NDArray[np.int16]) -> NDArray[np.float32]:
    """The same samples in -1.0..1.0."""
    return pcm.astype(np.float32) / 32768.0


def _read_raw(path: Path, start: int, count: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start * _SAMPLE_BYTES)
        return file.read(count * _SAMPLE_BYTES if count >= 0 else -1)


def _read_wav(path: Path, start: int, count: int) -> bytes:
    with wave.open(str(path), "rb") as file:
        found = (file.getframerate(), file.getnchannels(), file.getsampwidth())
        if found != (SAMPLE_RATE, 1, _SAMPLE_BYTES):
            raise wave.Error(
                "{} Hz, {} channels, {} bytes a sample; 16000 Hz, 1 channel, 2 bytes wanted".format(*found)
            )
        length = file.getnframes()
        first = min(start, length)
        file.setpos(first)
        return file.readframes(length - first if count < 0 else count)
