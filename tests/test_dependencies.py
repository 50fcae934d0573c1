"""What is imported is asked for, and what is asked for at least is what was tested."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT: Final = Path(__file__).parents[1]
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ROOMS: Final = [pattern.rstrip("*") for pattern in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]]


def asked_for(*extras: str) -> list[Requirement]:
    """What is always installed, and with these extras."""
    project = PROJECT["project"]
    groups = [project["dependencies"], *(project["optional-dependencies"][name] for name in extras)]
    every = [Requirement(line) for group in groups for line in group]
    return [requirement for requirement in every if requirement.name != project["name"]]


def pinned() -> dict[str, Version]:
    """The versions in constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line.split("==") for line in lines if not line.startswith("#")]
    return {canonicalize_name(name): Version(version) for name, version in pins}


def imported_from_elsewhere(folder: str) -> Iterator[str]:
    """The distributions that the modules in a folder import from, wherever in them the import stands."""
    brought_by = packages_distributions()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for name in names:
                top = name.partition(".")[0]
                if top not in sys.stdlib_module_names and not (ROOT / top).is_dir():
                    yield from map(canonicalize_name, brought_by.get(top, ()))


def test_what_the_rooms_import_is_asked_for_by_name() -> None:
    """Not only by something else that is: that may do without it in its next version."""
    known = {canonicalize_name(requirement.name) for requirement in asked_for("caldav", "fast", "team", "web")}
    imported = {name for room in ROOMS for name in imported_from_elsewhere(room)}
    assert {"av", "openai-whisper", "python-dateutil"} <= imported
    assert imported <= known


def test_what_the_tests_import_is_asked_for_by_name() -> None:
    known = {canonicalize_name(requirement.name) for requirement in asked_for("caldav", "fast", "team", "web", "test")}
    assert set(imported_from_elsewhere("tests")) <= known


def test_no_lower_bound_is_older_than_what_was_tested() -> None:
    """As many parts of the version as the bound has are those of constraints.txt: av>=18.1 where 18.1.0 was tested."""
    pins = pinned()
    for requirement in asked_for("caldav", "fast", "team", "web", "test", "weights"):
        tested = pins[canonicalize_name(requirement.name)]
        assert tested in requirement.specifier, requirement
        [bound] = [part.version for part in requirement.specifier if part.operator in {">=", "=="}]
        assert re.match(rf"{re.escape(bound)}(\.|$)", str(tested)), f"{requirement}, but {tested} was tested"
