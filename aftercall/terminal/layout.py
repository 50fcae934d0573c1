"""Plain text that fits the terminal: cut, padded and wrapped by the cells that it takes there.

Rich does more, and takes a second for some thousand lines of a table; a list of calls is longer than that for some.
"""

import os
import shutil
import sys
from collections.abc import Sequence
from typing import Final

from ground.printable import printable

NARROWEST: Final = 20
WIDEST: Final = 200

_BETWEEN_KEYS: Final = " · "


def width() -> int:
    """Columns of the terminal, within reason; 120 where standard output is none."""
    columns = shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 120
    return min(max(columns, NARROWEST), WIDEST)


def cells(text: str) -> int:
    """How many columns a text takes."""
    from rich.cells import cell_len

    return len(text) if text.isascii() else cell_len(text)


def cut(text: str, room: int) -> str:
    """A text on one line and without anything a terminal would act upon, cut at its end to fit."""
    text = printable(text)
    if cells(text) <= room:
        return text
    from rich.cells import set_cell_size

    return set_cell_size(text, max(0, room - 1)).rstrip() + "…"


def padded(text: str, room: int) -> str:
    """The same, filled up with spaces."""
    text = cut(text, room)
    return text + " " * (room - cells(text))


def wrapped(text: str, room: int, most: int | None = None) -> list[str]:
    """A text broken into lines between words; with `most`, no more lines than that, the last one cut."""
    lines: list[str] = []
    line = ""
    for word in printable(text).split():
        longer = f"{line} {word}" if line else word
        if cells(longer) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while cells(line) > room:
            lines.append(_start(line, room))
            line = line[len(lines[-1]) :]
    if line:
        lines.append(line)
    if most is not None and len(lines) > most:
        lines[most - 1 :] = [cut(" ".join(lines[most - 1 : most + 1]), room)]
    return lines


def told(line: str) -> str:
    """A line for standard error: where a terminal would break it anywhere, in the middle of an id too, it is broken
    between words."""
    if not sys.stderr.isatty():
        return line
    columns = os.get_terminal_size(sys.stderr.fileno()).columns
    return line if cells(line) <= columns or not columns else "\n".join(wrapped(line, columns))


def key_lines(keys: str, room: int) -> str:
    """What the keys do ("y yes · n no"), broken into lines between two of them: none is left out, none is torn."""
    lines: list[str] = []
    for key in keys.split(_BETWEEN_KEYS):
        if lines and cells(longer := f"{lines[-1]}{_BETWEEN_KEYS}{key}") <= room:
            lines[-1] = longer
        else:
            lines.append(key)
    return "\n".join(lines)


def _start(word: str, room: int) -> str:
    """As much of a word from its start as fits; at least one character."""
    end = 1
    while end < len(word) and cells(word[: end + 1]) <= room:
        end += 1
    return word[:end]


def columns(rows: Sequence[Sequence[str]], room: int, shrinks: int, gap: int = 2) -> list[str]:
    """Rows as lines of aligned columns. Where they do not fit, the column `shrinks` gives way."""
    if not rows:
        return []
    clean = [[printable(cell) for cell in row] for row in rows]
    widths = [max(cells(row[index]) for row in clean) for index in range(len(clean[0]))]
    others = sum(widths) - widths[shrinks] + gap * (len(widths) - 1)
    widths[shrinks] = min(widths[shrinks], max(6, room - others))
    return [
        cut((" " * gap).join(padded(cell, widths[i]) for i, cell in enumerate(row)).rstrip(), room) for row in clean
    ]
