"""The commands: what they are called, what they load, how they end, and what they print for programs."""

import json
import os
import re
import resource
import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click
import pytest
from cli import AFTERCALL, Terminal, environment, hearing, plain, run
from virtual_microphone import VirtualMicrophone

from aftercall.cli import cli
from aftercall.commands import COMMANDS
from aftercall.desk.errors import EXIT_CODES
from capture.decode import decode
from capture.pcm import write_wav
from memos.models import ConfirmedMemo

MEMO: Final = frozenset(
    "id spoken_at contact outcome text next_call no_next_call_reason duration confirmed_at confirmed_by heard sentences"
    " reading_seconds promised source language engine model weights_sha256 versions earlier_versions sound".split()
)
"""What --json says of a memo in every command."""

DUE: Final = frozenset(
    "id section due time days_late agreed_for times_put_off put_off_since last_talk attempts number_wrong_since"
    " brief_read contact agreed opening text".split()
)
"""What --json says of a promised call."""

Fill = Callable[..., None]
Sample = Callable[[str], Path]


def every_command() -> list[tuple[str, ...]]:
    """Every command and, where it is a group, those in it."""
    found: list[tuple[str, ...]] = []
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        inside = list(command.commands) if isinstance(command, click.Group) else []
        found += [(name,), *((name, each) for each in inside)]
    return found


@pytest.fixture
def inbox(home: Path, sample: Sample) -> Path:
    """A home in which a recording waits to be transcribed."""
    assert run("import", sample("plain"), home=home).code == 0
    return home


def test_a_message_breaks_between_words_where_the_terminal_is_narrow(home: Path) -> None:
    with Terminal("import", "nowhere/at all.flac", home=home) as terminal:
        terminal.child.setwinsize(24, 40)
        terminal.end()
        lines = plain(terminal.everything).splitlines()

    said = run("import", "nowhere/at all.flac", home=home)
    assert len(said.err) > 40
    assert max(map(len, lines)) <= 40
    assert " ".join(lines).split() == said.err.split()


class TestHelp:
    @pytest.mark.parametrize("command", every_command(), ids=" ".join)
    def test_every_command_explains_itself(self, home: Path, command: tuple[str, ...]) -> None:
        done = run(*command, "--help", home=home)

        assert done.code == 0
        assert done.err == ""
        assert f"{' '.join(command)} [OPTIONS]" in done.out
        what_it_does = done.out.split("\n\n")[1].strip()
        assert re.match(r"[A-Z].*\.", what_it_does, re.DOTALL)
        found: click.Command | None = cli
        for name in command:
            assert isinstance(found, click.Group)
            found = found.get_command(click.Context(found), name)
        assert found is not None
        for parameter in found.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, parameter.name
                assert parameter.opts[0] in done.out

    def test_the_list_of_commands_says_of_each_what_it_does(self, home: Path) -> None:
        done = run("--help", home=home)

        listed = done.out.split("Commands:\n")[1].splitlines()
        assert [line.split()[0] for line in listed] == list(COMMANDS)
        assert all(len(line.split()) > 2 and not line.endswith("...") for line in listed)

    def test_the_version_is_that_of_the_package(self, home: Path) -> None:
        from importlib.metadata import version

        assert run("--version", home=home).out == f"aftercall {version('aftercall')}\n"


class TestWhatIsLoaded:
    @pytest.mark.parametrize(
        "command",
        [
            "--help",
            "search fuel",
            "list",
            "due",
            "brief Contact 0",
            "show 0000",
            "inbox",
            "when nothing",  # a day would be weighed, for which numpy is needed
            "config",
            "review",
        ],
    )
    def test_nothing_heavy_is_loaded_that_is_not_needed(self, filled: Path, command: str) -> None:
        done = subprocess.run(
            [sys.executable, "-X", "importtime", *AFTERCALL[1:], *command.split()],
            env=environment(filled),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
        )

        loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}
        assert "aftercall" in loaded
        assert not loaded & {"torch", "whisper", "numpy", "faster_whisper", "ctranslate2", "av", "sounddevice"}
        if command.split()[0] in {"list", "due", "brief"}:
            assert "sqlite_utils" not in loaded  # which takes half as long to load as the command may take
        if command == "--help":
            assert not loaded & {"rich", "prompt_toolkit", "sqlite_utils", "phonenumbers", "sqlite3", "dateutil"}


class TestWhatIsMeant:
    @pytest.mark.parametrize("mistyped", ["serch", "recrod", "Dana", "seach pricing"])
    def test_a_mistyped_command_is_not_taken_for_a_recording(self, home: Path, mistyped: str) -> None:
        done = run(*mistyped.split(), home=home)

        assert done.code == 2
        assert f"No such command '{mistyped.split()[0]}'" in done.err
        assert not home.exists()

    def test_options_alone_mean_record(self, home: Path, sample: Sample) -> None:
        done = run("--from", sample("plain"), "--later", "--contact", "Laura", home=home)

        assert done.code == 0
        assert done.lines[0].startswith("Speak now.")
        [row] = json.loads(run("inbox", "--json", home=home).out)
        assert (row["contact_hint"], row["stage"]) == ("Laura", "recorded")

    def test_of_a_file_with_a_pause_longer_than_any_that_ends_a_memo_the_whole_is_taken(
        self, home: Path, sample: Sample, tmp_path: Path
    ) -> None:
        spoken = decode(sample("plain"), 600).pcm
        sound = spoken + bytes(2 * 16_000 * 20) + spoken
        path = tmp_path / "pause.wav"
        with path.open("wb") as file:
            write_wav(file, [sound], len(sound))

        assert run("--from", path, "--later", home=home).code == 0
        [row] = json.loads(run("inbox", "--json", home=home).out)
        assert row["duration"] == pytest.approx(len(sound) / 2 / 16_000, abs=0.1)

    def test_nothing_at_all_means_record(self, home: Path) -> None:
        done = run(home=home, PULSE_SERVER="unix:/nowhere")

        assert done.code == 6

    @pytest.mark.parametrize(
        "arguments",
        [
            ["record", "--max-seconds", "0"],
            ["record", "--max-secs", "5"],
            ["list", "--since", "someday soon"],
            ["list", "--limit", "0"],
            ["search"],
            ["when", "Tuesday", "--spoken-at", "yesterday"],
            ["import"],
            ["show"],
            ["transcribe", "a", "b"],
        ],
        ids=" ".join,
    )
    def test_wrong_usage_is_told_and_does_nothing(self, home: Path, arguments: list[str]) -> None:
        done = run(*arguments, home=home)

        assert done.code == 2
        assert done.out == ""
        assert len(done.lines) == 1
        assert done.err.endswith(" --help\n")
        assert not home.exists()


class TestExitCodes:
    """One way to each code; every code but 130 and 0 (which are tested elsewhere) is in the list."""

    def test_3_searching_where_nothing_is_stored(self, home: Path) -> None:
        done = run("search", "fuel", home=home)

        assert (done.code, done.out, done.lines) == (3, "", ["No memo has been confirmed yet."])

    @pytest.mark.parametrize("command", [["search", "unheard-of"], ["list", "--contact", "Nobody"], ["show", "ffff"]])
    def test_3_where_nothing_matches(self, filled: Path, command: list[str]) -> None:
        done = run(*command, home=filled)

        assert (done.code, done.out, len(done.lines)) == (3, "", 1)

    def test_3_words_without_a_next_call(self, home: Path) -> None:
        done = run("when", "He has three dogs.", home=home)

        assert (done.code, done.out, done.lines) == (3, "", ["No next call in these words."])

    @pytest.mark.parametrize("command", [["review"], ["transcribe"], ["review", "ffff"], ["transcribe", "ffff"]])
    def test_3_an_inbox_without_such_a_memo(self, home: Path, command: list[str]) -> None:
        done = run(*command, home=home)

        assert (done.code, done.out, len(done.lines)) == (3, "", 1)

    def test_1_importing_what_is_no_sound(self, home: Path, tmp_path: Path, sample: Sample) -> None:
        text = tmp_path / "notes.txt"
        text.write_text("These are words, not sound.")

        done = run("import", text, tmp_path / "absent.wav", sample("plain"), home=home)

        assert done.code == 1
        assert len(done.out.split()) == 1
        assert len(done.lines) == 4
        assert done.lines[-1] == "2 of 3 files were not imported; they are as they were."
        assert text.read_text() == "These are words, not sound."

    def test_4_recording_where_nobody_speaks(self, home: Path, sample: Sample) -> None:
        done = run("record", "--from", sample("silence"), home=home)

        assert done.code == 4
        assert done.lines[-1].startswith("Nobody spoke")
        assert json.loads(run("inbox", "--json", home=home).out) == []

    def test_4_transcribing_silence(self, home: Path, tmp_path: Path) -> None:
        silence = tmp_path / "a\x1b[2J\u202eb.wav"
        with wave.open(str(silence), "wb") as file:
            file.setparams((1, 2, 16_000, 0, "NONE", ""))
            file.writeframes(bytes(32_000))
        assert run("import", silence, home=home).code == 0

        done = run("transcribe", home=home)

        assert done.code == 4
        assert done.out.endswith("  (no speech)\n")
        assert done.lines[-1].startswith("No speech in file: a[2Jb.wav")

    def test_5_a_pipe_confirms_nothing(self, inbox: Path) -> None:
        done = run("review", home=inbox, stdin="y\n" * 1000)

        assert done.code == 5
        assert done.lines == [
            "A memo is stored only when a person has read it, and that takes a terminal. "
            "It is safe in the inbox: run `aftercall review` at one."
        ]
        assert not (inbox / "memos.db").exists()
        assert len(json.loads(run("inbox", "--json", home=inbox).out)) == 1

    def test_5_nobody_at_the_terminal_confirms_nothing(self, inbox: Path) -> None:
        assert run("review", home=inbox).code == 5
        assert not (inbox / "memos.db").exists()

    def test_5_recording_without_a_terminal_keeps_the_memo(self, home: Path, sample: Sample) -> None:
        done = run("record", "--from", sample("plain"), home=home, stdin="y\n" * 1000)

        assert done.code == 5
        [row] = json.loads(run("inbox", "--json", home=home).out)
        assert row["stage"] == "transcribed"
        assert not (home / "memos.db").exists()

    def test_6_a_microphone_that_is_not_there(self, home: Path, virtual_microphone: VirtualMicrophone) -> None:
        done = run("record", "--device", "no such device", home=home, **hearing(virtual_microphone))

        assert (done.code, done.out, len(done.lines)) == (6, "", 1)
        assert "no such device" in done.err
        assert not list(home.rglob("*.part"))

    def test_7_a_folder_that_cannot_be_made(self, home: Path, sample: Sample) -> None:
        home.write_text("A file stands where the folder should be.")

        for command in (["record", "--from", sample("plain"), "--later"], ["import", sample("plain")]):
            done = run(*command, home=home)
            assert (done.code, done.out, len(done.lines)) == (7, "", 1)
        assert home.read_text() == "A file stands where the folder should be."

    def test_7_a_full_disk_keeps_what_was_said_until_then(self, home: Path, sample: Sample) -> None:
        done = subprocess.run(
            [*AFTERCALL, "record", "--from", str(sample("plain")), "--later"],
            env=environment(home),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (160_000, 160_000)),
        )
        assert done.returncode == 7
        assert "Traceback" not in done.stderr

        [row] = json.loads(run("inbox", "--json", home=home).out)
        assert 4.0 <= row["duration"] <= 5.0

    def test_7_a_store_that_is_none(self, home: Path) -> None:
        (home / "memos.db").mkdir(parents=True)

        for command in (["list"], ["search", "x"], ["due"], ["show", "x"]):
            done = run(*command, home=home)
            assert (done.code, done.out, len(done.lines)) == (7, "", 1)

    def test_8_weights_that_are_not_there(self, home: Path, tmp_path: Path) -> None:
        done = run("model", "verify", "small", "--engine", "openai-whisper", home=home, XDG_CACHE_HOME=str(tmp_path))

        assert (done.code, done.out, len(done.lines)) == (8, "", 1)
        assert "aftercall model install small" in done.err

    def test_8_weights_that_are_not_the_ones_that_were_named(self, inbox: Path, tmp_path: Path) -> None:
        (tmp_path / "mine.pt").write_bytes(b"not weights")
        (inbox / "config.toml").write_text(
            f'engine = "openai-whisper"\nmodel = "mine"\n[models.mine]\n'
            f'path = "{tmp_path / "mine.pt"}"\nsha256 = "{"0" * 64}"'
        )

        done = run("transcribe", home=inbox)

        assert (done.code, done.out) == (8, "")
        assert "not loaded" in done.lines[-1]
        assert json.loads(run("inbox", "--json", home=inbox).out)[0]["stage"] == "recorded"

    @pytest.mark.parametrize("option", [["--engine", "dragon"], ["--model", "gigantic"]])
    def test_2_an_engine_or_model_that_does_not_exist(self, inbox: Path, option: list[str]) -> None:
        done = run("transcribe", *option, home=inbox)

        assert (done.code, done.out) == (2, "")
        assert option[1] in done.lines[-1]

    @pytest.mark.parametrize("option", [["--engine", "dragon"], ["--model", "gigantic"]])
    def test_2_an_engine_or_model_that_does_not_exist_before_anybody_speaks_for_it(
        self, home: Path, sample: Sample, option: list[str]
    ) -> None:
        done = run("record", "--from", sample("plain"), *option, home=home)

        assert (done.code, len(done.lines)) == (2, 1)
        assert option[1] in done.lines[0]
        assert run("inbox", "--ids", home=home).out == ""

    def test_9_a_calendar_server_that_is_down(self, home: Path, fill: Fill) -> None:
        fill(home, 0)

        done = run(
            "calendar", "sync", home=home, AFTERCALL_CALDAV_URL="http://127.0.0.1:9/", AFTERCALL_CALDAV_PASSWORD="x"
        )

        assert (done.code, done.out) == (9, "")
        assert "cannot be reached; the changes wait" in done.lines[0]

    def test_10_a_team_s_server_that_is_down(self, home: Path) -> None:
        done = run("team", "join", "postgresql://ana@127.0.0.1:9/book", home=home)

        assert (done.code, done.out) == (10, "")
        assert "cannot be reached" in done.lines[-1]

    def test_every_code_is_tried_here(self) -> None:
        tried = {int(found[1]) for name in vars(TestExitCodes) if (found := re.match(r"test_(\d+)_", name))}

        assert tried == EXIT_CODES.keys() - {0, 130}


class TestTrouble:
    def test_a_store_in_trouble_does_not_keep_the_rep_from_speaking(self, inbox: Path, sample: Sample) -> None:
        (inbox / "memos.db").mkdir()

        done = run("record", "--from", sample("plain"), "--later", home=inbox)

        assert done.code == 0
        assert "memos.db" in done.lines[0]
        assert len(run("inbox", "--ids", home=inbox).out.split()) == 2

    def test_what_is_not_finished_does_not_count_as_confirmed(self, home: Path, sample: Sample) -> None:
        recorder = subprocess.Popen(
            [*AFTERCALL, "record", "--from", sample("plain"), "--realtime", "--later"],
            env=environment(home),
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert recorder.stderr is not None
        with recorder:
            assert recorder.stderr.readline().startswith("Speak now")
            done = run("inbox", home=home)
            recorder.kill()
        assert done.err == "No memo waits to be read, but 1 recording is not finished yet.\n"

    def test_a_store_in_trouble_is_told_once(self, inbox: Path) -> None:
        (inbox / "memos.db").write_bytes(b"no database at all" * 200)

        done = run("list", home=inbox)

        assert done.code == 7
        assert len(done.lines) == 1
        assert "doctor --repair" in done.err

    def test_a_memo_that_was_stored_just_before_a_crash_is_tidied_away(
        self, inbox: Path, fill: Fill, make_memo: Callable[..., ConfirmedMemo]
    ) -> None:
        recording_id = run("inbox", "--ids", home=inbox).out.strip()
        fill(inbox, make_memo(0, id=recording_id))

        assert run("inbox", "--ids", home=inbox).out == ""
        assert (inbox / "audio" / f"{recording_id}.wav").exists()
        assert [path.name for path in (inbox / "inbox").iterdir()] == []

    def test_sound_that_makes_no_sense_is_set_aside_and_told_once(self, inbox: Path) -> None:
        [sound] = (inbox / "inbox").glob("*.wav")
        sound.write_bytes(b"not sound")

        first, second = run("inbox", home=inbox), run("inbox", home=inbox)

        assert f"{sound.name} is no sound that can be read" in first.err
        assert (inbox / "inbox" / "set-aside" / sound.name).read_bytes() == b"not sound"
        assert "no sound" not in second.err

    def test_a_transcript_that_is_damaged_is_heard_anew(self, inbox: Path) -> None:
        [sound] = (inbox / "inbox").glob("*.wav")
        (inbox / "inbox" / f"{sound.stem}.transcript.json").write_text('{"segments": [{"text": 5}]}')

        [row] = json.loads(run("inbox", "--json", home=inbox).out)

        assert row["heard"] == ""

    def test_a_bug_is_one_line_and_the_details_are_kept(self, home: Path) -> None:
        program = (
            "from aftercall.__main__ import main\n"
            "from aftercall.commands.config import command\n"
            "def bug(**given): raise RuntimeError('first line\\nsecond \\x1b[2J line')\n"
            "command.callback = bug\n"
            "main()"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, "config"], env=environment(home), capture_output=True, encoding="utf-8"
        )

        details = home / "last-failure.txt"
        assert done.returncode == 1
        assert done.stdout == ""
        assert done.stderr == (
            "aftercall failed unexpectedly (RuntimeError: first line second [2J line). What was recorded is safe. "
            f"The details are in {details}.\n"
        )
        assert "Traceback" in details.read_text()
        assert details.stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize("form", ["--json", "--nl", "--csv", "--ids", None])
    def test_a_reader_that_goes_away_is_not_complained_about(self, filled: Path, form: str | None) -> None:
        read_end, write_end = os.pipe()
        os.close(read_end)
        try:
            done = subprocess.run(
                [*AFTERCALL, "list", *([form] if form else [])],
                env=environment(filled),
                stdin=subprocess.DEVNULL,
                stdout=write_end,
                stderr=subprocess.PIPE,
                encoding="utf-8",
            )
        finally:
            os.close(write_end)

        assert done.stderr == ""
        assert done.returncode == 1

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has this device")
    @pytest.mark.parametrize("form", ["--json", "--csv"])
    def test_output_that_cannot_be_written_is_a_failure(self, filled: Path, form: str) -> None:
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [*AFTERCALL, "list", form],
                env=environment(filled),
                stdout=full,
                stderr=subprocess.PIPE,
                encoding="utf-8",
            )

        assert done.returncode == 7
        assert len(done.stderr.splitlines()) == 1


class TestReminder:
    @pytest.mark.parametrize("command", [["config"], ["list"], ["search", "fuel"], ["when", "nothing"], ["inbox"]])
    def test_every_command_ends_with_what_waits_to_be_read(self, inbox: Path, command: list[str]) -> None:
        done = run(*command, home=inbox, AFTERCALL_REMINDER="yes")

        assert re.fullmatch(
            r"1 memo waits to be read( before the day ends)?, since .*: `aftercall review`", done.lines[-1]
        )
        assert "waits to be read" not in done.out

    def test_without_waiting_memos_there_is_none(self, filled: Path) -> None:
        assert run("list", home=filled, AFTERCALL_REMINDER="yes").err == ""


class TestForPrograms:
    def data(self, home: Path, *command: str) -> Any:
        done = run(*command, "--json", home=home)
        assert (done.code, done.err) == (0, "")
        return json.loads(done.out)

    def test_list(self, filled: Path) -> None:
        rows = self.data(filled, "list")

        assert [row["id"][-4:] for row in rows] == ["0002", "0001", "0000"]
        assert all(row.keys() == MEMO for row in rows)
        assert rows[0]["contact"] == {
            "id": 2,
            "name": "Contact 2",
            "company": "Brightwater",
            "phone": "+15125550002",
            "email": None,
        }
        assert rows[0]["next_call"] == {"date": "2026-12-03", "time": "14:30", "heard": "Tuesday at 2:30", "zone": None}
        assert (rows[1]["contact"], rows[1]["next_call"]) == (None, None)
        assert rows[1]["no_next_call_reason"] == "they signed elsewhere"
        assert rows[2]["spoken_at"] == "2026-11-16T16:40:05-05:00"

    def test_search(self, filled: Path) -> None:
        rows = self.data(filled, "search", "fool")

        assert len(rows) == 3
        for row in rows:
            assert row.keys() == MEMO | {"snippet", "marks", "heard_only"}
            assert [row["snippet"][begin:end] for begin, end in row["marks"]] == ["fool"]
            assert row["heard_only"] is True

    def test_show(self, filled: Path) -> None:
        row = self.data(filled, "show", "0001")

        assert row.keys() == MEMO
        assert row["sentences"] == [
            {"heard": "Memo 1 is about fool.", "text": "Memo 1 is about fuel.", "action": "edit", "seconds": 2.52}
        ]
        assert row["sound"] is None

    def test_due(self, filled: Path) -> None:
        rows = self.data(filled, "due", "--all")

        assert [(row["id"][-4:], row["due"], row["time"]) for row in rows] == [
            ("0000", "2026-12-01", "14:30"),
            ("0002", "2026-12-03", "14:30"),
        ]
        assert all(row.keys() == DUE and row["days_late"] >= 0 for row in rows)

    def test_inbox(self, inbox: Path) -> None:
        [row] = self.data(inbox, "inbox")

        assert row == {
            "id": row["id"],
            "spoken_at": "2026-06-09T10:42:00-05:00",
            "duration": 17.44,
            "contact_hint": None,
            "stage": "recorded",
            "heard": "",
        }

    def test_when(self, home: Path) -> None:
        words = "I'll call her next Tuesday at half past two"

        row = self.data(home, "when", words, "--spoken-at", "2026-11-21T16:40:00-05:00")

        assert row == {
            "date": "2026-11-24",
            "time": "14:30",
            "ambiguous": False,
            "heard": "next Tuesday at half past two",
            "others": [],
        }

    def test_when_there_is_none(self, home: Path) -> None:
        done = run("when", "He has three dogs.", "--json", home=home)

        assert done.code == 3
        assert json.loads(done.out) == {"date": None, "time": None, "ambiguous": False, "heard": None, "others": []}

    def test_models(self, home: Path) -> None:
        rows = self.data(home, "model", "list")

        assert all(row.keys() == {"id", "engine", "place", "verified", "bytes"} for row in rows)
        assert {("base", "faster-whisper", True), ("base", "openai-whisper", True)} <= {
            (row["id"], row["engine"], row["verified"]) for row in rows
        }

    @pytest.mark.parametrize("command", [["list"], ["search", "fuel"], ["due", "--all"]])
    def test_the_other_forms_hold_the_same(self, filled: Path, command: list[str]) -> None:
        rows = self.data(filled, *command)

        lines = run(*command, "--nl", home=filled).out.splitlines()
        assert [json.loads(line) for line in lines] == rows
        assert run(*command, "--ids", home=filled).out.split() == [row["id"] for row in rows]
        assert run(*command, "--csv", home=filled).out.splitlines()[0] == ",".join(rows[0])

    def test_filters_narrow_a_list(self, filled: Path) -> None:
        def ids(*options: str) -> list[str]:
            return [line[-4:] for line in run("list", "--ids", *options, home=filled).out.split()]

        assert ids("--since", "2026-11-17") == ["0002", "0001"]
        assert ids("--until", "2026-11-16") == ["0000"]
        assert ids("--contact", "Contact 2") == ["0002"]
        assert ids("--company", "brightwater") == ["0002", "0000"]
        assert ids("--limit", "1") == ["0002"]
