"""Whether somebody may be whispering, where the detector of speech hears nobody.

A whisper is noise, and Silero takes most of it for none. But it is noise whose colour goes on changing, as mouth and
tongue move; a fan, a key, a sleeve or a breath sounds alike from one moment to the next, and music has a pitch.
docs/endpoint.md has the measurements.
"""

from typing import Final

from capture.pcm import BLOCK_BYTES, BLOCK_SECONDS, SAMPLE_RATE

LOOK_SECONDS: Final = 10.0
"""So much sound is looked at together: a sentence, and the room around it."""

LEAST_COLOUR: Final = 3.0
"""dB, see :func:`may_be_whispered`. Whispers have 2.7 to 5.0, made-up noises at most 0.7, rooms of meetings in which
nobody speaks mostly 1.4 to 2.8."""

LEAST_NOISE: Final = 0.6
"""Share of the blocks without a pitch. Whispers have 0.9 and more, music 0.1 and less."""

LEAST_SECONDS: Final = 1.0
"""Of sound above the room: whoever whispers less has hardly said a word."""

_ABOVE_ROOM_DB: Final = 6.0
_ROOM: Final = 0.1
"""The room is as loud as the faintest tenth of all blocks."""

_BANDS: Final = (300, 600, 1000, 1500, 2200, 3200, 4500, 7000)
"""Hertz: edges between which formants and the hiss of consonants tell one sound from another."""

_RANGE: Final = 0.01
"""A band 20 dB below the loudest one tells nothing but that."""

_PITCH: Final = (40, 500)
"""Hertz: lowest and highest pitch that is looked for."""

_PERIODIC: Final = 0.5
"""Autocorrelation at the lag of the pitch, from which on there is one."""

_LEAST_POWER: Final = 1e-12


class Whispering:
    """Takes the blocks in which the detector heard nobody, in order, and looks at them every :data:`LOOK_SECONDS`.

    :ivar heard: whether it may have been a whisper so far.
    """

    def __init__(self) -> None:
        self.heard = False
        self._waiting = bytearray()

    def update(self, block: bytes) -> bool:
        """Take a block of 16-bit samples; whether it was looked at now, and may be a whisper."""
        self._waiting += block
        full = len(self._waiting) >= int(LOOK_SECONDS / BLOCK_SECONDS) * BLOCK_BYTES
        return full and self.look()

    def look(self) -> bool:
        """Look at what came in since the last time."""
        found = may_be_whispered(bytes(self._waiting))
        self._waiting.clear()
        self.heard = self.heard or found
        return found


def may_be_whispered(pcm: bytes) -> bool:
    """Whether some seconds of 16 kHz, mono, signed 16-bit sound may hold a whisper.

    Of what is louder than the room, most must be noise, and its colour must change: how far the level of each band is
    from the mean of all bands, in dB, smoothed over 0.1 s, and its standard deviation over time.
    """
    # Imported when it is needed: whoever speaks up does not wait for it.
    import numpy as np

    size = BLOCK_BYTES // 2
    blocks = np.frombuffer(pcm[: len(pcm) // BLOCK_BYTES * BLOCK_BYTES], "<i2").reshape(-1, size) / 32768
    if len(blocks) * BLOCK_SECONDS < LEAST_SECONDS:
        return False
    windows = np.concatenate([blocks[:-1], blocks[1:]], axis=1) * np.hanning(2 * size)
    spectra = np.abs(np.fft.rfft(windows)) ** 2
    edges = np.searchsorted(np.fft.rfftfreq(2 * size, 1 / SAMPLE_RATE), _BANDS)
    power = np.add.reduceat(spectra, edges, axis=1)[:, :-1] / np.diff(edges) + _LEAST_POWER
    total = 10 * np.log10(power.sum(axis=1))
    loud = total > np.quantile(total, _ROOM) + _ABOVE_ROOM_DB
    if loud.sum() * BLOCK_SECONDS < LEAST_SECONDS:
        return False
    # Without the low end, where rooms hum; twice the length, so that the end does not meet the beginning.
    steps = np.diff(windows[loud], axis=1)
    correlation = np.fft.irfft(np.abs(np.fft.rfft(steps, 4 * size)) ** 2)
    lags = np.arange(SAMPLE_RATE // _PITCH[1], SAMPLE_RATE // _PITCH[0])
    peaks = np.max(correlation[:, lags] / (2 * size - lags), axis=1) * 2 * size / (correlation[:, 0] + _LEAST_POWER)
    if np.mean(peaks < _PERIODIC) < LEAST_NOISE:
        return False
    power = np.maximum(power - np.quantile(power, _ROOM, axis=0), _LEAST_POWER)
    bands = 10 * np.log10(np.maximum(power, power.max(axis=1, keepdims=True) * _RANGE))[loud]
    colour = bands - bands.mean(axis=1, keepdims=True)
    smooth = (colour[:-2] + colour[1:-1] + colour[2:]) / 3
    return bool(np.sqrt(np.mean(smooth.var(axis=0))) >= LEAST_COLOUR)
