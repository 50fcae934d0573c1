"""Transcribing while it is recorded: what is asked for when, and that the text comes out the same."""

import os
import re
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
import pytest
from processes import children

from ground.silero import BLOCK_SAMPLES
from transcribe.client import EngineChoice, Transcriber
from transcribe.errors import GivenUp, UnreadableSound, WorkerDied
from transcribe.live import LiveTranscription
from transcribe.transcript import Segment, Transcript, Word
from transcribe.voice_activity import speech_probabilities
from transcribe.weights import Places

PART, WAV = Path("memo.pcm.part"), Path("memo.wav")


class ScriptedTranscriber:
    """Hears in each range its own bounds, in chunks, as "[0-113]". Raises what it is told to, once each."""

    def __init__(self, *errors: Exception) -> None:
        self.requests: list[tuple[str, int, int | None, str | None]] = []
        self.befores: list[str | None] = []
        self.answers = threading.Event()
        self.answers.set()
        self.abandoned = self.given_up = False
        self.hear: Callable[[int, int], str] = lambda start, end: f"[{start}-{end}]"
        self._errors = list(errors)

    def transcribe(
        self, path: Path, *, start: int = 0, end: int | None = None, prompt: str | None = None, **more: Any
    ) -> Transcript:
        end = None if end is None else end // BLOCK_SAMPLES
        start //= BLOCK_SAMPLES
        self.requests.append((path.name, start, end, prompt))
        self.befores.append(more.get("before"))
        assert self.answers.wait(5)
        if self.abandoned:
            raise WorkerDied("told to end")
        if self.given_up:
            self.given_up = False
            raise GivenUp("told to give up")
        if self._errors:
            raise self._errors.pop(0)
        if more.get("speech") is not None:
            assert end is not None
            assert len(more["speech"]) == end - start
        text = self.hear(start, end) if end is not None else f"[{start}-None]"
        words = tuple(Word(word, 0.0, 1.0, 1.0) for word in text.split())
        segment = Segment(0.0, 1.0, text, words, -0.1, 1.0, 0.0, 0.0)
        return Transcript((segment,), "en", "scripted", "none", "", 1.0)

    def give_up(self) -> None:
        self.given_up = True
        self.answers.set()

    def abandon(self) -> None:
        self.abandoned = True
        self.answers.set()

    def wait_for(self, count: int) -> None:
        deadline = time.monotonic() + 5
        while len(self.requests) < count:
            assert time.monotonic() < deadline, f"{len(self.requests)} requests, not {count}"
            time.sleep(0.002)
        time.sleep(0.02)  # for the answer to arrive


class Memo:
    """A recording in progress, told of in chunks of speech and silence."""

    def __init__(self, transcriber: ScriptedTranscriber, **options: Any) -> None:
        self.transcriber = transcriber
        self.live = LiveTranscription(transcriber, PART, **options)
        self.chunks = 0

    def speak(self, chunks: int, probability: float = 0.9) -> None:
        for _ in range(chunks):
            self.live.add(probability)
        self.chunks += chunks

    def others_speak(self, chunks: int, own_end: int) -> None:
        """The memo's own voice was heard up to chunk `own_end`."""
        for _ in range(chunks):
            self.live.add(0.9, own_end * BLOCK_SAMPLES)
        self.chunks += chunks

    def pause(self, expected: int | None = None, chunks: int = 20) -> None:
        self.speak(chunks, 0.05)
        if expected is not None:
            self.transcriber.wait_for(expected)

    def finish(self, unseen: int = 0) -> Transcript:
        return self.live.finish(WAV, self.chunks * BLOCK_SAMPLES + unseen)


@pytest.fixture
def memo() -> Callable[..., Memo]:
    return lambda *errors: Memo(ScriptedTranscriber(*errors))


def ranges(memo: Memo) -> list[tuple[int, int]]:
    return [(start, end) for _, start, end, _ in memo.transcriber.requests if end is not None]


def test_at_the_end_the_text_is_there_already(memo: Callable[..., Memo]) -> None:
    spoken = memo()
    spoken.speak(100)
    spoken.pause(expected=1)
    spoken.pause(chunks=60)
    transcript = spoken.finish()
    assert len(spoken.transcriber.requests) == 1
    assert transcript.text == spoken.live.text
    assert transcript.duration == pytest.approx(180 * 0.032)


def test_a_part_that_goes_on_is_done_again_as_a_whole(memo: Callable[..., Memo]) -> None:
    spoken = memo()
    spoken.speak(100)
    spoken.pause(expected=1)
    spoken.speak(100)
    spoken.pause(expected=2)
    assert [start for start, _ in ranges(spoken)] == [0, 0]
    assert len(re.findall(r"\[", spoken.finish().text)) == 1


def test_a_long_part_is_closed_and_the_next_is_told_its_text(memo: Callable[..., Memo]) -> None:
    spoken = memo()
    spoken.speak(400)
    spoken.pause(expected=1)
    spoken.speak(50)
    spoken.pause(expected=2)
    (_, _, first_end, _), (_, second_begin, _, _) = spoken.transcriber.requests
    assert second_begin == first_end
    assert spoken.transcriber.befores == [None, f"[0-{first_end}]"]
    assert spoken.finish().text == spoken.live.text


def test_who_never_pauses_is_cut_where_speech_is_least_probable(memo: Callable[..., Memo]) -> None:
    spoken = memo()
    spoken.speak(450)
    spoken.speak(1, 0.55)
    spoken.speak(250)
    spoken.transcriber.wait_for(1)
    assert ranges(spoken)[0] == (0, 450)


def test_a_part_is_closed_sooner_at_a_long_pause(memo: Callable[..., Memo]) -> None:
    for pause, begin in ((20, 0), (40, 310)):
        spoken = memo()
        spoken.speak(270)
        spoken.pause(expected=1, chunks=pause)
        spoken.speak(20)
        spoken.pause(expected=2)
        assert ranges(spoken)[-1][0] // 20 == begin // 20
        spoken.finish()


def test_two_parts_that_fit_into_a_window_are_heard_again_as_one_and_said_once(memo: Callable[..., Memo]) -> None:
    spoken = memo()
    for part in (1, 2):
        spoken.speak(350)
        spoken.pause(expected=part)
    spoken.speak(20)
    # The second part is over: what was said at the end of the first is heard with what came after it.
    spoken.transcriber.wait_for(3)
    spoken.pause(expected=4)
    [first, second, both, last] = ranges(spoken)
    assert (first[0], second[0]) == (0, first[1])
    assert both == (0, second[1])
    assert spoken.finish().text == " ".join(f"[{begin}-{end}]" for begin, end in (both, last))


def test_a_part_that_does_not_fit_into_the_window_begins_another(memo: Callable[..., Memo]) -> None:
    spoken = memo()
    for part in (1, 2):
        spoken.speak(350)
        spoken.pause(expected=part)
    spoken.speak(20)
    spoken.transcriber.wait_for(3)
    for expected in (4, 5):
        spoken.speak(330)
        spoken.pause(expected=expected)
    spoken.speak(20)
    spoken.transcriber.wait_for(6)
    [_, second, first_window, third, fourth, second_window] = ranges(spoken)
    assert first_window == (0, second[1])
    assert second_window == (third[0], fourth[1])
    assert spoken.transcriber.befores[-1] == f"[0-{second[1]}]"
    assert spoken.finish().text.startswith(f"[0-{second[1]}] [{third[0]}-{fourth[1]}]")


def test_parts_after_which_speech_goes_on_before_they_are_heard_are_heard_again_as_one_too(
    memo: Callable[..., Memo],
) -> None:
    spoken = memo()
    for part in (1, 2):
        spoken.transcriber.answers.clear()
        spoken.speak(350)
        spoken.pause(expected=part)
        spoken.speak(20)
        spoken.transcriber.answers.set()
    spoken.transcriber.wait_for(3)
    [_, second, both] = ranges(spoken)
    assert both == (0, second[1])


def test_who_is_silent_for_long_and_then_never_pauses_is_heard(memo: Callable[..., Memo]) -> None:
    spoken = memo()
    spoken.pause(chunks=620)
    # The first part that is closed holds no speech.
    spoken.speak(700)
    spoken.transcriber.wait_for(2)
    [first, second] = ranges(spoken)[:2]
    assert first[1] == second[0]
    assert spoken.finish().text.endswith(f"-{spoken.chunks}]")


def test_an_end_that_does_not_fit_into_the_window_stays_as_it_was_heard(memo: Callable[..., Memo]) -> None:
    spoken = memo()
    for part in (1, 2):
        spoken.speak(350)
        spoken.pause(expected=part)
    spoken.speak(20)
    spoken.transcriber.wait_for(3)
    spoken.speak(330)
    spoken.pause(expected=4)
    [_, second, _, third] = ranges(spoken)
    spoken.live.shown(1)
    spoken.pause()
    time.sleep(0.05)
    assert len(spoken.transcriber.requests) == 4, "it does not fit into the window"
    assert spoken.finish().text == f"[0-{second[1]}] [{third[0]}-{third[1]}]"


def test_words_that_wait_to_be_heard_come_before_what_only_makes_the_text_better(memo: Callable[..., Memo]) -> None:
    spoken = memo()
    spoken.speak(350)
    spoken.pause(expected=1)
    spoken.transcriber.answers.clear()
    spoken.speak(350)
    spoken.pause(expected=2)
    spoken.speak(20)
    spoken.pause()
    spoken.transcriber.answers.set()
    spoken.transcriber.wait_for(3)
    [_, second, remark] = ranges(spoken)
    assert remark == (second[1], spoken.chunks)
    assert spoken.live.whole is not None, "it may be up to be read, and what is up never changes"
    time.sleep(0.05)
    assert len(spoken.transcriber.requests) == 3
    spoken.speak(10)
    spoken.transcriber.wait_for(4)
    assert ranges(spoken)[3] == (0, second[1])


def shown(memo: Callable[..., Memo], words: int) -> Memo:
    """A memo of two parts, of which so many words have come up to be read."""
    spoken = memo()
    spoken.transcriber.hear = lambda start, end: "Well." if start else "Hello." if end < 400 else "Hello. Very well."
    spoken.speak(350)
    spoken.pause(expected=1)
    spoken.speak(50)
    spoken.pause(expected=2)
    assert spoken.live.text == "Hello. Well."
    spoken.live.shown(words)
    spoken.transcriber.wait_for(3)
    assert ranges(spoken)[2] == (0, ranges(spoken)[1][1])
    return spoken


def test_sentences_that_nobody_has_seen_may_still_improve(memo: Callable[..., Memo]) -> None:
    spoken = shown(memo, words=1)
    assert spoken.live.whole is not None
    assert spoken.live.whole.text == "Hello. Very well."
    assert spoken.finish().text == "Hello. Very well."


def test_a_word_that_is_being_read_never_changes(memo: Callable[..., Memo]) -> None:
    assert shown(memo, words=2).finish().text == "Hello. Well."


def test_what_is_said_after_the_end_was_heard_again_is_heard_as_well(memo: Callable[..., Memo]) -> None:
    spoken = shown(memo, words=1)
    spoken.speak(50)
    spoken.pause(expected=4)
    assert spoken.finish().text == "Hello. Very well. Well."


def test_a_key_does_not_wait_for_what_only_makes_the_text_better(memo: Callable[..., Memo]) -> None:
    spoken = memo()
    spoken.speak(350)
    spoken.pause(expected=1)
    spoken.speak(50)
    spoken.pause(expected=2)
    spoken.transcriber.answers.clear()
    spoken.live.shown(1)
    spoken.transcriber.wait_for(3)
    [first, second, _] = ranges(spoken)
    assert spoken.finish().text == f"[0-{first[1]}] [{second[0]}-{second[1]}]"
    assert spoken.transcriber.abandoned


def test_words_that_came_with_the_key_are_waited_for(memo: Callable[..., Memo]) -> None:
    spoken = memo()
    spoken.speak(350)
    spoken.pause(expected=1)
    spoken.speak(50)
    spoken.pause(expected=2)
    spoken.transcriber.answers.clear()
    spoken.live.shown(1)
    spoken.transcriber.wait_for(3)
    spoken.speak(30)
    threading.Timer(0.05, spoken.transcriber.answers.set).start()
    assert spoken.finish().text.endswith(f"-{spoken.chunks}]")
    assert not spoken.transcriber.abandoned


def test_a_short_remark_does_not_wait_for_what_only_makes_the_text_better(memo: Callable[..., Memo]) -> None:
    spoken = memo()
    for part in (1, 2):
        spoken.speak(350)
        spoken.pause(expected=part)
    spoken.transcriber.answers.clear()
    spoken.speak(20)
    spoken.transcriber.wait_for(3)
    # A breath is nothing to hurry for.
    spoken.speak(15, 0.05)
    time.sleep(0.05)
    assert not spoken.transcriber.answers.is_set()
    spoken.pause(expected=4)
    [_, second, both, remark] = ranges(spoken)
    assert remark[0] == second[1]
    assert spoken.live.whole is not None
    # Who speaks on leaves time for it.
    spoken.speak(10)
    spoken.transcriber.wait_for(5)
    assert ranges(spoken)[4] == both


def test_speech_after_the_end_does_not_wait_for_the_end_to_be_heard_again(memo: Callable[..., Memo]) -> None:
    spoken = memo()
    spoken.speak(350)
    spoken.pause(expected=1)
    spoken.speak(50)
    spoken.pause(expected=2)
    spoken.transcriber.answers.clear()
    spoken.live.shown(1)
    spoken.transcriber.wait_for(3)
    spoken.speak(20)
    spoken.pause(expected=4, chunks=25)
    assert ranges(spoken)[3][1] > ranges(spoken)[2][1]


def test_a_key_does_not_wait_for_closed_parts_to_be_heard_again(memo: Callable[..., Memo]) -> None:
    spoken = memo()
    for part in (1, 2):
        spoken.speak(350)
        spoken.pause(expected=part)
    spoken.transcriber.answers.clear()
    spoken.speak(20)
    spoken.transcriber.wait_for(3)
    [first, second, _] = ranges(spoken)
    text = spoken.finish().text
    assert text == f"[0-{first[1]}] [{second[0]}-{second[1]}] [{second[1]}-{spoken.chunks}]"


def test_a_click_in_the_silence_is_not_listened_to(memo: Callable[..., Memo]) -> None:
    spoken = memo()
    spoken.speak(100)
    spoken.pause(expected=1)
    spoken.speak(1)
    spoken.pause(chunks=60)
    spoken.finish()
    assert len(spoken.transcriber.requests) == 1


def test_what_was_said_up_to_the_key_is_heard(memo: Callable[..., Memo]) -> None:
    spoken = memo()
    spoken.speak(100)
    spoken.pause(expected=1)
    spoken.speak(40)
    spoken.finish()
    assert ranges(spoken)[-1] == (0, spoken.chunks)
    assert spoken.transcriber.requests[-1][0] == WAV.name


def test_samples_that_came_with_the_last_key_are_heard_too(memo: Callable[..., Memo]) -> None:
    spoken = memo()
    spoken.speak(100)
    spoken.finish(unseen=10 * BLOCK_SAMPLES)
    assert ranges(spoken) == [(0, 110)]


def test_a_worker_that_dies_costs_the_head_start_only(memo: Callable[..., Memo]) -> None:
    spoken = memo(WorkerDied("died"))
    spoken.speak(100)
    spoken.pause(expected=1)
    assert spoken.finish().text == "[0-None]"
    assert spoken.transcriber.requests[-1] == (WAV.name, 0, None, None)


def test_one_that_keeps_dying_is_reported(memo: Callable[..., Memo]) -> None:
    spoken = memo(WorkerDied("died"), WorkerDied("died again"))
    spoken.speak(100)
    spoken.pause(expected=1)
    with pytest.raises(WorkerDied, match="again"):
        spoken.finish()


def test_a_part_that_became_a_wav_meanwhile_is_read_from_there(memo: Callable[..., Memo]) -> None:
    spoken = memo(UnreadableSound("gone"))
    spoken.speak(100)
    spoken.pause(expected=2)
    assert spoken.finish().text.startswith("[0-")


def test_where_nobody_spoke_there_is_still_a_transcript(memo: Callable[..., Memo]) -> None:
    spoken = memo()
    spoken.pause(chunks=50)
    assert spoken.finish().engine == "scripted"


def test_each_part_is_told_what_to_expect_and_the_text_so_far() -> None:
    transcriber = ScriptedTranscriber()
    spoken = Memo(transcriber, expect=lambda: "Okonkwo.")
    spoken.speak(400)
    spoken.pause(expected=1)
    spoken.speak(50)
    spoken.pause(expected=2)
    spoken.finish()
    assert [prompt for *_, prompt in transcriber.requests] == ["Okonkwo.", "Okonkwo."]
    [first, second] = transcriber.befores
    assert first is None
    assert re.fullmatch(r"\[0-\d+\]", second or "")


@pytest.mark.parametrize("name", ["plain", "thinking-pauses"])
def test_the_words_are_those_of_a_whole_file_pass(
    name: str, sample: Callable[[str], Any], places: Places, tmp_path: Path
) -> None:
    spoken = sample(name)
    part = tmp_path / "memo.pcm.part"
    choice = EngineChoice("base", "faster-whisper", "en")
    with part.open("wb") as file, Transcriber(choice, cache=places.cache) as transcriber:
        whole = transcriber.transcribe(spoken.path)
        live = LiveTranscription(transcriber, part)
        for index, probability in enumerate(speech_probabilities(spoken.pcm)):
            file.write(spoken.pcm[index * BLOCK_SAMPLES : (index + 1) * BLOCK_SAMPLES].astype("<i2").tobytes())
            file.flush()
            live.add(probability)
            time.sleep(0.008)  # four times as fast as it was spoken
        transcript = live.finish(spoken.path, len(spoken.pcm))
    assert np.all(np.diff([word.start for word in transcript.words]) >= 0)
    said = spoken.words.lower()
    assert jiwer.wer(said, transcript.text.lower()) <= jiwer.wer(said, whole.text.lower()) + 0.05


def test_a_worker_that_is_killed_three_times_in_one_memo_costs_no_word(
    sample: Callable[[str], Any], places: Places, tmp_path: Path
) -> None:
    spoken = sample("thinking-pauses")
    part = tmp_path / "memo.pcm.part"
    probabilities = speech_probabilities(spoken.pcm)
    moments = [round(len(probabilities) * share) for share in (0.2, 0.4, 0.6)]
    killed: set[int] = set()
    before = children()
    heard = ""
    with part.open("wb") as file, Transcriber(EngineChoice("tiny.en"), cache=places.cache) as transcriber:
        whole = transcriber.transcribe(spoken.path)
        live = LiveTranscription(transcriber, part)
        for index, probability in enumerate(probabilities):
            file.write(spoken.pcm[index * BLOCK_SAMPLES : (index + 1) * BLOCK_SAMPLES].astype("<i2").tobytes())
            file.flush()
            live.add(probability)
            time.sleep(0.008)
            if moments and index >= moments[0]:
                # One that died is replaced once in a request: the next dies only when its replacement has answered.
                if live.text == heard:
                    time.sleep(0.1)
                    continue
                del moments[0]
                heard = live.text
                workers = children() - before - killed
                killed |= workers
                for worker in workers:
                    os.kill(worker, signal.SIGKILL)
        transcript = live.finish(spoken.path, len(spoken.pcm))
    assert len(killed) == 3
    assert jiwer.wer(whole.text.lower(), transcript.text.lower()) <= 0.1
    assert transcript.duration == pytest.approx(len(spoken.pcm) / 16_000)


def test_where_people_talk_on_behind_the_rep_the_text_is_there_when_the_own_voice_is_silent(
    memo: Callable[..., Memo],
) -> None:
    spoken = memo()
    spoken.speak(100)
    assert spoken.live.whole is None

    spoken.others_speak(60, own_end=100)
    spoken.transcriber.wait_for(1)

    [(begin, end)] = ranges(spoken)
    assert (begin, end > 100) == (0, True)
    assert spoken.live.whole is not None
    assert spoken.live.whole.text == f"[0-{end}]"
    spoken.others_speak(200, own_end=100)
    assert ranges(spoken) == [(0, end)]  # nothing of it is listened to while it may be up

    spoken.live.shown(1)
    transcript = spoken.finish()

    assert transcript.text.startswith(f"[0-{end}] ")  # what was up is as it was
    assert ranges(spoken)[-1] == (end, 360)  # and nothing that was said is passed over


def test_the_rep_who_speaks_on_among_others_is_written_down_at_the_next_silence_of_theirs(
    memo: Callable[..., Memo],
) -> None:
    spoken = memo()
    spoken.others_speak(100, own_end=100)
    spoken.others_speak(40, own_end=100)
    spoken.transcriber.wait_for(1)
    spoken.others_speak(60, own_end=200)
    assert spoken.live.whole is None

    spoken.others_speak(60, own_end=200)
    spoken.transcriber.wait_for(2)

    assert ranges(spoken)[1][0] == 0
    assert ranges(spoken)[1][1] > 200
    assert spoken.live.whole is not None
    spoken.live.abandon()


def test_what_is_too_soft_for_the_own_voice_is_written_down_when_all_is_quiet(memo: Callable[..., Memo]) -> None:
    spoken = memo()
    spoken.speak(100)
    spoken.pause(expected=1)
    spoken.others_speak(50, own_end=100)
    for _ in range(30):
        spoken.live.add(0.05, 100 * BLOCK_SAMPLES)
    spoken.chunks += 30
    spoken.transcriber.wait_for(2)

    begin, end = ranges(spoken)[-1]

    assert (begin, end > 170) == (0, True)
    assert spoken.live.whole is not None
    assert spoken.finish().text == f"[0-{end}]"
