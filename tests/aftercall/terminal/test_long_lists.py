"""A list however long is written as it is read: memory does not grow with it."""

import io
import json
import os
import shutil
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

import click
import pytest
from cli import run

from aftercall.commands import list_
from aftercall.desk.app import App
from aftercall.desk.export.json_text import json_array_pieces
from aftercall.terminal.face import TerminalFace
from aftercall.terminal.output import print_long_table
from memos.models import ConfirmedMemo

Fill = Callable[..., None]


def peak(command: click.Command, arguments: list[str], home: Path) -> int:
    """The most memory that a command takes, in bytes."""
    app = App.start({"AFTERCALL_HOME": str(home)}, lambda settings: TerminalFace(plain=True))
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        tracemalloc.start()
        try:
            command.main(arguments, standalone_mode=False, obj=app)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


@pytest.fixture(scope="module")
def homes(
    tmp_path_factory: pytest.TempPathFactory, fill: Fill, make_memo: Callable[..., ConfirmedMemo]
) -> dict[int, Path]:
    """Homes with so many long memos. Not to be changed."""
    folder = tmp_path_factory.mktemp("long")
    long = [replace(make_memo(number), text="word " * 1000, heard="word " * 1000) for number in range(600)]
    fill(folder / "2", *long[:2])
    shutil.copytree(folder / "2", folder / "200")
    fill(folder / "200", *long[2:200])
    shutil.copytree(folder / "200", folder / "600")
    fill(folder / "600", *long[200:])
    return {count: folder / str(count) for count in (2, 200, 600)}


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (list_.command, ["--limit", "1000000"]),
        (list_.command, ["--limit", "1000000", "--json"]),
        (list_.command, ["--limit", "1000000", "--nl"]),
        (list_.command, ["--limit", "1000000", "--csv"]),
    ],
    ids=str,
)
def test_three_times_as_many_memos_take_hardly_more_memory(
    homes: dict[int, Path], command: click.Command, arguments: list[str]
) -> None:
    peak(command, arguments, homes[2])  # what is imported stays
    some = peak(command, arguments, homes[200])
    assert peak(command, arguments, homes[600]) < 1.5 * some


@pytest.mark.parametrize("rows", [[], [{"a": "Ł\n", "b": [1, {"c": None}]}], [{}, {"x": "]"}]])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_an_array_in_pieces_is_the_array(rows: list[dict[str, object]], ascii_only: bool) -> None:
    pieces = json_array_pieces(iter(rows), ascii_only=ascii_only)
    assert "".join(pieces) == json.dumps(rows, ensure_ascii=ascii_only, indent=2)


def test_a_long_table_has_one_head_and_its_columns_stay_where_they_are() -> None:
    columns = [("id", {"width": 6}), ("what", {"ratio": 1})]
    out = io.StringIO()
    written = []

    def rows() -> Iterator[tuple[str, str]]:
        for number in range(250):
            written.append(out.tell())
            yield str(number), "word " * (number // 50)

    with redirect_stdout(out):
        print_long_table(columns, rows())
    assert 0 < written[100] < written[200]  # what came before is out, and not kept
    lines = [line for line in out.getvalue().splitlines() if line[:6].strip()]
    assert lines[0].split() == ["id", "what"]
    assert [line.split()[0] for line in lines[2:]] == [str(number) for number in range(250)]
    assert {line.index("word") for line in lines if "word" in line} == {lines[0].index("what")}


def test_the_ids_of_a_limited_list_are_the_newest(home: Path, fill: Fill) -> None:
    fill(home, *range(120))
    every = run("list", "--ids", "--limit", "1000", home=home).out.split()
    assert len(every) == 120
    assert every == sorted(every, reverse=True)
    assert run("list", "--ids", "--limit", "77", home=home).out.split() == every[:77]
