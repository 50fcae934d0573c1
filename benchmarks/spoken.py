"""Spoken memos and recordings of people, with what was said: the set that transcription is measured against.

    python benchmarks/spoken.py CACHE      make and fetch all of it, and say how much there is

What the set is and how it is made: docs/spoken.md.
"""

import subprocess
import sys
import zlib
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Final, Literal

import numpy as np
from memo_texts import Recipe, recipes, sound_file
from numpy.typing import NDArray
from people import Person, people
from speech import SPEECH_DBFS, Samples, at_level, band_of, speaks, surroundings, to_pcm
from tools import python_for

from capture.decode import decode
from capture.pcm import SAMPLE_RATE

# memo_texts has made the samples' folder known.
from make_samples import words_of  # isort: skip

__all__ = ["CONDITIONS", "Condition", "NextCall", "Person", "SpokenMemo", "memos", "people"]

Condition = Literal["clean", "noise", "phone", "noise-phone"]
CONDITIONS: Final[tuple[Condition, ...]] = ("clean", "noise", "phone", "noise-phone")
LONGEST: Final = 300.0
"""Seconds that a memo may last."""


@dataclass(frozen=True, slots=True)
class NextCall:
    """What was agreed in a memo. `heard` stands word for word in its words."""

    date: date
    time: time | None
    heard: str


@dataclass(frozen=True, slots=True)
class SpokenMemo:
    """One memo.

    :ivar names: uncommon names in it, of people, companies and products, as they stand in `words`.
    :ivar contact: name and company.
    :ivar next_call: None where no call was agreed.
    :ivar noise: what `pcm` adds where there is noise: `babble` or `car`.
    :ivar sound: the clean sound, 16 kHz FLAC.
    """

    id: str
    words: str
    names: tuple[str, ...]
    contact: tuple[str, str]
    next_call: NextCall | None
    voice: str
    spoken_at: datetime
    locale: str
    noise: str
    sound: Path

    @property
    def is_long(self) -> bool:
        """More than about 90 seconds."""
        return "-long-" in self.id

    def pcm(self, condition: Condition = "clean") -> NDArray[np.int16]:
        """Samples at 16 kHz, shape (samples,). The same ones each time; noise is 10 dB below the speech."""
        clean = np.frombuffer(decode(self.sound, LONGEST).pcm, "<i2")
        if condition == "clean":
            return clean
        around = self.noise if condition.startswith("noise") else "quiet"
        around += "-phone" if condition.endswith("phone") else ""
        sound: Samples = clean / 32768
        heard = at_level(band_of(around)(sound), SPEECH_DBFS, speaks(sound))
        random = np.random.default_rng(zlib.crc32(f"{self.id} {around}".encode()))
        heard += surroundings(len(heard), self.voice, around, random)
        return np.frombuffer(to_pcm(heard), "<i2")


def memos(cache: Path) -> list[SpokenMemo]:
    """All memos. The sound of those that are new or changed is made first, about three times faster than it lasts.

    Raises CalledProcessError where the voices cannot be had.
    """
    wanted = list(recipes())
    if not all(sound_file(cache, recipe).exists() for recipe in wanted):
        script = Path(__file__).with_name("speak.py")
        subprocess.run([python_for(script, cache), script, cache], check=True)
    return [_memo(recipe, sound_file(cache, recipe)) for recipe in wanted]


def _memo(recipe: Recipe, sound: Path) -> SpokenMemo:
    call = recipe.get("next_call")
    return SpokenMemo(
        id=recipe["id"],
        words=words_of(recipe),
        names=tuple(recipe["names"]),
        contact=(recipe["contact"]["name"], recipe["contact"]["company"]),
        next_call=NextCall(call["date"], call.get("time"), call["heard"]) if call else None,
        voice=recipe["voice"],
        spoken_at=recipe["spoken_at"],
        locale=recipe["locale"],
        noise=("babble", "car")[zlib.crc32(recipe["id"].encode()) % 2],
        sound=sound,
    )


def main(cache: Path) -> None:
    said = memos(cache)
    print(f"{len(said)} memos, {sum(len(memo.pcm()) for memo in said) / SAMPLE_RATE / 60:.1f} minutes")
    recorded = people(cache)
    print(f"{len(recorded)} recordings, {sum(len(each.pcm) for each in recorded) / SAMPLE_RATE / 60:.1f} minutes")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name a folder for the sound: python benchmarks/spoken.py CACHE")
    main(Path(sys.argv[1]))
