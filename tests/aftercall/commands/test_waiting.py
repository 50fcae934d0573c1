"""What waits in the inbox is not forgotten: jotted words, and the line at the end of each command."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from cli import Terminal, run

from aftercall.desk.reminder import reminder
from capture.recording import Recording, new_id

HOME_ZONE = timezone(timedelta(hours=-5))


def spoken(moment: datetime) -> Recording:
    return Recording(new_id(moment), moment, 12.0, "microphone: Headset")


class TestTheLine:
    @pytest.mark.parametrize(
        ("hour", "expected"),
        [
            (12, "1 memo waits to be read, since 09:30: `aftercall review`"),
            (16, "1 memo waits to be read, since 09:30: `aftercall review`"),
            (17, "1 memo waits to be read before the day ends, since 09:30: `aftercall review`"),
            (23, "1 memo waits to be read before the day ends, since 09:30: `aftercall review`"),
        ],
    )
    def test_from_five_o_clock_it_says_that_the_day_ends(self, hour: int, expected: str) -> None:
        # Spoken in another zone than the one it is read in.
        memo = spoken(datetime(2026, 11, 24, 14, 30, tzinfo=UTC))
        assert reminder(1, memo.spoken_at, datetime(2026, 11, 24, hour, tzinfo=HOME_ZONE)) == expected

    def test_it_counts_from_the_oldest_and_names_another_day(self) -> None:
        now = datetime(2026, 11, 24, 12, tzinfo=HOME_ZONE)
        oldest = now - timedelta(days=3)
        assert (
            reminder(2, oldest, now) == "2 memos wait to be read, since Saturday 21 November 12:00: `aftercall review`"
        )

    def test_of_one_that_waits_since_another_day_it_does_not_say_that_the_day_ends(self) -> None:
        now = datetime(2026, 11, 24, 18, tzinfo=HOME_ZONE)
        oldest = now - timedelta(days=168)
        assert reminder(2, oldest, now) == "2 memos wait to be read, since Tuesday 9 June 18:00: `aftercall review`"

    def test_every_command_ends_with_it_even_one_that_failed(self, home: Path) -> None:
        jotted = run("jot", "call her Monday", home=home)
        assert jotted.code == 0
        found = run("search", "fuel", home=home, AFTERCALL_REMINDER="yes")
        assert found.code == 3
        assert found.lines[-1].startswith("1 memo waits to be read")
        assert found.lines[-1].endswith("`aftercall review`")

    @pytest.mark.parametrize(
        "command",
        [
            ["--help"],
            ["list", "--help"],
            ["contacts", "add", "-h"],
            ["contacts"],
            ["completion", "bash"],
            ["--version"],
        ],
    )
    def test_help_and_what_a_shell_reads_end_without_it(self, home: Path, command: list[str]) -> None:
        run("jot", "call her Monday", home=home)
        done = run(*command, home=home, AFTERCALL_REMINDER="yes")
        assert (done.code, done.err) == (0, "")

    def test_help_leaves_the_disk_alone(self, home: Path) -> None:
        (home / "inbox").mkdir(parents=True)
        part = home / "inbox" / "20261116-164005-0000.pcm.part"
        part.write_bytes(bytes(32_000))
        assert run("list", "--help", home=home).code == 0
        assert part.exists()

    def test_a_setting_turns_it_off(self, home: Path) -> None:
        run("jot", "call her Monday", home=home)
        assert run("inbox", home=home, AFTERCALL_REMINDER="no").err == ""


class TestJot:
    def test_typed_words_are_read_and_confirmed_like_spoken_ones(self, home: Path) -> None:
        words = "Dana wants the quote first. I'll call her on Monday at ten in the morning."
        jotted = run("jot", words, "--contact", "Dana Whitfield", home=home)
        assert jotted.code == 0
        recording_id = jotted.out.strip()
        [row] = json.loads(run("inbox", "--json", home=home).out)
        assert (row["id"], row["heard"], row["stage"]) == (recording_id, words, "transcribed")

        with Terminal("review", home=home) as terminal:
            assert terminal.keep_all() == words.replace("first. ", "first.|").split("|")
            terminal.see("contact:")  # prefilled with what --contact said
            terminal.type("\r")
            terminal.see("number to dial:")
            terminal.type("\r")
            terminal.offer()
            terminal.type("y")
            terminal.see("Stored")
            assert terminal.end() == 0
        memo = json.loads(run("show", recording_id, "--json", home=home).out)
        assert memo["text"] == words
        assert (memo["engine"], memo["duration"]) == ("typed", 0.0)
        assert memo["next_call"]["time"] == "10:00"

    def test_they_may_come_through_a_pipe(self, home: Path) -> None:
        jotted = run("jot", "-", home=home, stdin="Dana wants the quote.\nCall her Monday.\n")
        assert jotted.code == 0
        [row] = json.loads(run("inbox", "--json", home=home).out)
        assert row["heard"] == "Dana wants the quote. Call her Monday."

    def test_no_words_are_no_memo(self, home: Path) -> None:
        done = run("jot", "   ", home=home)
        assert done.code == 4
        assert run("inbox", "--ids", home=home).out == ""

    def test_escape_sequences_do_not_get_in(self, home: Path) -> None:
        run("jot", "call \x1b[2Jher\u202e Monday", home=home)
        [row] = json.loads(run("inbox", "--json", home=home).out)
        assert row["heard"] == "call [2Jher Monday"
