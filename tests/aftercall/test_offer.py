"""The end of a memo is an offer: the first sentence is up while the microphone is open, and speech takes it back."""

import json
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import ne
from pathlib import Path
from typing import Any, Final

import pytest
from cli import Terminal, hearing, run
from virtual_microphone import DEVICE, VirtualMicrophone

from capture.decode import decode

Spoken = Callable[[str], Path]
"""A sound file of the first seconds of a sample memo."""

SECONDS: Final = 5.0

OFFERED = {"AFTERCALL_END_SILENCE": "1.2", "AFTERCALL_CLOSING_SILENCE": "60"}

_FIRST = r"1 of (\d+)   Enter keep"
_LISTENS = "listening still: speak on, or answer"


@pytest.fixture
def spoken(tmp_path: Path, sample: Callable[[str], Path]) -> Spoken:
    def cut(name: str) -> Path:
        path = tmp_path / f"{name}.wav"
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, 16_000, 0, "NONE", ""))
            file.writeframes(decode(sample(name), 60).pcm[: int(SECONDS * 16_000) * 2])
        return path

    return cut


@contextmanager
def recording(microphone: VirtualMicrophone, home: Path, **settings: str) -> Iterator[Terminal]:
    surroundings = hearing(microphone) | OFFERED | settings
    with Terminal("record", "--device", DEVICE, home=home, surroundings=surroundings, seconds=60) as terminal:
        terminal.see("Speak now")
        yield terminal


def kept(home: Path) -> dict[str, Any]:
    [row] = json.loads(run("inbox", "--json", home=home).out)
    return dict(row)


def test_what_is_said_after_an_offer_belongs_to_the_memo_and_the_first_key_begins_the_reading(
    virtual_microphone: VirtualMicrophone, spoken: Spoken, home: Path
) -> None:
    with recording(virtual_microphone, home) as terminal:
        virtual_microphone.play(spoken("plain")).wait()
        terminal.see(_FIRST)
        sentences = int(terminal.child.match[1])
        terminal.see(_LISTENS)

        virtual_microphone.play(spoken("no-next-call")).wait()
        terminal.see(r"\x1b\[\d+A\x1b\[J")  # what was up is taken away
        terminal.see(_FIRST)
        assert int(terminal.child.match[1]) >= sentences
        terminal.see(_LISTENS)
        time.sleep(5)
        terminal.type("\r")
        terminal.see("2 of")
        assert "quicker" not in terminal.rest
        terminal.type("q")
        assert terminal.end() == 5

    row = kept(home)
    assert "Laura" in row["heard"]
    transcript = json.loads((home / "inbox" / f"{row['id']}.transcript.json").read_bytes())
    words = " ".join(segment["text"] for segment in transcript["segments"]).casefold().split()
    beginning = "just off the phone with laura bennett".split()
    assert sum(map(ne, words, beginning)) <= 1, "each word in its place, of which the model may mishear one"
    assert len(words) > 15, "and what was said after the offer follows"
    assert "gordon" in words[len(beginning) :]
    assert row["stage"] == "being read"


@pytest.mark.parametrize("key", ["q", "l", "\x1b"])
def test_a_key_that_leaves_keeps_the_memo_for_later(
    virtual_microphone: VirtualMicrophone, spoken: Spoken, home: Path, key: str
) -> None:
    with recording(virtual_microphone, home) as terminal:
        virtual_microphone.play(spoken("no-next-call")).wait()
        terminal.see(_LISTENS)
        terminal.child.send(key)
        terminal.see("Recorded ")
        assert terminal.end() == 0

    assert kept(home)["stage"] == "recorded"


def test_where_nobody_answers_silence_closes_the_microphone_and_is_no_part_of_the_memo(
    virtual_microphone: VirtualMicrophone, spoken: Spoken, home: Path
) -> None:
    with recording(virtual_microphone, home, AFTERCALL_CLOSING_SILENCE="8") as terminal:
        virtual_microphone.play(spoken("no-next-call")).wait()
        terminal.see(_FIRST)
        while not list((home / "inbox").glob("*.wav")):
            time.sleep(0.1)
        time.sleep(2)
        terminal.type("q")  # the reading has begun
        assert terminal.end() == 5
        assert terminal.everything.count("1 of") == 1

    assert kept(home)["duration"] < SECONDS + 2.5


def test_what_the_rep_plays_at_an_offer_is_no_speech_of_theirs(
    virtual_microphone: VirtualMicrophone, spoken: Spoken, home: Path
) -> None:
    with recording(virtual_microphone, home) as terminal:
        virtual_microphone.play(spoken("no-next-call")).wait()
        terminal.see(_LISTENS)
        terminal.child.send("h")  # into the sink whose sound the microphone gives
        time.sleep(SECONDS + 1)
        shown = len(terminal.everything)
        terminal.type("q")
        assert terminal.end() == 5
        assert terminal.everything.count("1 of") == 1, "the offer was not taken back"
        assert "listening" not in terminal.everything[shown:]

    assert kept(home)["duration"] < SECONDS + 2.5


def test_a_screen_reader_hears_nothing_of_it_and_enter_ends_as_before(
    virtual_microphone: VirtualMicrophone, spoken: Spoken, home: Path
) -> None:
    with recording(virtual_microphone, home, AFTERCALL_PLAIN="yes") as terminal:
        virtual_microphone.play(spoken("no-next-call")).wait()
        time.sleep(3)
        terminal.type("\r")
        terminal.see("Recorded ")
        assert "1 of" not in terminal.rest
        terminal.see(r"1 of \d+[.] Enter keeps")
        terminal.type("q")
        assert terminal.end() == 5


def test_killed_while_the_offer_stands_nothing_is_lost(
    virtual_microphone: VirtualMicrophone, spoken: Spoken, home: Path
) -> None:
    with recording(virtual_microphone, home) as terminal:
        virtual_microphone.play(spoken("no-next-call")).wait()
        terminal.see(_LISTENS)
        terminal.child.kill(9)
        terminal.child.wait()

    done = run("transcribe", "--json", home=home)
    assert done.code == 0, done.err
    assert "Recovered a recording that was cut off" in done.err
    [row] = json.loads(done.out)
    assert len(row["text"].split()) > 5


def test_the_greatest_length_is_announced_while_an_offer_stands_as_well_and_said_when_it_has_ended_the_memo(
    virtual_microphone: VirtualMicrophone, spoken: Spoken, home: Path
) -> None:
    with recording(virtual_microphone, home, AFTERCALL_MAX_SECONDS="28") as terminal:
        virtual_microphone.play(spoken("no-next-call"))
        terminal.see(r"(\d+) s left")
        assert int(terminal.child.match[1]) <= 28
        terminal.see(_FIRST)
        terminal.see(_LISTENS + r" · (\d+) s left")
        terminal.see("It was ended at its greatest length, 0:28; `max_seconds` in the settings.")
        terminal.type("q")
        assert terminal.end() == 5

    assert kept(home)["heard"]
