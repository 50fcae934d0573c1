"""What is played is the stretch that was asked for, and where nothing can be played one line says so."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from virtual_microphone import VirtualMicrophone

from capture.pcm import SAMPLE_RATE, write_wav
from capture.playback import OPEN_SECONDS, Playback, samples

COMMAND = (sys.executable, "-m", "capture.playback")


@pytest.fixture
def wav(tmp_path: Path, spoken: Callable[[str], bytes]) -> Path:
    path = tmp_path / "memo.wav"
    with path.open("wb") as file:
        write_wav(file, [spoken("plain")], len(spoken("plain")))
    return path


@pytest.mark.parametrize(
    ("start", "end"), [(0.0, 1.0), (3.2, 5.9), (-1.0, 0.5), (17.0, 99.0), (99.0, 100.0), (5.0, 4.0)]
)
def test_a_stretch_is_as_much_of_it_as_there_is(
    wav: Path, spoken: Callable[[str], bytes], start: float, end: float
) -> None:
    first, last = (round(max(0.0, second) * SAMPLE_RATE) * 2 for second in (start, end))

    assert samples(wav, start, end) == spoken("plain")[first:last]


@pytest.mark.real_time
def test_what_comes_out_of_the_speaker_is_that_stretch(
    wav: Path,
    tmp_path: Path,
    virtual_microphone: VirtualMicrophone,
    likeness: Callable[[bytes, bytes], float],
) -> None:
    heard = tmp_path / "heard.raw"
    with virtual_microphone.listening(heard):
        done = subprocess.run(
            [*COMMAND, str(wav), "3.2", "5.9"], env=virtual_microphone.environment, capture_output=True, text=True
        )

    assert done.stdout == "playing\n"
    pcm = heard.read_bytes()
    assert likeness(pcm, samples(wav, 3.2, 5.9)) > 0.97
    loud = np.abs(np.frombuffer(pcm, "<i2")) > 50
    assert loud.sum() > 0
    assert (len(loud) - loud.argmax() - loud[::-1].argmax()) / SAMPLE_RATE < 2.9


def test_without_a_speaker_there_is_one_line(wav: Path, tmp_path: Path) -> None:
    nothing = {"HOME": str(tmp_path), "PULSE_SERVER": f"unix:{tmp_path}/none", "PATH": "/usr/bin"}

    done = subprocess.run([*COMMAND, str(wav), "0", "1"], env=nothing, capture_output=True, text=True)

    assert len(done.stdout.splitlines()) == 1
    assert "o sound can be played" in done.stdout


def test_sound_that_is_gone_is_told(tmp_path: Path) -> None:
    assert Playback().play(tmp_path / "gone.wav", 0.0, 1.0) == "The sound of this memo is not kept any more."


def test_no_sound_is_told_and_takes_no_longer_than_a_speaker_may(tmp_path: Path) -> None:
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"no sound")
    playback = Playback()
    began = time.monotonic()

    assert "can be played" in (playback.play(broken, 0.0, 1.0) or "")
    assert time.monotonic() - began < OPEN_SECONDS + 2
    playback.stop()
