import copy
import json
from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcribe.errors import BadTranscript
from transcribe.transcript import Hole, Segment, Transcript, Word

TRANSCRIPT = Transcript(
    segments=(
        Segment(
            0.5,
            1.5,
            "Spoke with Maria.",
            (Word("Spoke", 0.5, 0.8, 0.9), Word("Maria.", 1.0, 1.5, 0.4)),
            -0.2,
            1.1,
            0.01,
            0,
        ),
        Segment(2.0, 2.4, "Tuesday.", (Word("Tuesday.", 2.0, 2.4, 1.0),), -0.1, 0.9, 0.02, 0.4),
    ),
    language="en",
    engine="faster-whisper",
    model="base",
    weights_sha256="ab" * 32,
    duration=3.0,
    holes=(Hole(1.5, 2.0),),
)


def places_in(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values inside nested dicts and lists."""
    if isinstance(data, dict):
        return [p for key, value in data.items() for p in [(*path, key), *places_in(value, (*path, key))]]
    if isinstance(data, list):
        return [p for i, value in enumerate(data) for p in [(*path, i), *places_in(value, (*path, i))]]
    return []


def stored() -> Any:
    return json.loads(json.dumps(TRANSCRIPT.to_dict()))


def test_what_was_heard_survives_json() -> None:
    assert Transcript.from_dict(stored()) == TRANSCRIPT


def test_text_and_words_come_in_the_order_of_time() -> None:
    assert TRANSCRIPT.text == "Spoke with Maria. Tuesday."
    assert [word.text for word in TRANSCRIPT.words] == ["Spoke", "Maria.", "Tuesday."]


def test_what_was_heard_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        TRANSCRIPT.segments[0].words[0].text = "Mario"  # type: ignore[misc]  # that is what must fail


@pytest.mark.parametrize("path", places_in(stored()), ids=str)
@pytest.mark.parametrize("junk", [None, True, {}, float("nan"), float("inf")], ids=str)
def test_any_damaged_field_is_a_bad_transcript_and_nothing_else(path: tuple[Any, ...], junk: object) -> None:
    data = stored()
    *way, last = path
    if last == "instead_of" and junk is None:
        return  # that is what it mostly is
    inner = data
    for step in way:
        inner = inner[step]
    inner[last] = copy.deepcopy(junk)
    with pytest.raises(BadTranscript):
        Transcript.from_dict(data)


@pytest.mark.parametrize("field", sorted(stored().keys() - {"holes"}))
def test_a_missing_field_is_named(field: str) -> None:
    data = stored()
    del data[field]
    with pytest.raises(BadTranscript, match=field):
        Transcript.from_dict(data)


def test_a_transcript_of_before_there_were_holes_has_none() -> None:
    data = stored()
    del data["holes"]
    assert Transcript.from_dict(data).holes == ()


def test_a_probability_above_one_or_an_end_before_the_start_is_refused() -> None:
    data = stored()
    data["segments"][0]["words"][1]["probability"] = 1.01
    with pytest.raises(BadTranscript, match=r"segments\[0\].words\[1\].probability"):
        Transcript.from_dict(data)
    data = stored()
    data["segments"][1]["end"] = 1.9
    with pytest.raises(BadTranscript, match=r"segments\[1\].end"):
        Transcript.from_dict(data)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_junk_is_a_bad_transcript(junk: object) -> None:
    with pytest.raises(BadTranscript):
        Transcript.from_dict(junk)
