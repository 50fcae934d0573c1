"""What may be a whisper is told from noise and music, and is kept."""

import sys
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from capture.endpoint import EndpointSettings
from capture.errors import NoSpeech
from capture.inbox import Inbox
from capture.pcm import BLOCK_BYTES, SAMPLE_RATE
from capture.recorder import Recorder
from capture.recording import EndedBy
from capture.sources import SampleSource
from capture.whispering import may_be_whispered

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
speech = import_module("speech")

ORDER = 18
FRAME, STEP = 400, 160


def whispered(pcm: bytes, seconds: float) -> NDArray[np.float64]:
    """What is said, by a throat that makes noise in place of a voice: linear prediction, excited by noise."""
    sound = np.frombuffer(pcm, "<i2")[: round(seconds * SAMPLE_RATE)] / 32768
    random = np.random.default_rng(6)
    out = np.zeros(len(sound))
    lags = np.abs(np.subtract.outer(np.arange(ORDER), np.arange(ORDER)))
    for at in range(0, len(sound) - FRAME, STEP):
        frame = sound[at : at + FRAME]
        correlation = np.correlate(frame * np.hanning(FRAME), frame * np.hanning(FRAME), "full")[FRAME - 1 :]
        correlation[0] = correlation[0] * 1.0001 + 1e-9
        filter_ = np.r_[1, -np.linalg.solve(correlation[lags], correlation[1 : ORDER + 1])]
        noise = np.fft.rfft(random.standard_normal(1024)) / np.fft.rfft(filter_, 1024)
        made = np.fft.irfft(noise)[200 : 200 + FRAME]
        out[at : at + FRAME] += made * np.sqrt(np.mean(frame**2) / np.mean(made**2)) * np.hanning(FRAME)
    return out


def in_a_room(sound: NDArray[np.float64], dbfs: float, seconds: float = 10.0) -> bytes:
    """Such a sound at a level, from 0.5 s on, in a quiet room."""
    length = round(seconds * SAMPLE_RATE)
    room = speech.at_level(np.random.default_rng(5).standard_normal(length), speech.ROOM_DBFS)
    heard = speech.at_level(sound, dbfs, speech.speaks(sound))[: length - SAMPLE_RATE // 2]
    room[SAMPLE_RATE // 2 :][: len(heard)] += heard
    pcm: bytes = speech.to_pcm(room)
    return pcm


@pytest.mark.parametrize("dbfs", [-25, -40])
@pytest.mark.parametrize("name", ["long", "plain", "british"])
def test_a_whisper_may_be_one(spoken: Callable[[str], bytes], name: str, dbfs: float) -> None:
    assert may_be_whispered(in_a_room(whispered(spoken(name), 8), dbfs))


@pytest.mark.parametrize("dbfs", [-25, -50])
@pytest.mark.parametrize("name", speech.NOT_SPEECH)
def test_a_fan_music_typing_and_breathing_are_none(name: str, dbfs: float) -> None:
    assert not may_be_whispered(in_a_room(speech.NOT_SPEECH[name](9 * SAMPLE_RATE), dbfs))


@pytest.mark.parametrize("pcm", [b"", bytes(BLOCK_BYTES), bytes(320_000), b"\1\0" * 7, in_a_room(np.ones(9), -66)])
def test_nothing_and_a_quiet_room_are_none(pcm: bytes) -> None:
    assert not may_be_whispered(pcm)


@pytest.mark.parametrize("no_speech", [10.0, float("inf")])
def test_a_memo_that_is_whispered_throughout_is_kept_to_its_end(
    inbox: Inbox, now: datetime, spoken: Callable[[str], bytes], no_speech: float
) -> None:
    whisper = in_a_room(whispered(spoken("long"), 24), -40, 25.0)
    settings = EndpointSettings(no_speech=no_speech)
    recorder = Recorder(inbox, lambda block: 0.0, lambda: now, settings)
    source = SampleSource(whisper + in_a_room(np.ones(9), -66, 30.0), "whispered")
    recording = recorder.record(source).recording
    assert recording.ended_by is (EndedBy.SILENCE if no_speech == 10 else EndedBy.END_OF_SOURCE)
    assert recording.duration is not None
    assert recording.duration >= 25


def test_a_room_in_which_nobody_whispers_is_left_after_the_first_ten_seconds(inbox: Inbox, now: datetime) -> None:
    recorder = Recorder(inbox, lambda block: 0.0, lambda: now, EndpointSettings())
    told: list[float] = []
    with pytest.raises(NoSpeech):
        recorder.record(
            SampleSource(in_a_room(np.ones(9), -66, 30.0), "a room"), on_progress=lambda p: told.append(p.elapsed)
        )
    assert told[-1] == pytest.approx(10.0, abs=0.05)
