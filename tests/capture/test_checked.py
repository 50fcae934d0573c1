"""An inbox in which many memos wait: what made sense and has not changed is not read again by every command."""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from capture.checked import CHECKED
from capture.inbox import Inbox
from capture.notes import FACTS
from capture.recording import EndedBy, Recording, new_id


@pytest.fixture
def notes(inbox: Inbox, now: datetime) -> list[Path]:
    """The transcripts of forty memos that wait, looked at once."""
    for number in range(40):
        moment = now + timedelta(minutes=number)
        recording = Recording(new_id(moment), moment, 0.0, "typed", None, EndedBy.TYPED)
        inbox.add(recording, b"", {"transcript": {"segments": []}})
    recovery = inbox.recover()
    assert (recovery.set_aside, recovery.trouble) == ([], [])
    return sorted(inbox.folder.glob("*.transcript.json"))


def spoil(path: Path) -> None:
    """Other bytes of the same length, at the same time of change: as only the disk itself would change it."""
    facts = path.stat()
    path.write_bytes(b"?" * facts.st_size)
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def test_what_has_not_changed_is_not_read_again(inbox: Inbox, notes: list[Path]) -> None:
    spoil(notes[0])

    assert inbox.recover().set_aside == []


def test_what_has_changed_is(inbox: Inbox, notes: list[Path]) -> None:
    notes[0].write_bytes(b"?")
    spoil(notes[1])
    os.utime(notes[1])
    notes[2].unlink()
    notes[2].write_bytes(b"{")

    assert inbox.recover().set_aside == notes[:3]
    assert inbox.recover().set_aside == []


def test_what_was_set_aside_and_comes_back_is_set_aside_again(inbox: Inbox, notes: list[Path]) -> None:
    for path in notes:
        path.write_bytes(b"?")
    assert inbox.recover().set_aside == notes
    for path in notes:
        (inbox.folder / "set-aside" / path.name).rename(path)

    assert inbox.recover().set_aside == notes


def test_a_note_whose_sound_was_moved_still_goes_after_it(inbox: Inbox, notes: list[Path]) -> None:
    recording_id = notes[0].name.split(".")[0]
    discarded = inbox.folder / "discarded"
    discarded.mkdir()
    inbox.wav(recording_id).rename(discarded / f"{recording_id}.wav")

    inbox.recover()

    assert not notes[0].exists()
    assert (discarded / notes[0].name).exists()
    assert (discarded / inbox.notes.path(recording_id, FACTS).name).exists()


@pytest.mark.parametrize("content", [b"", b"[]", b"?", b'{"a": 1}', b"[" * 200_000])
def test_without_what_was_kept_everything_is_read_once_more(inbox: Inbox, notes: list[Path], content: bytes) -> None:
    (inbox.folder / CHECKED).write_bytes(content)
    notes[0].write_bytes(b"?")

    assert inbox.recover().set_aside == notes[:1]


def test_it_holds_no_words_and_is_not_written_for_a_few(inbox: Inbox, notes: list[Path]) -> None:
    kept = json.loads((inbox.folder / CHECKED).read_bytes())
    assert kept[notes[0].name] == [notes[0].stat().st_size, notes[0].stat().st_mtime_ns, notes[0].stat().st_ino]
    before = (inbox.folder / CHECKED).stat()
    notes[0].write_bytes(b"{}")

    inbox.recover()

    assert (inbox.folder / CHECKED).stat() == before


def test_the_oldest_comes_first_without_a_look_at_the_facts(inbox: Inbox, notes: list[Path]) -> None:
    assert inbox.ids() == [recording.id for recording in inbox.recordings()]
