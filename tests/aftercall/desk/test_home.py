"""Everything lies below one folder where AFTERCALL_HOME names it, and in the platform's places where not."""

import json
from pathlib import Path

import pytest
from cli import run

from aftercall.desk.home import Home


def test_the_variable_moves_data_and_settings_but_not_the_cache(tmp_path: Path) -> None:
    moved, usual = Home.find({"AFTERCALL_HOME": str(tmp_path / "rep")}), Home.find({})

    assert moved.data == tmp_path / "rep"
    assert moved.config_file == tmp_path / "rep" / "config.toml"
    assert moved.cache == usual.cache
    assert (moved.inbox, moved.audio, moved.database) == (
        tmp_path / "rep" / "inbox",
        tmp_path / "rep" / "audio",
        tmp_path / "rep" / "memos.db",
    )


@pytest.mark.parametrize("nothing", [{}, {"AFTERCALL_HOME": ""}])
def test_without_it_each_has_the_platforms_place(nothing: dict[str, str]) -> None:
    found = Home.find(nothing)

    assert "aftercall" in found.data.parts
    assert found.config_file.name == "config.toml"
    assert found.models.parent == found.cache


def test_a_tilde_and_a_relative_path_are_made_whole() -> None:
    assert Home.find({"AFTERCALL_HOME": "~/rep"}).data == Path.home() / "rep"
    assert Home.find({"AFTERCALL_HOME": "rep"}).data == Path.cwd() / "rep"


def test_a_user_whom_nobody_knows_is_told_in_one_line() -> None:
    done = run("inbox", home=Path("~nosuch"))
    assert (done.code, len(done.lines)) == (2, 1)
    assert "AFTERCALL_HOME" in done.err


def test_looking_makes_no_folder(home: Path) -> None:
    for command in (["config"], ["inbox"], ["list"], ["search", "x"], ["due"], ["when", "Tuesday"]):
        run(*command, home=home)

    assert not home.exists()


def test_config_tells_the_places(home: Path) -> None:
    places = json.loads(run("config", "--json", home=home).out)["places"]

    assert places["data"] == str(home)
    assert set(places) == {"settings", "data", "inbox", "memos", "sound", "weights"}
