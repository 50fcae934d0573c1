"""The command line that adds a missing package where this program is installed.

How a package is added depends on how the program was installed: pipx and uv keep environments of their own, which pip
in a terminal does not reach, and aftercall itself is on no package index.
"""

import os
import re
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, distributions, requires
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlsplit
from urllib.request import url2pathname

from ground.reader import parse_json, parse_toml

PROGRAM: Final = "aftercall"


@dataclass(frozen=True, slots=True)
class Environment:
    """Where packages are to be added."""

    prefix: Path
    """Its folder, as `sys.prefix`."""
    has_pip: bool

    @classmethod
    def running(cls) -> Self:
        """The one that this program runs in."""
        return cls(Path(sys.prefix), find_spec("pip") is not None)


def how_to_install(packages: Sequence[str], environment: Environment, *, anew: bool) -> str:
    """The command line that adds these distributions, in the versions that aftercall asks for; `anew`: although they
    are installed already."""
    prefix, wanted = environment.prefix, [_requirement(name) for name in packages]
    if (prefix / "pipx_metadata.json").is_file():
        return command_line(["pipx", "inject", *(["--force"] if anew else []), prefix.name, *wanted])
    python = str(prefix / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    receipt = prefix / "uv-receipt.toml"
    if receipt.is_file() and not anew and (tool := _uv_tool(receipt.read_text("utf-8"))):
        # What is put into the environment alone goes with the next `uv tool upgrade`.
        own, *others = tool
        extra = [part for requirement in dict.fromkeys((*others, *wanted)) for part in ("--with", requirement)]
        return command_line(["uv", "tool", "install", *extra, own])
    if receipt.is_file() or not environment.has_pip:
        return command_line(["uv", "pip", "install", *(["--reinstall"] if anew else []), "--python", python, *wanted])
    again = ["--force-reinstall", "--no-deps"] if anew else []
    return command_line([python, "-m", "pip", "install", *again, *_constraints(), *wanted])


def command_line(arguments: Sequence[str]) -> str:
    """Quoted as this system's shells take it."""
    if os.name != "nt":
        return shlex.join(arguments)
    return " ".join(argument if re.fullmatch(r"[\w.=:\\/-]+", argument) else f'"{argument}"' for argument in arguments)


def _requirement(name: str) -> str:
    """The distribution with the versions that aftercall asks for: "caldav<4,>=3.6"."""
    try:
        asked = requires(PROGRAM) or ()
    except PackageNotFoundError:  # run from its folder, not installed
        asked = ()
    for line in asked:
        requirement = line.partition(";")[0].strip()
        if re.split(r"[^\w.-]", requirement, maxsplit=1)[0].casefold() == name.casefold():
            return requirement
    return name


def is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def _constraints() -> Iterator[str]:
    """Where it was installed from a clone that is still there: the versions that were tested together."""
    # More than one: a build leaves an egg-info in the clone, which is found first where the clone is on the path.
    for found in distributions(name=PROGRAM):
        origin = parse_json(found.read_text("direct_url.json") or "{}")
        pins = Path(url2pathname(urlsplit(str(origin.get("url", ""))).path)) / "constraints.txt"
        if pins.is_file():
            yield from ("-c", str(pins))
            return


def _uv_tool(receipt: str) -> list[str] | None:
    """What `uv tool install` was given, from its receipt, aftercall first; None where it cannot be said in a line."""
    try:
        requirements = [_uv_requirement(entry) for entry in parse_toml(receipt)["tool"]["requirements"]]
    except (KeyError, TypeError, ValueError):
        return None
    return sorted(requirements, key=lambda requirement: not requirement.startswith(PROGRAM))


def _uv_requirement(entry: Mapping[str, Any]) -> str:
    """
    :raises ValueError: it says something that has no place in a requirement, such as that it is editable; or names a
        place that is gone.
    """
    extras = f"[{','.join(entry['extras'])}]" if entry.get("extras") else ""
    name = f"{entry['name']}{extras}"
    match [(kind, str(value)) for kind, value in entry.items() if kind not in {"name", "extras"}]:
        case []:
            return name
        case [("specifier", versions)]:
            return name + versions
        case [("directory" | "path", place)] if Path(place).exists():
            return f"{name} @ {Path(place).as_uri()}"
        case [("url", address)]:
            return f"{name} @ {address}"
        case [("git", address)]:
            repository, _, at = address.partition("?")
            return f"{name} @ git+{repository}" + (f"@{at.partition('=')[2]}" if at else "")
    raise ValueError(f"not to be said in a requirement: {entry}")
