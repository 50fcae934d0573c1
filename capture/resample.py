"""From whatever rate and channels a device offers to 16 kHz mono, with libsoxr.

Only for devices that refuse 16 kHz mono, so that the usual start does not pay for numpy.
"""

import numpy as np
import soxr

from capture.pcm import SAMPLE_RATE


class Resampler:
    """Takes interleaved signed 16-bit samples in order and gives 16 kHz mono ones, some milliseconds later."""

    def __init__(self, rate: float, channels: int) -> None:
        self._channels = channels
        self._stream = soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="int16", quality="HQ")

    def feed(self, data: bytes) -> bytes:
        """What comes out when ``data``, whole frames, goes in: often less or more, as the filter looks ahead."""
        frames = np.frombuffer(data, dtype="<i2").reshape(-1, self._channels)
        # The mean, not the first channel: some headsets put the voice on the second.
        mono = frames[:, 0] if self._channels == 1 else frames.mean(axis=1).astype("<i2")
        return bytes(self._stream.resample_chunk(np.ascontiguousarray(mono)).astype("<i2").tobytes())
