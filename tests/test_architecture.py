"""The rooms keep to themselves, the wheel holds them and nothing else, and no file says where it was made."""

import ast
import re
import shutil
import subprocess
import sys
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest
from fence import ROOMS, circles, imports_of, modules_of, not_allowed, part_of

from aftercall.commands import COMMANDS
from aftercall.desk.errors import EXIT_CODES
from ground.errors import AftercallError

ROOT: Final = Path(__file__).parents[1]
LONGEST_MODULE: Final = 300
DATA: Final = {"review/outcome_weights.json", "review/next_call/day_weights.json", "review/next_call/hour_weights.json"}
"""What the wheel holds beside modules."""


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


def house() -> dict[str, str]:
    """The source of every module of ours, by its dotted name."""
    return modules_of(ROOT)


def test_every_part_of_the_house_imports_only_those_below_it_and_a_face_only_where_there_is_one() -> None:
    assert list(map(str, not_allowed(imports_of(house())))) == []


def test_no_modules_import_each_other_in_a_circle_in_functions_neither() -> None:
    assert circles(imports_of(house())) == []


def test_the_ground_is_at_most_eight_small_files() -> None:
    files = [path for path in modules("ground") if path.name != "__init__.py"]

    assert len(files) <= 8
    assert all(len((ROOT / path).read_text("utf-8").splitlines()) < 200 for path in files)


def test_json_and_toml_are_read_in_one_place() -> None:
    found = [name for name, source in house().items() if re.search(r"json\.loads?\(|import tomllib", source)]

    assert found == ["ground.reader"]


def test_no_room_imports_the_tests_or_what_lies_beside_the_rooms() -> None:
    beside = {"tests", "samples", "benchmarks", "docs", "conftest", "cli", "fence"}

    assert [str(one) for one in imports_of(house()) if one.of.split(".")[0] in beside] == []


# What the fence must see, in a house of a few files; each would be none of its business if it looked less closely.
SMALL_HOUSE: Final = {
    "ground": "",
    "ground.lock": "import os",
    "capture": "",
    "capture.inbox": "from ground import lock",
    "memos": "",
    "memos.store": "from memos import contacts",
    "memos.contacts": "from ground.lock import only_one",
    "review": "",
    "review.session": "from memos.store import Store",
    "aftercall": "",
    "aftercall.cli": "import click\nfrom aftercall.commands import show",
    "aftercall.plugins": "from aftercall.desk.app import App",
    "aftercall.desk": "",
    "aftercall.desk.app": "def store():\n    from memos.store import Store",
    "aftercall.terminal": "",
    "aftercall.terminal.face": "import click\nfrom aftercall.desk.app import App",
    "aftercall.commands": "",
    "aftercall.commands.show": "from aftercall.terminal.face import Face\nfrom aftercall.plugins import installed",
}


def test_the_fence_lets_a_house_be_that_is_in_order() -> None:
    imports = imports_of(SMALL_HOUSE)

    assert not_allowed(imports) == []
    assert circles(imports) == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("memos.contacts", "from memos.store import Store"),
        ("memos.contacts", "from memos import store"),
        ("memos.contacts", "import memos.store"),
        ("memos.contacts", "if TYPE_CHECKING:\n    from memos.store import Store"),
        ("memos.contacts", "def later():\n    from memos.store import Store"),
        (
            "memos.contacts",
            "class Late:\n    def later(self):\n        return [lambda: __import__, 1]\n    from memos import store",
        ),
        ("aftercall.desk.app", "def later():\n    import aftercall.desk.app"),
    ],
)
def test_the_fence_sees_a_circle_wherever_the_import_stands(module: str, line: str) -> None:
    assert circles(imports_of(SMALL_HOUSE | {module: f"{SMALL_HOUSE[module]}\n{line}"}))


def test_the_fence_names_all_that_stand_in_a_circle_of_more_than_two() -> None:
    round_trip = {
        "memos.contacts": "def a():\n    from memos.cards import read",
        "memos.cards": "def b():\n    from memos import store",
    }

    assert circles(imports_of(SMALL_HOUSE | round_trip)) == [["memos.cards", "memos.contacts", "memos.store"]]


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("ground.lock", "from memos.store import Store"),
        ("ground.lock", "def later():\n    import capture.inbox"),
        ("capture.inbox", "from memos import store"),
        ("memos.store", "def later():\n    from review.session import Session"),
        ("review.session", "from capture.inbox import Inbox"),
        ("review.session", "from aftercall.desk.app import App"),
        ("review.session", "def later():\n    from rich.text import Text"),
        ("memos.store", "import click"),
        ("aftercall.desk.app", "import prompt_toolkit.document"),
        ("aftercall.desk.app", "if TYPE_CHECKING:\n    from starlette.requests import Request"),
        ("aftercall.desk.app", "from aftercall.terminal import face"),
        ("aftercall.desk.app", "from aftercall.commands.show import command"),
        ("aftercall.desk.app", "def later():\n    from aftercall.cli import cli"),
        ("aftercall.desk.app", "from aftercall import plugins"),
        ("aftercall.terminal.face", "from aftercall.commands import show"),
        ("aftercall.terminal.face", "def later():\n    from aftercall.plugins import installed"),
        ("aftercall.commands.show", "from aftercall.cli import cli"),
    ],
)
def test_the_fence_sees_an_import_that_goes_up_or_through_a_wall_wherever_it_stands(module: str, line: str) -> None:
    [found] = not_allowed(imports_of(SMALL_HOUSE | {module: f"{SMALL_HOUSE[module]}\n{line}"}))

    assert found.by == module
    assert found.late == line.startswith("def")


def test_the_fence_knows_every_part_of_the_house() -> None:
    """A module that it knew nothing of could import anything."""
    assert all(part_of(name) for name in house())


def test_every_module_says_in_a_line_what_it_is_for_and_fits_a_head() -> None:
    for path in tracked():
        if path.suffix != ".py" or path.parts[0] == "tests":
            continue
        text = (ROOT / path).read_text("utf-8")
        assert len(text.splitlines()) <= LONGEST_MODULE, f"{path} is too long"
        assert ast.get_docstring(ast.parse(text)), f"{path} has no docstring"


@pytest.mark.parametrize("room", ROOMS)
def test_every_way_to_fail_has_an_exit_code_that_the_manual_knows(room: str) -> None:
    module = import_module("aftercall.desk.errors" if room == "aftercall" else f"{room}.errors")
    kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    own = [kind for kind in kinds if kind.__module__ == module.__name__]

    assert len(own) > 1
    for kind in own:
        assert issubclass(kind, AftercallError), kind
        assert kind.exit_code in EXIT_CODES, kind
        assert kind.exit_code != 0, kind
        assert kind.__doc__, kind


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "aftercall"])
def test_no_room_below_the_door_names_a_command_in_what_it_says(room: str) -> None:
    """What the rep can do about it is the door's to say: aftercall/desk/hints.py."""
    command = re.compile(rf"\baftercall (?:{'|'.join(COMMANDS)})\b|pip install")
    for path in modules(room):
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        documents = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
                assert not command.search(node.value), f"{path}, line {node.lineno}: {node.value}"


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


def test_the_wheel_holds_the_rooms_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    inside = {name for name in wheel.namelist() if ".dist-info/" not in name}

    assert inside == {str(path) for room in ROOMS for path in modules(room)} | DATA


def test_the_wheel_holds_its_data_as_they_are_here(wheel: zipfile.ZipFile) -> None:
    for path in DATA:
        assert wheel.read(path) == (ROOT / path).read_bytes(), path


def test_the_wheel_holds_each_module_as_it_is_here(wheel: zipfile.ZipFile) -> None:
    for room in ROOMS:
        for path in modules(room):
            assert wheel.read(str(path)) == (ROOT / path).read_bytes(), path


def test_the_wheel_brings_the_command_and_the_licence(wheel: zipfile.ZipFile) -> None:
    about = {name.split(".dist-info/")[1]: name for name in wheel.namelist() if ".dist-info/" in name}

    assert wheel.read(about["entry_points.txt"]).decode().strip() == (
        "[console_scripts]\naftercall = aftercall.__main__:main"
    )
    assert wheel.read(about["licenses/LICENSE"]) == (ROOT / "LICENSE").read_bytes()
