"""Import at the command line: what a file says of when it was spoken is believed only where it can be."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import av
import pytest
from cli import Terminal, run

Sample = Callable[[str], Path]


@pytest.fixture
def from_2940(tmp_path: Path, sample: Sample) -> Path:
    """A spoken memo whose recorder believed that it is the year 2940."""
    path = tmp_path / "memo.flac"
    with av.open(str(sample("plain"))) as source, av.open(str(path), "w") as target:
        target.metadata["creation_time"] = "2940-01-01T10:20:30Z"
        stream = target.add_stream_from_template(source.streams.audio[0])
        for packet in source.demux(audio=0):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    changed = datetime.fromisoformat("2026-02-03T04:05:06+00:00").timestamp()
    os.utime(path, (changed, changed))
    return path


def imported(home: Path) -> dict[str, Any]:
    [row] = json.loads(run("inbox", "--json", home=home).out)
    return dict(row)


def test_without_a_terminal_the_date_of_the_file_counts_and_that_is_said(home: Path, from_2940: Path) -> None:
    done = run("import", from_2940, home=home)

    assert done.code == 0
    assert "memo.flac says that it was recorded on" in done.lines[0]
    assert "still to come. The file's own date counts instead" in done.lines[0]
    assert datetime.fromisoformat(imported(home)["spoken_at"]) == datetime.fromisoformat("2026-02-03T04:05:06+00:00")


def test_at_a_terminal_the_rep_is_asked_until_they_name_a_time_that_was(home: Path, from_2940: Path) -> None:
    with Terminal("import", from_2940, home=home) as terminal:
        terminal.see("still to come")
        terminal.see("when was it spoken")
        terminal.type("2940-01-01\r")
        terminal.see("no day and time that was")
        terminal.type("2026-10-05 16:40\r")
        assert terminal.end() == 0

    assert imported(home)["spoken_at"].startswith("2026-10-05T16:40:00")


def test_who_leaves_that_question_has_imported_nothing_and_may_be_asked_again(home: Path, from_2940: Path) -> None:
    with Terminal("import", from_2940, home=home) as terminal:
        terminal.see("when was it spoken")
        terminal.type("\x03")
        terminal.see("was not imported")
        assert terminal.end() == 5
    assert json.loads(run("inbox", "--json", home=home).out) == []

    with Terminal("import", from_2940, home=home) as terminal:
        terminal.see("when was it spoken")
        terminal.type("\r")
        assert terminal.end() == 0
    assert imported(home)["spoken_at"]


def test_each_copy_of_it_is_asked_about_once(home: Path, from_2940: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(from_2940, tmp_path / "copy.flac"))

    done = run("import", from_2940, copy, home=home)

    assert [line for line in done.lines if "still to come" in line] == done.lines[:1]
    assert "copy.flac was imported before." in done.err
