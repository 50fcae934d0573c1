"""The sound of a stretch: cut out of its file, and as a line to look at."""

import io
import sys
import wave
from array import array
from contextlib import closing
from pathlib import Path
from typing import Final

from capture.pcm import SAMPLE_RATE, write_wav

BARS: Final = 160
"""How many steps the line has: two or three pixels each on a page as wide as a sentence is read best."""

HEIGHT: Final = 48
"""Of the drawing, in its own units; it is as many units wide as there are steps."""


def cut(path: Path, start: float, end: float) -> bytes:
    """The samples from ``start`` to ``end``, in seconds; fewer where the file is shorter, none where there is none."""
    try:
        with closing(wave.open(str(path), "rb")) as sound:
            first = min(max(0, round(start * SAMPLE_RATE)), sound.getnframes())
            sound.setpos(first)
            return sound.readframes(max(0, round(end * SAMPLE_RATE) - first))
    except (OSError, EOFError, wave.Error):
        return b""


def as_wav(pcm: bytes) -> bytes:
    """Samples as a file that a browser plays."""
    file = io.BytesIO()
    write_wav(file, [pcm], len(pcm))
    return file.getvalue()


def outline(pcm: bytes, bars: int = BARS) -> str:
    """The samples as the path of an SVG: one stroke for each step, from its quietest to its loudest sample."""
    samples = array("h", pcm[: len(pcm) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    if not samples:
        return ""
    # Drawn against the loudest of them: a quiet voice is to be seen, too.
    loudest = _loudest(samples) or 1
    strokes = []
    for bar in range(bars):
        first = bar * len(samples) // bars
        piece = samples[first : max(first + 1, (bar + 1) * len(samples) // bars)]
        high = _loudest(piece) / loudest * (HEIGHT / 2 - 1)
        strokes.append(f"M{bar + 0.5:g} {HEIGHT / 2 - high - 0.5:.1f}V{HEIGHT / 2 + high + 0.5:.1f}")
    return "".join(strokes)


def _loudest(samples: "array[int]") -> int:
    highest, lowest = max(samples), min(samples)
    return max(highest, -lowest)
