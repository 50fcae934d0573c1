"""The reading at a real pseudo-terminal: each key, hearing, saying again, adding, leaving at each prompt, plainly."""

import json
import shutil
import signal
import time
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pexpect
import pytest
from cli import Terminal, hearing, one_line, run
from virtual_microphone import DEVICE, VirtualMicrophone

from capture.decode import decode
from capture.playback import samples
from memos.models import Sentence
from memos.outcomes import Outcome
from review.draft import Draft
from review.play import sentence_stretch, word_stretch
from review.sentences import HeardSentence, split_sentences
from transcribe.transcript import Transcript

Sample = Callable[[str], Path]
Likeness = Callable[[bytes, bytes], float]

INTRODUCING = (
    "Just off the phone with Dana Whitfield, head of purchasing at Brightwater. "
    "Her email is dana at brightwater dot com. I'll call her on Tuesday at ten."
)


@pytest.fixture(scope="module")
def transcribed(tmp_path_factory: pytest.TempPathFactory, sample: Sample) -> Path:
    """A home in which a spoken memo waits to be read. Not to be changed."""
    home = tmp_path_factory.mktemp("spoken") / "home"
    assert run("import", sample("plain"), home=home).code == 0
    assert run("transcribe", home=home).code == 0
    return home


@pytest.fixture
def spoken(transcribed: Path, home: Path) -> tuple[Path, str]:
    """A home of one's own in which a spoken memo waits, and its id."""
    shutil.copytree(transcribed, home)
    [wav] = (home / "inbox").glob("*.wav")
    return home, wav.stem


@pytest.fixture
def typed(home: Path) -> tuple[Path, str]:
    """A home in which a typed memo waits, and its id: nothing to transcribe."""
    return home, run("jot", INTRODUCING, home=home).out.strip()


@pytest.fixture
def surroundings(virtual_microphone: VirtualMicrophone) -> dict[str, str]:
    return hearing(virtual_microphone) | {"AFTERCALL_DEVICE": DEVICE}


def note(home: Path, recording_id: str) -> dict[str, Any]:
    path = home / "inbox" / f"{recording_id}.review.json"
    return dict(json.loads(path.read_bytes())) if path.exists() else {}


def sentences_of(home: Path, recording_id: str) -> list[HeardSentence]:
    heard = json.loads((home / "inbox" / f"{recording_id}.transcript.json").read_bytes())
    return split_sentences(Transcript.from_dict(heard))


def stored(home: Path, memo_id: str) -> dict[str, Any]:
    return dict(json.loads(run("show", memo_id, "--json", home=home).out))


@pytest.fixture
def said(tmp_path: Path, sample: Sample) -> Path:
    """A sound file of one sentence: "He has my number if anything changes."."""
    path = tmp_path / "said.wav"
    pcm = decode(sample("no-next-call"), 60).pcm
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(pcm[int(14.2 * 16_000) * 2 :])
    return path


class TestEveryKey:
    def test_does_what_the_help_says(
        self, spoken: tuple[Path, str], surroundings: dict[str, str], virtual_microphone: VirtualMicrophone, said: Path
    ) -> None:
        home, recording_id = spoken
        heard = [sentence.text for sentence in sentences_of(home, recording_id)]
        with Terminal("review", home=home, surroundings=surroundings, seconds=60) as terminal:
            terminal.see("Memo, spoken Tuesday 9 June")
            terminal.sentence()
            terminal.type("?")
            terminal.see("hear one doubtful word")
            terminal.see("what is underlined must be right")
            terminal.type("x")
            terminal.see("Enter keeps, e edits")
            for key in "hw":
                terminal.type(key)
                time.sleep(1.0)  # a speaker takes a moment to open
            terminal.type("d")
            terminal.see("Type 'discard'")
            terminal.type("\r")
            time.sleep(0.5)  # that answered the question; this keeps the sentence
            terminal.type("\r")
            terminal.sentence()
            terminal.type("e")
            terminal.see("edit:")
            terminal.read("Today.")  # what is new is read from when the editing began
            terminal.type("\x05 Today.\r")  # the end of the line, wherever the cursor began
            terminal.sentence()
            terminal.type("b")
            assert terminal.sentence() == f"{heard[1]} Today."
            terminal.type("u")
            terminal.sentence()
            terminal.type("e")
            terminal.see("edit:")
            terminal.read("Now.")
            terminal.type("\x05 Now.\r")
            terminal.sentence()
            terminal.type("s")
            terminal.see("struck")
            terminal.sentence()
            terminal.type("r")
            terminal.see("Speak now")
            virtual_microphone.play(said)
            assert "anything changes" in terminal.sentence()
            terminal.type(" ")
            for _ in heard[4:]:
                terminal.sentence()
                terminal.type("k")
            terminal.name("", "")
            terminal.see("number to dial:")
            terminal.type("\r")
            # What was said again was cut out of "no next call, none agreed", and may have the end of that.
            if terminal.see_past_promises("Next call .*q later", "when[?]") == 0:
                terminal.type("a")
                terminal.see("when[?]")
            terminal.type("Thursday at ten\r")
            terminal.offer()
            terminal.type("y")
            terminal.see("Stored. ")
            assert terminal.end() == 0

        memo = stored(home, recording_id)
        actions = [sentence["action"] for sentence in memo["sentences"]]
        assert actions == ["keep", "edit", "strike", "edit", *["keep"] * len(heard[4:])]
        assert [sentence["heard"] for sentence in memo["sentences"]] == heard
        assert memo["sentences"][1]["text"] == f"{heard[1]} Now."
        assert "anything changes" in memo["sentences"][3]["text"]
        assert memo["contact"]["name"] == "Laura Bennett"
        [replacement] = (home / "audio" / f"{recording_id}.again").glob("*.wav")
        assert replacement.stat().st_size > 16_000 * 2
        assert [path.name for path in (home / "inbox").iterdir()] == []


class TestHearing:
    @pytest.mark.real_time
    @pytest.mark.parametrize("key", ["h", "w"])
    def test_the_speaker_gives_that_very_stretch(
        self,
        spoken: tuple[Path, str],
        surroundings: dict[str, str],
        virtual_microphone: VirtualMicrophone,
        likeness: Likeness,
        tmp_path: Path,
        key: str,
    ) -> None:
        home, recording_id = spoken
        second = sentences_of(home, recording_id)[1]
        number = next(word for word in second.words if word.text[0].isdigit())
        stretch = sentence_stretch(second.words) if key == "h" else word_stretch([number])
        heard = tmp_path / "heard.raw"
        settings = surroundings | {"AFTERCALL_DOUBT_BELOW": "0"}
        with Terminal("review", home=home, surroundings=settings) as terminal:
            terminal.sentence()
            terminal.type("\r")
            terminal.sentence()
            with virtual_microphone.listening(heard):
                terminal.type(key)
                time.sleep(stretch.end - stretch.start + 3.0)
            terminal.type("q")
            assert terminal.end() == 5

        expected = samples(home / "inbox" / f"{recording_id}.wav", stretch.start, stretch.end)
        assert likeness(heard.read_bytes(), expected) > 0.97

    def test_an_answer_silences_it(
        self,
        spoken: tuple[Path, str],
        surroundings: dict[str, str],
        virtual_microphone: VirtualMicrophone,
        tmp_path: Path,
    ) -> None:
        home, _ = spoken
        heard = tmp_path / "heard.raw"
        with Terminal("review", home=home, surroundings=surroundings) as terminal:
            terminal.sentence()
            terminal.type("h")
            time.sleep(1.0)
            terminal.type("q")
            assert terminal.end() == 5
        with virtual_microphone.listening(heard):
            time.sleep(0.5)

        sound = np.frombuffer(heard.read_bytes(), "<i2")
        assert abs(sound).max() < 300, "the noise of the room, and no voice"

    def test_without_a_speaker_one_line_says_so_and_the_review_goes_on(
        self, spoken: tuple[Path, str], tmp_path: Path
    ) -> None:
        home, recording_id = spoken
        nowhere = {"PULSE_SERVER": f"unix:{tmp_path}/none", "PULSE_RUNTIME_PATH": str(tmp_path)}
        with Terminal("review", home=home, surroundings=nowhere) as terminal:
            terminal.sentence()
            terminal.type("h")
            terminal.see("o sound can be played")
            terminal.type("\r")
            terminal.sentence()
            terminal.type("q")
            assert terminal.end() == 5
        assert len(note(home, recording_id)["sentences"]) == 1


class TestSayingAgain:
    def test_killed_in_the_middle_what_was_said_is_taken_up(
        self, spoken: tuple[Path, str], surroundings: dict[str, str], virtual_microphone: VirtualMicrophone, said: Path
    ) -> None:
        home, recording_id = spoken
        again = home / "inbox" / f"{recording_id}.again"
        with Terminal("review", home=home, surroundings=surroundings) as terminal:
            terminal.sentence()
            terminal.type("\r")
            terminal.sentence()
            terminal.type("r")
            terminal.see("Speak now")
            virtual_microphone.play(said)
            wait_for_sound(again, 3.5)
            terminal.child.kill(signal.SIGKILL)
            terminal.child.wait()

        with Terminal("review", home=home, surroundings=surroundings, seconds=60) as terminal:
            terminal.see("Going on at sentence 2")
            terminal.see("You had begun to say this sentence again")
            assert "anything" in terminal.sentence()
            terminal.type("\r")
            terminal.sentence()
            terminal.type("q")
            assert terminal.end() == 5
        answered = note(home, recording_id)["sentences"]
        assert [sentence["action"] for sentence in answered] == ["keep", "edit"]
        assert len(list(again.glob("*.wav"))) == 1

    @pytest.mark.parametrize("key", ["l", "\x03"])
    def test_left_in_the_middle_it_is_taken_up_later(
        self,
        spoken: tuple[Path, str],
        surroundings: dict[str, str],
        virtual_microphone: VirtualMicrophone,
        said: Path,
        key: str,
    ) -> None:
        home, recording_id = spoken
        with Terminal("review", home=home, surroundings=surroundings) as terminal:
            terminal.sentence()
            terminal.type("r")
            terminal.see("Speak now")
            virtual_microphone.play(said)
            wait_for_sound(home / "inbox" / f"{recording_id}.again", 3.5)
            terminal.child.send(key)
            terminal.see("Nothing is lost")
            assert terminal.end() == 5

        with Terminal("review", home=home, surroundings=surroundings, seconds=60) as terminal:
            terminal.see("You had begun to say this sentence again")
            assert "anything" in terminal.sentence()
            terminal.type("q")
            assert terminal.end() == 5

    def test_without_a_microphone_or_a_word_the_sentence_is_as_it_was(
        self, spoken: tuple[Path, str], surroundings: dict[str, str], tmp_path: Path
    ) -> None:
        home, _ = spoken
        nowhere = {"PULSE_SERVER": f"unix:{tmp_path}/none", "PULSE_RUNTIME_PATH": str(tmp_path)}
        quick = surroundings | {"AFTERCALL_NO_SPEECH": "1"}
        for settings, why in ((nowhere, "[Mm]icrophone"), (quick, "Nobody spoke")):
            with Terminal("review", home=home, surroundings=settings) as terminal:
                first = terminal.sentence()
                terminal.type("r")
                terminal.see(why)
                assert terminal.sentence() == first
                terminal.type("q")
                assert terminal.end() == 5


class TestAdding:
    def test_what_is_said_and_typed_is_read_like_the_rest_and_its_sound_is_kept(
        self, spoken: tuple[Path, str], surroundings: dict[str, str], virtual_microphone: VirtualMicrophone, said: Path
    ) -> None:
        home, recording_id = spoken
        heard = [sentence.text for sentence in sentences_of(home, recording_id)]
        settings = surroundings | {"AFTERCALL_DOUBT_BELOW": "0"}
        with Terminal("review", home=home, surroundings=settings, seconds=60) as terminal:
            terminal.sentence()
            terminal.type("a")
            terminal.see("add .*:")
            terminal.type("Her boss has to sign it.\r")
            terminal.see("up next")
            terminal.sentence()
            terminal.type("a")
            terminal.see("add .*:")
            terminal.type("\r")
            terminal.see("Speak now")
            virtual_microphone.play(said)
            terminal.see("up next")
            terminal.sentence()
            terminal.type("\r")
            assert terminal.sentence() == "Her boss has to sign it."
            terminal.type("\r")
            shown = terminal.keep_all()
            assert "anything changes" in " ".join(shown)
            terminal.name_nobody()
            if terminal.see_past_promises("Next call .*q later", "when[?]") == 0:
                terminal.type("a")
                terminal.see("when[?]")
            terminal.type("Thursday at ten\r")
            terminal.offer()
            terminal.type("y")
            terminal.see("Stored. ")
            assert terminal.end() == 0

        memo = stored(home, recording_id)
        texts = [sentence["text"] for sentence in memo["sentences"]]
        assert texts == [heard[0], "Her boss has to sign it.", *shown]
        assert memo["sentences"][1]["heard"] == ""
        assert all(sentence["heard"] == sentence["text"] for sentence in memo["sentences"][2:])
        [sound] = (home / "audio" / f"{recording_id}.again").glob("*.wav")
        assert sound.stat().st_size > 16_000 * 2

    def test_killed_in_the_middle_what_was_said_is_taken_up(
        self, spoken: tuple[Path, str], surroundings: dict[str, str], virtual_microphone: VirtualMicrophone, said: Path
    ) -> None:
        home, recording_id = spoken
        with Terminal("review", home=home, surroundings=surroundings) as terminal:
            first = terminal.sentence()
            terminal.type("a")
            terminal.see("add .*:")
            terminal.type("\r")
            terminal.see("Speak now")
            virtual_microphone.play(said)
            wait_for_sound(home / "inbox" / f"{recording_id}.again", 3.5)
            terminal.child.kill(signal.SIGKILL)
            terminal.child.wait()

        with Terminal("review", home=home, surroundings=surroundings, seconds=60) as terminal:
            terminal.see("You had begun to add something")
            assert terminal.sentence() == first
            terminal.type("\r")
            assert "anything" in terminal.sentence()
            terminal.type("q")
            assert terminal.end() == 5


class TestNoSpeech:
    def test_it_is_said_first_and_the_memo_is_recorded_again(
        self,
        home: Path,
        sample: Sample,
        surroundings: dict[str, str],
        virtual_microphone: VirtualMicrophone,
    ) -> None:
        babble = "Yes all of us that is a feeling told remains anotel. Eventually the amount around."
        nonsense = run("import", sample("no-next-call"), home=home).out.strip()
        heard_as(home, nonsense, babble, probability=0.3)
        with Terminal("review", home=home, surroundings=surroundings, seconds=60) as terminal:
            terminal.see("This reads like no speech: most of the words are doubtful")
            terminal.type("q")
            assert terminal.end() == 5
        with Terminal("review", home=home, surroundings=surroundings, seconds=60) as terminal:
            terminal.see("This reads like no speech")
            terminal.type("r")
            terminal.see("Speak now")
            virtual_microphone.play(sample("plain"))
            assert "Laura Bennett" in terminal.sentence()
            terminal.type("q")
            assert terminal.end() == 5

        [waiting] = json.loads(run("inbox", "--json", home=home).out)
        assert "Laura Bennett" in waiting["heard"]
        assert (home / "inbox" / "discarded" / f"{nonsense}.wav").exists()


class TestLeaving:
    def test_at_each_further_prompt_it_keeps_what_was_answered(self, typed: tuple[Path, str]) -> None:
        home, recording_id = typed

        def left_at(prompt: str, keys: str, *answers: tuple[str, str]) -> None:
            with Terminal("review", home=home) as terminal:
                for expected, answer in answers:
                    terminal.see(expected)
                    terminal.type(answer)
                terminal.see(prompt)
                terminal.type(keys)
                assert terminal.end() == 5
                assert "Nothing is lost" in terminal.rest
            assert run("list", home=home).code == 3
            assert len(note(home, recording_id)["sentences"]) == 3

        with Terminal("review", home=home) as terminal:
            terminal.keep_all()
            terminal.see("contact:")
            terminal.type("\x03")
            assert terminal.end() == 5
        whom = (r"contact: \S*Dana Whitfield, Brightwater", "\r")
        number = ("number to dial:", "\r")
        left_at("number to dial:", "\x03", whom)
        left_at(r"e-mail: \S*dana@brightwater.com", "\x03", whom, number)
        left_at(r"role: \S*head of purchasing", "\x03", whom, number, ("e-mail:", "\r"))
        left_at("Next call", "q", whom, number, ("e-mail:", "\r"), ("role:", "\r"))
        assert note(home, recording_id)["contact"]["role"] == "head of purchasing"

        with Terminal("review", home=home) as terminal:
            terminal.offer()
            terminal.type("y")
            assert terminal.end() == 0
        assert stored(home, recording_id)["contact"]["email"] == "dana@brightwater.com"

        again = run("jot", "Talked to Diana Whitfeild. I'll call her on Friday.", home=home).out.strip()
        with Terminal("review", home=home) as terminal:
            terminal.keep_all()
            terminal.see("contact:")
            terminal.type("\r")
            terminal.see("Somebody you know")
            terminal.see("n  somebody new")
            terminal.type("q")
            assert terminal.end() == 5
        assert not note(home, again)["contact_answered"]


class TestAnswersOnTheDisk:
    def test_a_file_of_answers_that_nobody_gave_here_is_no_reading(self, typed: tuple[Path, str]) -> None:
        home, recording_id = typed
        heard = [sentence.text for sentence in sentences_of(home, recording_id)]
        answers = [Sentence(at, text, text, "keep", 3.0) for at, text in enumerate(heard)]
        forged = Draft(" ".join(heard), answers, contact_answered=True, outcome=Outcome.REACHED).to_dict()
        (home / "inbox" / f"{recording_id}.review.json").write_text(json.dumps(forged | {"seal": "0" * 64}))

        with Terminal("review", home=home) as terminal:
            assert terminal.keep_all() == heard
            terminal.see("contact:")
            terminal.type("\x03")
            assert terminal.end() == 5
        with Terminal("review", home=home) as terminal:  # what was answered just now is taken up
            terminal.see("contact:")
            terminal.type("\x03")
            assert terminal.end() == 5


class TestAfterwards:
    def test_a_confirmed_memo_is_corrected_and_shows_its_versions(self, typed: tuple[Path, str]) -> None:
        home, memo_id = typed
        confirm(home)
        with Terminal("edit", memo_id[-4:].upper(), home=home) as terminal:
            terminal.see("2  Her email")
            terminal.type("2\r")
            terminal.see("edit:")
            terminal.type("\x15\r")
            terminal.see("this is struck")
            terminal.type("\r")
            terminal.see("quicker than anyone reads")
            terminal.see("this is struck")
            terminal.read("Her email is dana at brightwater dot com.")
            terminal.type("\r")
            terminal.see(r"2  \(struck\) Her email")
            terminal.type("3\r")
            terminal.see("edit:")
            terminal.type("\x15I'll call her on Friday at ten.\r")
            terminal.see("this is new")
            terminal.read("I'll call her on Friday at ten.")
            terminal.type("\r")
            terminal.see("3  I'll call her on Friday")
            terminal.type("\r")
            terminal.see("Stored. What it said before is kept")
            terminal.see("stays on .*snooze")
            assert terminal.end() == 0

        memo = stored(home, memo_id)
        assert memo["versions"] == 2
        assert [version["number"] for version in memo["earlier_versions"]] == [1]
        assert "Tuesday" in memo["earlier_versions"][0]["text"]
        diff = one_line(run("show", memo_id, "--diff", home=home).out)
        assert "[-Her email is dana at brightwater dot com.-]" in diff
        assert "on [-Tuesday-] {+Friday+} at ten." in diff
        versions = run("show", memo_id, "--versions", home=home).out
        assert versions.startswith("1  Rita, ")
        assert "2  Rita, " in versions
        assert versions.count("[-Tuesday-]") == 1
        assert "Tuesday" in run("show", memo_id, "--heard", home=home).out

        with Terminal("edit", memo_id, home=home) as terminal:
            terminal.see("Enter when done")
            terminal.type("1\r")
            terminal.see("edit:")
            terminal.type("no\x03")
            assert terminal.end() == 5
            assert "The memo is as it was" in terminal.rest
        assert stored(home, memo_id)["versions"] == 2

    def test_a_memo_that_waits_says_so_and_a_confirmed_one_says_how_it_is_corrected(
        self, typed: tuple[Path, str]
    ) -> None:
        home, memo_id = typed
        waits = run("show", memo_id, home=home)
        assert (waits.code, waits.out) == (5, "")
        assert f"aftercall review {memo_id}" in waits.err
        confirm(home)

        confirmed = run("review", memo_id, home=home)
        assert confirmed.code == 3
        assert f"aftercall edit {memo_id}" in confirmed.err

    def test_the_same_codes_for_an_id_in_the_inbox_and_in_the_store(self, home: Path) -> None:
        for text in ("One. Call on Friday.", "Two. Call on Friday."):
            run("jot", text, home=home)
        ids = run("inbox", "--ids", home=home).out.split()
        assert run("review", ids[0][:6], home=home).code == 2
        assert run("transcribe", ids[0][:6], home=home).code == 2
        assert run("review", "", home=home).code == 3
        assert run("review", "nothing", home=home).code == 3
        assert run("review", ids[0][-4:].upper(), home=home).code == 5  # found; but no terminal
        for _ in ids:
            confirm(home)
        assert run("show", ids[0][:6], home=home).code == 2
        assert run("show", "", home=home).code == 3

    def test_several_that_wait_are_counted_at_the_beginning_and_after_each(self, home: Path) -> None:
        for text in ("One. Call on Friday.", "Two. Call on Friday.", "Three. Call on Friday."):
            run("jot", text, home=home)
            time.sleep(1.0)  # an id tells seconds apart
        with Terminal("review", home=home) as terminal:
            terminal.see("3 memos wait to be read. The oldest comes first.")
            assert terminal.keep_all() == ["One.", "Call on Friday."]
            terminal.name("", "")
            terminal.offer()
            terminal.type("y")
            terminal.see("2 more memos wait")
            terminal.type("q")
            assert terminal.end() == 0


class TestAScreenReader:
    def test_hears_words_and_no_cursor_movement(self, typed: tuple[Path, str]) -> None:
        home, memo_id = typed
        with Terminal("review", "--plain", home=home) as terminal:
            terminal.see("1 of 3. Enter keeps, question mark explains")
            terminal.see("check: name Dana Whitfield; name Brightwater")
            terminal.read(INTRODUCING)
            terminal.type("\r")
            terminal.see("2 of 3")
            terminal.read(INTRODUCING)
            terminal.type("e")
            terminal.see("Enter for: Her email is dana at brightwater dot com.")
            terminal.read("dana@brightwater.com")  # what is new is read from when the editing began
            terminal.child.send("Her email is dana@brightwater.com.\r")
            terminal.see("3 of 3")
            terminal.read(INTRODUCING)
            terminal.type("\r")
            terminal.see("The call|What became of the call")
            terminal.see("q later")
            terminal.type("r")
            terminal.see("Enter for: Dana Whitfield, Brightwater")
            terminal.see("contact:")
            terminal.child.send("\r")
            terminal.see("number to dial:")
            terminal.child.send("\r")
            terminal.see("Enter for: dana@brightwater.com")
            terminal.see("e-mail:")
            terminal.child.send("-\r")
            terminal.see("role:")
            terminal.child.send("\r")
            terminal.see("Next call")
            terminal.see("q later")
            terminal.read(INTRODUCING)
            terminal.type("y")
            terminal.see("Stored. ")
            assert terminal.end() == 0
            everything = terminal.everything

        assert "\x1b" not in everything
        assert "·" not in everything
        assert stored(home, memo_id)["contact"]["email"] is None

    def test_a_terminal_that_cannot_move_its_cursor_is_plain(self, typed: tuple[Path, str]) -> None:
        home, _ = typed
        with Terminal("review", home=home, surroundings={"TERM": "dumb"}) as terminal:
            terminal.see("1 of 3. Enter keeps")
            terminal.type("q")
            assert terminal.end() == 5
            assert "\x1b" not in terminal.everything

    @pytest.mark.parametrize("keys", ["\x03", "\x04"])
    def test_can_leave_at_a_line(self, typed: tuple[Path, str], keys: str) -> None:
        home, _ = typed
        with Terminal("review", home=home, surroundings={"AFTERCALL_PLAIN": "yes"}) as terminal:
            terminal.see("1 of 3. Enter keeps")
            terminal.type("e")
            terminal.see("edit:")
            time.sleep(0.2)
            terminal.child.send(keys)
            assert terminal.end() == 5
            assert "Nothing is lost" in terminal.rest


def confirm(home: Path) -> None:
    """Read the oldest memo of the inbox as it stands, and promise what is offered."""
    with Terminal("review", home=home) as terminal:
        terminal.keep_all()
        terminal.see("contact:")
        terminal.type("\r")
        while terminal.see_past_promises("number to dial:", "e-mail:", "role:", "Next call .*q later") != 3:
            terminal.type("\r")
        terminal.read(INTRODUCING)
        terminal.type("y")
        if terminal.see("more memo", pexpect.EOF) == 0:
            terminal.type("q")
        assert terminal.end() == 0


def heard_as(home: Path, recording_id: str, text: str, probability: float) -> None:
    """Let a recording have been heard as this text."""
    words = [
        {"text": word, "start": at * 0.4, "end": at * 0.4 + 0.3, "probability": probability}
        for at, word in enumerate(text.split())
    ]
    measures = {"avg_logprob": -2.5, "compression_ratio": 1.7, "no_speech_prob": 0.5, "temperature": 1.0}
    segment = {"start": 0.0, "end": 10.0, "text": text, "words": words, **measures}
    names = {"language": "en", "engine": "faster-whisper", "model": "base", "weights_sha256": "d0" * 32}
    transcript = {"segments": [segment], "duration": 16.0, **names}
    (home / "inbox" / f"{recording_id}.transcript.json").write_text(json.dumps(transcript))


def wait_for_sound(folder: Path, seconds: float) -> None:
    """Wait until so much sound of a recording is on the disk."""
    deadline = time.monotonic() + 30
    while True:
        sizes = [path.stat().st_size for path in folder.glob("*.pcm.part")]
        if sizes and sizes[0] >= seconds * 16_000 * 2:
            return
        assert time.monotonic() < deadline, "no sound arrives"
        time.sleep(0.02)
