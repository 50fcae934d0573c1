"""From the hang-up to the memo: `watch` with a fake phone, and what a rep can do while it records."""

import json
import signal
import subprocess
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import pytest
from cli import Terminal, hearing, run
from virtual_microphone import DEVICE, VirtualMicrophone

from capture.decode import decode

Sample = Callable[[str], Path]

OPENING_SECONDS = 3.4


@pytest.fixture
def surroundings(virtual_microphone: VirtualMicrophone) -> dict[str, str]:
    return hearing(virtual_microphone) | {"AFTERCALL_MIN_CALL_SECONDS": "0.5"}


@pytest.fixture
def opening(tmp_path: Path, sample: Sample) -> Path:
    """A sound file of the first words of a memo: whom the call was with."""
    path = tmp_path / "opening.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(decode(sample("plain"), 60).pcm[: int(OPENING_SECONDS * 16_000) * 2])
    return path


@contextmanager
def phone_call(microphone: VirtualMicrophone) -> Iterator[None]:
    """An app that holds the microphone."""
    command = ["parecord", "--device=mic.monitor", "--raw", "/dev/null"]
    process = subprocess.Popen(command, env=microphone.environment)
    try:
        time.sleep(1.0)
        yield
    finally:
        process.terminate()
        process.wait()


def hang_up(terminal: Terminal, microphone: VirtualMicrophone) -> float:
    """Have a call, and wait until the watch says to speak; how many seconds that took after the call."""
    terminal.see("Waiting for a call")
    with phone_call(microphone):
        pass
    began = time.monotonic()
    terminal.see("Speak now")
    return time.monotonic() - began


@contextmanager
def memo_up(
    microphone: VirtualMicrophone, opening: Path, home: Path, surroundings: dict[str, str]
) -> Iterator[Terminal]:
    """A watch with the memo of a call up to be read; at the end whichever is up then is left, and the watch ended."""
    with Terminal("watch", "--device", DEVICE, home=home, surroundings=surroundings, seconds=60) as terminal:
        hang_up(terminal, microphone)
        microphone.play(opening)
        terminal.sentence()
        yield terminal
        terminal.type("q")
        terminal.see("Waiting for a call")
        terminal.child.sendintr()
        terminal.end()


def waiting(home: Path) -> list[dict[str, object]]:
    return list(json.loads(run("inbox", "--json", home=home).out))


class TestWatch:
    @pytest.mark.real_time
    def test_the_memo_after_a_call_is_recorded_and_read(
        self, virtual_microphone: VirtualMicrophone, sample: Sample, home: Path, surroundings: dict[str, str]
    ) -> None:
        with Terminal("watch", "--device", DEVICE, "--once", home=home, surroundings=surroundings) as terminal:
            assert hang_up(terminal, virtual_microphone) < 1.0
            virtual_microphone.play(sample("plain"))
            terminal.see("Recorded", "Nobody")
            assert "Laura Bennett" in " ".join(terminal.keep_all())
            terminal.name("Laura Bennett", "")
            terminal.offer()
            terminal.type("y")
            terminal.see("Stored")
            assert terminal.end() == 0

    def test_when_the_phone_rings_again_the_memo_is_kept_and_waits(
        self, virtual_microphone: VirtualMicrophone, sample: Sample, home: Path, surroundings: dict[str, str]
    ) -> None:
        with Terminal("watch", "--device", DEVICE, "--once", home=home, surroundings=surroundings) as terminal:
            hang_up(terminal, virtual_microphone)
            player = virtual_microphone.play(sample("plain"))
            time.sleep(4.0)
            with phone_call(virtual_microphone):
                terminal.see("Recorded")
                assert terminal.end() == 0
            player.kill()
        [memo] = waiting(home)
        assert 2.0 < float(str(memo["duration"])) < 8.0

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_asked_to_end_while_it_records_it_keeps_the_memo_and_ends(
        self,
        virtual_microphone: VirtualMicrophone,
        sample: Sample,
        home: Path,
        surroundings: dict[str, str],
        number: int,
    ) -> None:
        with Terminal("watch", "--device", DEVICE, home=home, surroundings=surroundings) as terminal:
            hang_up(terminal, virtual_microphone)
            player = virtual_microphone.play(sample("plain"))
            time.sleep(3.0)
            terminal.child.kill(number)
            terminal.see("Recorded")
            assert terminal.end() == 130
            player.kill()
        [memo] = waiting(home)
        assert float(str(memo["duration"])) > 1.5

    def test_asked_to_end_while_the_rep_reads_it_ends_with_the_memo_kept(
        self, virtual_microphone: VirtualMicrophone, opening: Path, home: Path, surroundings: dict[str, str]
    ) -> None:
        with Terminal("watch", "--device", DEVICE, home=home, surroundings=surroundings, seconds=60) as terminal:
            hang_up(terminal, virtual_microphone)
            virtual_microphone.play(opening)
            terminal.sentence()
            terminal.type("")  # it listens
            terminal.child.kill(signal.SIGTERM)
            terminal.see("Nothing is lost")
            assert terminal.end() == 5
        assert len(waiting(home)) == 1

    def test_a_call_that_ends_while_a_memo_is_read_has_its_memo_first(
        self, virtual_microphone: VirtualMicrophone, opening: Path, home: Path, surroundings: dict[str, str]
    ) -> None:
        with memo_up(virtual_microphone, opening, home, surroundings) as terminal:
            with phone_call(virtual_microphone):
                terminal.type("\r")
                terminal.see("n no call · q later")
            terminal.see("Another call has ended: its memo first")
            terminal.see("Speak now")
            virtual_microphone.play(opening)
            terminal.sentence()
        memos = waiting(home)
        assert [memo["stage"] for memo in memos] == ["being read", "transcribed"]

    def test_two_calls_that_end_while_memos_are_up_have_their_memos_and_none_is_lost(
        self, virtual_microphone: VirtualMicrophone, opening: Path, home: Path, surroundings: dict[str, str]
    ) -> None:
        with memo_up(virtual_microphone, opening, home, surroundings) as terminal:
            for _ in range(2):
                with phone_call(virtual_microphone):
                    pass
                terminal.see("Another call has ended: its memo first")
                terminal.see("Speak now")
                virtual_microphone.play(opening).wait()
                terminal.sentence()
        memos = waiting(home)
        assert len(memos) == 3
        assert all(float(str(memo["duration"])) > OPENING_SECONDS - 0.5 for memo in memos)
        assert all("Laura" in str(memo["heard"]) for memo in memos)

    def test_a_call_that_begins_while_the_memo_of_another_is_spoken_has_its_own_memo_when_it_ends(
        self, virtual_microphone: VirtualMicrophone, opening: Path, home: Path, surroundings: dict[str, str]
    ) -> None:
        with memo_up(virtual_microphone, opening, home, surroundings) as terminal:
            with phone_call(virtual_microphone):
                pass
            terminal.see("Speak now")
            virtual_microphone.play(opening).wait()
            with phone_call(virtual_microphone):
                terminal.see("Recorded")
            terminal.see("Speak now")
            virtual_microphone.play(opening).wait()
            terminal.sentence()
        memos = waiting(home)
        assert len(memos) == 3
        assert all(float(str(memo["duration"])) > OPENING_SECONDS - 0.5 for memo in memos)

    def test_a_call_that_begins_while_something_is_added_closes_the_microphone_and_has_its_own_memo(
        self, virtual_microphone: VirtualMicrophone, opening: Path, home: Path, surroundings: dict[str, str]
    ) -> None:
        with memo_up(virtual_microphone, opening, home, surroundings) as terminal:
            terminal.type("a")
            terminal.see("add .type it")
            terminal.type("\r")
            terminal.see("Speak now")
            with phone_call(virtual_microphone):
                terminal.see("Left. Nothing is lost")
                time.sleep(1)
            terminal.see("Speak now")
            virtual_microphone.play(opening).wait()
            terminal.sentence()
        assert len(waiting(home)) == 2

    @pytest.mark.real_time
    def test_ten_hang_ups_have_their_cue_in_time_with_every_other_part_at_work(
        self, virtual_microphone: VirtualMicrophone, home: Path, tmp_path: Path, surroundings: dict[str, str]
    ) -> None:
        (tmp_path / "phone").mkdir()
        every_part = {
            "AFTERCALL_MEMO_FOLDERS": str(tmp_path / "phone"),
            "AFTERCALL_RING": "yes",
            "AFTERCALL_EVENING_REMINDER": "23:59",
            "AFTERCALL_NO_SPEECH": "1",
        }
        with Terminal(
            "watch", "--later", "--device", DEVICE, home=home, surroundings=surroundings | every_part
        ) as terminal:
            delays = [hang_up(terminal, virtual_microphone) for _ in range(10)]
        print("hang-up -> speak now:", [f"{delay:.2f}" for delay in delays])
        assert median(delays) < 0.6
        assert max(delays) < 1.0

    def test_one_watcher_is_enough(self, home: Path, surroundings: dict[str, str]) -> None:
        with Terminal("watch", "--device", DEVICE, home=home, surroundings=surroundings) as terminal:
            terminal.see("Waiting for a call")
            second = run("watch", "--device", DEVICE, home=home, **surroundings)
        assert second.code == 1
        assert second.lines[-1] == "aftercall watch is running already; one is enough."

    def test_without_a_sound_server_a_line_says_so(self, home: Path) -> None:
        done = run("watch", home=home, PULSE_SERVER="unix:/nonexistent", PULSE_RUNTIME_PATH="/nonexistent")
        assert done.code == 6
        assert len(done.lines) == 1


@pytest.mark.real_time
class TestWhileItRecords:
    def test_one_key_ends_the_memo_and_gives_the_terminal_back(
        self, virtual_microphone: VirtualMicrophone, sample: Sample, home: Path, surroundings: dict[str, str]
    ) -> None:
        with Terminal("record", "--device", DEVICE, home=home, surroundings=surroundings) as terminal:
            terminal.see("Speak now")
            player = virtual_microphone.play(sample("plain"))
            time.sleep(3.0)
            pressed = time.monotonic()
            terminal.child.send("l")
            terminal.see("Recorded")
            assert terminal.end() == 0
            assert time.monotonic() - pressed < 3.0
            player.kill()
        [memo] = waiting(home)
        assert float(str(memo["duration"])) > 2.0
        assert memo["stage"] == "recorded"

    def test_a_dead_microphone_is_called_out_with_the_other_inputs(self, home: Path) -> None:
        with (
            VirtualMicrophone(room=False) as dead,
            Terminal(
                "record", "--device", DEVICE, home=home, surroundings=hearing(dead) | {"AFTERCALL_NO_SPEECH": "4"}
            ) as terminal,
        ):
            terminal.see("Speak now")
            began = time.monotonic()
            terminal.see("gives nothing at all.*Other inputs: 1 'default'")
            assert time.monotonic() - began < 2.5
            terminal.see("Nobody spoke")
            assert terminal.end() == 4
        assert waiting(home) == []
