"""The recorder, block by block on sources that are made up, and as a whole on spoken memos."""

import math
import wave
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pytest

from capture.endpoint import EndpointSettings, Phase
from capture.errors import MicrophoneLost, NoMicrophone, NoSpeech
from capture.inbox import Inbox
from capture.pcm import BLOCK_BYTES, BLOCK_SAMPLES, BLOCK_SECONDS
from capture.recorder import Fault, Progress, Recorder
from capture.recording import EndedBy, Recording
from capture.sources import SampleSource
from capture.speech import silero_probability
from capture.trim import TAIL_SAMPLES
from ground.errors import DiskTrouble

SPEECH, SILENCE, ZEROS = b"\x01" * BLOCK_BYTES, b"\0\1" * BLOCK_SAMPLES, bytes(BLOCK_BYTES)
SPOKEN = [path.stem for path in (Path(__file__).parents[2] / "samples").glob("*.flac") if path.stem != "silence"]
ROOM_SECONDS = 0.4
"""In every sample, after the last word."""


class ScriptedSource:
    """Gives what it is told to, block by block; an error is raised, None is a read that timed out."""

    def __init__(self, *script: bytes | BaseException | None, waiting: bytes = b"") -> None:
        self.name = "script"
        self.live = True
        self.overflows = 3
        self.closed = False
        self.silent_for = 0.0
        self._script = iter(script)
        self._waiting = waiting

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closed = True

    def read(self, timeout: float) -> bytes | None:
        block = next(self._script)
        if isinstance(block, BaseException):
            raise block
        return block

    def waiting(self) -> bytes:
        return self._waiting


class DeafSource(ScriptedSource):
    """A microphone that cannot be opened."""

    def __enter__(self) -> Self:
        raise NoMicrophone("It is in use.")


@pytest.fixture
def make_recorder(inbox: Inbox, now: datetime) -> Callable[..., Recorder]:
    def make(**settings: float) -> Recorder:
        return Recorder(inbox, lambda block: float(block[0]), lambda: now, EndpointSettings(**settings))

    return make


def after(count: int, reason: EndedBy) -> Callable[[], EndedBy | None]:
    """Asks to stop when it has been asked that many times."""
    asked = iter([None] * count)
    return lambda: next(asked, reason)


def sound(inbox: Inbox, recording: Recording) -> bytes:
    with wave.open(str(inbox.wav(recording.id))) as wav:
        return wav.readframes(wav.getnframes())


def is_empty(inbox: Inbox) -> bool:
    return not any(inbox.folder.iterdir())


def test_every_block_is_kept_and_told_of(inbox: Inbox, make_recorder: Callable[..., Recorder], now: datetime) -> None:
    told: list[Progress] = []
    source = ScriptedSource(SPEECH, None, *[SPEECH] * 9, SILENCE, b"\x02" * 100)
    outcome = make_recorder().record(source, contact_hint="Laura", on_progress=told.append)
    length = (11 * BLOCK_SAMPLES + 50) / 16_000
    assert outcome.trouble is None
    assert outcome.recording == Recording(
        outcome.recording.id, now, length, "script", "Laura", EndedBy.END_OF_SOURCE, overflows=3
    )
    assert inbox.recordings() == [outcome.recording]
    assert sound(inbox, outcome.recording) == SPEECH * 10 + SILENCE + b"\x02" * 100
    assert source.closed
    assert [p.elapsed for p in told] == pytest.approx([BLOCK_SECONDS * n for n in range(1, 12)])
    assert [p.phase for p in told] == [Phase.WAITING] * 6 + [Phase.SPEAKING] * 4 + [Phase.PAUSING]
    assert [p.countdown is None for p in told] == [True] * 10 + [False]
    assert told[0].level == pytest.approx(-42.1, abs=0.1)
    assert {p.overflows for p in told} == {3}


def test_silence_after_speech_ends_it_and_is_not_part_of_it(
    inbox: Inbox, make_recorder: Callable[..., Recorder]
) -> None:
    source = ScriptedSource(*[SPEECH] * 10, *[SILENCE] * 1000)
    recording = make_recorder(offer_silence=1.0, closing_silence=4.0).record(source).recording
    assert recording.ended_by is EndedBy.SILENCE
    assert recording.duration == pytest.approx(10 * BLOCK_SECONDS + TAIL_SAMPLES / 16_000)
    assert (SPEECH * 10 + SILENCE * 100).startswith(sound(inbox, recording))


def test_an_end_is_offered_with_the_place_where_speech_ended_and_taken_back_by_speech(
    inbox: Inbox, make_recorder: Callable[..., Recorder]
) -> None:
    told: list[Progress] = []
    pause = [SILENCE] * round(2 / BLOCK_SECONDS)
    source = ScriptedSource(*[SPEECH] * 10, *pause, *[SPEECH] * 10, *[SILENCE] * 1000)
    recording = make_recorder().record(source, on_progress=told.append).recording
    offers = [p for before, p in pairwise(told) if p.phase is Phase.OFFERED is not before.phase]
    assert [p.speech_end for p in offers] == [10 * BLOCK_SAMPLES, (20 + len(pause)) * BLOCK_SAMPLES]
    withdrawn = [p.phase for before, p in pairwise(told) if before.phase is Phase.OFFERED is not p.phase]
    assert withdrawn == [Phase.SPEAKING, Phase.OVER]
    assert sound(inbox, recording).startswith(SPEECH * 10 + SILENCE * len(pause) + SPEECH * 10)


def test_the_first_key_of_the_reading_closes_the_microphone_and_what_was_said_up_to_it_is_kept(
    inbox: Inbox, make_recorder: Callable[..., Recorder]
) -> None:
    pause = [SILENCE] * round(2 / BLOCK_SECONDS)
    source = ScriptedSource(*[SPEECH] * 10, *pause, SPEECH, waiting=SPEECH * 2 + SPEECH[:100])
    asked = after(10 + len(pause), EndedBy.READING)
    recording = make_recorder().record(source, asked_to_stop=asked).recording
    assert recording.ended_by is EndedBy.READING
    assert sound(inbox, recording) == SPEECH * 10 + SILENCE * len(pause) + SPEECH * 2 + SPEECH[:100]
    assert source.closed


def test_the_silence_before_a_key_is_not_part_of_the_memo(inbox: Inbox, make_recorder: Callable[..., Recorder]) -> None:
    source = ScriptedSource(*[SPEECH] * 10, *[SILENCE] * 100)
    recording = make_recorder().record(source, asked_to_stop=after(70, EndedBy.ENTER)).recording
    assert recording.duration == pytest.approx(10 * BLOCK_SECONDS + TAIL_SAMPLES / 16_000)


def test_a_memo_in_which_nothing_was_taken_for_speech_is_kept_whole_where_a_key_ended_it(
    inbox: Inbox, make_recorder: Callable[..., Recorder]
) -> None:
    source = ScriptedSource(SPEECH, *[SILENCE] * 100)
    recording = make_recorder().record(source, asked_to_stop=after(70, EndedBy.ENTER)).recording
    assert recording.duration == pytest.approx(70 * BLOCK_SECONDS)


def test_a_source_that_ends_is_taken_as_a_whole(inbox: Inbox, make_recorder: Callable[..., Recorder]) -> None:
    whole = SPEECH * 10 + SILENCE * 600 + SPEECH * 10 + SILENCE * 600
    recorder = make_recorder(closing_silence=math.inf, no_speech=math.inf)
    recording = recorder.record(SampleSource(whole, "a file")).recording
    assert recording.ended_by is EndedBy.END_OF_SOURCE
    assert sound(inbox, recording) == whole


def test_an_input_that_turns_to_zeros_is_told_within_a_second_and_its_silence_is_not_the_reps(
    inbox: Inbox, make_recorder: Callable[..., Recorder]
) -> None:
    told: list[Progress] = []
    outcome = make_recorder().record(ScriptedSource(*[SPEECH] * 10, *[ZEROS] * 1000), on_progress=told.append)
    first = next(p for p in told if p.fault is Fault.ZEROS)
    assert first.elapsed <= 10 * BLOCK_SECONDS + 1.0
    assert not first.stalled
    assert outcome.recording.ended_by is EndedBy.MICROPHONE_LOST
    assert "digital silence" in str(outcome.trouble)
    assert sound(inbox, outcome.recording).startswith(SPEECH * 10)


def test_the_zeros_of_a_file_are_silence(make_recorder: Callable[..., Recorder]) -> None:
    told: list[Progress] = []
    recorder = make_recorder()
    outcome = recorder.record(SampleSource(SPEECH * 10 + ZEROS * 1000, "a file"), on_progress=told.append)
    assert outcome.recording.ended_by is EndedBy.SILENCE
    assert {p.fault for p in told} == {None}


def test_the_greatest_length_ends_it_and_is_announced_before(make_recorder: Callable[..., Recorder]) -> None:
    told: list[Progress] = []
    source = ScriptedSource(*[SPEECH] * 2000)
    recording = make_recorder(max_seconds=32.0).record(source, on_progress=told.append).recording
    assert recording.ended_by is EndedBy.MAX_SECONDS
    assert recording.duration == pytest.approx(32.0)
    assert next(p.elapsed for p in told if p.remaining is not None) == pytest.approx(2.0, abs=BLOCK_SECONDS)
    assert told[-1].remaining == 0.0


@pytest.mark.parametrize("length", [40, 1000])
def test_nothing_is_kept_where_nobody_speaks(inbox: Inbox, make_recorder: Callable[..., Recorder], length: int) -> None:
    with pytest.raises(NoSpeech, match="Nobody spoke") as caught:
        make_recorder(no_speech=2.0).record(SampleSource(SILENCE * length, "a file"))
    assert caught.value.exit_code == 4
    assert is_empty(inbox)


@pytest.mark.parametrize("reason", [EndedBy.ENTER, EndedBy.INTERRUPT])
def test_what_was_spoken_before_the_key_was_pressed_is_kept_even_where_the_disk_was_behind(
    inbox: Inbox, make_recorder: Callable[..., Recorder], reason: EndedBy
) -> None:
    source = ScriptedSource(*[SPEECH] * 10, waiting=b"\x02" * 3 * BLOCK_BYTES)
    recording = make_recorder().record(source, asked_to_stop=after(5, reason)).recording
    assert recording.ended_by is reason
    assert sound(inbox, recording) == SPEECH * 5 + b"\x02" * 3 * BLOCK_BYTES


def test_a_microphone_that_cannot_be_opened_leaves_no_trace(
    inbox: Inbox, make_recorder: Callable[..., Recorder]
) -> None:
    with pytest.raises(NoMicrophone):
        make_recorder().record(DeafSource())
    assert is_empty(inbox)


def test_a_microphone_that_is_lost_ends_a_recording_that_is_kept(
    inbox: Inbox, make_recorder: Callable[..., Recorder]
) -> None:
    lost = MicrophoneLost("It is gone.")
    outcome = make_recorder().record(ScriptedSource(SPEECH, SPEECH, lost))
    assert outcome.trouble is lost
    assert outcome.recording.ended_by is EndedBy.MICROPHONE_LOST
    assert sound(inbox, outcome.recording) == SPEECH * 2


def test_a_microphone_that_is_lost_before_the_first_block_leaves_no_trace(
    inbox: Inbox, make_recorder: Callable[..., Recorder]
) -> None:
    with pytest.raises(MicrophoneLost):
        make_recorder().record(ScriptedSource(MicrophoneLost("It is gone.")))
    assert is_empty(inbox)


@pytest.mark.parametrize(
    ("error", "ended_by"),
    [
        (RuntimeError("a fault in the program"), EndedBy.INTERRUPT),
        (KeyboardInterrupt(), EndedBy.INTERRUPT),
        (DiskTrouble("full"), EndedBy.DISK),
    ],
    ids=repr,
)
def test_whatever_goes_wrong_the_sound_so_far_is_kept(
    inbox: Inbox, make_recorder: Callable[..., Recorder], error: BaseException, ended_by: EndedBy
) -> None:
    source = ScriptedSource(SPEECH, SPEECH, error)
    with pytest.raises(type(error)):
        make_recorder().record(source)
    [recording] = inbox.recordings()
    assert recording.ended_by is ended_by
    assert sound(inbox, recording) == SPEECH * 2
    assert source.closed


def test_a_file_can_be_given_out_at_the_pace_of_speech() -> None:
    now, slept = 100.0, []

    def sleep(length: float) -> None:
        nonlocal now
        slept.append(length)
        now += length

    source = SampleSource(SPEECH * 3 + b"ab", "a file", realtime=True, clock=lambda: now, sleep=sleep)
    with source:
        assert source.read(0.01) is None
        blocks = [source.read(1.0) for _ in range(3)]
        assert blocks == [SPEECH] * 3
        assert now == pytest.approx(100.0 + 3 * BLOCK_SECONDS)
        assert [source.read(1.0), source.read(1.0)] == [b"ab", b""]
    assert slept[0] == 0.01


# -- spoken memos, the real model --------------------------------------------------------------------------------


def faint_noise(length: float) -> bytes:
    """Room noise at -66 dBFS, the same each time."""
    noise = np.random.default_rng(7).normal(0, 32768 * 10 ** (-66 / 20), int(length * 16_000))
    return noise.round().astype("<i2").tobytes()


@pytest.fixture
def record_hands_free(inbox: Inbox, now: datetime) -> Iterator[Callable[[bytes], Recording]]:
    def record(pcm: bytes) -> Recording:
        recorder = Recorder(inbox, silero_probability(), lambda: now, EndpointSettings())
        return recorder.record(SampleSource(pcm, "a sample")).recording

    return record


@pytest.mark.parametrize("name", SPOKEN)
def test_a_spoken_memo_is_kept_whole_and_is_over_soon_after_the_last_word(
    name: str,
    inbox: Inbox,
    spoken: Callable[[str], bytes],
    sample_facts: Callable[[str], dict[str, Any]],
    record_hands_free: Callable[[bytes], Recording],
) -> None:
    heard = spoken(name) + faint_noise(16)
    recording = record_hands_free(heard)
    last_word = sample_facts(name)["duration"] - ROOM_SECONDS
    assert recording.ended_by is EndedBy.SILENCE
    assert recording.duration is not None
    assert 0.3 <= recording.duration - last_word <= 1.2
    assert heard.startswith(sound(inbox, recording))


def test_words_spoken_far_more_softly_under_an_offer_are_kept_with_the_key_that_follows_them(
    inbox: Inbox, now: datetime, spoken: Callable[[str], bytes]
) -> None:
    words = np.frombuffer(spoken("long"), "<i2")
    softly = (words[9 * 16_000 : 12 * 16_000] * 10 ** (-38 / 20)).round().astype("<i2").tobytes()
    before = words[: 6 * 16_000].tobytes() + faint_noise(3)
    played = before + softly + faint_noise(0.2)
    told: list[Progress] = []

    def key() -> EndedBy | None:
        return EndedBy.READING if told and told[-1].elapsed > len(played) / 32_000 - 0.1 else None

    recorder = Recorder(inbox, silero_probability(), lambda: now, EndpointSettings())
    recording = recorder.record(SampleSource(played, "a sample"), asked_to_stop=key, on_progress=told.append).recording
    assert any(progress.phase is Phase.OFFERED for progress in told if progress.elapsed < len(before) / 32_000)
    assert recording.ended_by is EndedBy.READING
    assert recording.duration is not None
    assert recording.duration > (len(before) + len(softly)) / 32_000 - 0.2


def test_a_room_in_which_nobody_speaks_is_not_kept(
    inbox: Inbox, spoken: Callable[[str], bytes], record_hands_free: Callable[[bytes], Recording]
) -> None:
    with pytest.raises(NoSpeech):
        record_hands_free(spoken("silence") + faint_noise(4))
    assert is_empty(inbox)
