"""Rows as JSON, a piece at a time."""

import json
from collections.abc import Iterable, Iterator
from textwrap import indent

from aftercall.desk.rows import Row


def json_array_pieces(rows: Iterable[Row], before: str = "", *, ascii_only: bool = False) -> Iterator[str]:
    """``rows`` as a JSON array, an element a piece, which are taken as they are needed.

    :param before: what stands before each line but the first.
    """
    comma = ""
    yield "["
    for row in rows:
        # No string of JSON has a line end in it, so that what is put in before each line is between the values.
        yield f"{comma}\n{indent(json.dumps(row, ensure_ascii=ascii_only, indent=2), f'{before}  ')}"
        comma = ","
    yield f"\n{before}]" if comma else "]"
