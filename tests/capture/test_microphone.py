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
    with VirtualMicrophone(room=False) as gated:
        child = start_recorder(gated, DEVICE)
        ready(child)
        gated.play(path)
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
    virtual_microphone: VirtualMicrophone,  # not used, but says what is missing where it cannot run
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
    with VirtualMicrophone(room=False) as gated:
        child = start_recorder(gated, DEVICE)
        ready(child)
        gated.play(path)
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


@pytest.mark.real_time
@pytest.mark.skipif(sys.platform != "linux", reason="the virtual microphone is a PulseAudio server")
def test_a_headset_that_the_sound_server_replaces_by_a_silent_input_is_told_within_a_second(
    virtual_microphone: VirtualMicrophone,  # not used, but says what is missing where it cannot run
    inbox: Inbox,
    start_recorder: Callable[[VirtualMicrophone, str], Child],
    four_seconds: tuple[Path, bytes],
) -> None:
    path, _ = four_seconds
    with VirtualMicrophone(room=False) as headset:

        def control(*arguments: str) -> str:
            command = ["pactl", *arguments]
            return subprocess.run(command, env=headset.environment, check=True, capture_output=True, text=True).stdout

        modules = control("list", "short", "modules").splitlines()
        plug = next(line.split()[0] for line in modules if "sink_name=mic" in line)
        control("load-module", "module-null-sink", "sink_name=other")
        child = start_recorder(headset, DEVICE)
        assert child.stdout is not None
        _, _, began = json.loads(child.stdout.readline())
        player = headset.play(path)
        time.sleep(2.5)
        control("unload-module", plug)
        player.terminate()  # the server would lead the voice to the other input
        unloaded = time.monotonic() - began
        told = [json.loads(line) for line in child.stdout]
    faults = [at for event, at in told[:-1] if event in ("ZEROS", "STALLED")]
    facts, trouble = told[-1]
    assert faults, told
    assert faults[0] <= unloaded + 1.5
    assert Recording.from_dict(facts).ended_by is EndedBy.MICROPHONE_LOST
    assert trouble.endswith("What was said until then is kept.")


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


@pytest.fixture
def with_alsa_settings(tmp_path: Path) -> Callable[[bytes, str], "subprocess.CompletedProcess[str]"]:
    """Runs a program on a machine whose ALSA has the settings given."""

    def run(settings: bytes, program: str) -> "subprocess.CompletedProcess[str]":
        (tmp_path / ".asoundrc").write_bytes(settings)
        environment = os.environ | {"HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", program]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)

    return run


@pytest.mark.skipif(sys.platform != "linux", reason="ALSA's settings stand for a driver that writes Latin-1")
def test_a_device_whose_name_is_no_utf_8_stops_neither_another_nor_itself(
    with_alsa_settings: Callable[[bytes, str], "subprocess.CompletedProcess[str]"],
) -> None:
    program = """
from capture.microphone import Microphone, find_input
for name in ("b\ufffdro", "headset"):
    with Microphone(find_input(name)):
        print("opened")
"""
    done = with_alsa_settings(b"pcm.b\xfcro { type null }\npcm.headset { type null }", program)
    assert (done.returncode, done.stdout, done.stderr) == (0, "opened\nopened\n", "")


@pytest.mark.skipif(sys.platform != "linux", reason="ALSA's settings stand for a device that cannot be opened")
def test_what_the_libraries_print_while_a_device_is_opened_stays_off_the_screen(
    with_alsa_settings: Callable[[bytes, str], "subprocess.CompletedProcess[str]"],
) -> None:
    program = """
import os, pathlib, sys
from capture.errors import NoMicrophone
from capture.microphone import Microphone, find_input
played = pathlib.Path("played")
played.write_bytes(bytes(99))
headset = find_input("headset")
played.unlink()
try:
    with Microphone(headset):
        sys.exit("it was opened")
except NoMicrophone as error:
    print(error, file=sys.stderr)
os.write(2, b"and standard error is as it was")
"""
    settings = b"pcm.headset { type file slave { pcm null } file /dev/null infile played format raw }"
    done = with_alsa_settings(settings, program)
    assert done.returncode == 0, done.stderr
    first, second = done.stderr.splitlines()
    assert first.startswith("'headset' could not be opened")
    assert second == "and standard error is as it was"
