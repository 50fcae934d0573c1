"""CSV as address books and CRMs write it: separated by commas, semicolons or tabs, read row by row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ground.reader import parse_json
from memos.cards.card import Card, Entry, Fault, Raw
from memos.cards.columns import Column, Columns, recognise
from memos.errors import NoAddressBook

# A cell may be a note of any length. The limit is one for every reader in the process: the highest that every
# platform's C long holds, so that none of them is left with less than it had.
_LONGEST_CELL: Final = 2**31 - 1

_SEPARATORS = ",;\t"

# Of one row: a quote that is opened and never closed must not swallow the rest of the file.
_MOST_LINES = 500

# Google separates several numbers in a cell by " ::: ", Pipedrive by ", ", HubSpot by ";". What has no five digits is
# no number of its own: an extension, for one.
_SEVERAL = re.compile(r"\s*:::\s*|[,;\n](?!ext=)(?=(?:[^\d,;\n]*\d){5})")

# What is a number in a column that may be of other things: an office may be a town, or a room.
_CERTAINLY_NUMBER = re.compile(r"\+?[\d\s()./;,x-]*(?:\d[\s()./-]*){6}[\d\s()./;,x-]*", re.IGNORECASE)

_KEPT_FROM_SUMS = re.compile(r"'[ \u00a0\u3000\u200c\u200d]*[=+\-@\uff1d\uff0b\uff0d\uff20]")

# Above the header: LinkedIn has three lines there.
_LINES_BEFORE_HEADER = 20


class _Unclosed(csv.Error):
    """A quote was opened and not closed for too long."""


class _Feed:
    """Lines for a csv.reader, which says in `position` how far it has read, and reads no more than a row may have."""

    def __init__(self, lines: Sequence[str], position: int) -> None:
        self._lines = lines
        self.position = self.begun = position

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if self.position == len(self._lines) and self.position > self.begun:
            raise _Unclosed
        if self.position == len(self._lines):
            raise StopIteration
        if self.position - self.begun == _MOST_LINES:
            raise _Unclosed
        self.position += 1
        return f"{self._lines[self.position - 1]}\n"


def read(text: str, country: str) -> Iterator[Card | Fault]:
    """The contacts in `text`, and what cannot be read, in order. Raises NoAddressBook when no column names anybody.

    Columns that are not known and have something in them are named, and lines before the header and after the last
    entry that are none.
    """
    csv.field_size_limit(_LONGEST_CELL)
    lines = text.split("\n")
    header = _header(lines)
    yield from _preamble(lines, header.line)
    found = list(_rows(lines, header))
    closing = _closing(found, header.width)
    filled: set[int] = set()
    for position, cells in found[: len(found) - closing]:
        if isinstance(cells, str):
            yield Fault(position + 1, f"{cells}: not taken", lost=True)
        elif any(map(str.strip, cells)):
            filled.update(at for at, cell in enumerate(cells) if cell.strip())
            card, faults = _entry(position + 1, cells, header.columns.known).card(country)
            yield from faults
            if card:
                yield card
    if closing:
        yield Fault(found[-closing][0] + 1, "what follows the last entry is none: passed over", lost=False)
    if passed_over := [repr(name) for at, name in header.columns.unknown.items() if at in filled]:
        yield Fault(header.line + 1, f"not known, and passed over: {', '.join(passed_over)}", lost=False)


@dataclass(frozen=True, slots=True)
class _Header:
    """The header: the index of its line, of the line after it, the separator, how many columns there are, and which."""

    line: int
    end: int
    separator: str
    width: int
    columns: Columns

    def fits(self, cells: Sequence[str]) -> bool:
        """Whether numbers and addresses stand where they should: a comma in a company moves all that follow."""
        signs = {"phones": r"\d", "emails": "@"}
        return all(
            re.search(signs[column.field], cells[column.at])
            for column in self.columns.known
            if column.field in signs and cells[column.at].strip()
        )


def _header(lines: Sequence[str]) -> _Header:
    """The header, read with the separator under which most columns are known.

    It is the first line of those at the top that has several known columns, since some programs write words of their
    own above it; else the first line of all.
    """
    may_be = [at for at, line in enumerate(lines[:_MOST_LINES]) if line.strip()][:_LINES_BEFORE_HEADER]
    said = [at for at in may_be if not _sets_separator(lines[at])]
    first = None
    for at in said:
        best = _best_header_at(lines, at)
        if best and len(best.columns.known) > 1:
            return best
        first = first or best
    if first is None or _first_that_says_something(lines[: first.line]):
        line = _first_that_says_something(lines)
        raise NoAddressBook(
            f"no column is known to name a contact, in the header {line[:80]!r}; nothing was imported; "
            "docs/contacts.md lists the headers that are known"
        )
    return first


def _first_that_says_something(lines: Sequence[str]) -> str:
    return next((line for line in lines if line.strip() and not _sets_separator(line)), "")


def _best_header_at(lines: Sequence[str], at: int) -> _Header | None:
    """The line as a header, read with the separator under which most columns are known; None if it names nobody."""
    readings = [read for separator in _SEPARATORS if (read := _header_at(lines, at, separator))]
    best = max(readings, key=lambda read: len(read.columns.known), default=None)
    return best if best and best.columns.name_somebody else None


def _header_at(lines: Sequence[str], at: int, separator: str) -> _Header | None:
    """The record that begins in a line, which may have line breaks in quotes, as a header; None if it is no record."""
    feed = _Feed(lines, at)
    try:
        names = next(csv.reader(feed, delimiter=separator, strict=True))
    except (csv.Error, StopIteration):
        return None
    return _Header(at, feed.position, separator, len(names), recognise(names))


def _preamble(lines: Sequence[str], end: int) -> Iterator[Fault]:
    above = [at for at, line in enumerate(lines[:end]) if line.strip() and not _sets_separator(line)]
    if above:
        yield Fault(above[0] + 1, "what stands above the header is no entry: passed over", lost=False)


def _closing(found: Sequence[tuple[int, list[str] | str]], width: int) -> int:
    """How many rows at the end are none: lines of one cell after an empty one, as a report has below its table."""
    count = 0
    for at in range(len(found) - 1, -1, -1):
        cells = found[at][1]
        if isinstance(cells, str) or len(cells) > 1 or width == 1:
            return count
        if not any(map(str.strip, cells)) and len(found) - at > 1:
            count = len(found) - at
    return count


def _sets_separator(line: str) -> bool:
    """A first line that Excel writes for itself."""
    return re.fullmatch(r'"?sep=.?"?', line.strip(), re.IGNORECASE) is not None


def _rows(lines: Sequence[str], header: _Header) -> Iterator[tuple[int, list[str] | str]]:
    """Where each row begins, and its cells, or what is wrong with it.

    After a row that cannot be read it goes on in the very next line, so that only that row is lost. Where it may have
    had several lines, those with fewer cells than the header are taken for the rest of it, up to a whole row.
    """
    feed, after_bad_quotes, width = _Feed(lines, header.end), False, header.width
    reader = csv.reader(feed, delimiter=header.separator, strict=True)
    while True:
        begun = feed.begun = feed.position
        try:
            cells = next(reader)
        except StopIteration:
            return
        except _Unclosed:
            wrong = "a quote is opened and not closed"
        except csv.Error:
            wrong, after_bad_quotes = "its quotes do not fit", True
        else:
            if len(cells) > width and not any(map(str.strip, cells[width:])) and header.fits(cells):
                cells = cells[:width]  # an empty cell too many is what some write at the end of a row
            if len(cells) > width:
                wrong = f"it has {len(cells)} cells, and the header {width}"
                after_bad_quotes |= feed.position > begun + 1
            elif len(cells) < width and after_bad_quotes and any(map(str.strip, cells)):
                wrong = "it seems to be a piece of the row above, which cannot be read"
            else:
                after_bad_quotes &= len(cells) < width
                yield begun, cells
                continue
        yield begun, wrong
        feed = _Feed(lines, begun + 1)
        reader = csv.reader(feed, delimiter=header.separator, strict=True)


def _entry(line: int, cells: Sequence[str], columns: Sequence[Column]) -> Entry:
    entry = Entry(line)
    for column in columns:
        text = _plain(cells[column.at]) if column.at < len(cells) else ""
        if not text:
            continue
        if column.field in ("phones", "emails", "values"):
            _add_points(entry, column, text, cells)
        elif column.field == "further":
            entry.ordered = True
            for point in filter(lambda each: isinstance(each, dict), _listed(text)):
                points = entry.emails if point.get("kind") == "email" else entry.phones
                points.append(Raw(line, str(point.get("value")), point.get("label")))
        elif column.field == "spellings":
            entry.nicknames += map(str, _listed(text))
        elif isinstance(target := getattr(entry, column.field, None), list):
            target.append(text)
        elif target == "":
            setattr(entry, column.field, text)
    return entry


def _plain(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from reading +44 as a sum; this program writes it too."""
    text = cell.strip()
    return text[1:] if _KEPT_FROM_SUMS.match(text) else text


def _add_points(entry: Entry, column: Column, text: str, cells: Sequence[str]) -> None:
    """Add the numbers, or the addresses, in a cell; in a column that may be of either, those that are certain."""
    label = column.label
    if column.label_at is not None and column.label_at < len(cells):
        label = cells[column.label_at]
    # Google marked the main one with a star before its label.
    preferred = column.preferred or label.startswith("* ")
    label = label.removeprefix("* ").strip().casefold()
    field = column.field
    if field == "values":
        field = "emails" if "@" in text else "phones"
        if field == "phones" and not _CERTAINLY_NUMBER.fullmatch(text):
            return
    values = _SEVERAL.split(text) if field == "phones" else [text]
    target = entry.phones if field == "phones" else entry.emails
    target += [Raw(entry.line, value, label or None, preferred) for value in values]


def _listed(text: str) -> list[Any]:
    """The values of a cell that `contacts list --csv` has written; none where it makes no sense."""
    try:
        listed = parse_json(text)
    except ValueError:
        return []
    return listed if isinstance(listed, list) else []
