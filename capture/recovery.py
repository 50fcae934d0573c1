"""What a crash left in an inbox, or somebody put there: finished, or set aside, and told."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from capture.checked import Checked
from capture.notes import FACTS, SET_ASIDE, Notes, is_file, is_there
from capture.open_recording import OpenRecording
from capture.part import PART_SUFFIX, PartFile
from capture.pcm import SAMPLE_BYTES, wav_seconds
from capture.recording import EndedBy, Recording, is_id
from capture.speech import silero_probability
from capture.trim import LOOKED_AT_BYTES, silent_samples
from ground.durable import drop_temporaries
from ground.errors import AftercallError


@dataclass(slots=True)
class Recovery:
    """What :func:`recover` did: recordings finished, files set aside, and lines about what it could not do."""

    recovered: list[Recording]
    set_aside: list[Path]
    trouble: list[str]


def recover(notes: Notes) -> Recovery:
    """Finish what a crash left behind; never raises.

    Recordings in progress are told by their lock and left alone. A note that makes no sense is set aside, sound that
    makes none with whatever belongs to it, and so is what bears the name of one of them and is no file. What made sense
    before and has not changed since is not read again.
    """
    recovery = Recovery([], [], [])
    steps = {"*.json": _check_note, f"*{PART_SUFFIX}": _finish_part, "*.wav": _check_wav}
    try:
        drop_temporaries(notes.folder)
        # First what is no file, which would be in the way of a recording that is finished.
        for path in _no_files(notes.folder):
            _attempt(notes, recovery, path, _check_kind)
        checked = Checked(notes.folder)
        for pattern, step in steps.items():
            for path in sorted(notes.folder.glob(pattern)):
                if not checked.knows(path) and _attempt(notes, recovery, path, step):
                    checked.add(path)
        checked.keep()
    except OSError as error:  # of the folder itself
        recovery.trouble.append(f"{notes.folder}: {error}")
    return recovery


def _no_files(folder: Path) -> list[Path]:
    """What bears the end of a name of ours and is a folder, a link, or anything else but a file; without a look at each
    file, of which there may be thousands."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        odd = [Path(entry.path) for entry in entries if not entry.is_file(follow_symlinks=False)]
    return sorted(path for path in odd if path.name.endswith((".json", PART_SUFFIX, ".wav")))


_Step = Callable[[Notes, Recovery, Path], None]


def _attempt(notes: Notes, recovery: Recovery, path: Path, step: _Step) -> bool:
    """Take a step with a file of ours; whether that found it as it ought to be."""
    if not is_id(path.name.split(".")[0]):
        return False
    try:
        step(notes, recovery, path)
    except (AftercallError, OSError) as error:
        if path.exists():  # else another process has dealt with it in the meantime
            recovery.trouble.append(f"{path.name}: {error}")
        return False
    return path not in recovery.set_aside[-1:]


def _set_aside(notes: Notes, recovery: Recovery, path: Path, pattern: str) -> None:
    notes.move(pattern, SET_ASIDE)
    recovery.set_aside.append(path)


def _check_kind(notes: Notes, recovery: Recovery, path: Path) -> None:
    if is_there(path) and not is_file(path):
        _set_aside(notes, recovery, path, path.name)


def _check_note(notes: Notes, recovery: Recovery, path: Path) -> None:
    recording_id, _, kind = path.stem.partition(".")
    if notes.follow_sound(path):
        return
    try:
        if kind == FACTS:
            notes.facts(recording_id)
        else:
            notes.read(recording_id, kind)
    except ValueError:
        _set_aside(notes, recovery, path, path.name)


def _finish_part(notes: Notes, recovery: Recovery, path: Path) -> None:
    part = PartFile.adopt(path)
    if part is None:
        return
    recording_id = path.name.removesuffix(PART_SUFFIX)
    unfinished = OpenRecording(notes, notes.facts_or_guess(recording_id), part)
    if part.size() == 0 and notes.has_sound(recording_id):  # added whole, but for its claim
        part.drop()
        return
    if part.size() == 0:
        unfinished.abandon()
        return
    silent = silent_samples(part.last(LOOKED_AT_BYTES), silero_probability())
    recovery.recovered.append(unfinished.finish(EndedBy.RECOVERED, samples=part.size() // SAMPLE_BYTES - silent))


def _check_wav(notes: Notes, recovery: Recovery, path: Path) -> None:
    try:
        wav_seconds(path)
    except ValueError:
        _set_aside(notes, recovery, path, f"{path.stem}.*")
