"""A memo's whole way, with real weights, at a real pseudo-terminal."""

import json
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import jiwer
import pexpect
import pytest
from cli import AFTERCALL, Terminal, environment, hearing, run
from virtual_microphone import DEVICE, VirtualMicrophone

from aftercall.desk.seal import SealedNotes
from aftercall.desk.stages import REVIEW
from capture.notes import Notes
from memos.models import Sentence
from memos.outcomes import Outcome
from review.draft import Draft
from review.next_call import find_next_call
from review.sentences import split_sentences
from transcribe.transcript import Transcript

Sample = Callable[[str], Path]
Facts = Callable[[str], dict[str, Any]]

SPOKEN = ("plain", "no-next-call", "silence")

_CLEAN = jiwer.Compose(
    [
        jiwer.ToLowerCase(),
        jiwer.RemovePunctuation(),
        jiwer.RemoveMultipleSpaces(),
        jiwer.Strip(),
        jiwer.ReduceToListOfListOfWords(),
    ]
)


def rows(*command: str, home: Path) -> list[dict[str, Any]]:
    done = run(*command, "--json", home=home)
    return list(json.loads(done.out)) if done.out else []


def is_stored(home: Path) -> bool:
    return run("list", "--ids", home=home).code == 0


@pytest.fixture(scope="module")
def transcribed(tmp_path_factory: pytest.TempPathFactory, sample: Sample) -> tuple[Path, list[Any]]:
    """A home with three samples imported and transcribed, and what `transcribe --json` said. Not to be changed."""
    home = tmp_path_factory.mktemp("transcribed") / "home"
    imported = run("import", *(sample(name) for name in SPOKEN), home=home)
    assert imported.code == 0, imported.err
    done = run("transcribe", "--json", home=home)
    assert done.code == 4, done.err
    assert done.lines[-1] == "No speech in file: silence.flac."
    return home, json.loads(done.out)


@pytest.fixture
def waiting(transcribed: tuple[Path, list[Any]], home: Path) -> tuple[Path, str]:
    """A home in which the sample "plain" waits to be read, and its id."""
    shutil.copytree(transcribed[0], home)
    [recording_id] = [row["id"] for row in transcribed[1] if row["source"] == "file: plain.flac"]
    return home, recording_id


def word_error_rate(said: str, heard: str) -> float:
    return float(jiwer.wer(said, heard, reference_transform=_CLEAN, hypothesis_transform=_CLEAN))


class TestTranscribing:
    def test_the_words_that_were_spoken_are_heard_and_silence_is_told(
        self, transcribed: tuple[Path, list[Any]], sample_facts: Facts
    ) -> None:
        heard = {row["source"].removeprefix("file: ").removesuffix(".flac"): row for row in transcribed[1]}

        assert set(heard) == set(SPOKEN)
        for name in ("plain", "no-next-call"):
            assert word_error_rate(sample_facts(name)["words"], heard[name]["text"]) < 0.25
            assert heard[name]["engine"] == "faster-whisper"
        assert heard["silence"]["text"] == ""
        assert heard["silence"]["segments"] == []

    def test_the_other_engine_hears_them_too_and_replaces_what_was_heard(
        self, waiting: tuple[Path, str], sample_facts: Facts
    ) -> None:
        home, recording_id = waiting

        done = run("transcribe", recording_id[-4:], "--engine", "openai-whisper", "--json", home=home)

        assert done.code == 0, done.err
        [row] = json.loads(done.out)
        assert (row["id"], row["engine"], row["model"]) == (recording_id, "openai-whisper", "base")
        assert word_error_rate(sample_facts("plain")["words"], row["text"]) < 0.25
        [kept] = [row for row in rows("inbox", home=home) if row["id"] == recording_id]
        assert kept["heard"] == row["text"]

    def test_a_thorough_pass_takes_the_largest_model_and_marks_what_it_hears_otherwise(
        self, waiting: tuple[Path, str]
    ) -> None:
        home, recording_id = waiting
        small = ("transcribe", recording_id, "--thorough")
        first = run("transcribe", recording_id, "--model", "tiny.en", home=home)
        assert first.code == 0, first.err

        done = run(*small, "--json", home=home, AFTERCALL_MODEL="tiny.en")

        assert done.code == 0, done.err
        [row] = json.loads(done.out)
        assert row["model"] == "base"
        marked = [word["instead_of"] for part in row["segments"] for word in part["words"] if word["instead_of"]]
        before = first.out.partition("  ")[2].strip()
        assert bool(marked) is (_CLEAN(row["text"]) != _CLEAN(before))

        again = run(*small, home=home)
        assert again.code == 0, again.err
        assert "No larger model than base is on this machine" in again.err
        assert run("transcribe", "--thorough", home=home).code == 2


class TestTheWholeWay:
    def test_a_memo_is_spoken_read_promised_stored_and_found_again(self, sample: Sample, home: Path) -> None:
        arguments = ("record", "--from", sample("plain"), "--contact", "Laura Bennett, Hartwell Logistics")
        with Terminal(*arguments, home=home) as terminal:
            terminal.see("Speak now")
            shown = terminal.keep_all()
            terminal.name("", "")  # Enter alone takes what --contact said
            terminal.see("number to dial:")
            terminal.type("312-555-0147\r")
            offered = terminal.offer()
            terminal.type("y")
            terminal.see("Stored. ")
            assert terminal.end() == 0

        [found] = rows("search", "fuel", home=home)
        memo = json.loads(run("show", found["id"], "--json", home=home).out)
        due, promised = rows("due", "--all", home=home)
        expected = find_next_call(memo["text"], datetime.fromisoformat(memo["spoken_at"]))
        assert expected is not None
        assert expected.date is not None
        contact = {
            "id": 1,
            "name": "Laura Bennett",
            "company": "Hartwell Logistics",
            "phone": "+13125550147",
            "email": None,
        }

        assert memo["next_call"] == {
            "date": expected.date.isoformat(),
            "time": "10:00",
            "heard": expected.heard,
            "zone": None,
        }
        assert f"{expected.date.day} {expected.date:%B %Y}, 10:00" in offered
        assert {key: memo[key] for key in ("text", "next_call", "contact")} == {
            key: found[key] for key in ("text", "next_call", "contact")
        }
        assert (due["id"], due["due"], due["time"]) == (found["id"], expected.date.isoformat(), "10:00")
        assert due["contact"] == memo["contact"] == contact
        assert (promised["id"], promised["section"]) == (f"{found['id']}.1", "promised")
        assert promised["text"] in memo["text"]
        assert memo["confirmed_by"] == "Rita"
        assert [s["action"] for s in memo["sentences"]] == ["keep"] * len(shown)
        assert [re.sub(r"[\[\]]|\?(?=\])", "", s) for s in shown] == [s["heard"] for s in memo["sentences"]]
        assert memo["sound"] == str(home / "audio" / f"{found['id']}.wav")
        assert Path(memo["sound"]).stat().st_size > 16_000 * 2 * 17
        assert rows("inbox", home=home) == []
        assert list((home / "inbox").glob("*.*")) == []

    def test_a_memo_spoken_into_a_microphone_ends_by_silence_and_is_stored(
        self, sample: Sample, home: Path, virtual_microphone: VirtualMicrophone, sample_facts: Facts
    ) -> None:
        surroundings = hearing(virtual_microphone)
        with Terminal("record", "--device", DEVICE, home=home, surroundings=surroundings) as terminal:
            terminal.see("Speak now")
            virtual_microphone.play(sample("no-next-call"))
            terminal.see("Recorded ")
            shown = " ".join(terminal.keep_all())
            terminal.name_nobody()
            terminal.see("No next call was heard")
            terminal.see("when[?]")
            terminal.type("none\r")
            terminal.see("why is there no next call[?]")
            terminal.type("locked in with another supplier\r")
            terminal.see("Stored. ")
            assert terminal.end() == 0

        [memo] = rows("list", home=home)
        assert memo["no_next_call_reason"] == "locked in with another supplier"
        assert memo["next_call"] is None
        assert memo["contact"] is None
        facts = sample_facts("no-next-call")
        assert word_error_rate(facts["words"], shown) < 0.25
        assert memo["duration"] == pytest.approx(facts["duration"] + 0.5, abs=1.5)
        assert run("due", home=home).code == 3


class TestLeaving:
    def test_at_every_prompt_it_keeps_what_was_answered_and_stores_nothing(self, waiting: tuple[Path, str]) -> None:
        home, recording_id = waiting
        note = home / "inbox" / f"{recording_id}.review.json"

        def reviewing() -> Terminal:
            return Terminal("review", recording_id, home=home)

        def left(terminal: Terminal, answers: int) -> None:
            assert terminal.end() == 5
            assert "Nothing is lost" in terminal.rest
            assert not is_stored(home)
            kept = json.loads(note.read_bytes()) if note.exists() else {"sentences": []}
            assert len(kept["sentences"]) == answers

        with reviewing() as terminal:  # q at a sentence
            first = terminal.sentence()
            terminal.type("q")
            left(terminal, 0)
        with reviewing() as terminal:  # Ctrl-C at the sentence after the first
            assert terminal.sentence() == first
            terminal.type("\r")
            terminal.sentence()
            terminal.type("\x03")
            left(terminal, 1)
        with reviewing() as terminal:  # Ctrl-C while a sentence is edited
            terminal.see("Going on at sentence 2")
            terminal.sentence()
            terminal.type("e")
            terminal.see("edit:")
            terminal.type(" and more\x03")
            left(terminal, 1)
        with reviewing() as terminal:  # the terminal is closed after an edit
            terminal.sentence()
            terminal.type("e")
            terminal.see("edit:")
            terminal.read("She paid.")
            terminal.type("\x05 She paid.\r")  # Ctrl-E: the cursor stands on the first doubtful word
            terminal.sentence()
            terminal.hang_up()
        edited = json.loads(note.read_bytes())["sentences"]
        assert [sentence["action"] for sentence in edited] == ["keep", "edit"]
        assert edited[1]["text"] == edited[1]["heard"] + " She paid."
        assert not is_stored(home)
        with reviewing() as terminal:  # Ctrl-C at the contact
            terminal.see("Going on at sentence 3")
            whole = 2 + len(terminal.keep_all())
            terminal.see("contact:")
            terminal.type("Dana\x03")
            left(terminal, whole)
        with reviewing() as terminal:  # the terminal is closed at the contact
            terminal.see("contact:")
            terminal.type("Dana")
            terminal.hang_up()
        assert not is_stored(home)
        with reviewing() as terminal:  # Ctrl-C at the number: the contact is asked again
            terminal.see("contact:")
            terminal.type("Dana Whitfield\r")
            terminal.see("number to dial:")
            terminal.type("\x03")
            left(terminal, whole)
        with reviewing() as terminal:  # q at the next call
            terminal.name("Dana Whitfield", "")
            terminal.offer()
            terminal.type("q")
            left(terminal, whole)
        with reviewing() as terminal:  # the terminal is closed at the next call
            terminal.offer()
            terminal.hang_up()
        assert not is_stored(home)
        with reviewing() as terminal:  # Ctrl-C where another day is asked for
            terminal.offer()
            terminal.type("a")
            terminal.see("when[?]")
            terminal.type("\x03")
            left(terminal, whole)
        with reviewing() as terminal:  # Ctrl-C where the reason is asked for
            terminal.offer()
            terminal.type("n")
            terminal.see("why is there no next call[?]")
            terminal.type("no ne\x03")
            left(terminal, whole)

        with reviewing() as terminal:  # at last
            terminal.offer()
            terminal.type("y")
            terminal.see("Stored. ")
            assert terminal.end() == 0
        memo = json.loads(run("show", recording_id, "--json", home=home).out)
        assert [sentence["action"] for sentence in memo["sentences"]] == ["keep", "edit"] + ["keep"] * (whole - 2)
        assert memo["text"] == " ".join(sentence["text"] for sentence in memo["sentences"])
        assert memo["contact"]["name"] == "Dana Whitfield"
        assert recording_id not in [row["id"] for row in rows("inbox", home=home)]

    def test_a_terminal_closed_while_recording_keeps_the_sound(self, sample: Sample, home: Path) -> None:
        with Terminal("record", "--from", sample("plain"), "--realtime", home=home) as terminal:
            terminal.see("Speak now")
            wait_for_sound(home, seconds=2)
            terminal.hang_up()

        [row] = rows("inbox", home=home)
        assert row["duration"] >= 2
        assert not is_stored(home)

    def test_ctrl_c_while_recording_keeps_the_sound_for_later(self, sample: Sample, home: Path) -> None:
        with Terminal("record", "--from", sample("plain"), "--realtime", home=home) as terminal:
            terminal.see("Speak now")
            wait_for_sound(home, seconds=1)
            terminal.child.sendintr()
            terminal.see("Stopped before it was read")
            assert terminal.end() == 5

        [row] = rows("inbox", home=home)
        assert row["duration"] >= 1

    def test_enter_ends_a_recording_and_what_was_said_is_read(self, sample: Sample, home: Path) -> None:
        arguments = ("record", "--from", sample("plain"), "--realtime")
        with Terminal(*arguments, home=home) as terminal:
            terminal.see("Speak now")
            wait_for_sound(home, seconds=4)
            terminal.child.send("\r")
            terminal.see("Recorded ")
            assert "Laura" in terminal.sentence()
            terminal.type("q")
            assert terminal.end() == 5

    def test_ctrl_c_while_transcribing_leaves_the_recording_as_it_was(self, sample: Sample, home: Path) -> None:
        assert run("import", sample("plain"), home=home).code == 0
        with Terminal("transcribe", home=home) as terminal:
            terminal.see("transcribing")
            terminal.child.sendintr()
            # Python may raise it where nothing can take it, in a finaliser; a person presses again.
            while terminal.child.expect(["Stopped[.]", pexpect.TIMEOUT], timeout=5) == 1:
                terminal.child.sendintr()
            assert terminal.end() == 130

        [row] = rows("inbox", home=home)
        assert row["stage"] == "recorded"
        assert [path.name for path in (home / "inbox").glob(".*")] == []


class TestTheInbox:
    def test_memos_are_read_one_after_another_and_may_be_thrown_away(
        self, waiting: tuple[Path, str], transcribed: tuple[Path, list[Any]]
    ) -> None:
        home, plain_id = waiting
        with Terminal("review", home=home) as terminal:
            terminal.see("Tuesday 9 June")
            terminal.see("1 of")
            terminal.type("d")
            terminal.see("Type 'discard'")
            terminal.type("discard\r")
            terminal.see("Thrown away, as you asked")
            terminal.see("2 more memos wait")
            terminal.type("\r")
            terminal.see("Monday 6 July")
            terminal.see("No words were heard in this memo")
            terminal.type("d")
            terminal.see("Type 'discard'")
            terminal.type("discard\r")
            terminal.see("1 more memo waits")
            terminal.type("q")
            assert terminal.end() == 0

        [left] = rows("inbox", home=home)
        assert left["heard"].startswith("Quick one")
        thrown = sorted(path.name for path in (home / "inbox" / "discarded").glob(f"{plain_id}*"))
        assert thrown == [f"{plain_id}.json", f"{plain_id}.transcript.json", f"{plain_id}.wav"]
        assert not is_stored(home)

    def test_a_hostile_name_is_shown_as_it_is_written(self, waiting: tuple[Path, str]) -> None:
        home, recording_id = waiting
        facts = home / "inbox" / f"{recording_id}.json"
        hint = {"contact_hint": "[/b] :smile: \x1b[2J\u202e"}
        facts.write_text(json.dumps(json.loads(facts.read_bytes()) | hint))

        with Terminal("review", recording_id, home=home) as terminal:
            terminal.see(r"Memo with \[/b\] :smile: \[2J, spoken")
            terminal.type("q")
            assert terminal.end() == 5


class TestKeysThatNobodyPressed:
    @pytest.fixture
    def all_but_promised(self, waiting: tuple[Path, str]) -> tuple[Path, str]:
        """A home in which a memo is read and wants nothing but its next call."""
        return self.read(*waiting, contact_answered=True)

    @staticmethod
    def read(home: Path, recording_id: str, *, contact_answered: bool) -> tuple[Path, str]:
        inbox = home / "inbox"
        transcript = Transcript.from_dict(json.loads((inbox / f"{recording_id}.transcript.json").read_bytes()))
        heard = [sentence.text for sentence in split_sentences(transcript)]
        answers = [Sentence(position, text, text, "keep", 3.0) for position, text in enumerate(heard)]
        draft = Draft(transcript.text, answers, contact_answered=contact_answered, outcome=Outcome.REACHED)
        SealedNotes(Notes(inbox), REVIEW, home).keep(recording_id, transcript, draft.to_dict())
        return home, recording_id

    @pytest.mark.parametrize("key", ["y", "\r"])
    def test_a_flood_does_not_promise_a_next_call(self, all_but_promised: tuple[Path, str], key: str) -> None:
        home, recording_id = all_but_promised
        with Terminal("review", recording_id, home=home) as terminal:
            terminal.see("q later")
            terminal.flood(key)
            assert not is_stored(home)
            terminal.type("q")
            assert terminal.end() == 5
        assert not is_stored(home)

    @pytest.mark.parametrize("key", ["\r", " ", "k", "y", "s"])
    def test_a_flood_answers_no_sentence(self, waiting: tuple[Path, str], key: str) -> None:
        home, recording_id = waiting
        with Terminal("review", recording_id, home=home) as terminal:
            terminal.see("Enter keep")
            terminal.flood(key)
            terminal.type("q")
            assert terminal.end() == 5
        assert not (home / "inbox" / f"{recording_id}.review.json").exists()
        assert not is_stored(home)

    def test_a_line_typed_while_the_program_starts_names_nobody(self, waiting: tuple[Path, str]) -> None:
        home, recording_id = self.read(*waiting, contact_answered=False)
        note = home / "inbox" / f"{recording_id}.review.json"
        with Terminal("review", recording_id, home=home, from_nothing=True) as terminal:
            terminal.child.send("Typed ahead\r")
            terminal.name("Dana Whitfield", "")
            terminal.offer()
            terminal.type("q")
            assert terminal.end() == 5
        assert json.loads(note.read_bytes())["contact"]["name"] == "Dana Whitfield"

    def test_keys_typed_while_the_program_starts_count_for_nothing(self, all_but_promised: tuple[Path, str]) -> None:
        home, recording_id = all_but_promised
        with Terminal("review", recording_id, home=home, from_nothing=True) as terminal:
            terminal.child.send("y")
            terminal.offer()
            terminal.type("q")
            assert terminal.end() == 5
        assert not is_stored(home)


class TestAfterACrash:
    def test_a_killed_recording_is_whole_but_for_the_last_moment(self, sample: Sample, home: Path) -> None:
        recorder = subprocess.Popen(
            [*AFTERCALL, "record", "--from", sample("plain"), "--realtime", "--contact", "Laura"],
            env=environment(home),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert recorder.stderr is not None
        assert recorder.stderr.readline().startswith("Speak now")
        began = time.monotonic()
        wait_for_sound(home, seconds=3)
        recorder.send_signal(signal.SIGKILL)
        spoken = time.monotonic() - began
        recorder.wait()
        recorder.stderr.close()

        after = run("inbox", "--json", home=home)

        assert after.code == 0
        [row] = json.loads(after.out)
        said = rf"Recovered a recording that was cut off: [\d.]+ s with Laura, .* \({row['id']}\)\. .*\n"
        assert re.fullmatch(said, after.err)
        assert spoken - 1.5 <= row["duration"] <= spoken + 1.5
        assert row["contact_hint"] == "Laura"
        assert run("inbox", home=home).err == ""


def wait_for_sound(home: Path, seconds: float) -> None:
    """Wait until so much sound is on the disk."""
    deadline = time.monotonic() + 20
    while True:
        sizes = [path.stat().st_size for path in (home / "inbox").glob("*.pcm.part")]
        if sizes and sizes[0] >= seconds * 16_000 * 2:
            return
        assert time.monotonic() < deadline, "no sound arrives"
        time.sleep(0.02)
