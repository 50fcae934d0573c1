"""The sound of one track of a file, through PyAV: as far as it can be decoded, whatever changes in the middle of it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from capture.pcm import SAMPLE_RATE

_WINDOW: Final = SAMPLE_RATE // 2
"""Samples over which it is judged whether channels cancel each other out: they may begin to in mid-file."""

_CANCELLED: Final = 16.0
"""Times, 12 dB. If one channel has so much more power than the mean of all, the others take its sound away: they are
the same in opposite phase, or there are many that are silent."""

_SILENT: Final = 10 ** (-70 / 20)
"""Of full scale. A track that stays below it has no voice in it."""

_GAP: Final = 0.02
"""Seconds, about a frame of any codec. Times of frames that are further apart leave something out."""

_MOST_FAILURES: Final = 200
"""Packets in a row that cannot be read, after which there is nothing more to be had from a file."""


class TooLong(Exception):
    """The track is longer than was allowed."""


@dataclass(frozen=True, slots=True)
class Track:
    """What was decoded of one track.

    :ivar pcm: 16 kHz mono signed 16-bit samples.
    :ivar form: FFmpeg's name of the file's format.
    :ivar declared: seconds that FFmpeg takes the track to last, by a header or by a guess; 0.0 where it does not know.
    :ivar left_out: seconds that are missing between what could be decoded.
    :ivar breaks_off: whether the very last of it could not be decoded.
    :ivar sha256: of its encoded sound, which neither tags nor a decoder's version change.
    """

    pcm: bytes
    form: str
    declared: float
    left_out: float
    breaks_off: bool
    sha256: str

    @property
    def is_silent(self) -> bool:
        """Whether no voice can be in it."""
        samples = np.frombuffer(self.pcm, "<i2")
        return samples.size == 0 or float(np.abs(samples.astype(np.int32)).max()) < _SILENT * 32768


def read_track(container: Any, number: int, max_seconds: float) -> Track:
    """Decode audio track ``number`` of an open PyAV container, of which nothing was read yet.

    :raises TooLong: it is longer than ``max_seconds``.
    """
    import av

    stream = container.streams.audio[number]
    digest, mixer = hashlib.sha256(), _Mixer(round(max_seconds * SAMPLE_RATE))
    left_out, expected = 0.0, None
    breaks_off = False
    for packet in _packets(container, stream):
        if packet is None:
            breaks_off = True
            continue
        digest.update(bytes(packet))
        try:
            frames = packet.decode()
        except av.FFmpegError:
            breaks_off = True
            continue
        for frame in frames:
            breaks_off = False
            mixer.add(frame)
            if frame.time is not None:
                if expected is not None and frame.time - expected > _GAP:
                    left_out += frame.time - expected
                expected = frame.time + frame.samples / frame.sample_rate
    return Track(
        mixer.finish(), container.format.name, _declared(container, stream), left_out, breaks_off, digest.hexdigest()
    )


def _declared(container: Any, stream: Any) -> float:
    import av

    if stream.duration:
        return float(stream.duration * stream.time_base)
    # What the container says is of its longest stream, such as the pictures of a film.
    return (container.duration or 0) / av.time_base if len(container.streams) == 1 else 0.0


def _packets(container: Any, stream: Any) -> Iterator[Any]:
    """The packets of a stream; None for one that cannot be read."""
    import av

    failures = 0
    while failures < _MOST_FAILURES:
        try:
            for packet in container.demux(stream):
                failures = 0
                yield packet
        except av.EOFError:
            return
        except av.FFmpegError:
            failures += 1
            yield None
        else:
            return


class _Mixer:
    """Takes decoded frames of whatever rate, channels and format, and gives one channel of 16 kHz."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._form: tuple[str, str, int] | None = None
        self._resampler: Any = None
        self._window: list[NDArray[np.int16]] = []
        self._done: list[bytes] = []
        self._count = 0

    def add(self, frame: Any) -> None:
        """Take the next frame."""
        import av

        form = (frame.format.name, frame.layout.name, frame.sample_rate)
        if form != self._form:
            self._end_of_form()
            self._form = form
            self._resampler = av.AudioResampler(format="s16", layout=frame.layout.name, rate=SAMPLE_RATE)
        self._take(self._resampler.resample(frame))

    def finish(self) -> bytes:
        """All of it."""
        self._end_of_form()
        return b"".join(self._done)

    def _take(self, frames: list[Any]) -> None:
        for frame in frames:
            channels = frame.layout.nb_channels
            self._window.append(frame.to_ndarray().reshape(-1, channels))
            self._count += frame.samples
        if self._count > self._most:
            raise TooLong
        if sum(map(len, self._window)) >= _WINDOW:
            self._mix()

    def _end_of_form(self) -> None:
        if self._resampler is not None:
            self._take(self._resampler.resample(None))
            self._mix()

    def _mix(self) -> None:
        if not self._window:
            return
        channels = np.concatenate(self._window).astype(np.float32)
        self._window = []
        mono = channels.mean(axis=1)
        power = np.mean(channels**2, axis=0)
        if power.max() > _CANCELLED * np.mean(mono**2):
            mono = channels[:, int(power.argmax())]
        self._done.append(np.round(mono).astype("<i2").tobytes())
