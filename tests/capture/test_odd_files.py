"""Whatever lies in the inbox under a name of ours hurts itself at most: it is set aside, told, and all else works."""

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import windows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capture.inbox import Inbox
from capture.recording import EndedBy, Recording
from ground.errors import DiskTrouble
from transcribe.audio import read_pcm

SECOND = bytes(range(250)) * 128

ODD: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "folder": Path.mkdir,
    "dangling link": lambda path: path.symlink_to("nowhere"),
    "looping link": lambda path: path.symlink_to(path),
    "device": lambda path: path.symlink_to("/dev/zero"),
    "brackets": lambda path: path.write_bytes(b"[" * 200_000),
    "nothing": lambda path: path.write_bytes(b""),
}


def sound_of(inbox: Inbox, now: datetime) -> Recording:
    opened = inbox.begin(now, "microphone: test", None)
    opened.write(SECOND)
    return opened.finish(EndedBy.ENTER)


@pytest.mark.parametrize("end", [".json", ".transcript.json", ".review.json", ".wav", ".pcm.part"])
@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_file_of_ours_is_set_aside_and_the_others_are_as_they_were(
    inbox: Inbox, now: datetime, odd: str, end: str
) -> None:
    if end == ".pcm.part" and odd in ("brackets", "nothing"):
        return  # any bytes are sound, and none are that of a recorder that was killed before the first word
    whole = sound_of(inbox, now)
    path = inbox.folder / f"20261120-100000-0000{end}"
    ODD[odd](path)

    recovery = inbox.recover()
    assert recovery.trouble == []
    assert inbox.recordings() == [whole]
    assert recovery.set_aside == [path]
    assert os.path.lexists(inbox.folder / "set-aside" / path.name)
    assert inbox.recover().set_aside == []
    assert inbox.in_progress() == 0
    assert sound_of(inbox, now).duration == 1.0


@pytest.mark.parametrize("odd", ODD)
def test_facts_that_turn_odd_while_a_command_runs_are_guessed(inbox: Inbox, now: datetime, odd: str) -> None:
    whole = sound_of(inbox, now)
    inbox.notes.path(whole.id, "").unlink()
    ODD[odd](inbox.notes.path(whole.id, ""))

    assert [found.id for found in inbox.recordings()] == [whole.id]
    assert inbox.notes.read_or_none(whole.id, "") is None


NOTES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(["", "review", "transcript"]), note=NOTES.map(json.dumps).map(str.encode) | st.binary())
def test_no_note_however_forged_or_damaged_stops_anything_but_itself(
    tmp_path_factory: pytest.TempPathFactory, now: datetime, kind: str, note: bytes
) -> None:
    inbox = Inbox(tmp_path_factory.mktemp("inbox"))
    whole, other = sound_of(inbox, now), sound_of(inbox, now)
    inbox.notes.path(whole.id, kind).write_bytes(note)

    recovery = inbox.recover()
    assert recovery.trouble == []
    assert {found.id for found in inbox.recordings()} == {whole.id, other.id}
    assert isinstance(inbox.notes.read(whole.id, kind), dict | None)


def test_a_note_that_a_crash_left_behind_its_sound_follows_it(inbox: Inbox, now: datetime) -> None:
    whole = sound_of(inbox, now)
    inbox.notes.keep(whole.id, "transcript", {"text": "budget"})
    discarded = inbox.folder / "discarded"
    discarded.mkdir()
    inbox.wav(whole.id).rename(discarded / f"{whole.id}.wav")

    assert inbox.recover().set_aside == []
    assert {path.name for path in discarded.iterdir()} == {
        whole.id + end for end in (".wav", ".json", ".transcript.json")
    }


class TestOnWindows:
    """The rules for open and locked files, as in tests/windows.py."""

    @pytest.fixture(autouse=True)
    def _rules(self, monkeypatch: pytest.MonkeyPatch) -> None:
        windows.simulate(monkeypatch)

    def test_the_rules_are_those_of_windows(self, tmp_path: Path) -> None:
        with (tmp_path / "open").open("wb"), pytest.raises(PermissionError):
            (tmp_path / "open").rename(tmp_path / "other")
        (tmp_path / "open").rename(tmp_path / "other")

    def test_sound_is_read_while_it_is_recorded_and_the_recording_is_finished(
        self, inbox: Inbox, now: datetime
    ) -> None:
        opened = inbox.begin(now, "microphone: test", None)
        opened.write(SECOND)
        assert read_pcm(opened.path).tobytes() == SECOND
        assert inbox.recover().recovered == [], "it is still being recorded"
        finished = opened.finish(EndedBy.ENTER)
        assert inbox.recordings() == [finished]

    def test_a_memo_that_is_being_read_is_moved_out_of_the_inbox(
        self, inbox: Inbox, now: datetime, tmp_path: Path
    ) -> None:
        whole = sound_of(inbox, now)
        with inbox.alone_with(whole.id, "held"):
            inbox.archive(whole.id, tmp_path / "audio")
        assert (tmp_path / "audio" / f"{whole.id}.wav").exists()
        assert inbox.recordings() == []

    def test_a_memo_that_cannot_be_thrown_away_is_whole_afterwards(self, inbox: Inbox, now: datetime) -> None:
        whole = sound_of(inbox, now)
        with inbox.wav(whole.id).open("rb"), pytest.raises(DiskTrouble, match="stays where it is"):
            inbox.discard(whole.id)  # while a player has it open
        assert inbox.recordings() == [whole]
        assert inbox.notes.facts(whole.id) == whole
        inbox.discard(whole.id)
        assert inbox.recordings() == []
