"""Handing out: the texts of everything in a format, and a CRM's import files with the note that they were written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from aftercall.desk.errors import FrontDoorError
from aftercall.desk.export.crm import TARGETS, Activity, Target, When, activities, going_out, row
from aftercall.desk.export.csv_text import csv_pieces
from aftercall.desk.export.destination import destinations, write_files
from aftercall.desk.export.everything import json_pieces, tables
from aftercall.desk.rows import Row
from ground.errors import AftercallError

if TYPE_CHECKING:
    from memos.exports import Item, Kind, Outgoing
    from memos.store import Store

Exporter = Callable[[dict[str, Any]], str | Iterable[str]]
"""Takes what :func:`aftercall.desk.export.everything.everything` gives; returns the text of the file, or its pieces."""

PLURAL: Final[Mapping["Kind", str]] = {"note": "notes", "task": "tasks"}


def texts_of(
    store: "Store", data: Row, form: str, exporter: Exporter | None, audio: Path, *, only_memos: bool
) -> dict[str, Iterator[str]]:
    """Everything as texts by name, each in pieces: a CSV for each table (or for the memos alone), else one text.

    The pieces are to be taken while the store is open; not all that is stored need be in memory at once.

    :param data: :func:`aftercall.desk.export.everything.everything` of the store.
    :param exporter: a plugin's, where `form` is one of its. Its pieces raise FrontDoorError where it fails.
    :param audio: the folder with the sound of confirmed memos.
    """
    if exporter is not None:
        return {form: _made_by(exporter, form, data)}
    if form == "json":
        return {"everything": json_pieces(data)}
    wanted = ["memos"] if only_memos else None
    return {name: csv_pieces(rows) for name, rows in tables(store, data, audio, wanted).items()}


def _made_by(exporter: Exporter, form: str, data: Row) -> Iterator[str]:
    try:
        made = exporter(data)
        whole = isinstance(made, (str, bytes)) or not isinstance(made, Iterable)
        for piece in [made] if whole else made:
            yield _text(piece, form)
    except AftercallError:
        raise
    except Exception as error:
        raise FrontDoorError(
            f"The plugin for {form} failed ({type(error).__name__}: {error}). No file was written."
        ) from error


def _text(piece: object, form: str) -> str:
    if not isinstance(piece, str):
        raise FrontDoorError(f"The plugin for {form} gave no text but a {type(piece).__name__}. No file was written.")
    return piece


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What went out to a CRM, or would: with `refused` notes left out that its import does not take."""

    target: Target
    out: "Sequence[Outgoing]"
    refused: int
    files: list[Path]

    def summary(self, *, would: bool) -> str:
        """ "HubSpot: 3 notes and 1 task in import files, 1 of them in place of what went out before."."""
        counted = [
            f"{count} {PLURAL[kind] if count > 1 else kind}"
            for kind in PLURAL
            if (count := sum(one.item.kind == kind for one in self.out))
        ]
        before = sum(one.before is not None for one in self.out)
        replacing = f", {before} of them in place of what went out before" if before else ""
        said = "would go out" if would else "in import files"
        return f"{self.target.label}: {' and '.join(counted)} {said}{replacing}."

    def activities(self, store: "Store") -> Iterator[Activity]:
        """Each that went out, read from the store as they are taken."""
        for kind in PLURAL:
            yield from going_out(store, self.out, kind)

    @property
    def why_refused(self) -> str:
        """What its import needs to take a note; empty where none was left out."""
        if not self.refused:
            return ""
        were = "note was" if self.refused == 1 else "notes were"
        needed = "e-mail address" if self.target.note_needs == "email" else "name"
        return (
            f"{self.refused} {were} left out: {self.target.label} takes a note only for a contact that it knows by "
            f"{needed}."
        )


def hand_out(
    store: "Store", crm: str, destination: Path | None, when: When, now: datetime, *, again: bool = False
) -> HandedOut:
    """Write the import files of a CRM with what did not go out to it yet, and note that it did: both, or neither.

    :param destination: a folder, or a file whose name each of them begins with; None: only say what would go out.
    :param again: also what went out before.
    """
    target, refused, written = TARGETS[crm], 0, list[Path]()

    def items() -> "Iterator[Item]":
        nonlocal refused
        for one in activities(store):
            if target.takes(one):
                yield one.item
            else:
                refused += 1

    def write(out: "Sequence[Outgoing]") -> None:
        assert destination is not None
        kinds = [kind for kind in PLURAL if any(one.item.kind == kind for one in out)]
        names = [PLURAL[kind] for kind in kinds]
        paths = destinations(destination, names, ".csv", now, always_named=True, prefix=crm)
        write_files(
            {
                paths[PLURAL[kind]]: csv_pieces(row(target, one, when) for one in going_out(store, out, kind))
                for kind in kinds
            }
        )
        written.extend(paths.values())

    if destination is None:
        out = store.exports.outgoing(crm, items(), again=again)
    else:
        out = store.exports.hand_out(crm, items(), write, again=again)
    return HandedOut(target, out, refused, written)
