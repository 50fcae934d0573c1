"""Whose the folders are that memos lie in, who else may look into them, and whether a memo fits."""

import os
import stat
from pathlib import Path

import pytest

from aftercall.desk import folders
from aftercall.desk.folders import what_is_wrong, why_no_memo_fits
from aftercall.desk.home import Home

SOMEBODY: int = 12345

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a folder away")


@pytest.fixture
def whole(tmp_path: Path) -> Home:
    found = Home(tmp_path / "home", tmp_path / "home" / "config.toml", tmp_path / "cache")
    for folder in (found.data, found.inbox, found.audio, found.calendar, found.cache, found.models):
        folder.mkdir(mode=0o700)
    return found


def test_of_folders_that_are_the_reps_alone_nothing_is_said(whole: Home) -> None:
    assert list(what_is_wrong(whole)) == []
    assert why_no_memo_fits(whole) is None


@pytest.mark.parametrize("name", ["data", "inbox", "audio", "calendar"])
def test_each_folder_that_others_can_read_is_named(whole: Home, name: str) -> None:
    folder: Path = getattr(whole, name)
    folder.chmod(0o750)
    assert list(what_is_wrong(whole)) == [f"{folder} can be read by others (mode 750); --repair closes it"]


@as_root
@pytest.mark.parametrize("name", ["data", "inbox", "audio", "calendar"])
def test_each_folder_of_somebody_else_is_named(whole: Home, name: str) -> None:
    folder: Path = getattr(whole, name)
    os.chown(folder, SOMEBODY, -1)
    [line] = what_is_wrong(whole)
    assert line.startswith(f"{folder} belongs to user {SOMEBODY}")


@as_root
def test_a_link_into_somebody_elses_folder_is_named(whole: Home, tmp_path: Path) -> None:
    (tmp_path / "theirs" / "inbox").mkdir(parents=True, mode=0o700)
    os.chown(tmp_path / "theirs", SOMEBODY, -1)
    whole.inbox.rmdir()
    whole.inbox.symlink_to(tmp_path / "theirs" / "inbox")
    assert list(what_is_wrong(whole)) == [
        f"{whole.inbox} is a link into a folder of user {SOMEBODY}, who can put another in its place"
    ]


def test_code_that_others_could_put_into_the_cache_is_named(whole: Home) -> None:
    whole.models.chmod(0o777)
    [line] = what_is_wrong(whole)
    assert line.startswith(f"{whole.models} can be written to by others")


def test_where_there_are_no_modes_none_are_judged(whole: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where every folder seems to be open to all."""
    whole.data.chmod(0o777)
    monkeypatch.setattr(folders, "HAS_MODES", False)
    assert list(what_is_wrong(whole)) == []
    assert folders.open_to_others(whole.data) == 0


def test_a_memo_is_tried_where_it_would_be_and_nothing_of_it_stays(whole: Home) -> None:
    before = stat.S_IMODE(whole.data.stat().st_mode)
    whole.inbox.rmdir()
    whole.inbox.touch()
    why = why_no_memo_fits(whole)
    assert why is not None
    assert str(whole.inbox) in why
    assert [path.name for path in sorted(whole.data.iterdir())] == ["audio", "calendar", "inbox"]
    assert stat.S_IMODE(whole.data.stat().st_mode) == before
