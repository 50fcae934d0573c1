"""The folders of the settings: what arrives in them is fetched into the inbox, once, and transcribed."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from aftercall.desk.companion.child import Running
from aftercall.desk.companion.first_look import FirstLook, is_first_look, leave
from aftercall.desk.stages import REVIEW
from capture.folders.ledger import Became, Entry, Ledger, content_of
from capture.folders.look import Settling, Version, sound_files
from capture.folders.notices import Notices
from capture.inbox import Inbox
from ground.errors import AftercallError
from ground.reader import Senseless, parse_json

LOOK_SECONDS: Final = 60.0
"""Between two looks at a folder of which nothing was heard: notifications miss what a network drive is given."""

_SOON: Final = 0.5
_DAMAGED_SECONDS: Final = 600.0
"""How long a file of which something is missing must have stayed the same, until it is taken as it is: a copy that
stalled goes on, or is begun anew."""

_REFUSED_SECONDS: Final = 60.0
"""After which a file that could not be read as sound is tried once more: whoever copies it may have held it."""

_AT_ONCE: Final = 50
"""Files that one process fetches: its model is loaded once for all of them."""

_AGAIN_SECONDS: Final = 60.0
"""After a fetch that was broken off, as by a full disk."""

Fetch = Callable[[Sequence[Path], bool], Running]
"""Begins to import these files, whole ones only if the second says so."""


@dataclass(slots=True)
class _Batch:
    running: Running
    files: list[Entry]
    if_whole: bool


@dataclass(slots=True)
class _Folder:
    path: Path
    settling: Settling = field(default_factory=Settling)


class Folders:
    """Implements aftercall.desk.companion.loop.Part.

    :param fetch: begins to import files; what it prints at its end is what ``aftercall import --nl`` prints.
    :param say: told what the rep may want to know.
    :param on_fetched: told the ids of the memos that are new in the inbox, those that came together at once.
    :param clock: seconds, monotonic.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        inbox: Inbox,
        ledger: Ledger,
        fetch: Fetch,
        *,
        say: Callable[[str], None],
        wake: Callable[[], None] = lambda: None,
        on_fetched: Callable[[Sequence[str]], None] = lambda recording_ids: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folders = [_Folder(path) for path in folders]
        self._inbox = inbox
        self._ledger = ledger
        self._fetch = fetch
        self._say = say
        self._on_fetched = on_fetched
        self._clock = clock
        self._notices = Notices(folders, wake)
        self._batch: _Batch | None = None
        self._wait_until = 0.0
        self._damaged: dict[Path, tuple[Version, float]] = {}
        self._refused: dict[Path, tuple[Version, float]] = {}
        self._away: set[Path] = set()

    def turn(self) -> float:
        """See Part."""
        self._finish()
        settled = {path: version for folder in self._folders for path, version in self._look(folder).items()}
        if self._batch is None and self._clock() >= self._wait_until:
            self._begin(list(islice(self._new(settled), _AT_ONCE)))
        if self._batch is not None or any(folder.settling.is_waiting for folder in self._folders):
            return _SOON
        return LOOK_SECONDS

    def close(self) -> None:
        """See Part."""
        self._notices.close()

    # -- looking ------------------------------------------------------------------------------------------------

    def _look(self, folder: _Folder) -> dict[Path, Version]:
        """What has arrived in a folder, and stopped growing."""
        try:
            device = folder.path.stat().st_dev
            found = sound_files(folder.path, self._inbox.folder.parent)
        except OSError as error:  # unmounted, or not there yet: nothing of it is forgotten
            if folder.path not in self._away:
                self._away.add(folder.path)
                self._say(f"{folder.path} cannot be looked into ({error.strerror}); it is looked for every minute.")
            folder.settling.update({}, self._clock())
            return {}
        self._away.discard(folder.path)
        self._notices.watch(folder.path)
        if is_first_look(self._ledger, folder.path, device):
            self._leave_old(FirstLook(folder.path, device, found))
        unknown = {path: version for path, version in found.items() if not self._ledger.knows(path, version)}
        return {path: unknown[path] for path in folder.settling.update(unknown, self._clock())}

    def _leave_old(self, look: FirstLook) -> None:
        """Where nobody is there to be asked."""
        if count := leave(self._ledger, look):
            self._say(
                f"{look.folder} holds {count} sound files already, which stay where they are; what comes from now on "
                "is fetched. To have them all: aftercall watch --fetch-old"
            )

    def _new(self, settled: dict[Path, Version]) -> Iterator[Entry]:
        """Those whose content is new, each content once, with its hash."""
        contents = set()
        for path, version in settled.items():
            if self._is_held_back(path, version):
                continue
            try:
                sha256 = content_of(path)
            except OSError:  # it went in between, or cannot be read yet
                continue
            known = self._ledger.with_content(sha256)
            if known is not None:  # under another name, or touched
                self._ledger.note([Entry(path, version, sha256, known.became, known.recording_id)])
                continue
            if sha256 not in contents:
                contents.add(sha256)
                yield Entry(path, version, sha256, Became.MEMO)

    def _is_held_back(self, path: Path, version: Version) -> bool:
        held = [self._damaged.get(path), self._refused.get(path)]
        return any(one is not None and one[0] == version and self._clock() < one[1] for one in held)

    # -- fetching -----------------------------------------------------------------------------------------------

    def _begin(self, settled: list[Entry]) -> None:
        damaged = [entry for entry in settled if entry.path in self._damaged]
        files = damaged or settled
        if not files:
            return
        running = self._fetch([entry.path for entry in files], not damaged)
        self._batch = _Batch(running, files, if_whole=not damaged)

    def _finish(self) -> None:
        """Write down what became of the files that were being fetched, if that is over."""
        if self._batch is None or (output := self._batch.running.output) is None:
            return
        batch, self._batch = self._batch, None
        rows = list(_rows(output))
        if len(rows) < len(batch.files):
            self._wait_until = self._clock() + _AGAIN_SECONDS
        for entry, row in zip(batch.files, rows, strict=False):
            self._settle(entry, row, if_whole=batch.if_whole)
        if new := [str(row["id"]) for row in rows if row.get("new")]:
            self._on_fetched(new)

    def _settle(self, entry: Entry, row: dict[str, object], *, if_whole: bool) -> None:
        if not _is_still(entry):  # what was fetched may be what is there now, and not what was read before
            return
        recording_id = row.get("id")
        if isinstance(recording_id, str):
            self._damaged.pop(entry.path, None)
            if (before := self._grown_from(entry)) not in (None, recording_id):
                self._set_aside(str(before), entry.path)
            self._ledger.note([Entry(entry.path, entry.version, entry.sha256, Became.MEMO, recording_id)])
        elif if_whole and row.get("whole") is False:
            self._damaged[entry.path] = (entry.version, self._clock() + _DAMAGED_SECONDS)
        elif self._refused.get(entry.path, (None,))[0] != entry.version:
            self._refused[entry.path] = (entry.version, self._clock() + _REFUSED_SECONDS)
        else:
            self._damaged.pop(entry.path, None)
            self._refused.pop(entry.path, None)
            self._say(f"Not fetched: {row.get('refused')}")
            self._ledger.note([Entry(entry.path, entry.version, entry.sha256, Became.REFUSED)])

    def _grown_from(self, entry: Entry) -> str | None:
        """The recording that a shorter version of the file became: a copy that had stalled was taken for whole."""
        before = self._ledger.at(entry.path)
        if before is None or before.recording_id is None or before.version.size >= entry.version.size:
            return None
        try:
            begins_with_it = content_of(entry.path, most=before.version.size) == before.sha256
        except OSError:
            return None
        return before.recording_id if begins_with_it else None

    def _set_aside(self, recording_id: str, path: Path) -> None:
        """The beginning of a memo that is here as a whole now; once it is being read it stays."""
        with suppress(AftercallError):
            with self._inbox.alone_with(recording_id, "It is being read."):
                if self._inbox.notes.read_or_none(recording_id, REVIEW) is not None:
                    return
            folder = self._inbox.discard(recording_id)
            self._say(f"{path.name} has grown; what was fetched of it before is in {folder}.")


def _is_still(entry: Entry) -> bool:
    """Whether the file is there under its name, as it was when it was read."""
    try:
        facts = entry.path.stat()
    except OSError:
        return False
    return Version(facts.st_size, facts.st_mtime_ns) == entry.version


def _rows(output: str) -> Iterator[dict[str, object]]:
    for line in output.splitlines():
        try:
            row = parse_json(line)
        except Senseless:
            return
        if isinstance(row, dict):
            yield row
