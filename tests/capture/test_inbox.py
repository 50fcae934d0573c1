"""The files of the inbox, step by step, and what is made of those that a crash left."""

import json
import os
import shutil
import stat
import subprocess
import sys
import wave
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from capture.errors import AmbiguousRecording, UnknownRecording
from capture.inbox import Inbox
from capture.notes import FACTS
from capture.recording import EndedBy, Recording, new_id, time_of
from ground.errors import DiskTrouble

SECOND = bytes(range(250)) * 128
"""One second of sound that is not silence."""

Record = Callable[..., Recording]


@pytest.fixture
def record(inbox: Inbox, now: datetime) -> Record:
    """Makes finished recordings, each a minute after the one before."""
    made: list[Recording] = []

    def make(pcm: bytes = SECOND, contact_hint: str | None = None) -> Recording:
        opened = inbox.begin(now + timedelta(minutes=len(made)), "microphone: test", contact_hint)
        opened.write(pcm)
        made.append(opened.finish(EndedBy.ENTER))
        return made[-1]

    return make


@pytest.fixture
def leave_part(inbox: Inbox, now: datetime) -> Callable[[bytes], str]:
    """Leaves behind what a recorder that was killed leaves behind; the id is returned."""

    def leave(pcm: bytes) -> str:
        recording = Recording(new_id(now), now, None, "microphone: test", "Laura")
        inbox.folder.mkdir(parents=True, exist_ok=True)
        inbox.notes.keep(recording.id, FACTS, recording.to_dict())
        (inbox.folder / f"{recording.id}.pcm.part").write_bytes(pcm)
        return recording.id

    return leave


def names(folder: Path) -> set[str]:
    """All files but locks."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.name[0] != "."}


def sound(path: Path) -> bytes:
    with wave.open(str(path)) as wav:
        return wav.readframes(wav.getnframes())


# -- recording ---------------------------------------------------------------------------------------------------


def test_the_files_of_a_recording_come_and_go_in_order(inbox: Inbox, now: datetime) -> None:
    opened = inbox.begin(now, "microphone: test", "Laura")
    name = opened.recording.id
    assert names(inbox.folder) == {f"{name}.pcm.part", f"{name}.json"}
    assert opened.path.read_bytes() == b""
    assert opened.recording.duration is None

    opened.write(SECOND)
    assert opened.path.read_bytes() == SECOND, "a block is in the file as soon as it is written"
    assert opened.duration == 1.0
    assert inbox.recordings() == []
    assert inbox.in_progress() == 1

    finished = opened.finish(EndedBy.SILENCE, overflows=2)
    assert names(inbox.folder) == {f"{name}.wav", f"{name}.json"}
    assert sound(inbox.wav(name)) == SECOND
    assert finished == Recording(name, now, 1.0, "microphone: test", "Laura", EndedBy.SILENCE, 2)
    assert inbox.recordings() == [finished]
    assert inbox.in_progress() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes, its home folders are private")
def test_nobody_else_can_read_any_of_it(inbox: Inbox, now: datetime, record: Record) -> None:
    before = os.umask(0)
    try:
        record()
        inbox.begin(now, "microphone: test")
    finally:
        os.umask(before)
    for path in [inbox.folder.parent, inbox.folder, *inbox.folder.iterdir()]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_recordings_begun_at_the_same_moment_sort_in_the_order_in_which_they_were_made(
    inbox: Inbox, now: datetime
) -> None:
    opened = [inbox.begin(now, "microphone: test") for _ in range(20)]
    assert inbox.in_progress() == 20
    ids = [each.finish(EndedBy.ENTER).id for each in reversed(opened)]
    with inbox.claim(now) as last:
        pass
    assert len({*ids, last}) == 21
    assert sorted([last, *ids]) == [*reversed(ids), last]


def test_many_recordings_of_two_processes_sort_in_the_order_in_which_they_were_made(
    inbox: Inbox, start_child: Callable[..., "subprocess.Popen[str]"]
) -> None:
    children = [start_child(inbox.folder, "many", 150, stdin=subprocess.PIPE) for _ in range(2)]
    for child in children:
        assert child.stdout is not None
        assert json.loads(child.stdout.readline())[0] == "ready"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    rows = [[json.loads(line) for line in child.communicate(timeout=60)[0].splitlines()] for child in children]
    assert max(row[0][0] for row in rows) < min(row[-1][1] for row in rows), "they did not run at the same time"
    made = [*rows[0], *rows[1]]
    assert len({name for _, _, name in made}) == len(made) == 300
    for began, _, later in made:
        assert not [name for _, ended, name in made if ended < began and name >= later]


def test_an_id_is_not_given_out_again_while_it_is_claimed_nor_once_it_is_used(inbox: Inbox, now: datetime) -> None:
    with inbox.claim(now) as first, inbox.claim(now) as second:
        inbox.add(Recording(second, now, 1.0, "typed"), SECOND)
    with inbox.claim(now) as third:
        assert third == first, "nothing was added under it"
        inbox.add(Recording(third, now, 1.0, "typed"), SECOND)
    inbox.discard(first)
    with inbox.claim(now) as fourth:
        assert fourth > second > first


def test_a_crash_before_a_claim_is_over_loses_no_fact_of_what_was_added(
    inbox: Inbox, now: datetime, leave_part: Callable[[bytes], str]
) -> None:
    recording = Recording(leave_part(b""), now, 1.0, "typed", "Laura", EndedBy.TYPED)
    inbox.add(recording, SECOND, {"transcript": {"text": "x"}})
    inbox.recover()
    assert inbox.recordings() == [recording]
    assert names(inbox.folder) == {f"{recording.id}{ending}" for ending in (".wav", ".json", ".transcript.json")}


def test_a_recording_in_which_nobody_spoke_leaves_no_trace(inbox: Inbox, now: datetime) -> None:
    opened = inbox.begin(now, "microphone: test")
    opened.write(SECOND)
    opened.abandon()
    assert names(inbox.folder) == set()


def test_a_recording_cannot_begin_where_nothing_can_be_written(inbox: Inbox, now: datetime) -> None:
    inbox.folder.parent.mkdir()
    inbox.folder.write_text("a file where the folder should be")
    with pytest.raises(DiskTrouble, match=r"Nothing was recorded\.$"):
        inbox.begin(now, "microphone: test")
    with pytest.raises(DiskTrouble, match=r"Nothing was added\.$"):
        inbox.add(Recording(new_id(now), now, 1.0, "file: a.m4a"), SECOND)


def test_sound_that_cannot_be_added_leaves_no_facts_behind(inbox: Inbox, now: datetime) -> None:
    recording = Recording(new_id(now), now, 1.0, "file: a.m4a", ended_by=EndedBy.IMPORTED)
    inbox.wav(recording.id).mkdir(parents=True)
    with pytest.raises(DiskTrouble, match=r"Nothing was added\.$"):
        inbox.add(recording, SECOND)
    assert names(inbox.folder) == set()


def test_added_sound_is_a_finished_recording(inbox: Inbox, now: datetime) -> None:
    recording = Recording(new_id(now), now, 1.0, "file: a.m4a", ended_by=EndedBy.IMPORTED)
    inbox.add(recording, SECOND)
    assert inbox.recordings() == [recording]
    assert sound(inbox.wav(recording.id)) == SECOND
    assert recording.id in inbox


# -- finding -----------------------------------------------------------------------------------------------------


def test_recordings_are_listed_oldest_first(inbox: Inbox, now: datetime) -> None:
    for days in (3, 1, 2):
        at = now + timedelta(days=days)
        inbox.add(Recording(new_id(at), at, 1.0, "file: a.m4a"), SECOND)
    assert [r.spoken_at for r in inbox.recordings()] == [now + timedelta(days=days) for days in (1, 2, 3)]


def test_imported_sound_of_one_second_is_listed_oldest_first_whatever_the_ends_of_the_ids(
    inbox: Inbox, now: datetime
) -> None:
    for tenths, end in ((6, "0000"), (2, "ffff"), (4, "7f3a")):
        at = now + timedelta(seconds=tenths / 10)
        inbox.add(Recording(new_id(at, end), at, 1.0, "file: a.m4a"), SECOND)
    assert [recording.id[-4:] for recording in inbox.recordings()] == ["ffff", "7f3a", "0000"]


def test_an_inbox_whose_folder_does_not_exist_is_empty(inbox: Inbox) -> None:
    assert inbox.recordings() == []
    assert inbox.in_progress() == 0
    assert inbox.recover().trouble == []
    assert not inbox.folder.exists()


def test_a_recording_is_found_by_its_id_its_beginning_or_its_end(inbox: Inbox, now: datetime) -> None:
    ids = [new_id(now, "7f3a"), new_id(now + timedelta(minutes=1), "01bc")]
    for each in ids:
        inbox.add(Recording(each, now, 1.0, "file: a.m4a"), SECOND)
    assert [inbox.get(wanted).id for wanted in (ids[0], "7f3a", "a", ids[1][:15], "bc")] == [*ids[:1] * 3, *ids[1:] * 2]
    assert inbox.get(" 7F3A ").id == ids[0]
    with pytest.raises(AmbiguousRecording, match="2 recordings in the inbox go by '2026'") as caught:
        inbox.get("2026")
    assert caught.value.exit_code == 2
    for wanted in ("ffff", "*", "..", f"{ids[0]}x"):
        with pytest.raises(UnknownRecording, match="No recording in the inbox goes by"):
            inbox.get(wanted)
    with pytest.raises(UnknownRecording):
        inbox.get("")


def test_an_empty_name_finds_nothing_even_where_there_is_just_one(inbox: Inbox, record: Record) -> None:
    record()
    with pytest.raises(UnknownRecording):
        inbox.get("")


@pytest.mark.parametrize("lost", ["missing", "damaged", "of another recording"])
def test_facts_that_are_lost_are_rebuilt_from_the_id_and_the_sound(
    inbox: Inbox, record: Record, now: datetime, lost: str
) -> None:
    recording, other = record(), record()
    facts = inbox.folder / f"{recording.id}.json"
    if lost == "missing":
        facts.unlink()
    else:
        facts.write_text("{" if lost == "damaged" else json.dumps(other.to_dict()))
    rebuilt = inbox.get(recording.id)
    assert rebuilt == Recording(recording.id, now, 1.0, "unknown", ended_by=EndedBy.RECOVERED)
    assert rebuilt.spoken_at == time_of(recording.id)


# -- notes -------------------------------------------------------------------------------------------------------


def test_a_note_is_kept_replaced_and_dropped(inbox: Inbox, record: Record) -> None:
    name = record().id
    assert inbox.notes.read(name, "transcript") is None
    for text in ("first", "zweiter Entwurf: größer"):
        inbox.notes.keep(name, "transcript", {"text": text})
        assert inbox.notes.read(name, "transcript") == {"text": text}
    inbox.notes.drop(name, "transcript")
    inbox.notes.drop(name, "transcript")
    assert inbox.notes.read(name, "transcript") is None
    assert names(inbox.folder) == {f"{name}.wav", f"{name}.json"}


def test_a_note_that_cannot_be_written_says_that_the_recording_is_safe(inbox: Inbox, record: Record) -> None:
    name = record().id
    (inbox.folder / f"{name}.transcript.json").mkdir()
    with pytest.raises(DiskTrouble, match=r"The recording itself is safe\.$"):
        inbox.notes.keep(name, "transcript", {})


@pytest.mark.parametrize("content", [b"", b"[1]", b"{", b"\xff\xfe"])
def test_a_note_that_is_no_json_object_is_refused_and_then_set_aside(
    inbox: Inbox, record: Record, content: bytes
) -> None:
    name = record().id
    path = inbox.folder / f"{name}.transcript.json"
    path.write_bytes(content)
    with pytest.raises(ValueError):
        inbox.notes.read(name, "transcript")
    assert inbox.recover().set_aside == [path]
    assert inbox.notes.read(name, "transcript") is None
    assert (inbox.folder / "set-aside" / path.name).read_bytes() == content
    assert inbox.recordings()[0].source == "microphone: test"


# -- ways out ----------------------------------------------------------------------------------------------------


def test_a_confirmed_memo_keeps_its_sound_elsewhere_and_nothing_else(inbox: Inbox, record: Record, home: Path) -> None:
    recording, other = record(), record()
    inbox.notes.keep(recording.id, "transcript", {"text": "x"})
    (inbox.folder / f".tmp-{recording.id}.transcript.json-x1y2").write_text("left by a killed process")
    for _ in range(2):
        inbox.archive(recording.id, home / "audio")
        assert names(home) == {f"audio/{recording.id}.wav", f"inbox/{other.id}.wav", f"inbox/{other.id}.json"}
        assert sound(home / "audio" / f"{recording.id}.wav") == SECOND
    assert inbox.recordings() == [other]
    assert recording.id not in inbox


def test_a_memo_thrown_away_is_out_of_sight_but_not_deleted(inbox: Inbox, record: Record) -> None:
    recording, other = record(), record()
    inbox.notes.keep(recording.id, "transcript", {"text": "x"})
    folder = inbox.discard(recording.id)
    assert names(folder) == {f"{recording.id}{end}" for end in (".wav", ".json", ".transcript.json")}
    assert inbox.recordings() == [other]
    assert recording.id in inbox, "importing the same file again does not bring it back"


# -- after a crash -----------------------------------------------------------------------------------------------


def test_what_a_dead_recorder_left_becomes_a_recording(
    inbox: Inbox, leave_part: Callable[[bytes], str], now: datetime
) -> None:
    name = leave_part(SECOND + b"\x01")
    recovery = inbox.recover()
    whole = Recording(name, now, 1.0, "microphone: test", "Laura", EndedBy.RECOVERED)
    assert recovery.recovered == inbox.recordings() == [whole]
    assert (recovery.set_aside, recovery.trouble) == ([], [])
    assert sound(inbox.wav(name)) == SECOND
    assert names(inbox.folder) == {f"{name}.wav", f"{name}.json"}


@pytest.fixture
def offered(spoken: Callable[[str], bytes]) -> tuple[bytes, bytes]:
    """Words, and the silence in which their end was offered."""
    silence = np.random.default_rng(7).normal(0, 16, 12 * 16_000).round().astype("<i2").tobytes()
    return spoken("plain"), silence


def test_the_silence_of_an_offer_that_a_crash_cut_short_is_no_part_of_the_memo(
    inbox: Inbox, leave_part: Callable[[bytes], str], offered: tuple[bytes, bytes]
) -> None:
    words, silence = offered
    name = leave_part(words + silence)
    inbox.recover()
    kept = sound(inbox.wav(name))
    assert (words + silence).startswith(kept)
    assert len(words) - 16_000 <= len(kept) <= len(words) + 32_000


def test_what_was_said_after_an_offer_and_before_a_crash_is_kept(
    inbox: Inbox, leave_part: Callable[[bytes], str], offered: tuple[bytes, bytes]
) -> None:
    words, silence = offered
    name = leave_part(words + silence + words[:48_000])
    inbox.recover()
    assert sound(inbox.wav(name)) == words + silence + words[:48_000]


def test_recovering_twice_is_the_same_as_once(inbox: Inbox, leave_part: Callable[[bytes], str]) -> None:
    leave_part(SECOND)
    inbox.recover()
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in inbox.folder.iterdir()}
    again = inbox.recover()
    assert (again.recovered, again.set_aside, again.trouble) == ([], [], [])
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in inbox.folder.iterdir()} == before


@pytest.mark.parametrize("pcm", [b"", b"\x01"])
def test_a_part_without_a_whole_sample_is_dropped(inbox: Inbox, leave_part: Callable[[bytes], str], pcm: bytes) -> None:
    leave_part(pcm)
    assert inbox.recover().recovered == []
    assert names(inbox.folder) == set()


@pytest.mark.parametrize("facts", [None, b"{", b'{"id": "x"}'])
def test_a_part_without_its_facts_is_recovered_all_the_same(
    inbox: Inbox, leave_part: Callable[[bytes], str], now: datetime, facts: bytes | None
) -> None:
    name = leave_part(SECOND)
    path = inbox.folder / f"{name}.json"
    path.unlink()
    if facts is not None:
        path.write_bytes(facts)
    recovery = inbox.recover()
    assert inbox.recordings() == [Recording(name, now, 1.0, "unknown", ended_by=EndedBy.RECOVERED)]
    assert recovery.set_aside == ([path] if facts else [])
    assert sound(inbox.wav(name)) == SECOND
    if facts:
        assert (inbox.folder / "set-aside" / path.name).read_bytes() == facts


def test_a_crash_between_the_wav_and_the_end_of_the_part_loses_nothing(
    inbox: Inbox, leave_part: Callable[[bytes], str]
) -> None:
    name = leave_part(SECOND * 2)
    inbox.wav(name).write_bytes(b"RIFF, but no more than half of it")
    (inbox.folder / f".tmp-{name}.wav-x1y2z3").write_bytes(b"RIFF")
    inbox.recover()
    assert sound(inbox.wav(name)) == SECOND * 2
    assert names(inbox.folder) == {f"{name}.wav", f"{name}.json"}


def test_a_recording_in_progress_is_left_alone(
    inbox: Inbox, start_child: Callable[..., "subprocess.Popen[str]"], pcm_file: Callable[[float], Path]
) -> None:
    child = start_child(inbox.folder, "hold", pcm_file(1))
    assert child.stdout is not None
    assert json.loads(child.stdout.readline())[0] == "ready"
    before = names(inbox.folder)
    os.utime(next(inbox.folder.glob("*.part")), (0, 0))  # its age says nothing
    recovery = inbox.recover()
    assert (recovery.recovered, recovery.set_aside, recovery.trouble) == ([], [], [])
    assert names(inbox.folder) == before
    child.kill()
    child.wait()
    assert [each.duration for each in inbox.recover().recovered] == [1.0]


@pytest.mark.parametrize("kept", [0, 20, 44, 30_000])
def test_damaged_sound_is_set_aside_with_what_belongs_to_it(inbox: Inbox, record: Record, kept: int) -> None:
    damaged, whole = record(), record()
    inbox.notes.keep(damaged.id, "transcript", {"text": "x"})
    path = inbox.wav(damaged.id)
    path.write_bytes(path.read_bytes()[:kept])
    files = {each.name: each.read_bytes() for each in inbox.folder.glob(f"{damaged.id}.*")}
    assert inbox.recover().set_aside == [path]
    assert inbox.recordings() == [whole]
    assert {each.name: each.read_bytes() for each in (inbox.folder / "set-aside").iterdir()} == files
    assert inbox.recover().set_aside == []


def test_what_was_set_aside_before_is_not_overwritten(inbox: Inbox, record: Record) -> None:
    path = inbox.folder / f"{record().id}.json"
    for content in ("first", "second", "third"):
        path.write_text(content)
        inbox.recover()
    aside = inbox.folder / "set-aside"
    assert {each.read_text() for each in aside.iterdir()} == {"first", "second", "third"}
    assert not path.exists()


@pytest.mark.parametrize("name", ["notes", "20261399-164005-7f3a", "20261121-164005-7f3a-copy"])
def test_files_of_others_are_not_touched(inbox: Inbox, record: Record, name: str) -> None:
    mine = record()
    for end in (".wav", ".json", ".pcm.part"):
        (inbox.folder / f"{name}{end}").write_text("something else")
    before = names(inbox.folder)
    recovery = inbox.recover()
    assert (recovery.recovered, recovery.set_aside, recovery.trouble) == ([], [], [])
    assert names(inbox.folder) == before
    assert inbox.recordings() == [mine]


def test_what_cannot_be_recovered_is_told_in_a_line_and_stays(
    inbox: Inbox, leave_part: Callable[[bytes], str], record: Record
) -> None:
    name = leave_part(SECOND)
    inbox.wav(name).mkdir()
    (inbox.wav(name) / "in the way").touch()
    (inbox.folder / "set-aside").touch()  # so that there is no way to set it aside either
    trouble = inbox.recover().trouble
    assert trouble
    assert all(len(line.splitlines()) == 1 and line.startswith(name) for line in trouble)
    assert (inbox.folder / f"{name}.pcm.part").read_bytes() == SECOND
    shutil.rmtree(inbox.wav(name))
    assert [each.id for each in inbox.recover().recovered] == [name]


def test_facts_on_disk_are_plain_json_with_the_zone_of_the_rep(inbox: Inbox, record: Record) -> None:
    note = inbox.notes.read(record(contact_hint="Zoë").id, FACTS)
    assert note is not None
    assert note["spoken_at"] == "2026-11-21T16:40:05-09:30"
    assert (note["contact_hint"], note["ended_by"], note["duration"]) == ("Zoë", "enter", 1.0)
