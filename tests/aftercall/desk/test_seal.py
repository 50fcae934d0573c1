"""What comes back from the disk was read only where it was answered here, to just these words."""

import json
import os
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transcripts import transcript_of

from aftercall.desk.seal import KEY_FILE, SealedNotes
from capture.notes import Notes
from memos.models import Sentence
from review.draft import Draft
from transcribe.transcript import Transcript

ID = "20261121-164005-7f3a"
OTHER = "20261121-164105-0001"
HEARD = transcript_of("She liked it.", "He paid.")


def draft() -> dict[str, Any]:
    return Draft(HEARD.text, [Sentence(0, "She liked it.", "She liked it.", "keep", 2.0)]).to_dict()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def notes(inbox: Path) -> SealedNotes:
    return SealedNotes(Notes(inbox), "review", inbox.parent)


def note_of(inbox: Path, recording_id: str = ID) -> Path:
    return inbox / f"{recording_id}.review.json"


def test_what_was_answered_here_comes_back_as_it_was(inbox: Path) -> None:
    notes(inbox).keep(ID, HEARD, draft() | {"said_again": {3: {}}})

    assert notes(inbox).read(ID, HEARD) == draft() | {"said_again": {"3": {}}}


def test_answers_that_carry_no_seal_are_given_anew(inbox: Path) -> None:
    notes(inbox).keep(ID, HEARD, draft())
    note_of(inbox).write_text(json.dumps(draft()))

    assert notes(inbox).read(ID, HEARD) is None


@pytest.mark.parametrize(
    "heard",
    [
        transcript_of("She liked it.", "He paid.", probability=0.3),
        transcript_of("She liked it.", "He said."),
        replace(HEARD, language="de"),
    ],
)
def test_answers_to_another_transcript_are_given_anew(inbox: Path, heard: Transcript) -> None:
    notes(inbox).keep(ID, HEARD, draft())

    assert notes(inbox).read(ID, heard) is None


def test_answers_to_another_recording_are_given_anew_though_it_says_the_same(inbox: Path) -> None:
    notes(inbox).keep(ID, HEARD, draft())
    note_of(inbox, OTHER).write_bytes(note_of(inbox).read_bytes())

    assert notes(inbox).read(OTHER, HEARD) is None


def test_answers_of_another_machine_are_given_anew(inbox: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "inbox"
    elsewhere.mkdir(parents=True)
    notes(elsewhere).keep(ID, HEARD, draft())
    notes(inbox).keep(ID, HEARD, draft())
    note_of(inbox).write_bytes(note_of(elsewhere).read_bytes())

    assert notes(inbox).read(ID, HEARD) is None


def test_the_key_is_the_owners_alone_and_stays_the_same(inbox: Path) -> None:
    key = inbox.parent / KEY_FILE
    notes(inbox).keep(ID, HEARD, draft())
    first = key.read_bytes()
    notes(inbox).keep(OTHER, HEARD, draft())

    assert key.read_bytes() == first
    assert key.stat().st_mode & 0o777 == 0o600
    assert first not in note_of(inbox).read_bytes()


def _opened_to_all(key: Path) -> None:
    key.chmod(0o644)


def _cut(key: Path) -> None:
    key.write_bytes(key.read_bytes()[:-1])


def _linked(key: Path) -> None:
    key.rename(key.with_name("moved"))
    key.symlink_to(key.with_name("moved"))


def _pipe(key: Path) -> None:
    key.unlink()
    os.mkfifo(key, 0o600)


@pytest.mark.parametrize("spoil", [Path.unlink, _opened_to_all, _cut, _linked, _pipe])
def test_a_key_that_is_lost_or_that_others_may_know_is_replaced_and_seals_no_more(inbox: Path, spoil: Any) -> None:
    key = inbox.parent / KEY_FILE
    notes(inbox).keep(ID, HEARD, draft())
    old = key.read_bytes()
    spoil(key)

    assert notes(inbox).read(ID, HEARD) is None
    notes(inbox).keep(ID, HEARD, draft())
    assert notes(inbox).read(ID, HEARD) == draft()
    assert (key.read_bytes() != old, key.is_symlink(), key.stat().st_mode & 0o777) == (True, False, 0o600)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200)
@given(data=st.data())
def test_a_note_that_was_damaged_or_forged_brings_back_nothing(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        inbox = Path(folder) / "inbox"
        inbox.mkdir()
        notes(inbox).keep(ID, HEARD, draft())
        whole = note_of(inbox).read_bytes()
        kind = data.draw(st.sampled_from(["byte", "cut", "field", "more", "anything", "deep"]))
        if kind == "byte":
            at = data.draw(st.integers(0, len(whole) - 1))
            bad = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
        elif kind == "cut":
            bad = whole[: data.draw(st.integers(0, len(whole) - 1))]
        elif kind in ("field", "more"):
            note = json.loads(whole)
            name = data.draw(st.sampled_from(sorted(note)) if kind == "field" else st.text(min_size=1, max_size=8))
            bad = json.dumps(note | {name: data.draw(PLAIN)}).encode()
        else:
            bad = data.draw(st.binary(max_size=60)) if kind == "anything" else b"[" * 200_000
        note_of(inbox).write_bytes(bad)

        back = notes(inbox).read(ID, HEARD)

    # A change that means the same, such as another way to write a number, is none.
    assert back is None or back == draft()
