"""Rows as CSV that a spreadsheet can open without taking anything in them for a formula."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any, Final

from aftercall.desk.rows import Row
from ground.printable import printable

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""A spreadsheet takes a cell that begins so for a formula (OWASP, "CSV Injection"); some know the wide forms too."""

_PASSED_OVER: Final = " \u00a0\u3000\u200c\u200d"
"""What a spreadsheet may drop at the beginning of a cell. Tabs and line ends have become spaces by then."""


def csv_text(rows: Sequence[Row]) -> str:
    """``rows`` as CSV with a header, which are the keys of the first; empty where there are none.

    No cell begins a formula: one that would comes with an apostrophe before it.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in rows[:1]:
        writer.writerow(row)
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])
    return text.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, (dict, list)):
        value = json.dumps(value, ensure_ascii=False)
    text = "" if value is None else printable(str(value))
    return f"'{text}" if text.lstrip(_PASSED_OVER).startswith(_FORMULA_STARTS) else text
