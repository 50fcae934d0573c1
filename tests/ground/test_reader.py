"""What comes back from the disk is read only where it is a file of a sane size that makes sense."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ground.reader import DEEPEST, Senseless, parse_json, parse_toml, read_json, read_regular


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, _loop, _device])
def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "note.json")

    with pytest.raises(Senseless, match="is no file"):
        read_json(tmp_path / "note.json")


def test_a_link_to_a_file_is_that_file_and_one_to_nowhere_is_missing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("[1]")
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "dangling").symlink_to("nowhere")

    assert read_json(tmp_path / "link") == [1]
    with pytest.raises(FileNotFoundError):
        read_json(tmp_path / "dangling")


def test_a_file_may_have_so_many_bytes_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345678")

    assert read_regular(tmp_path / "file", 8) == b"12345678"
    with pytest.raises(Senseless, match="longer"):
        read_regular(tmp_path / "file", 7)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1),
        '{"a":' * 60 + "1" + "}" * 60,
        "NaN",
        "[-Infinity]",
        "1" * 10_000,
        "",
        "{",
        b"\xff\xfe\x00",
        b"\x80",
    ],
)
def test_json_that_nothing_of_ours_can_have_written_makes_no_sense(text: str | bytes) -> None:
    with pytest.raises(Senseless):
        parse_json(text)


@pytest.mark.parametrize("text", ["a = " + "[" * 50_000, "a = " + "[" * 60 + "]" * 60, "a = ", "=", "a = 1\na = 2"])
def test_toml_that_nobody_writes_makes_no_sense(text: str) -> None:
    with pytest.raises(Senseless):
        parse_toml(text)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)))
def test_what_was_written_comes_back(value: object) -> None:
    assert parse_json(json.dumps(value)) == value
