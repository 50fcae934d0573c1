"""What is written for another program is UTF-8, or ASCII, whatever the encoding of the terminal is."""

import csv
import io
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cli import AFTERCALL, environment, run

ODD = "Łukasz wrote “naïve” in 東京 👍"
ENCODINGS = ["ascii", "latin-1"]


@pytest.fixture
def home(home: Path) -> Path:
    assert run("contacts", "add", "Łukasz Müller", "--company", "東京 Ltd", home=home).code == 0
    assert run("jot", ODD, "--contact", "Łukasz", home=home).code == 0
    return home


def written(home: Path, encoding: str, *command: str) -> bytes:
    variables = environment(home) | {"PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    done = subprocess.run([*AFTERCALL, *command], env=variables, capture_output=True, check=True)
    return done.stdout


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "command",
    [
        ("contacts", "list", "--json"),
        ("contacts", "list", "--nl"),
        ("contacts", "show", "1", "--json"),
        ("inbox", "--json"),
        ("config", "--json"),
        ("when", "--json", "ring Łukasz next Tuesday"),
    ],
)
def test_json_is_json_in_every_encoding(home: Path, encoding: str, command: tuple[str, ...]) -> None:
    here: Any = json.loads(written(home, encoding, *command).decode("utf-8"))

    assert here == json.loads(written(home, "utf-8", *command))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_csv_is_utf_8_in_every_encoding_and_has_a_byte_order_mark_where_it_is_asked_for(
    home: Path, encoding: str
) -> None:
    plain = written(home, encoding, "contacts", "list", "--csv")
    marked = written(home, encoding, "contacts", "list", "--csv-bom")

    [row] = csv.DictReader(io.StringIO(plain.decode("utf-8")))
    assert (row["name"], row["company"]) == ("Łukasz Müller", "東京 Ltd")
    assert marked == b"\xef\xbb\xbf" + plain.replace(os.linesep.encode(), b"\n")


def test_a_mark_stands_before_csv_and_nothing_else(home: Path) -> None:
    assert run("contacts", "list", "nobody", "--csv-bom", home=home).out == ""
    assert run("export", "--to", "json", "--bom", home=home).code == 2
