"""The memo that is spoken: the end of a sample, short enough for hundreds of runs, with a next call in it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from capture.decode import decode
from capture.pcm import write_wav

SAMPLES: Final = Path(__file__).parents[2] / "samples"
SAMPLE: Final = "plain"
SECONDS: Final = 4.3
"""Of its end: "I'm calling her again on Thursday at ten in the morning." """

MODEL: Final = "tiny.en"


@dataclass(frozen=True, slots=True)
class Memo:
    """A sound file, and the samples in it."""

    path: Path
    pcm: bytes

    @classmethod
    def cut(cls, folder: Path) -> Self:
        """The last seconds of the sample, as a file of its own; its last block is not a whole one."""
        pcm = whole().pcm[-(int(SECONDS * 16_000) * 2 + 2) :]
        path = folder / "spoken.wav"
        with path.open("wb") as file:
            write_wav(file, [pcm], len(pcm))
        return cls(path, pcm)


def whole() -> Memo:
    """The whole sample."""
    path = SAMPLES / f"{SAMPLE}.flac"
    return Memo(path, decode(path, 600).pcm)


def surroundings(folder: Path) -> dict[str, str]:
    """For every command: the smallest model, and a cache that all runs share."""
    return {"XDG_CACHE_HOME": str(folder / "cache"), "AFTERCALL_MODEL": MODEL}
