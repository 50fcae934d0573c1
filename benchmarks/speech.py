"""Spoken memos in noise, for measuring where a recording begins and ends.

A memo is made from the sample memos: one voice's stretches of speech, in an order of their own, joined with pauses.
Everything comes from seeds, so the same memo in the same condition is the same sound each time. Levels are RMS in dB
relative to full scale, of speech only where somebody speaks.
"""

import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from capture.decode import decode
from capture.pcm import SAMPLE_RATE

Samples = NDArray[np.float64]
"""Shape (n,), 16 kHz, full scale is 1.0."""

SPEECH_DBFS: Final = -20.0
ROOM_DBFS: Final = -66.0
"""A quiet room: never digital silence."""

NOISE_BELOW_SPEECH_DB: Final = 10.0
LEAD_SECONDS: Final = 1.0
"""From the cue to the first word."""

TAIL_SECONDS: Final = 10.0
"""How long the noise goes on after the last word."""

PAUSES: Final = (0.3, 2.0)
"""Shortest and longest pause between two stretches, in seconds: breath, and thought."""

LENGTHS: Final = (8.0, 20.0)
"""Shortest and longest memo, in seconds from the first word to the last."""

PHONE_BAND: Final = (300.0, 3400.0)
"""Hertz."""

VOICES: Final = ("piper/joe", "flite/slt", "flite/rms", "flite/awb")

_FRAME: Final = SAMPLE_RATE // 50
_SAMPLES: Final = Path(__file__).parents[1] / "samples"


@dataclass(frozen=True, slots=True)
class Heard:
    """What a microphone hears of one memo.

    :ivar sound: noise before, the memo, noise after.
    :ivar first_word: second at which the first word begins, told by the energy of the speech alone.
    :ivar last_word: second at which the last word ends, told in the same way.
    """

    sound: Samples
    first_word: float
    last_word: float


def seconds_of(sound: Samples) -> float:
    """How long it lasts."""
    return len(sound) / SAMPLE_RATE


def to_pcm(sound: Samples) -> bytes:
    """Signed 16-bit little-endian samples; what is too loud is clipped, as a microphone would."""
    return np.round(np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()


def speaks(sound: Samples) -> NDArray[np.bool_]:
    """For each sample whether somebody speaks: its 20 ms are within 40 dB of the loudest 20 ms."""
    frames = np.pad(sound, (0, -len(sound) % _FRAME)).reshape(-1, _FRAME)
    power = np.mean(frames**2, axis=1)
    return np.repeat(power > power.max() * 1e-4, _FRAME)[: len(sound)]


def at_level(sound: Samples, dbfs: float, counted: NDArray[np.bool_] | slice = slice(None)) -> Samples:
    """The sound made louder or quieter until the samples that are counted have this level."""
    return np.asarray(sound * 10 ** (dbfs / 20) / np.sqrt(np.mean(sound[counted] ** 2)), np.float64)


def phone_band(sound: Samples) -> Samples:
    """What a telephone lets through, 300 to 3400 Hz."""
    spectrum = np.fft.rfft(sound)
    hertz = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
    # 100 Hz wide edges: steeper ones ring.
    low, high = PHONE_BAND
    spectrum *= np.clip(np.minimum((hertz - low) / 100 + 0.5, (high - hertz) / 100 + 0.5), 0, 1)
    return np.fft.irfft(spectrum, len(sound))


def brown_noise(length: int, random: np.random.Generator) -> Samples:
    """The noise in a car: 6 dB less with each octave, flat below 40 Hz."""
    spectrum = np.fft.rfft(random.standard_normal(length))
    return np.fft.irfft(spectrum / np.maximum(np.fft.rfftfreq(length, 1 / SAMPLE_RATE), 40.0), length)


@cache
def stretches(voice: str) -> tuple[Samples, ...]:
    """All that a voice says in the samples without noise, cut at its pauses, each stretch at -20 dBFS."""
    found: list[Samples] = []
    for facts in sorted(_SAMPLES.glob("*.json")):
        about: dict[str, Any] = json.loads(facts.read_text("utf-8"))
        if about["voice"] == voice and about["treatment"] == "room noise":
            sound = np.frombuffer(decode(facts.with_suffix(".flac"), 600).pcm, "<i2") / 32768
            found += _cut(sound)
    return tuple(at_level(stretch, SPEECH_DBFS, speaks(stretch)) for stretch in found)


def _cut(sound: Samples, pause: float = 0.07, shortest: float = 0.8) -> Iterator[Samples]:
    """At every pause, as long as a stretch is not too short; Flite's sentences are hardly apart."""
    spoken = np.flatnonzero(speaks(sound))
    begin = int(spoken[0])
    for at in np.flatnonzero(np.diff(spoken) > pause * SAMPLE_RATE):
        before, after = spoken[at], int(spoken[at + 1])
        if before - begin >= shortest * SAMPLE_RATE:
            yield sound[begin : before + 1]
            begin = after
    yield sound[begin : spoken[-1] + 1]


def memo(number: int) -> tuple[Samples, str]:
    """Memo ``number``, the speech alone from first word to last, 8 to 20 s; and its voice, which go round."""
    random = np.random.default_rng(number)
    voice = VOICES[number % len(VOICES)]
    to_say = stretches(voice)
    enough = random.uniform(LENGTHS[0], LENGTHS[1] - 6)
    said: list[Samples] = []
    for index in random.permutation(len(to_say)):
        pause = np.zeros(round(random.uniform(*PAUSES) * SAMPLE_RATE)) if said else np.zeros(0)
        if sum(map(len, said)) + len(pause) + len(to_say[index]) <= LENGTHS[1] * SAMPLE_RATE:
            said += [pause, to_say[index]]
        if sum(map(len, said)) >= enough * SAMPLE_RATE:
            break
    return np.concatenate(said), voice


def babble(length: int, voice: str, random: np.random.Generator) -> Samples:
    """Four people who talk at once without end: the three other voices, and one of them again at another pitch."""
    others = [other for other in VOICES if other != voice]
    crowd = np.zeros(length)
    for other, pitch in [*((each, 1.0) for each in others), (others[random.integers(3)], 0.85)]:
        crowd += _talker(other, pitch, length, random)
    return crowd


def one_talker(length: int, voice: str, random: np.random.Generator) -> Samples:
    """One other person who talks without end."""
    others = [other for other in VOICES if other != voice]
    return _talker(others[random.integers(3)], 1.0, length, random)


def _talker(voice: str, pitch: float, length: int, random: np.random.Generator) -> Samples:
    needed = round(length * pitch) + 1
    said: list[Samples] = []
    while sum(map(len, said)) < needed:
        for stretch in random.permutation(np.array(stretches(voice), dtype=object)):
            said += [stretch.astype(np.float64), np.zeros(round(random.uniform(0.1, 0.5) * SAMPLE_RATE))]
    talk = np.concatenate(said)
    return np.asarray(np.interp(np.arange(length) * pitch, np.arange(len(talk)), talk), np.float64)


def car(length: int, voice: str, random: np.random.Generator) -> Samples:
    """See :func:`brown_noise`."""
    return brown_noise(length, random)


NOISES: Final[dict[str, Callable[[int, str, np.random.Generator], Samples] | None]] = {
    "quiet": None,
    "babble": babble,
    "car": car,
    "talker": one_talker,
}
CONDITIONS: Final = tuple(f"{noise}{band}" for band in ("", "-phone") for noise in NOISES)


def band_of(condition: str) -> Callable[[Samples], Samples]:
    """What one of :data:`CONDITIONS` lets through of a sound."""
    return phone_band if condition.endswith("-phone") else np.asarray


def surroundings(length: int, voice: str, condition: str, random: np.random.Generator) -> Samples:
    """All that is heard in one of :data:`CONDITIONS` beside a voice: the room, and noise 10 dB below speech."""
    through = band_of(condition)
    sound = at_level(through(random.standard_normal(length)), ROOM_DBFS)
    if make := NOISES[condition.removesuffix("-phone")]:
        sound += at_level(through(make(length, voice, random)), SPEECH_DBFS - NOISE_BELOW_SPEECH_DB)
    return sound


def hear(number: int, condition: str, softer: float = 0.0) -> Heard:
    """Memo ``number`` as a microphone hears it in one of :data:`CONDITIONS`.

    The noise is 10 dB below the speech, both measured after the band of a phone has taken its part; it begins before
    the memo and goes on for 10 s after it.

    :param softer: by how many dB the rep's voice drops for the last two fifths of the memo.
    """
    speech, voice = memo(number)
    random = np.random.default_rng([number, zlib.crc32(condition.encode())])
    lead, tail = round(LEAD_SECONDS * SAMPLE_RATE), round(TAIL_SECONDS * SAMPLE_RATE)
    speech = np.pad(speech, (lead, tail))
    spoken = speaks(speech)
    sound = at_level(band_of(condition)(speech), SPEECH_DBFS, spoken)
    sound[lead + (len(speech) - lead - tail) * 3 // 5 :] *= 10 ** (-softer / 20)
    sound += surroundings(len(speech), voice, condition, random)
    first, last = np.flatnonzero(spoken)[[0, -1]] / SAMPLE_RATE
    return Heard(sound, float(first), float(last))


def find(heard: Samples, played: Samples) -> tuple[float, float]:
    """Where in what was heard the played sound begins, in seconds, and how like it is there: at most 1.0."""
    size = len(heard) + len(played)
    products = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(played, size)), size)
    at = int(np.argmax(products[: max(1, len(heard) - len(played))]))
    there = heard[at : at + len(played)]
    norms = np.linalg.norm(played[: len(there)]) * np.linalg.norm(there)
    return at / SAMPLE_RATE, float(products[at] / norms) if norms else 0.0


# -- what is no speech -----------------------------------------------------------------------------------------------


def steady_noise(length: int) -> Samples:
    """A fan: pink noise."""
    spectrum = np.fft.rfft(np.random.default_rng(1).standard_normal(length))
    return np.fft.irfft(spectrum / np.sqrt(np.maximum(np.fft.rfftfreq(length, 1 / SAMPLE_RATE), 40.0)), length)


def tones(length: int) -> Samples:
    """Music on hold: a melody of notes of 0.4 s, each with four overtones and a fade."""
    time = np.arange(length) / SAMPLE_RATE
    note = (time / 0.4).astype(int)
    pitch = 262 * 2 ** (np.random.default_rng(2).choice([0, 2, 4, 5, 7, 9, 11, 12], note[-1] + 1) / 12)[note]
    within = time % 0.4
    harmonics = np.arange(1, 6)[:, None]
    sound = np.sum(np.sin(2 * np.pi * harmonics * pitch * within) / harmonics, axis=0)
    return np.asarray(sound * np.exp(-4 * within), np.float64)


def clicks(length: int) -> Samples:
    """Typing: seven bursts of noise in a second, each gone after 10 ms."""
    random = np.random.default_rng(3)
    keys = np.zeros(length)
    keys[random.integers(0, length, length * 7 // SAMPLE_RATE)] = 1.0
    burst = random.standard_normal(800) * np.exp(-np.arange(800) / (0.003 * SAMPLE_RATE))
    return np.convolve(keys, burst)[:length]


def breaths(length: int) -> Samples:
    """Breathing into the microphone: noise between 300 and 3400 Hz that swells for 0.8 s, every 2 s."""
    within = np.arange(length) / SAMPLE_RATE % 2.0
    swell = np.where(within < 0.8, np.sin(np.pi * within / 0.8) ** 2, 0.0)
    return phone_band(np.random.default_rng(4).standard_normal(length)) * swell


NOT_SPEECH: Final[dict[str, Callable[[int], Samples]]] = {
    "steady noise": steady_noise,
    "tones": tones,
    "clicks": clicks,
    "breaths": breaths,
}


def followed_by(number: int, name: str, dbfs: float) -> Heard:
    """Memo ``number`` in a quiet room; from 0.3 s after its last word on there is one of :data:`NOT_SPEECH`."""
    heard = hear(number, "quiet")
    begin = round((heard.last_word + 0.3) * SAMPLE_RATE)
    heard.sound[begin:] += at_level(NOT_SPEECH[name](len(heard.sound) - begin), dbfs)
    return heard
