"""A quiet recording is heard as a loud one is, and a sentence that is softer than the others too."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from transcribe.level import WANTED, level, raised
from transcribe.voice_activity import speech_probabilities, speech_spans, with_soft_speech


def at(pcm: Any, dbfs: float) -> Any:
    noise = np.random.default_rng(5).normal(0, 0.3, len(pcm))
    return np.round(pcm * 10 ** ((dbfs - level(pcm)) / 20) + noise).astype(np.int16)


def spoken(pcm: Any) -> float:
    return sum(span.end - span.start for span in speech_spans(speech_probabilities(pcm)))


@pytest.mark.parametrize("dbfs", [-45.0, -55.0, -65.0])
def test_speech_is_found_at_any_level(dbfs: float, sample: Callable[[str], Any]) -> None:
    pcm = sample("plain").pcm
    assert spoken(raised(at(pcm, dbfs))) > 0.9 * spoken(pcm)


def test_a_recording_is_brought_up_to_the_level_and_never_down() -> None:
    tone = (np.sin(np.arange(16_000) / 5) * 300).astype(np.int16)
    assert level(raised(tone)) == pytest.approx(WANTED, abs=0.5)
    loud = (np.sin(np.arange(16_000) / 5) * 20_000).astype(np.int16)
    assert raised(loud) is loud


@pytest.mark.parametrize("count", [0, 1, 100, 16_000])
def test_digital_silence_and_no_sound_stay_what_they_are(count: int) -> None:
    silence = np.zeros(count, dtype=np.int16)
    assert level(silence) == -np.inf
    assert np.array_equal(raised(silence), silence)


def test_a_soft_sentence_between_loud_ones_is_found_and_raised(sample: Callable[[str], Any]) -> None:
    pcm = sample("plain").pcm[: 16_000 * 6]
    pause = np.random.default_rng(5).normal(0, 3, 16_000).astype(np.int16)
    soft = at(pcm[: 16_000 * 3], level(pcm) - 40)
    memo = np.concatenate([pcm, pause, soft, pause, pcm])
    before = speech_probabilities(memo)
    sound, found = with_soft_speech(memo, before)
    middle = slice(round(7 * 16_000 / 512), round(10 * 16_000 / 512))
    assert sum(p >= 0.5 for p in found[middle]) > sum(p >= 0.5 for p in before[middle]) + 20
    assert level(sound[16_000 * 7 : 16_000 * 10]) > level(soft) + 15
    assert np.array_equal(sound[: 16_000 * 5], memo[: 16_000 * 5])


def test_pauses_without_speech_are_left_as_they_are(sample: Callable[[str], Any]) -> None:
    pcm = sample("thinking-pauses").pcm
    sound, found = with_soft_speech(pcm, speech_probabilities(pcm))
    assert np.mean(sound != pcm) < 0.1
    assert len(found) == len(speech_probabilities(pcm))


def test_what_was_listened_to_is_not_listened_to_again_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    noise = raised(np.random.default_rng(5).normal(0, 20, 16_000 * 4 + 100).astype(np.int16))
    listened: list[int] = []

    def listen(pcm: Any) -> list[float]:
        listened.append(len(pcm))
        return speech_probabilities(pcm)

    monkeypatch.setattr("transcribe.voice_activity.speech_probabilities", listen)
    sound, found = with_soft_speech(noise)
    assert listened == [len(noise)]
    again = with_soft_speech(noise, speech_probabilities(noise))
    assert np.array_equal(sound, again[0])
    assert list(found) == list(again[1])
