"""Handing out: the texts of everything in a format, and a CRM's import files with the note that they were written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from aftercall.desk.errors import FrontDoorError
from aftercall.desk.export.crm import TARGETS, Activity, Target, When, activities, chosen, rows
from aftercall.desk.export.csv_text import csv_text
from aftercall.desk.export.destination import destinations, write_files
from aftercall.desk.export.everything import tables
from aftercall.desk.rows import Row

if TYPE_CHECKING:
    from memos.exports import Outgoing
    from memos.store import Store

Exporter = Callable[[dict[str, Any]], str]
"""Takes what ``export --to json`` writes, and returns the text of the file."""

PLURAL: Final = {"note": "notes", "task": "tasks"}


def texts_of(data: Row, form: str, exporter: Exporter | None, *, only_memos: bool) -> dict[str, str]:
    """Everything as texts by name: a CSV for each table (or for the memos alone), else one text. JSON is written in
    pieces: :func:`aftercall.desk.export.everything.json_pieces`.

    :param exporter: a plugin's, where `form` is one of its.
    :raises FrontDoorError: it failed.
    """
    if exporter is not None:
        return {form: _made_by(exporter, form, data)}
    if form == "csv":
        found = tables(data)
        wanted = ["memos"] if only_memos else list(found)
        return {name: csv_text(found[name]) for name in wanted if found[name]}
    raise ValueError(f"{form} is no format of texts")


def _made_by(exporter: Exporter, form: str, data: Row) -> str:
    try:
        text = exporter(data)
    except Exception as error:
        raise FrontDoorError(
            f"The plugin for {form} failed ({type(error).__name__}: {error}). Nothing was written."
        ) from error
    if not isinstance(text, str):
        raise FrontDoorError(f"The plugin for {form} gave no text but a {type(text).__name__}. Nothing was written.")
    return text


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What went out to a CRM, or would: with `refused` notes left out that its import does not take."""

    target: Target
    activities: list[Activity]
    refused: int
    files: list[Path]

    def summary(self, *, would: bool) -> str:
        """ "HubSpot: 3 notes and 1 task in import files, 1 of them in place of what went out before."."""
        counted = [
            f"{count} {PLURAL[kind] if count > 1 else kind}"
            for kind in ("note", "task")
            if (count := sum(one.kind == kind for one in self.activities))
        ]
        before = sum(one.before is not None for one in self.activities)
        replacing = f", {before} of them in place of what went out before" if before else ""
        said = "would go out" if would else "in import files"
        return f"{self.target.label}: {' and '.join(counted)} {said}{replacing}."

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
    target, found = TARGETS[crm], activities(store)
    takes = [one for one in found if target.takes(one)]
    items = [one.item for one in takes]
    written: list[Path] = []

    def write(out: "Sequence[Outgoing]") -> None:
        assert destination is not None
        texts = {PLURAL[kind]: csv_text(made) for kind, made in rows(target, chosen(takes, out), when).items()}
        paths = destinations(destination, list(texts), ".csv", now, always_named=True, prefix=crm)
        write_files({paths[name]: text for name, text in texts.items()})
        written.extend(paths.values())

    if destination is None:
        out = store.exports.outgoing(crm, items, again=again)
    else:
        out = store.exports.hand_out(crm, items, write, again=again)
    return HandedOut(target, chosen(takes, out), len(found) - len(takes), written)
