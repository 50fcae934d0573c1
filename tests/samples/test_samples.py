"""The sample memos are what their recipes say, and the recipes follow the calendar."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path
from types import ModuleType
from typing import Any

import av
import numpy as np
import phonenumbers
import pytest
from numpy.typing import NDArray

FOLDER = Path(__file__).parents[2] / "samples"
NAMES = sorted(path.stem for path in FOLDER.glob("*.flac"))
SPOKEN = [name for name in NAMES if name != "silence"]
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
RATE = 16_000
KEYS = {
    "words",
    "contact",
    "spoken_at",
    "next_call",
    "voice",
    "treatment",
    "duration",
    "language",
    "locale",
    "kinds",
}
KINDS = {
    "plain",
    "names",
    "phone number",
    "price",
    "correction",
    "no next call",
    "contract date",
    "noise",
    "phone band",
    "silence",
    "pauses",
    "long",
    "en-GB",
}


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_samples", FOLDER / "make_samples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def facts(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return loaded


def sound(name: str) -> NDArray[np.float64]:
    """The samples, full scale 1.0, after a look at the format."""
    with av.open(str(FOLDER / f"{name}.flac")) as container:
        stream = container.streams.audio[0]
        assert stream.codec_context.name == "flac"
        assert stream.codec_context.format.name == "s16"
        assert (stream.rate, stream.channels) == (RATE, 1)
        blocks = [frame.to_ndarray().reshape(-1) for frame in container.decode(stream)]
    return np.asarray(np.concatenate(blocks), np.float64) / 32768


def decibels(samples: NDArray[np.float64]) -> float:
    """RMS against full scale."""
    return float(10 * np.log10(np.mean(samples**2) + 1e-20))


def loudness(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """RMS of each 20 ms against full scale, in dB."""
    frames = samples[: len(samples) // 320 * 320].reshape(-1, 320)
    quiet: NDArray[np.float64] = 10 * np.log10(np.mean(frames**2, axis=1) + 1e-20)
    return quiet


def longest_first(quiet: NDArray[np.bool_]) -> list[float]:
    """Seconds of each run of quiet 20 ms frames, the longest first."""
    runs = re.findall("q+", "".join("q" if q else "s" for q in quiet))
    return sorted((len(run) * 0.02 for run in runs), reverse=True)


def test_there_are_enough_memos_voices_and_kinds() -> None:
    every = [facts(name) for name in NAMES]
    assert len(SPOKEN) >= 8
    assert len({f["voice"] for f in every if f["voice"]}) >= 3
    assert {kind for f in every for kind in f["kinds"]} >= KINDS


def test_the_folder_stays_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir() if path.is_file()) < 8_000_000


def test_every_recipe_has_its_two_files_and_no_file_is_left_over() -> None:
    recipes = set(load_script().load_recipes()["memos"])
    assert recipes == set(NAMES) == {path.stem for path in FOLDER.glob("*.json")}


def test_the_readme_names_every_sample() -> None:
    readme = (FOLDER / "README.md").read_text("utf-8")
    assert {name for name in NAMES if f"| {name} |" not in readme} == set()


@pytest.mark.parametrize("name", NAMES)
def test_the_json_is_what_the_recipe_says(name: str) -> None:
    script, found = load_script(), facts(name)
    assert set(found) == KEYS
    assert found == script.facts_of(script.load_recipes()["memos"][name], found["duration"])


@pytest.mark.parametrize("name", NAMES)
def test_the_sound_is_16_khz_mono_and_as_long_as_the_json_says(name: str) -> None:
    samples = sound(name)
    assert 8 <= len(samples) / RATE <= 60
    assert len(samples) / RATE == pytest.approx(facts(name)["duration"], abs=0.001)
    assert np.abs(samples).max() < 0.99


@pytest.mark.parametrize("name", NAMES)
def test_it_was_spoken_on_a_working_day_of_2026_with_an_offset(name: str) -> None:
    spoken_at = datetime.fromisoformat(facts(name)["spoken_at"])
    assert spoken_at.utcoffset() is not None
    assert spoken_at.year == 2026
    assert spoken_at.weekday() < 5


@pytest.mark.parametrize("name", SPOKEN)
def test_who_was_called_is_named_in_the_memo(name: str) -> None:
    found = facts(name)
    assert found["contact"]["name"] in found["words"]
    assert found["contact"]["company"] in found["words"]


@pytest.mark.parametrize("name", [name for name in SPOKEN if "phone number" in facts(name)["kinds"]])
def test_phone_numbers_are_the_ones_spoken_and_belong_to_nobody(name: str) -> None:
    found = facts(name)
    (spoken,) = phonenumbers.PhoneNumberMatcher(found["words"], found["locale"][-2:])
    number = phonenumbers.format_number(spoken.number, phonenumbers.PhoneNumberFormat.E164)
    assert number == found["contact"]["phone"]
    assert re.fullmatch(r"\+1\d{3}55501\d{2}|\+442079460\d{3}", number)


@pytest.mark.parametrize("name", [name for name in NAMES if facts(name)["next_call"]])
def test_the_next_call_is_after_the_memo_and_on_the_weekday_spoken(name: str) -> None:
    found = facts(name)
    call = found["next_call"]
    assert call["heard"] in found["words"]
    day = date.fromisoformat(call["date"])
    assert day > datetime.fromisoformat(found["spoken_at"]).date()
    assert WEEKDAYS[day.weekday()] in call["heard"]
    if ordinal := re.search(r"(\d+)(?:st|nd|rd|th)", call["heard"]):
        assert day.day == int(ordinal[1])
    assert call["time"] is None or time.fromisoformat(call["time"]).strftime("%H:%M") == call["time"]


def test_memos_without_a_next_call_are_the_silent_one_and_the_one_where_none_was_agreed() -> None:
    assert [name for name in NAMES if not facts(name)["next_call"]] == ["no-next-call", "silence"]


@pytest.mark.parametrize("name", SPOKEN)
def test_speech_starts_after_a_moment_of_room_noise_and_ends_before_one(name: str) -> None:
    samples = sound(name)
    edge = int(0.35 * RATE)
    speech = decibels(samples)
    for quiet in (samples[:edge], samples[-edge:]):
        assert quiet.any()
        assert decibels(quiet) < speech - 6
    frames = loudness(samples)
    assert (frames[15:60] > speech - 3).any()


def test_silence_has_room_noise_and_no_speech() -> None:
    frames = loudness(sound("silence"))
    assert frames.min() > -75
    assert frames.max() < -58


@pytest.mark.parametrize("name", ["car-noise", "trade-fair"])
def test_noisy_memos_have_speech_10_db_over_noise(name: str) -> None:
    samples = sound(name)
    noise = decibels(np.concatenate([samples[: int(0.35 * RATE)], samples[-int(0.35 * RATE) :]]))
    frames = loudness(samples)
    loud = 10 ** (frames[frames > noise + 3] / 10)
    speech = 10 * np.log10(loud.mean() - 10 ** (noise / 10))
    assert speech - noise == pytest.approx(10, abs=2)


def test_the_phone_memo_has_nothing_outside_the_band() -> None:
    samples = sound("phone-band")
    power = np.abs(np.fft.rfft(samples)) ** 2
    frequency = np.fft.rfftfreq(len(samples), 1 / RATE)
    inside = (frequency > 300) & (frequency < 3400)
    outside = (frequency < 200) | (frequency > 3700)
    assert power[outside].sum() < 1e-4 * power[inside].sum()
    other = np.abs(np.fft.rfft(sound("correction"))) ** 2  # the same voice over no phone
    assert other[np.fft.rfftfreq(2 * len(other) - 2, 1 / RATE) > 3700].sum() > 1e-3 * other.sum()


def test_thinking_pauses_last_one_to_two_seconds() -> None:
    frames = loudness(sound("thinking-pauses"))
    pauses = [length for length in longest_first(frames < -55) if length > 0.9]
    assert len(pauses) == 5
    assert max(pauses) < 2.3


def test_the_long_memo_lasts_50_to_60_seconds() -> None:
    assert 50 <= facts("long")["duration"] <= 60


def test_missing_tools_are_named_in_one_line(tmp_path: Path) -> None:
    # An empty PATH hides SoX and Flite.
    run = subprocess.run(
        [sys.executable, FOLDER / "make_samples.py"],
        env={"PATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert run.stderr.startswith("Missing: sox, flite")
    assert run.stderr.count("\n") == 1
    assert "apt install" in run.stderr
