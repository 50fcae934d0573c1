"""What others add: the example of the manual, installed and run; plugins that are broken; none at all."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cli import AFTERCALL, Done, Terminal, environment, plain, run
from talks import now

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "plugins.md").read_text("utf-8")

Run = Callable[..., Done]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which pip has installed the example of the manual."""
    source = tmp_path_factory.mktemp("aftercall-todo")
    for language, name in (("toml", "pyproject.toml"), ("python", "aftercall_todo.py")):
        [block] = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
        (source / name).write_text(block)
    target = tmp_path_factory.mktemp("installed")
    # Without isolation and index, since that would fetch the build tools from the network.
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check", "--target", target]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, source], capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return target


def cdr(number: str, ended_at: datetime, disposition: str, channels: tuple[str, str]) -> str:
    """A line of Asterisk's Master.csv."""
    at = f"{ended_at:%Y-%m-%d %H:%M:%S}"
    columns = ["", "101", number, "from-internal", "Rita", *channels, "Dial", "", at, "", at, 24, 0, disposition, 3]
    return ",".join(f'"{column}"' for column in columns) + "\n"


@pytest.fixture
def phone_system(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """The file that the example for Asterisk reads, and what a command needs to find it."""
    [block] = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "hang-up.md").read_text("utf-8"), re.DOTALL)
    master = tmp_path / "Master.csv"
    folder = broken(tmp_path / "plugin", "aftercall_asterisk", block)
    return master, {
        "PYTHONPATH": os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]),
        "ASTERISK_CDR": str(master),
        "AFTERCALL_LAST_CALL": "asterisk",
    }


@pytest.fixture
def full(home: Path, fill: Callable[..., None]) -> Path:
    fill(home, 0, 1)
    return home


def broken(folder: Path, name: str, body: str) -> Path:
    """A folder with a plugin as pip would have put it there."""
    about = folder / f"{name}-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[aftercall.plugins]\n{name} = {name}\n")
    (folder / f"{name}.py").write_text(body)
    return folder


def with_plugins(*words: str | Path, home: Path, folders: list[Path]) -> Done:
    return run(*words, home=home, PYTHONPATH=os.pathsep.join(map(str, folders)))


def test_the_example_of_the_manual_adds_a_command(full: Path, example: Path) -> None:
    assert with_plugins("count", home=full, folders=[example]).out == "2\n"
    assert "Count the memos." in with_plugins("count", "--help", home=full, folders=[example]).out


def test_the_example_of_the_manual_adds_an_export(full: Path, example: Path, tmp_path: Path) -> None:
    path = tmp_path / "todo.txt"
    done = with_plugins("export", "--to", "todo", path, home=full, folders=[example])

    assert (done.code, done.out) == (0, f"{path}\n")
    assert path.read_text() == "Call Contact 0 due:2026-12-01\nCall Contact 1 due:2026-12-02\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert with_plugins("export", "--to", "todo", home=full, folders=[example]).out == path.read_text()


def test_it_is_listed_with_what_it_adds(home: Path, example: Path) -> None:
    [row] = json.loads(with_plugins("plugins", "--json", home=home, folders=[example]).out)

    assert row == {
        "id": "todo",
        "package": "aftercall-todo 1.0",
        "commands": ["count"],
        "exports": ["todo"],
        "last_calls": [],
        "trouble": None,
    }
    listed = with_plugins("plugins", home=home, folders=[example]).out
    assert "aftercall count" in listed
    assert "aftercall export --to todo" in listed


def test_the_example_for_asterisk_fills_in_whom_the_call_was_with_and_offers_what_became_of_it(
    home: Path, phone_system: tuple[Path, dict[str, str]]
) -> None:
    master, surroundings = phone_system
    mine, other = "PJSIP/101-00000003", "PJSIP/trunk-00000004"
    master.write_text(
        cdr("12125550161", now() - timedelta(hours=1), "ANSWERED", (mine, other))
        + cdr("13125550147", now(), "ANSWERED", (other, "PJSIP/102-00000009"))
        + cdr("15125550143", now(), "NO ANSWER", (mine, other))
        + '"cut'
    )
    memo = run("jot", "The quote is ready. I call again on Tuesday.", home=home, **surroundings).out.strip()
    with Terminal("review", memo, home=home, surroundings=surroundings) as terminal:
        while terminal.see(r"Enter keep", r"The call  ([^\n]*)") == 0:
            terminal.read("The quote is ready. I call again on Tuesday.")
            terminal.type("\r")
        assert "no answer, says the phone: no answer" in plain(terminal.child.match[1])
        terminal.read("no answer, says the phone: no answer")
        terminal.type("\r")
        terminal.see("contact:")
        terminal.type("Dana Whitfield\r")
        terminal.see(r"number to dial:[^\n]*5125550143")
    assert run("list", "--ids", home=home).out == ""


@pytest.mark.parametrize(("ended", "hint"), [((0,), "+15125550143"), ((0, 60), None), ((3600,), None)])
def test_a_recording_is_with_whoever_the_one_last_call_was_with(
    home: Path,
    phone_system: tuple[Path, dict[str, str]],
    sample: Callable[[str], Path],
    ended: tuple[int, ...],
    hint: str | None,
) -> None:
    master, surroundings = phone_system
    channels = ("PJSIP/101-00000003", "PJSIP/trunk-00000004")
    master.write_text(
        "".join(cdr("15125550143", now() - timedelta(seconds=ago), "ANSWERED", channels) for ago in ended)
    )
    assert run("record", "--from", sample("plain"), "--later", home=home, **surroundings).code == 0
    [waiting] = json.loads(run("inbox", "--json", home=home).out)
    assert waiting["contact_hint"] == hint


@pytest.mark.parametrize("body", ["1 / 0", "[7]", "None"])
def test_one_that_knows_the_last_call_and_fails_is_one_line_and_the_memo_is_read(
    home: Path, tmp_path: Path, body: str
) -> None:
    hook = "from aftercall.plugins import hookimpl\n@hookimpl\ndef aftercall_last_calls(): return {'mine': "
    folder = broken(tmp_path / "folder", "failing", f"{hook}lambda moment: {body}}}\n")
    inherited = os.environ.get("PYTHONPATH", "")
    surroundings = {"PYTHONPATH": f"{folder}{os.pathsep}{inherited}", "AFTERCALL_LAST_CALL": "mine"}
    run("jot", "The quote is ready.", home=home)
    with Terminal("review", home=home, surroundings=surroundings) as terminal:
        terminal.see("The plugin for mine failed")
        terminal.see("Enter keep")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("raise RuntimeError('half \\x1b[2J done')", "not loaded (RuntimeError: half [2J done)"),
        ("import no_such_module", "not loaded (ModuleNotFoundError"),
        ("import sys; sys.exit(0)", "not loaded (SystemExit: 0)"),
        ("raise KeyboardInterrupt('at import')", "not loaded (KeyboardInterrupt: at import)"),
        ("class Odd(BaseException): pass\nraise Odd('at import')", "not loaded (Odd: at import)"),
        ("raise GeneratorExit", "not loaded (GeneratorExit: )"),
        ("this is no Python", "not loaded (SyntaxError"),
        (
            "from aftercall.plugins import hookimpl\n@hookimpl\ndef aftercall_exports(): return 1 / 0",
            "not loaded (ZeroDivisionError",
        ),
        (
            "from aftercall.plugins import hookimpl\n@hookimpl\ndef aftercall_commands(): return {'mine': 1}",
            "not loaded (TypeError: mine is a int)",
        ),
        (
            "from aftercall.plugins import hookimpl\n@hookimpl\ndef aftercall_comands(): return {}",
            "not loaded (PluginValidationError",
        ),
    ],
)
def test_one_that_fails_is_one_line_and_all_else_works(
    full: Path, example: Path, tmp_path: Path, body: str, why: str
) -> None:
    folders = [broken(tmp_path / "broken", "aaa_broken", body), example]
    done = with_plugins("count", home=full, folders=folders)

    assert (done.code, done.out) == (0, "2\n")
    [line] = done.lines
    assert line.startswith(f"Plugin aaa_broken (aaa_broken 1.0): {why}")
    assert with_plugins("list", "--ids", home=full, folders=folders).lines == []
    assert with_plugins("export", "--to", "json", home=full, folders=folders).lines == []


@pytest.mark.parametrize(
    ("body", "why"), [("data['no such field']", "failed (KeyError"), ("b'bytes'", "gave no text but a bytes")]
)
def test_an_export_that_fails_writes_nothing(full: Path, tmp_path: Path, body: str, why: str) -> None:
    hook = "from aftercall.plugins import hookimpl\n@hookimpl\ndef aftercall_exports(): return {'mine': "
    folders = [broken(tmp_path / "folder", "failing", f"{hook}lambda data: {body}}}\n")]
    done = with_plugins("export", "--to", "mine", tmp_path / "out", home=full, folders=folders)

    assert (done.code, done.out, len(done.lines)) == (1, "", 1)
    assert f"The plugin for mine {why}" in done.err
    assert not (tmp_path / "out").exists()


def test_names_of_our_own_stay_ours(full: Path, tmp_path: Path) -> None:
    body = (
        "import click\nfrom aftercall.plugins import hookimpl\n"
        "@hookimpl\ndef aftercall_commands(): return {'list': click.Command('list'), 'more': click.Command('more')}\n"
        "@hookimpl\ndef aftercall_exports(): return {'json': str}\n"
    )
    folders = [broken(tmp_path / "folder", "greedy", body)]

    assert len(with_plugins("list", "--ids", home=full, folders=folders).out.split()) == 2
    assert json.loads(with_plugins("export", "--to", "json", home=full, folders=folders).out)["memos"]
    [row] = json.loads(with_plugins("plugins", "--json", home=full, folders=folders).out)
    assert (row["commands"], row["exports"]) == (["more"], [])
    assert row["trouble"] == "json, list left out: aftercall has that itself"


def test_without_plugins_it_says_so_and_a_mistyped_command_is_none(home: Path) -> None:
    assert run("plugins", home=home).code == 3
    done = run("lits", home=home)
    assert done.code == 2
    assert "No such command 'lits'" in done.err


@pytest.mark.parametrize("words", [["--help"], ["list", "--ids"], ["export", "--to", "json"]])
def test_nobody_waits_for_a_search_for_plugins_who_asks_for_none(full: Path, words: list[str]) -> None:
    done = subprocess.run(
        [AFTERCALL[0], "-X", "importtime", *AFTERCALL[1:], *words],
        env=environment(full),
        capture_output=True,
        encoding="utf-8",
    )

    assert done.returncode == 0
    assert "aftercall.cli" in done.stderr
    assert "pluggy" not in done.stderr
    assert "aftercall.plugins" not in done.stderr
