"""Where exported files go: into a folder, each under a name with the time, or beside the name that was given."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from aftercall.desk.errors import FrontDoorError
from ground.durable import atomic_file, disk_trouble

_SAFE: Final = "Nothing was exported."


def destinations(
    given: Path, names: Sequence[str], suffix: str, now: datetime, *, always_named: bool = False, prefix: str = ""
) -> dict[str, Path]:
    """The file for each of `names`: in `given` if that is a folder, else `given` itself, with the name before its
    ending where there is more than one or `always_named`.

    :raises FrontDoorError: one of them exists already, or there is no such folder.
    :raises DiskTrouble: no file can have such a name.
    """
    with disk_trouble(_SAFE):
        return _destinations(given, names, suffix, now, always_named, prefix)


def _destinations(
    given: Path, names: Sequence[str], suffix: str, now: datetime, always_named: bool, prefix: str
) -> dict[str, Path]:
    if given.is_dir():
        stem = "-".join(filter(None, ["aftercall", prefix]))
        paths = {name: given / f"{stem}-{name}-{now:%Y%m%d-%H%M%S}{suffix}" for name in names}
    elif always_named or len(names) > 1:
        if not given.suffix:
            raise FrontDoorError(f"There is no folder {given}. Nothing was written.")
        paths = {name: given.with_name(f"{given.stem}-{name}{given.suffix or suffix}") for name in names}
    else:
        paths = dict.fromkeys(names, given)
    for path in paths.values():
        if path.exists():
            raise FrontDoorError(f"{path} exists already and was left as it is. Give another name, or a folder.")
        if not path.parent.is_dir():
            raise FrontDoorError(f"There is no folder {path.parent}. Nothing was written.")
    return paths


def write_files(texts: Mapping[Path, str | Iterable[str]]) -> None:
    """Write all of them, whole and readable by their owner only, or none; a text may come in pieces.

    :raises DiskTrouble: the disk refused.
    """
    written: list[Path] = []
    try:
        for path, text in texts.items():
            with disk_trouble(_SAFE), atomic_file(path) as file:
                for piece in [text] if isinstance(text, str) else text:
                    file.write(piece.encode("utf-8", "replace"))
            written.append(path)
    except BaseException:
        for path in written:
            with suppress(OSError):
                path.unlink()
        raise
