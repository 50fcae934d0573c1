"""The rooms keep to themselves, the wheel holds them and nothing else, and no file says where it was made."""

import ast
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest

from aftercall.desk.errors import EXIT_CODES

ROOT: Final = Path(__file__).parents[1]
MAY_IMPORT: Final = {
    "aftercall": {"capture", "transcribe", "review", "memos"},
    "review": {"transcribe", "memos"},
    "capture": set(),
    "transcribe": set(),
    "memos": set(),
}
"""Which room may import which others: docs/architecture.md."""

LONGEST_MODULE: Final = 300


def tracked() -> list[Path]:
    """The files of the project as they would be committed now, relative to its root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = {Path(name) for name in listed.stdout.decode().split("\0") if name}
    return sorted(path for path in paths if (ROOT / path).is_file())


def modules(room: str) -> list[Path]:
    found = [path for path in tracked() if path.parts[0] == room and path.suffix == ".py"]
    assert found, f"the room {room} is empty"
    return found


def imported_modules(path: Path) -> Iterator[str]:
    """The dotted name of everything that a file imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides which room it means"
            assert node.module is not None
            yield node.module


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_the_rooms_below_it(room: str) -> None:
    for path in modules(room):
        rooms = {name.split(".")[0] for name in imported_modules(path)} & MAY_IMPORT.keys()
        forbidden = rooms - MAY_IMPORT[room] - {room}
        assert not forbidden, f"{path} imports {', '.join(sorted(forbidden))}"


def test_no_room_imports_the_tests_or_what_lies_beside_the_rooms() -> None:
    beside = {"tests", "samples", "benchmarks", "docs", "conftest", "cli"}
    for room in MAY_IMPORT:
        for path in modules(room):
            assert not beside & {name.split(".")[0] for name in imported_modules(path)}, path


def test_no_modules_of_a_room_import_each_other_in_a_circle_when_they_load() -> None:
    """Only imports at the top level count here: those in a function run when all is loaded."""
    graph: dict[str, set[str]] = {}
    for room in MAY_IMPORT:
        for path in modules(room):
            name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
            body = ast.parse((ROOT / path).read_text("utf-8")).body
            graph[name] = {node.module for node in body if isinstance(node, ast.ImportFrom) and node.module}

    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, f"a circle: {' -> '.join((*way, name))}"
        if name in done or name not in graph:
            return
        for other in sorted(graph[name]):
            visit(other, (*way, name))
        done.add(name)

    for name in sorted(graph):
        visit(name, ())


def test_every_module_says_in_a_line_what_it_is_for_and_fits_a_head() -> None:
    for path in tracked():
        if path.suffix != ".py" or path.parts[0] == "tests":
            continue
        text = (ROOT / path).read_text("utf-8")
        assert len(text.splitlines()) <= LONGEST_MODULE, f"{path} is too long"
        assert ast.get_docstring(ast.parse(text)), f"{path} has no docstring"


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_every_way_to_fail_has_an_exit_code_that_the_manual_knows(room: str) -> None:
    module = import_module(f"{room}.errors")
    kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    own = [kind for kind in kinds if kind.__module__ == module.__name__]

    assert len(own) > 1
    [base] = [kind for kind in own if kind.__mro__[1] is Exception]
    for kind in own:
        assert issubclass(kind, base), kind
        assert kind.exit_code in EXIT_CODES, kind  # type: ignore[attr-defined]
        assert kind.exit_code != 0, kind  # type: ignore[attr-defined]
        assert kind.__doc__, kind


def test_no_file_says_on_which_machine_it_was_made() -> None:
    places = re.compile(rb"(?<![\w./-])/(?:work|root|home/[a-z]\w*|Users/[A-Za-z]\w*)(?:/|\b)")
    allowed = {Path(__file__).relative_to(ROOT)}
    for path in set(tracked()) - allowed:
        if path.suffix in {".flac", ".wav", ".png"}:
            continue
        found = places.search((ROOT / path).read_bytes())
        assert found is None, f"{path} says {found and found[0]!r}"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel as it is built from the files of the project and no others."""
    folder = tmp_path_factory.mktemp("wheel")
    clean = folder / "clean"
    for path in tracked():
        (clean / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, clean / path)
    # Without isolation, since that would fetch the build tools from the network.
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(clean)],
        capture_output=True,
        encoding="utf-8",
    )
    assert built.returncode == 0, built.stdout + built.stderr
    [path] = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_wheel_holds_the_five_rooms_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    inside = {name for name in wheel.namelist() if ".dist-info/" not in name}

    assert inside == {str(path) for room in MAY_IMPORT for path in modules(room)}


def test_the_wheel_holds_each_module_as_it_is_here(wheel: zipfile.ZipFile) -> None:
    for room in MAY_IMPORT:
        for path in modules(room):
            assert wheel.read(str(path)) == (ROOT / path).read_bytes(), path


def test_the_wheel_brings_the_command_and_the_licence(wheel: zipfile.ZipFile) -> None:
    about = {name.split(".dist-info/")[1]: name for name in wheel.namelist() if ".dist-info/" in name}

    assert wheel.read(about["entry_points.txt"]).decode().strip() == (
        "[console_scripts]\naftercall = aftercall.__main__:main"
    )
    assert wheel.read(about["licenses/LICENSE"]) == (ROOT / "LICENSE").read_bytes()
