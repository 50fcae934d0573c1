"""Where the end of a memo is offered in noise, with the real detector: a short form of benchmarks/endpoint.py."""

import sys
from importlib import import_module
from pathlib import Path

import pytest

from capture.errors import NoSpeech

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
endpoint = import_module("endpoint")
speech = import_module("speech")

MEMOS = range(4)
"""One of each voice."""


@pytest.mark.parametrize(("condition", "at_least"), [("quiet", 4), ("car", 4), ("babble", 4), ("babble-phone", 3)])
def test_a_memo_is_never_cut_and_its_end_is_offered_soon_after_the_last_word(condition: str, at_least: int) -> None:
    delays = [endpoint.delay(speech.hear(number, condition), endpoint.record_fast) for number in MEMOS]
    verdicts = [endpoint.verdict(delay) for delay in delays]
    assert "cut" not in verdicts, delays
    assert verdicts.count("soon") >= at_least, delays


@pytest.mark.parametrize("name", speech.NOT_SPEECH)
def test_what_is_no_speech_begins_no_memo(name: str, tmp_path: Path) -> None:
    sound = speech.at_level(speech.NOT_SPEECH[name](11 * speech.SAMPLE_RATE), -25)
    with pytest.raises(NoSpeech):
        endpoint.record_fast(sound, tmp_path)


@pytest.mark.parametrize(("number", "name"), [*enumerate(speech.NOT_SPEECH)])
def test_what_is_no_speech_delays_no_offer(number: int, name: str) -> None:
    heard = speech.followed_by(number, name, -25)
    assert endpoint.verdict(endpoint.delay(heard, endpoint.record_fast)) == "soon"
