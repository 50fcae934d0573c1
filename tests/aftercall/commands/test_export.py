"""What is handed out: complete, no formulas, as each CRM's import takes it, once."""

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from cli import run
from hypothesis import given
from hypothesis import strategies as st

from aftercall.desk.export.crm import TARGETS, Activity, When, fit, row
from aftercall.desk.export.csv_text import csv_text
from memos.models import (
    ConfirmedMemo,
    Contact,
    ContactRef,
    Correction,
    DueCall,
    FollowUp,
    Memo,
    Promise,
    Sentence,
)
from memos.store import Store

Fill = Callable[..., None]
MakeMemo = Callable[..., ConfirmedMemo]

BERLIN = When("Europe/Berlin", time(8))
FORMULAS = tuple("=+-@\t\r＝＋－＠")
NASTY = st.one_of(
    st.text(), st.builds(str.__add__, st.sampled_from([*FORMULAS, " =", "\u200d=", "\u3000+"]), st.text())
)
MOMENT = datetime.fromisoformat("2026-11-16T16:40:05-05:00")


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def exported(home: Path, *arguments: str | Path) -> dict[str, list[dict[str, str]]]:
    """The rows of the files that were written, by "notes" and "tasks"."""
    done = run("export", *arguments, home=home, AFTERCALL_CALENDAR_ZONE="America/New_York")
    assert done.code == 0, done.err
    paths = [Path(line) for line in done.out.splitlines()]
    for path in paths:
        assert path.stat().st_mode & 0o777 == 0o600
    return {next(kind for kind in ("notes", "tasks") if kind in path.name): table(path) for path in paths}


@pytest.fixture
def three(home: Path, fill: Fill, make_memo: MakeMemo) -> Path:
    """A home with three memos and three open calls; one contact has no e-mail address, one memo is about nobody."""
    fill(
        home,
        make_memo(0, contact=ContactRef("Dana Whitfield", "Brightwater", "+15125550143", "dana@brightwater.com")),
        make_memo(1, contact=ContactRef("=Tom()", None, None, None)),
        make_memo(2, contact=None),
    )
    return home


def correct(home: Path, memo_id: str, text: str) -> None:
    with Store.open(home / "memos.db") as store:
        memo = store.get(memo_id)
        sentences = (Sentence(0, memo.heard, text, "edit", 2.0),)
        assert store.correct(memo.id, Correction(1, sentences, "Rita", memo.confirmed_at, 2.0))


class TestEverything:
    def test_json_holds_all_memos_contacts_and_calls_and_how_they_belong_together(self, three: Path) -> None:
        correct(three, "0000", "Other words.")
        data = json.loads(run("export", "--to", "json", home=three).out)

        assert (data["format"], data["format_version"]) == ("aftercall export", 1)
        assert [memo["id"][-4:] for memo in data["memos"]] == ["0000", "0001", "0002"]
        first, _, about_nobody = data["memos"]
        assert (first["text"], first["versions"]) == ("Other words.", 2)
        assert [version["text"] for version in first["earlier_versions"]] == ["Memo 0 is about fuel."]
        assert first["next_call"] == {"date": "2026-12-01", "time": "14:30", "heard": "Tuesday at 2:30", "zone": None}
        assert about_nobody["contact"] is None
        contacts = {contact["id"]: contact for contact in data["contacts"]}
        assert contacts[first["contact"]["id"]]["email"] == "dana@brightwater.com"
        assert [call["memo_id"] for call in data["follow_ups"]] == [memo["id"] for memo in data["memos"]]
        assert {call["state"] for call in data["follow_ups"]} == {"open"}

    def test_csv_is_a_row_per_memo_with_contact_and_call(self, three: Path) -> None:
        found = list(csv.DictReader(io.StringIO(run("export", "--to", "csv", "-", home=three).out)))

        assert [row["contact"] for row in found] == ["Dana Whitfield", "'=Tom()", ""]
        assert found[0]["phone"] == "'+15125550143"
        assert (found[0]["call_state"], found[0]["call_due_date"], found[0]["versions"]) == ("open", "2026-12-01", "1")

    def test_into_a_folder_go_memos_contacts_and_calls(self, three: Path, tmp_path: Path) -> None:
        done = run("export", "--to", "csv", tmp_path, home=three)

        assert [Path(line).name.split("-")[1] for line in done.out.splitlines()] == ["memos", "contacts", "calls"]
        assert [len(table(Path(line))) for line in done.out.splitlines()] == [3, 2, 3]

    @pytest.mark.parametrize("form", ["csv", "json", "salesforce"])
    def test_no_file_is_overwritten(self, three: Path, tmp_path: Path, form: str) -> None:
        for name in ("mine.csv", "mine-notes.csv"):
            (tmp_path / name).write_text("mine")
        done = run("export", "--to", form, tmp_path / "mine.csv", home=three)

        assert (done.code, done.out) == (1, "")
        assert "exists already" in done.err
        assert {path.read_text() for path in tmp_path.glob("mine*")} == {"mine"}
        assert not (tmp_path / "mine-tasks.csv").exists()

    def test_a_folder_that_is_not_there_is_one_line(self, three: Path, tmp_path: Path) -> None:
        done = run("export", "--to", "json", tmp_path / "no" / "x.json", home=three)

        assert (done.code, len(done.lines)) == (1, 1)

    def test_what_makes_no_sense_is_wrong_usage(self, three: Path, tmp_path: Path) -> None:
        for words in (["--to", "word"], ["--to", "json", "--again"], ["--to", "hubspot"], ["--to", "hubspot", "-"], []):
            assert run("export", *words, home=three).code == 2

    @pytest.mark.parametrize(("folder", "code"), [("nowhere", 1), (".", 3)])
    def test_a_store_without_memos_makes_no_file_and_says_so(
        self, home: Path, tmp_path: Path, folder: str, code: int
    ) -> None:
        Store.open(home / "memos.db").close()
        file = tmp_path / folder / "a.csv"

        done = run("export", "--to", "csv", str(file), home=home)

        assert (done.code, done.out) == (code, "")
        assert ("There is no folder" if code == 1 else "no memo to be exported yet") in done.err
        assert not file.exists()

    def test_without_memos_there_is_nothing_to_export(self, home: Path) -> None:
        assert run("export", "--to", "json", home=home).code == 3


class TestForACrm:
    def test_hubspot_gets_timestamps_that_no_time_zone_changes_and_notes_it_can_link(
        self, three: Path, tmp_path: Path
    ) -> None:
        files = exported(three, "--to", "hubspot", tmp_path)

        [note] = files["notes"]
        assert datetime.fromtimestamp(int(note["Activity date"]) / 1000, MOMENT.tzinfo) == MOMENT
        assert note["Email"] == "dana@brightwater.com"
        assert "Memo 0 is about fuel." in note["Note body"]
        assert [row["Task title"] for row in files["tasks"]] == [
            "Call Dana Whitfield (Brightwater)",
            "Call =Tom()",
            "Call nobody named",
        ]
        due = datetime.fromtimestamp(int(files["tasks"][0]["Due date"]) / 1000, MOMENT.tzinfo)
        assert due == datetime.fromisoformat("2026-12-01T14:30:00-05:00")

    def test_salesforce_gets_tasks_of_which_the_notes_are_completed(self, three: Path, tmp_path: Path) -> None:
        files = exported(three, "--to", "salesforce", tmp_path)

        assert {row["Status"] for row in files["notes"]} == {"Completed"}
        assert {row["Status"] for row in files["tasks"]} == {"Not Started"}
        assert files["notes"][0]["ActivityDate"] == "2026-11-16"
        assert files["tasks"][0]["ReminderDateTime"] == "2026-12-01T19:30:00.000Z"
        assert [len(rows) for rows in files.values()] == [3, 3]

    def test_pipedrive_gets_days_and_times_and_notes_that_name_a_person(self, three: Path, tmp_path: Path) -> None:
        files = exported(three, "--to", "pipedrive", tmp_path)

        assert [row["Person name"] for row in files["notes"]] == ["Dana Whitfield", "'=Tom()"]
        assert (files["tasks"][0]["Activity due date"], files["tasks"][0]["Activity due time"]) == (
            "2026-12-01",
            "14:30",
        )

    def test_what_is_left_out_is_told_and_goes_out_once_it_can(self, three: Path, tmp_path: Path) -> None:
        done = run("export", "--to", "hubspot", tmp_path, home=three)
        assert "2 notes were left out" in done.err
        run("contacts", "edit", "=Tom()", "--email", "tom@example.com", home=three)
        files = exported(three, "--to", "hubspot", tmp_path / "more.csv")

        assert set(files) == {"notes"}
        assert [row["Email"] for row in files["notes"]] == ["tom@example.com"]

    @pytest.mark.parametrize("form", list(TARGETS))
    def test_nothing_goes_out_twice_unless_it_changed(self, three: Path, tmp_path: Path, form: str) -> None:
        first = exported(three, "--to", form, tmp_path / "first.csv")
        again = run("export", "--to", form, tmp_path / "again.csv", home=three)
        assert (again.code, list(tmp_path.glob("again*"))) == (3, [])

        assert run("snooze", "0000", "in ten days", home=three).code == 0
        changed = exported(three, "--to", form, tmp_path / "changed.csv")
        assert set(changed) == {"tasks"}
        [task] = changed["tasks"]
        assert "Replaces what was imported on" in " ".join(task.values())

        assert run("export", "--to", form, tmp_path / "none.csv", home=three).code == 3
        repeated = exported(three, "--to", form, "--again", tmp_path / "repeated.csv")
        assert {kind: len(rows) for kind, rows in repeated.items()} == {kind: len(rows) for kind, rows in first.items()}

    def test_a_corrected_memo_goes_out_again_and_a_renamed_contact_does_not(self, three: Path, tmp_path: Path) -> None:
        exported(three, "--to", "salesforce", tmp_path / "first.csv")
        assert run("contacts", "edit", "Dana", "--name", "Diana Whitfield", home=three).code == 0
        correct(three, "0000", "Other words.")
        again = exported(three, "--to", "salesforce", tmp_path / "again.csv")

        assert set(again) == {"notes"}
        [note] = again["notes"]
        assert note["Description"].startswith("Replaces what was imported on")
        assert note["Description"].endswith("Other words.")

    def test_a_dry_run_shows_what_would_go_out_and_changes_nothing(self, three: Path, tmp_path: Path) -> None:
        shown = run("export", "--to", "salesforce", "--dry-run", home=three)

        assert shown.code == 0
        assert [line.split()[1] for line in shown.out.splitlines()[2:] if line.strip()] == ["note"] * 3 + ["task"] * 3
        assert len(exported(three, "--to", "salesforce", tmp_path)["notes"]) == 3

    def test_a_closed_call_is_no_task(self, three: Path, tmp_path: Path) -> None:
        run("done", "0000", home=three)

        assert len(exported(three, "--to", "pipedrive", tmp_path)["tasks"]) == 2

    def test_what_the_disk_refused_goes_out_the_next_time(self, three: Path, tmp_path: Path) -> None:
        folder = tmp_path / "gone"
        refused = run("export", "--to", "salesforce", tmp_path / ("x" * 300 + ".csv"), home=three)
        assert (refused.code, len(refused.lines)) == (7, 1)
        assert "Nothing was exported" in refused.err
        assert run("export", "--to", "salesforce", folder / "x.csv", home=three).code == 1
        folder.mkdir()
        assert len(exported(three, "--to", "salesforce", folder)["notes"]) == 3
        with closing(sqlite3.connect(three / "memos.db")) as conn:
            assert conn.execute("SELECT count(*) FROM exports").fetchone() == (6,)


def activity(
    kind: Any, text: str, name: str, company: str | None, due: date, at: time | None, zone: str | None
) -> Activity:
    contact = Contact(1, name, company, "+15125550143", "a@example.com")
    memo = Memo(
        id="20261116-164005-7f3a",
        spoken_at=MOMENT,
        duration=3.0,
        source="",
        heard=text,
        text=text,
        sentences=(),
        language="en",
        engine="",
        model="",
        weights_sha256="",
        confirmed_by="",
        confirmed_at=MOMENT,
        reading_seconds=1.0,
        next_call=Promise(due, at, zone, text),
        contact=contact,
    )
    follow_up = FollowUp(
        id=1,
        memo_id=memo.id,
        contact=contact,
        due_date=due,
        due_time=at,
        due_zone=zone,
        state="open",
        times_put_off=0,
        calendar_uid="u",
        sequence=0,
        created_at=MOMENT,
    )
    return Activity(kind, memo, DueCall(follow_up, memo, due, None, False) if kind == "task" else None)


@given(
    st.sampled_from(list(TARGETS)),
    st.sampled_from(["note", "task"]),
    NASTY,
    NASTY.filter(str.strip),
    st.none() | NASTY,
    st.dates(date(1970, 1, 2), date(9998, 1, 1)),
    st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    st.sampled_from([None, "America/New_York", "Asia/Kolkata"]),
)
def test_any_memo_gives_a_file_that_reads_back_the_same_without_a_formula(
    target: str, kind: Any, text: str, name: str, company: str | None, due: date, at: time | None, zone: str | None
) -> None:
    written = csv_text([row(TARGETS[target], activity(kind, text, name, company, due, at, zone), BERLIN)])

    assert written.encode("utf-8").decode("utf-8") == written
    [read] = csv.DictReader(io.StringIO(written))
    assert csv_text([dict(read)]) == written
    for cell in [*read, *read.values()]:
        assert not cell.lstrip(" \u00a0\u3000\u200c\u200d").startswith(FORMULAS)
        assert len(cell.splitlines()) <= 1


@pytest.mark.parametrize(
    ("target", "limits"),
    [
        ("hubspot", {"Note body": 65_536, "Task notes": 65_536, "Task title": 255}),
        ("salesforce", {"Description": 32_000, "Subject": 255}),
        ("pipedrive", {"Note content": 25_000, "Activity note": 25_000, "Activity subject": 255}),
    ],
)
@pytest.mark.parametrize("letter", ["a", "&", "😀", "<b>", "é"])
def test_no_field_is_longer_than_the_crm_takes(target: str, limits: dict[str, int], letter: str) -> None:
    long = letter * 70_000
    seen = {}
    for kind in ("note", "task"):
        made = row(TARGETS[target], activity(kind, long, long, None, date(2026, 12, 1), None, None), BERLIN)
        seen |= {name: len(made[name].encode("utf-16-le")) // 2 for name in limits if name in made}

    assert set(seen) == set(limits)
    for name, length in seen.items():
        assert limits[name] - 10 <= length <= limits[name], name


@given(st.text(), st.integers(2, 50))
def test_what_fits_is_as_it_was_and_what_does_not_is_the_beginning(text: str, limit: int) -> None:
    fitted = fit(text, limit)

    assert len(fitted.encode("utf-16-le", "replace")) // 2 <= limit
    assert fitted == text or (fitted.endswith("…") and text.startswith(fitted[:-1]))


def test_what_is_html_there_shows_as_it_was_said(three: Path) -> None:
    one = activity("note", "<b>5 & 6</b>", "Dana", None, date(2026, 12, 1), None, None)

    for target, column in (("hubspot", "Note body"), ("pipedrive", "Note content")):
        assert "&lt;b&gt;5 &amp; 6&lt;/b&gt;" in TARGETS[target].note(one)[column]
    assert "<b>5 & 6</b>" in TARGETS["salesforce"].note(one)["Description"]


def test_a_call_in_another_zone_is_the_same_moment() -> None:
    one = activity("task", "x", "Dana", None, date(2026, 12, 1), time(14, 30), "America/New_York")

    assert TARGETS["salesforce"].task(one, BERLIN)["ReminderDateTime"] == "2026-12-01T19:30:00.000Z"
    assert TARGETS["pipedrive"].task(one, BERLIN)["Activity due time"] == "20:30"
