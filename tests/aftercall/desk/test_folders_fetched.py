"""Folders that fill by themselves: what arrives in them becomes a memo once, whatever happens meanwhile."""

import json
import os
import random
import shutil
import wave
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from aftercall.desk.companion.folders import Folders
from capture.decode import import_file
from capture.errors import NotSound, NotWhole
from capture.folders.ledger import Ledger
from capture.inbox import Inbox
from capture.notes import DISCARDED

RATE = 16_000


@dataclass(frozen=True)
class Ended:
    """A process that has ended."""

    output: str | None


class Desk:
    """A folder that is looked after, an inbox, and a clock that goes on when it is told to.

    :ivar broken: how many files a fetch gets done before it is killed; None: all.
    """

    def __init__(self, root: Path) -> None:
        self.folder = root / "phone"
        self.folder.mkdir()
        self.ledger = root / "home" / "fetched.jsonl"
        self.inbox = Inbox(root / "home" / "inbox")
        self.now = 1000.0
        self.said: list[str] = []
        self.fetches: list[list[str]] = []
        self.broken: int | None = None
        self.before_fetch: list[Callable[[], object]] = []

    def fetch(self, files: Sequence[Path], if_whole: bool) -> Ended:
        """What `aftercall import --nl` does, without writing down what was said."""
        self.fetches.append([file.name for file in files])
        if self.before_fetch:
            self.before_fetch.pop()()
        lines = []
        for file in files[: self.broken]:
            known: list[str] = []
            row: dict[str, object] = {"id": None, "new": False, "whole": True, "refused": None}
            try:
                new = import_file(file, self.inbox, 600, on_known=known.append, if_whole=if_whole)
                row |= {"id": new.id if new else known[0], "new": new is not None}
            except NotSound as error:
                row |= {"refused": str(error), "whole": not isinstance(error, NotWhole)}
            lines.append(json.dumps(row))
        return Ended("\n".join(lines))

    @contextmanager
    def companion(self) -> Iterator[Folders]:
        """One that is begun now."""
        folders = Folders(
            [self.folder], self.inbox, Ledger(self.ledger), self.fetch, say=self.said.append, clock=lambda: self.now
        )
        try:
            yield folders
        finally:
            folders.close()

    def go_on(self, folders: Folders, seconds: float = 4.0) -> None:
        """Let the time go by."""
        until = self.now + seconds
        while self.now < until:
            folders.turn()
            self.now += 0.5

    @property
    def memos(self) -> int:
        """How many wait."""
        return len(self.inbox.recordings())


def sound(path: Path, number: int, seconds: float = 0.05) -> Path:
    """A WAV file that differs from that of every other number."""
    source = random.Random(number)
    path.parent.mkdir(exist_ok=True, parents=True)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(source.randbytes(int(seconds * RATE) * 2))
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def begun(desk: Desk) -> Iterator[Folders]:
    """A companion that has looked into the folder while it was empty."""
    with desk.companion() as folders:
        desk.go_on(folders, 1.0)
        yield folders


def test_what_arrives_becomes_a_memo_and_stays_as_it_is(desk: Desk, begun: Folders) -> None:
    path = sound(desk.folder / "Voice 001.wav", 1)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    desk.go_on(begun)
    assert desk.memos == 1
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert list(desk.folder.iterdir()) == [path]


def test_nothing_is_taken_while_it_grows(desk: Desk, begun: Folders) -> None:
    whole = sound(desk.folder.parent / "elsewhere.wav", 1, 1.0).read_bytes()
    path = desk.folder / "memo.wav"
    for end in range(1000, len(whole), 1000):
        path.write_bytes(whole[:end])
        desk.go_on(begun, 1.0)
    assert desk.fetches == []
    path.write_bytes(whole)
    desk.go_on(begun)
    assert [recording.duration for recording in desk.inbox.recordings()] == [1.0]


def test_a_copy_that_stalls_is_not_taken_for_a_whole_file(desk: Desk, begun: Folders) -> None:
    whole = sound(desk.folder.parent / "elsewhere.wav", 1, 1.0).read_bytes()
    path = desk.folder / "memo.wav"
    path.write_bytes(whole[:9000])
    desk.go_on(begun, 60.0)
    assert desk.memos == 0
    path.write_bytes(whole)
    desk.go_on(begun)
    assert [recording.duration for recording in desk.inbox.recordings()] == [1.0]


def test_what_never_becomes_whole_is_taken_after_ten_minutes(desk: Desk, begun: Folders) -> None:
    whole = sound(desk.folder.parent / "elsewhere.wav", 1, 1.0).read_bytes()
    (desk.folder / "memo.wav").write_bytes(whole[:9000])
    desk.go_on(begun, 590.0)
    assert desk.memos == 0
    desk.go_on(begun, 20.0)
    assert desk.memos == 1
    assert len(desk.fetches) == 2


def test_a_stalled_copy_that_looked_whole_is_replaced_by_the_whole_one(desk: Desk, begun: Folders) -> None:
    """A WAV whose header tells no length, as one that was streamed: nothing says that it is not all there."""
    whole = bytearray(sound(desk.folder.parent / "elsewhere.wav", 1, 1.0).read_bytes())
    whole[4:8] = whole[40:44] = b"\xff\xff\xff\xff"
    path = desk.folder / "memo.wav"
    path.write_bytes(whole[:9044])
    desk.go_on(begun, 60.0)
    assert desk.memos == 1
    path.write_bytes(whole)
    desk.go_on(begun)
    assert [round(recording.duration or 0, 2) for recording in desk.inbox.recordings()] == [1.0]
    assert len(list((desk.inbox.folder / DISCARDED).glob("*.wav"))) == 1


@pytest.mark.parametrize(
    "to", ["renamed.wav", "MEMO.WAV", "deeper/memo.wav", "memo.sync-conflict-20261121-164005-ABCDEFG.wav"]
)
def test_a_file_that_is_renamed_or_copied_is_no_second_memo(desk: Desk, begun: Folders, to: str) -> None:
    path = sound(desk.folder / "memo.wav", 1)
    desk.go_on(begun)
    (desk.folder / to).parent.mkdir(exist_ok=True)
    shutil.copy(path, desk.folder / to)
    path.unlink()
    os.utime(desk.folder / to)
    desk.go_on(begun)
    assert desk.memos == 1
    assert len(desk.fetches) == 1


def test_a_memo_that_was_thrown_away_does_not_come_back_when_its_file_is_renamed(desk: Desk, begun: Folders) -> None:
    path = sound(desk.folder / "memo.wav", 1)
    desk.go_on(begun)
    [recording] = desk.inbox.recordings()
    for kept in desk.inbox.folder.glob(f"{recording.id}*"):
        kept.unlink()  # as `aftercall delete` does
    path.rename(desk.folder / "other.wav")
    desk.go_on(begun)
    with desk.companion() as later:
        desk.go_on(later)
    assert desk.memos == 0


@pytest.mark.parametrize(
    "name", [".hidden.wav", "~syncthing~memo.wav.tmp", ".syncthing.memo.wav.tmp", "memo.wav.part", "x.txt"]
)
def test_what_another_program_is_not_done_with_is_left_alone(desk: Desk, begun: Folders, name: str) -> None:
    sound(desk.folder / name, 1)
    desk.go_on(begun, 10)
    assert desk.fetches == []


def test_an_empty_file_is_waited_for(desk: Desk, begun: Folders) -> None:
    (desk.folder / "memo.wav").touch()
    desk.go_on(begun, 120)
    assert desk.fetches == []
    sound(desk.folder / "memo.wav", 1)
    desk.go_on(begun)
    assert desk.memos == 1


def test_what_is_no_sound_is_told_once(desk: Desk, begun: Folders) -> None:
    (desk.folder / "memo.m4a").write_text("nothing to hear")
    desk.go_on(begun, 200)
    with desk.companion() as later:
        desk.go_on(later, 200)
    assert len(desk.fetches) == 2, "once more after a minute"
    assert [line for line in desk.said if "memo.m4a" in line] == desk.said
    assert len(desk.said) == 1


def test_what_was_there_before_stays_where_it_is_and_is_told_once(desk: Desk) -> None:
    for number in range(30):
        sound(desk.folder / f"{number}.wav", number)
    for _ in range(2):
        with desk.companion() as folders:
            desk.go_on(folders)
    assert desk.fetches == []
    assert [line for line in desk.said if "30 sound files already" in line] == desk.said
    assert len(desk.said) == 1
    with desk.companion() as folders:
        sound(desk.folder / "new.wav", 100)
        (desk.folder / "3.wav").rename(desk.folder / "three.wav")
        desk.go_on(folders)
    assert desk.fetches == [["new.wav"]]


def test_our_own_folder_is_never_looked_into(desk: Desk) -> None:
    """Not even where the whole of the user's folder is looked after: each memo would come again as another."""
    desk.folder = desk.folder.parent
    with desk.companion() as folders:
        desk.go_on(folders, 1.0)
        sound(desk.folder / "phone" / "memo.wav", 1)
        desk.go_on(folders, 10.0)
    assert desk.memos == 1
    assert desk.fetches == [["memo.wav"]]
    desk.folder = desk.inbox.folder
    with desk.companion() as folders:
        desk.go_on(folders, 10.0)
    assert desk.memos == 1


def test_what_was_there_before_can_be_had_later(desk: Desk) -> None:
    for number in range(3):
        sound(desk.folder / f"{number}.wav", number)
    with desk.companion() as folders:
        desk.go_on(folders)
    assert len(Ledger(desk.ledger).forget_old(desk.folder)) == 3
    assert Ledger(desk.ledger).forget_old(desk.folder) == []
    with desk.companion() as folders:
        desk.go_on(folders)
    assert desk.memos == 3


def test_a_disk_that_is_away_and_comes_back_loses_nothing(desk: Desk, begun: Folders) -> None:
    sound(desk.folder / "memo.wav", 1)
    desk.go_on(begun)
    desk.folder.rename(desk.folder.with_name("away"))
    desk.go_on(begun, 120)
    assert len([line for line in desk.said if "cannot be looked into" in line]) == 1
    sound(desk.folder.with_name("away") / "second.wav", 2)
    desk.folder.with_name("away").rename(desk.folder)
    desk.go_on(begun)
    assert desk.memos == 2
    assert desk.fetches == [["memo.wav"], ["second.wav"]]


def test_a_fetch_that_is_killed_is_done_again_for_what_it_did_not_get_to(desk: Desk, begun: Folders) -> None:
    desk.broken = 2
    for number in range(5):
        sound(desk.folder / f"{number}.wav", number)
    desk.go_on(begun)
    assert desk.memos == 2
    desk.broken = None
    desk.go_on(begun, 70)
    assert desk.memos == 5
    assert desk.fetches[1] == ["2.wav", "3.wav", "4.wav"]


def test_a_file_that_is_renamed_while_it_is_fetched_is_fetched_under_its_new_name(desk: Desk, begun: Folders) -> None:
    path = sound(desk.folder / "memo.wav", 1)
    desk.before_fetch = [lambda: path.rename(desk.folder / "MEMO.wav")]
    desk.go_on(begun, 10)
    assert desk.fetches == [["memo.wav"], ["MEMO.wav"]]
    assert desk.memos == 1


def test_a_file_that_is_replaced_while_it_is_fetched_is_not_taken_for_the_one_before(
    desk: Desk, begun: Folders
) -> None:
    path = sound(desk.folder / "memo.wav", 1)
    first = path.read_bytes()
    desk.before_fetch = [lambda: sound(path, 2, 0.06)]
    desk.go_on(begun, 10)
    (desk.folder / "other.wav").write_bytes(first)
    desk.go_on(begun, 10)
    assert desk.memos == 2


def test_a_file_that_cannot_be_read_for_a_moment_is_tried_again(desk: Desk, begun: Folders) -> None:
    path = sound(desk.folder / "memo.wav", 1)
    whole, times = path.read_bytes(), path.stat()

    def put(content: bytes) -> None:
        path.write_bytes(content)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    desk.before_fetch = [lambda: put(whole), lambda: put(bytes(len(whole)))]
    desk.go_on(begun, 50)
    assert desk.memos == 0
    desk.go_on(begun, 30)
    assert desk.memos == 1
    assert desk.said == []


def test_a_line_of_the_ledger_that_was_cut_off_spoils_no_other(desk: Desk, begun: Folders) -> None:
    sound(desk.folder / "1.wav", 1)
    desk.go_on(begun)
    whole = desk.ledger.read_bytes()
    desk.ledger.write_bytes(whole[:-9])
    with desk.companion() as folders:
        sound(desk.folder / "2.wav", 2)
        desk.go_on(folders)
    with desk.companion() as folders:
        desk.go_on(folders)
    assert desk.memos == 2
    assert desk.fetches == [["1.wav"], ["1.wav", "2.wav"]]


@pytest.mark.parametrize("seed", range(3))
def test_of_many_drops_none_is_lost_and_none_is_taken_twice(desk: Desk, seed: int) -> None:
    """Whole, in pieces, renamed, copied, with the companion killed again and again."""
    chance = random.Random(seed)
    with desk.companion() as folders:
        desk.go_on(folders, 1.0)
    pieces: list[tuple[Path, bytes]] = []
    dropped = 0
    while dropped < 30 or pieces:
        with desk.companion() as folders:
            for _ in range(chance.randint(1, 6)):
                kind = chance.choice(["whole", "piece", "rename", "copy", "go on", "rest"])
                there = sorted(desk.folder.iterdir())
                if kind in ("whole", "piece") and dropped < 30:
                    dropped += 1
                    path = sound(desk.folder.parent / "made" / f"{dropped}.wav", dropped, 0.8)
                    if kind == "whole":
                        shutil.copy2(path, desk.folder / path.name)
                    else:
                        data = path.read_bytes()
                        half = chance.randint(1, len(data) // 2)
                        (desk.folder / path.name).write_bytes(data[:half])
                        pieces.append((desk.folder / path.name, data))
                elif kind == "rest" and pieces:
                    path, data = pieces.pop(chance.randrange(len(pieces)))
                    path.write_bytes(data)
                elif kind in ("rename", "copy") and there:
                    path = chance.choice(there)
                    if all(path != begun for begun, _ in pieces):
                        (shutil.copy2 if kind == "copy" else shutil.move)(
                            path, path.with_name(f"{chance.random()}.wav")
                        )
                desk.broken = chance.choice([None, None, 0, 1, 3])
                desk.go_on(folders, chance.choice([0.5, 2.5, 4.0]))
    desk.broken = None
    with desk.companion() as folders:
        desk.go_on(folders, 130)
    assert desk.memos == 30
    assert all(recording.duration == 0.8 for recording in desk.inbox.recordings())
