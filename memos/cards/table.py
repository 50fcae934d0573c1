"""CSV as address books and CRMs write it: separated by commas, semicolons or tabs, read row by row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from memos.cards.card import Card, Entry, Fault, Raw
from memos.cards.columns import Column, recognise
from memos.errors import NoAddressBook

_SEPARATORS = ",;\t"

# Of one row: a quote that is opened and never closed must not swallow the rest of the file.
_MOST_LINES = 500

# Google separates several numbers in a cell by " ::: ", Pipedrive by ", ", HubSpot by ";". What has no five digits is
# no number of its own: an extension, for one.
_SEVERAL = re.compile(r"\s*:::\s*|[,;\n](?=(?:[^\d,;\n]*\d){5})")


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
    """The contacts in `text`, and what cannot be read, in order. Raises NoAddressBook when no column names anybody."""
    lines = re.split(r"\r\n|\r|\n", text)
    header = next((number for number, line in enumerate(lines) if line.strip() and not _sets_separator(line)), 0)
    separator, width, columns = _columns(lines[header])
    for position, cells in _rows(lines, header + 1, separator, width):
        if isinstance(cells, str):
            yield Fault(position + 1, f"{cells}: not taken", lost=True)
        elif any(map(str.strip, cells)):
            card, faults = _entry(position + 1, cells, columns).card(country)
            yield from faults
            if card:
                yield card


def _sets_separator(line: str) -> bool:
    """A first line that Excel writes for itself."""
    return re.fullmatch(r'"?sep=.?"?', line.strip(), re.IGNORECASE) is not None


def _columns(header: str) -> tuple[str, int, list[Column]]:
    """The separator under which most columns are known, how many columns there are, and those that are known."""
    readings = []
    for separator in _SEPARATORS:
        names = next(csv.reader([header], delimiter=separator), [])
        readings.append((separator, len(names), recognise(names)))
    best = max(readings, key=lambda reading: len(reading[2]))
    if not best[2]:
        raise NoAddressBook(
            f"no column is known to name a contact, in the header {header[:80]!r}; nothing was imported; "
            "docs/contacts.md lists the headers that are known"
        )
    return best


def _rows(lines: Sequence[str], start: int, separator: str, width: int) -> Iterator[tuple[int, list[str] | str]]:
    """Where each row begins, and its cells, or what is wrong with it.

    After a row that cannot be read it goes on in the very next line, so that only that row is lost. Where it may have
    had several lines, those with fewer cells than the header are taken for the rest of it, up to a whole row.
    """
    feed, after_bad_quotes = _Feed(lines, start), False
    reader = csv.reader(feed, delimiter=separator, strict=True)
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
        reader = csv.reader(feed, delimiter=separator, strict=True)


def _entry(line: int, cells: Sequence[str], columns: Sequence[Column]) -> Entry:
    entry = Entry(line)
    for column in columns:
        # An apostrophe keeps a spreadsheet from reading +44 as a sum; this program writes it too.
        text = cells[column.at].strip().removeprefix("'") if column.at < len(cells) else ""
        if not text:
            continue
        target = getattr(entry, column.field)
        if column.field in ("phones", "emails"):
            label = column.label
            if column.label_at is not None and column.label_at < len(cells):
                label = cells[column.label_at]
            # Google marked the main one with a star before its label.
            preferred = column.preferred or label.startswith("* ")
            label = label.removeprefix("* ").removeprefix("primary").strip().casefold()
            values = _SEVERAL.split(text) if column.field == "phones" else [text]
            target += [Raw(line, value, label or None, preferred) for value in values]
        elif isinstance(target, list):
            target.append(text)
        elif not target:
            setattr(entry, column.field, text)
    return entry
