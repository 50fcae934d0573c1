"""Rows as CSV that a spreadsheet can open without taking anything in them for a formula."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from aftercall.desk.rows import Row
from ground.printable import printable

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""A spreadsheet takes a cell that begins so for a formula (OWASP, "CSV Injection"); some know the wide forms too."""

_PASSED_OVER: Final = " \u00a0\u3000\u200c\u200d"
"""What a spreadsheet may drop at the beginning of a cell. Tabs and line ends have become spaces by then."""


_PIECE: Final = 1 << 16
"""Characters."""


def csv_text(rows: Iterable[Row]) -> str:
    """``rows`` as CSV with a header, which are the keys of the first; empty where there are none.

    No cell begins a formula: one that would comes with an apostrophe before it.
    """
    return "".join(csv_pieces(rows))


def csv_pieces(rows: Iterable[Row]) -> Iterator[str]:
    """The same, a piece at a time: the rows are taken as they are needed."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for number, row in enumerate(rows):
        if not number:
            writer.writerow(row)
        writer.writerow([_cell(value) for value in row.values()])
        if text.tell() > _PIECE:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, (dict, list)):
        value = json.dumps(value, ensure_ascii=False)
    text = "" if value is None else printable(str(value))
    return f"'{text}" if text.lstrip(_PASSED_OVER).startswith(_FORMULA_STARTS) else text
