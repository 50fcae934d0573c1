"""A microphone as PortAudio gives it, over a PulseAudio server that files are played into."""

import json
import os
import subprocess
import sys
import time
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from virtual_microphone import DEVICE, VirtualMicrophone

from capture.inbox import Inbox
from capture.microphone import GONE_SECONDS
from capture.pcm import BLOCK_BYTES, seconds, write_wav
from capture.recording import EndedBy, Recording
from capture.speech import silero_probability

Child = subprocess.Popen[str]
CLOSING_SILENCE = 3.0


def ready(child: Child) -> None:
    """Waits for the first block."""
    assert child.stdout is not None
    assert json.loads(child.stdout.readline())[0] == "ready"


def samples(inbox: Inbox, recording: Recording) -> bytes:
    with wave.open(str(inbox.wav(recording.id))) as wav:
        return wav.readframes(wav.getnframes())


def room(length: float) -> bytes:
    """The noise of a quiet room, at -66 dBFS."""
    noise = np.random.default_rng(7).normal(0, 32768 * 10 ** (-66 / 20), int(length * 16_000))
    return noise.round().astype("<i2").tobytes()


@pytest.fixture
def four_seconds(tmp_path: Path, spoken: Callable[[str], bytes]) -> tuple[Path, bytes]:
    """Speech, and a quiet room after it, as a file to play; and the speech as samples."""
    pcm = spoken("plain")[: 4 * 32_000]
    sound = pcm + room(8)
    path = tmp_path / "speech.wav"
    with path.open("wb") as file:
        write_wav(file, [sound], len(sound))
    return path, pcm


@pytest.fixture
def start_recorder(inbox: Inbox, start_child: Callable[..., Child]) -> Callable[[VirtualMicrophone, str], Child]:
    return lambda microphone, device: start_child(
        inbox.folder, "microphone", device, CLOSING_SILENCE, env=microphone.environment
    )


def test_a_device_that_does_not_exist_is_told_with_those_that_do(
    virtual_microphone: VirtualMicrophone, inbox: Inbox, start_recorder: Callable[[VirtualMicrophone, str], Child]
) -> None:
    child = start_recorder(virtual_microphone, "Gramophone")
    out, err = child.communicate(timeout=30)
    assert (child.returncode, out) == (6, "")
    assert err.startswith("No input goes by 'Gramophone'. Inputs: ")
    assert repr(DEVICE) in err
    assert len(err.splitlines()) == 1
    assert not inbox.folder.exists()


@pytest.mark.real_time
def test_what_is_spoken_is_recorded_until_it_falls_silent(
    virtual_microphone: VirtualMicrophone,
    inbox: Inbox,
    start_recorder: Callable[[VirtualMicrophone, str], Child],
    four_seconds: tuple[Path, bytes],
    likeness: Callable[[bytes, bytes], float],
) -> None:
    path, pcm = four_seconds
    child = start_recorder(virtual_microphone, DEVICE)
    ready(child)
    virtual_microphone.play(path)
    out, err = child.communicate(timeout=30)
    assert child.returncode == 0, err
    *events, (facts, trouble) = map(json.loads, out.splitlines())
    recording = Recording.from_dict(facts)
    assert (recording.source, trouble) == (f"microphone: {DEVICE}", "")
    assert recording.ended_by is EndedBy.SILENCE
    assert [event for event, _ in events] == ["offered"]
    assert recording.duration is not None
    assert recording.duration + CLOSING_SILENCE - 1.0 > events[0][1], "it closed after the offer"
    assert recording.duration == pytest.approx(4, abs=1.5), "without the silence after the last word"
    heard = samples(inbox, recording)
    assert seconds(len(heard)) == recording.duration
    assert likeness(heard, pcm) > 0.9
    probability = silero_probability()
    blocks = [heard[at : at + BLOCK_BYTES] for at in range(0, len(heard) - BLOCK_BYTES + 1, BLOCK_BYTES)]
    assert sum(probability(block) > 0.5 for block in blocks) > 2 / 0.032, "more than two seconds of it are speech"


@pytest.mark.real_time
def test_an_input_that_turns_to_digital_silence_in_mid_memo_is_told_within_a_second_and_is_no_end(
    virtual_microphone: VirtualMicrophone,
    inbox: Inbox,
    start_recorder: Callable[[VirtualMicrophone, str], Child],
    tmp_path: Path,
    spoken: Callable[[str], bytes],
) -> None:
    detector, whole = silero_probability(), spoken("plain")
    speech = [at for at in range(0, 4 * 32_000, BLOCK_BYTES) if detector(whole[at : at + BLOCK_BYTES]) > 0.9]
    pcm = whole[: speech[-1]]  # in the middle of a word
    path = tmp_path / "speech.wav"
    with path.open("wb") as file:
        write_wav(file, [pcm], len(pcm))
    child = start_recorder(virtual_microphone, DEVICE)
    ready(child)
    virtual_microphone.play(path)
    out, err = child.communicate(timeout=30)
    assert child.returncode == 0, err
    *events, (facts, trouble) = map(json.loads, out.splitlines())
    recording = Recording.from_dict(facts)
    assert recording.ended_by is EndedBy.MICROPHONE_LOST
    assert "digital silence" in trouble
    turned = seconds(len(samples(inbox, recording).rstrip(b"\0")))
    assert next(at for event, at in events if event == "ZEROS") <= turned + 1.0


@pytest.mark.real_time
@pytest.mark.skipif(sys.platform != "linux", reason="the virtual microphone is a PulseAudio server")
def test_a_microphone_that_is_torn_out_ends_the_recording_and_all_of_it_is_kept(
    virtual_microphone: VirtualMicrophone,  # not used, but says what is missing where it cannot run
    inbox: Inbox,
    start_recorder: Callable[[VirtualMicrophone, str], Child],
    four_seconds: tuple[Path, bytes],
    likeness: Callable[[bytes, bytes], float],
) -> None:
    path, pcm = four_seconds
    with VirtualMicrophone() as doomed:
        child = start_recorder(doomed, DEVICE)
        ready(child)
        doomed.play(path)
        time.sleep(2.0)
        doomed.crash()
        torn_out = time.monotonic()
        out, err = child.communicate(timeout=30)
    assert child.returncode == 0, err
    assert time.monotonic() - torn_out < GONE_SECONDS + 2
    facts, trouble = json.loads(out.splitlines()[-1])
    recording = Recording.from_dict(facts)
    assert trouble == f"{DEVICE!r} stopped giving sound. What was said until then is kept."
    assert recording.ended_by is EndedBy.MICROPHONE_LOST
    assert recording.duration is not None
    assert recording.duration > 1.5
    assert likeness(samples(inbox, recording), pcm[:32_000]) > 0.9
    assert [each.id for each in inbox.recordings()] == [recording.id]


@pytest.mark.skipif(sys.platform != "linux", reason="ALSA's settings stand for a headset that is plugged in")
def test_a_microphone_that_is_plugged_in_later_is_seen_when_looked_for_anew(tmp_path: Path) -> None:
    program = """
import pathlib, sys
from capture.microphone import input_devices
from capture.portaudio import rescan

names = lambda: {device.name for device in input_devices()}
before = names()
pathlib.Path.home().joinpath(".asoundrc").write_text("pcm.headset { type null }")
assert names() == before, "PortAudio looks by itself now: rescan has become needless"
rescan()
assert names() - before == {"headset"}
"""
    done = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | {"HOME": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
