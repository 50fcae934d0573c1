"""What must hold in a home after anything that can go wrong: looked at from outside, file by file."""

import io
import json
import re
import sqlite3
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from cli import run

from capture.speech import silero_probability
from capture.trim import silent_samples
from memos.store import Store

BYTES_PER_SECOND: Final = 32_000
BLOCK_BYTES: Final = 1024
ID: Final = re.compile(r"[12]\d{7}-\d{6}-[0-9a-f]{4}")


@dataclass(frozen=True, slots=True)
class Left:
    """What was on the disk at the moment when it happened, by recording.

    :ivar parts: samples of recordings in progress.
    :ivar sound: samples of finished ones, in the inbox or archived.
    :ivar began: when each began, as its facts say.
    """

    parts: dict[str, bytes]
    sound: dict[str, bytes]
    began: dict[str, datetime]


@dataclass(slots=True)
class Found:
    """What the next command made of it.

    :ivar inbox: samples by recording that waits.
    :ivar archived: samples by memo whose sound was moved out of the inbox.
    :ivar stored: ids of the memos in the database.
    """

    faults: list[str] = field(default_factory=list)
    inbox: dict[str, bytes] = field(default_factory=dict)
    archived: dict[str, bytes] = field(default_factory=dict)
    stored: list[str] = field(default_factory=list)

    @property
    def kept(self) -> bytes:
        """The samples of the one recording there can be; none where there is none."""
        return next(iter((self.inbox | self.archived).values()), b"")


def samples(path: Path) -> bytes:
    """The samples of a WAV whose header agrees with its size to the byte.

    :raises ValueError: it does not, or it is no WAV.
    """
    content = path.read_bytes()
    try:
        with wave.open(io.BytesIO(content)) as wav:
            pcm = wav.readframes(wav.getnframes())
            declared = wav.getnframes() * 2
    except (EOFError, RuntimeError, wave.Error) as error:
        raise ValueError(f"{path.name} is no WAV: {error}") from error
    if len(pcm) != declared or len(content) != declared + 44:
        raise ValueError(f"the header of {path.name} says {declared} bytes, the file has {len(content) - 44}")
    return pcm


def look(home: Path) -> Left:
    """See what is there, without changing anything."""
    left = Left({}, {}, {})
    for path in (home / "inbox").glob("*.pcm.part"):
        pcm = path.read_bytes()
        left.parts[ID.match(path.name)[0]] = pcm[: len(pcm) // 2 * 2]
    for path in [*(home / "inbox").glob("*.wav"), *(home / "audio").glob("*.wav")]:
        left.sound[path.stem] = samples(path)
    for path in (home / "inbox").glob("*.json"):
        if ID.fullmatch(path.stem):
            left.began[path.stem] = datetime.fromisoformat(json.loads(path.read_bytes())["spoken_at"])
    return left


def next_command(home: Path, left: Left, spoken: bytes | None) -> Found:
    """Run the next command twice, and say what does not hold.

    :param spoken: all the samples that the source had to give; None where it was a microphone.
    """
    found = Found()
    after = run("inbox", "--json", home=home)
    if after.code != 0:
        found.faults.append(f"the next command ended with {after.code}: {after.err.strip()}")
        return found
    for check in (_files, _database):
        found.faults += check(home, found)
    listed = [row["id"] for row in json.loads(after.out)] if after.out.strip() else []
    if sorted(listed) != sorted(found.inbox):
        found.faults.append(f"the inbox lists {listed} and holds {sorted(found.inbox)}")
    found.faults += _sound(left, found, spoken)
    before = _state(home)
    again = run("inbox", "--json", home=home)
    if (again.code, again.out, _state(home)) != (0, after.out, before) or "Recovered" in again.err:
        found.faults.append(f"the command after the next one changed something or failed: {again.err.strip()}")
    return found


def _files(home: Path, found: Found) -> Iterator[str]:
    """No file is half there, and each belongs to a recording in the inbox or to a stored memo."""
    for path in sorted(path for path in home.rglob("*") if path.is_file()):
        name = str(path.relative_to(home))
        try:
            if path.suffix == ".wav" and path.parent.name in {"inbox", "audio"}:
                (found.inbox if path.parent.name == "inbox" else found.archived)[path.stem] = samples(path)
            elif path.suffix == ".json" and path.parent.name == "inbox":
                json.loads(path.read_bytes())
            elif not path.name.startswith("memos.db"):
                yield f"{name} is left over"
        except ValueError as error:
            yield f"{name}: {error}"
    for path in (home / "inbox").glob("*.json"):
        if path.name.split(".")[0] not in found.inbox:
            yield f"{path.name} has no sound"


def _database(home: Path, found: Found) -> Iterator[str]:
    """The database is sound, and each memo is in it once, with one promise, and no longer in the inbox."""
    path = home / "memos.db"
    if not path.exists():
        return
    with Store.open(path) as store:
        yield from store.check()
    with closing(sqlite3.connect(path)) as connection:
        found.stored = [name for (name,) in connection.execute("SELECT id FROM memos")]
        promises = [name for (name,) in connection.execute("SELECT memo_id FROM followups")]
        sentences = connection.execute("SELECT memo_id, position FROM memo_sentences").fetchall()
    if len(set(found.stored)) != len(found.stored) or sorted(promises) != sorted(found.stored):
        yield f"memos {found.stored} with promises {promises}"
    if len(set(sentences)) != len(sentences) or {name for name, _ in sentences} != set(found.stored):
        yield f"memos {found.stored} with sentences {sentences}"
    if set(found.stored) != set(found.archived):
        yield f"stored are {found.stored}, and there is sound of {sorted(found.archived)}"
    if both := set(found.stored) & set(found.inbox):
        yield f"{both} are stored and wait in the inbox"


def _sound(left: Left, found: Found, spoken: bytes | None) -> Iterator[str]:
    """What was on the disk is there, but for silence at its end, and what is there was spoken."""
    kept = found.inbox | found.archived
    for name, pcm in left.sound.items():
        if kept.get(name) != pcm:
            yield f"{name} was recorded whole and is {'changed' if name in kept else 'lost'}"
    for name, pcm in left.parts.items():
        if pcm and name not in left.sound and not _is_all_of(kept.get(name, b""), pcm):
            yield f"{name} had {len(pcm)} bytes on the disk and now has {len(kept.get(name, b''))}"
    for name, pcm in kept.items():
        if spoken is not None and not spoken.startswith(pcm):
            yield f"{name} is not what was spoken"
    if len(kept) > 1:
        yield f"one memo was spoken and there are {sorted(kept)}"


def _is_all_of(kept: bytes, pcm: bytes) -> bool:
    """Whether what was kept is what was on the disk, but for silence that followed the last word."""
    return kept == pcm or (
        pcm.startswith(kept) and len(pcm) - len(kept) <= 2 * silent_samples(pcm, silero_probability())
    )


def _state(home: Path) -> dict[str, int]:
    """Every file and its size; the database and its log by their memos only, since looking may fold the log in."""
    files = (path for path in home.rglob("*") if path.is_file() and not path.name.startswith("memos.db"))
    return {str(path.relative_to(home)): path.stat().st_size for path in files}


def missing_seconds(left: Left, found: Found, spoken: bytes, ended: datetime) -> float:
    """How much sound is missing at the end, at the most, of what the source had given in real time.

    The source is opened after the moment that the facts give as the beginning, so this never says too little.
    """
    if not left.began:
        return 0.0
    passed = (ended - next(iter(left.began.values()))).total_seconds()
    blocks = max(0, int(passed * BYTES_PER_SECOND) // BLOCK_BYTES)
    given = min(blocks * BLOCK_BYTES, len(spoken))
    return max(0, given - len(found.kept)) / BYTES_PER_SECOND


def wait_until(holds: Callable[[], object], seconds: float, pause: float = 0.001) -> bool:
    """Look again and again until it holds; False when it did not in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
