"""What comes back from the disk is untrusted: files are read whole only where they are files and of a sane size, JSON
and TOML only where they are no deeper than anything that was written here.

A pipe or a device in the place of a file would be waited for, or read, for ever; brackets by the ten thousand exhaust
the parser's stack; numbers that are none (NaN) pass every comparison.
"""

import errno
import json
import os
import stat
import tomllib
from pathlib import Path
from typing import Any, BinaryIO, Final

MOST_BYTES: Final = 64 << 20
"""Of a note: the transcript of a day of speech, the longest that can be asked for, takes 50 MB."""

MOST_SETTINGS: Final = 1 << 20
"""Bytes of a file that a person writes."""

DEEPEST: Final = 40
"""Levels of lists and objects in each other. Nothing of ours has more than six."""


class Senseless(ValueError):
    """What was read is no file, too large, or no JSON or TOML that anything here can have written."""


def open_regular(path: Path) -> BinaryIO:
    """Open a file to be read; a link is followed.

    :raises Senseless: it is a folder, a pipe, a socket or a device.
    :raises OSError: as the disk gave it.
    """
    # Without O_NONBLOCK a pipe is waited for. A look before it is opened would tell of what was there before.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        # A link to itself, a socket, a device without a driver; a folder where folders cannot be opened.
        if error.errno in {errno.ELOOP, errno.ENXIO, errno.ENODEV, errno.EOPNOTSUPP} or path.is_dir():
            raise Senseless(f"{path.name} is no file") from error
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Senseless(f"{path.name} is no file")
    return os.fdopen(descriptor, "rb")


def read_regular(path: Path, most: int = MOST_BYTES) -> bytes:
    """A whole file of at most so many bytes.

    :raises Senseless: it is no file, or longer.
    :raises OSError: as the disk gave it.
    """
    with open_regular(path) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise Senseless(f"{path.name} is longer than {most / 1e6:.0f} MB")
    return data


def last_bytes(file: BinaryIO, most: int) -> bytes:
    """The end of an open file that somebody else wrote, whatever its length."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - most))
    return file.read(most)


def parse_json(text: bytes | str) -> Any:
    """What a JSON text says.

    :raises Senseless: it is none, too deep, or holds a number that is none.
    """
    try:
        return _shallow(json.loads(text, parse_constant=_no_number))
    except (ValueError, RecursionError) as error:
        raise Senseless(f"no JSON: {_why(error)}") from error


def parse_toml(text: str) -> dict[str, Any]:
    """What a TOML text says.

    :raises Senseless: it is none, or too deep.
    """
    try:
        found: dict[str, Any] = _shallow(tomllib.loads(text))
    except (ValueError, RecursionError) as error:
        raise Senseless(_why(error)) from error
    return found


def read_json(path: Path, most: int = MOST_BYTES) -> Any:
    """What a JSON file says. Raises what `read_regular` and `parse_json` raise."""
    return parse_json(read_regular(path, most))


def _no_number(name: str) -> float:
    raise Senseless(f"{name} is no number")


def _why(error: Exception) -> str:
    return "too deep" if isinstance(error, RecursionError) else str(error)


def _shallow(found: Any) -> Any:
    """`found`, if it is no deeper than `DEEPEST`: what a parser has room for may leave none to those who use it."""
    level = [found] if isinstance(found, dict | list) else []
    for _ in range(DEEPEST):
        inner = (each.values() if isinstance(each, dict) else each for each in level)
        level = [one for each in inner for one in each if isinstance(one, dict | list)]
        if not level:
            return found
    raise Senseless("too deep")
