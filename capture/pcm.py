"""The one sound format inside aftercall: 16 kHz, mono, signed 16-bit little-endian.

Whisper and Silero VAD both take 16 kHz, so sound is converted once, where it comes in. Blocks are plain
``bytes``: importing numpy would cost more than a quarter of the time between the command and the first sample.
"""

import math
import sys
import wave
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Final

from ground import silero

SAMPLE_RATE: Final = 16_000
"""Samples per second."""

SAMPLE_BYTES: Final = 2
"""Bytes per sample (signed 16-bit little-endian)."""

BLOCK_SAMPLES: Final = silero.BLOCK_SAMPLES
"""Samples per block: 32 ms."""

BLOCK_BYTES: Final = BLOCK_SAMPLES * SAMPLE_BYTES
BLOCK_SECONDS: Final = BLOCK_SAMPLES / SAMPLE_RATE

_WAV_HEADER_BYTES: Final = 44
"""Of the plainest WAV, such as :func:`write_wav` makes; others have more."""

SILENCE_DBFS: Final = -96.0
"""Level of digital silence: the smallest step of 16 bits is 96 dB below full scale."""


def seconds(byte_count: int) -> float:
    """How long ``byte_count`` bytes of sound last; a trailing half sample does not count."""
    return byte_count // SAMPLE_BYTES / SAMPLE_RATE


def level_dbfs(block: bytes) -> float:
    """Root mean square level of a block in dB relative to full scale, from -96.0 to 0.0."""
    samples = array("h", block)
    if sys.byteorder == "big":
        samples.byteswap()
    if not samples:
        return SILENCE_DBFS
    mean_square = sum(sample * sample for sample in samples) / len(samples)
    if mean_square == 0:
        return SILENCE_DBFS
    return max(SILENCE_DBFS, 10 * math.log10(mean_square / 32768**2))


def write_wav(file: BinaryIO, chunks: Iterable[bytes], size: int) -> None:
    """Write a WAV of this format; ``size`` is how many bytes of samples are coming, and are taken at most."""
    with wave.open(file, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(SAMPLE_BYTES)
        wav.setframerate(SAMPLE_RATE)
        wav.setnframes(size // SAMPLE_BYTES)
        for chunk in chunks:
            wav.writeframesraw(chunk[:size])
            size -= len(chunk[:size])


def wav_seconds(path: Path) -> float:
    """Duration of a WAV file from its header, which must agree with the file's size.

    :raises ValueError: if it is no WAV of this format, or is shorter than its header says.
    """
    try:
        with wave.open(str(path), "rb") as wav:
            form = (wav.getframerate(), wav.getnchannels(), wav.getsampwidth())
            frames = wav.getnframes()
    except (EOFError, RuntimeError, wave.Error) as error:  # a RuntimeError where a chunk is longer than its file
        raise ValueError(f"{path.name} is no WAV file ({str(error) or 'damaged'})") from error
    if form != (SAMPLE_RATE, 1, SAMPLE_BYTES):
        raise ValueError(f"{path.name} is not 16 kHz mono 16-bit")
    if path.stat().st_size < _WAV_HEADER_BYTES + frames * SAMPLE_BYTES:
        raise ValueError(f"{path.name} is shorter than its header says")
    return frames / SAMPLE_RATE
