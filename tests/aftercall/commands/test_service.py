"""`aftercall service`: shown before it is installed, and its state said."""

from pathlib import Path

from cli import run


def test_it_is_shown_and_not_installed_where_nobody_can_say_yes(home: Path, tmp_path: Path) -> None:
    done = run("service", "install", home=home, XDG_CONFIG_HOME=str(tmp_path / "config"))
    assert done.code == 5
    assert "watch" in done.out
    assert str(home) in done.out
    assert len(done.lines) == 1
    assert not (tmp_path / "config").exists()


def test_the_state_says_what_was_done_last(home: Path, tmp_path: Path) -> None:
    config = str(tmp_path / "config")
    assert run("service", "status", home=home, XDG_CONFIG_HOME=config).out.splitlines() == [
        "installed: no",
        "watch runs: no",
        "began: never",
        "last heard a hang-up: never",
        "last fetched a memo: never",
        "last rang: never",
    ]
    (home / "companion").mkdir(parents=True)
    (home / "companion" / "last.json").write_text('{"rang": "2026-11-21T16:40:05-05:00", "heard": 3}')
    assert run("service", "status", home=home, XDG_CONFIG_HOME=config).code == 0
    (home / "companion" / "last.json").write_text('{"rang": "2026-11-21T16:40:05-05:00"}')
    said = run("service", "status", home=home, XDG_CONFIG_HOME=config).out
    assert "last rang: Sat 21 Nov 2026 16:40" in said


def test_what_is_not_installed_cannot_be_removed(home: Path, tmp_path: Path) -> None:
    done = run("service", "remove", home=home, XDG_CONFIG_HOME=str(tmp_path))
    assert done.code == 3
    assert done.lines == ["It is not installed."]
