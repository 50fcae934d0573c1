"""Contacts on the command line: listed, shown, added, changed, merged, and imported from other programs."""

import csv
import io
import json
import os
import resource
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cli import run

from memos.models import ConfirmedMemo, ContactRef

Fill = Callable[..., None]
BOOKS = Path(__file__).parents[2] / "data" / "contacts"
DETAIL = set("id name company role phone email further spellings note memos last_spoken_at".split())


def contacts(home: Path, *words: str) -> list[dict[str, Any]]:
    done = run("contacts", "list", *words, "--json", home=home)
    return list(json.loads(done.out))


def shown(home: Path, contact: str) -> dict[str, Any]:
    done = run("contacts", "show", contact, "--json", home=home)
    assert done.code == 0, done.err
    return dict(json.loads(done.out))


@pytest.fixture
def three(home: Path, fill: Fill, make_memo: Callable[..., ConfirmedMemo]) -> Path:
    """A home with memos about Dana Whitfield (two), Dana Wu and Tom Baker."""
    dana = ContactRef("Dana Whitfield", "Brightwater", "+15125550143")
    about = [dana, dana, ContactRef("Dana Wu", "Acme"), ContactRef("Tom Baker")]
    fill(home, *(make_memo(number, contact=contact) for number, contact in enumerate(about)))
    return home


class TestListAndShow:
    def test_without_contacts_it_says_how_to_get_some(self, home: Path) -> None:
        for command in (
            ["list"],
            ["show", "Dana"],
            ["merge", "a", "b"],
            ["undo"],
            ["merges"],
            ["edit", "a", "--role", "b"],
        ):
            done = run("contacts", *command, home=home)
            assert (done.code, done.out) == (3, "")
            assert "There are no contacts yet" in done.err
        assert not home.exists() or not (home / "memos.db").exists()

    def test_they_come_by_name_with_when_was_last_talked(self, three: Path) -> None:
        rows = contacts(three)
        assert [row["name"] for row in rows] == ["Dana Whitfield", "Dana Wu", "Tom Baker"]
        assert set(rows[0]) == DETAIL
        assert (rows[0]["memos"], rows[0]["last_spoken_at"]) == (2, "2026-11-17T16:40:05-05:00")
        table = run("contacts", "list", home=three).out
        assert "2026-11-17" in table
        assert table.index("Dana Whitfield") < table.index("Tom Baker")

    def test_words_narrow_the_list(self, three: Path) -> None:
        assert [row["name"] for row in contacts(three, "dana")] == ["Dana Whitfield", "Dana Wu"]
        assert [row["name"] for row in contacts(three, "bright", "da")] == ["Dana Whitfield"]
        assert [row["name"] for row in contacts(three, "--company", "ACME")] == ["Dana Wu"]
        assert run("contacts", "list", "nobody", home=three).code == 3

    def test_a_limit_is_never_silent(self, three: Path) -> None:
        done = run("contacts", "list", "--limit", "2", "--ids", home=three)
        assert done.out.split() == ["1", "2"]
        assert "2 of 3 contacts" in done.err

    def test_one_is_shown_by_id_name_or_near_miss(self, three: Path) -> None:
        for said in ("1", "Dana Whitfield", "whitfeld", "Dana Whitfield (Brightwater)", "+1 512 555 0143"):
            assert shown(three, said)["id"] == 1
        out = run("contacts", "show", "1", home=three).out
        assert "Dana Whitfield (Brightwater)" in out
        assert "+15125550143" in out
        assert "2 memos" in out

    def test_a_name_that_may_be_two_people_is_not_guessed(self, three: Path) -> None:
        done = run("contacts", "show", "dana", home=three)
        assert (done.code, done.out) == (2, "")
        assert "1 Dana Whitfield (Brightwater); 2 Dana Wu (Acme)" in done.err
        assert run("contacts", "show", "Bogdan", home=three).code == 3


class TestAddAndEdit:
    def test_who_is_only_nearly_called_so_is_not_changed(self, three: Path) -> None:
        before = shown(three, "1")
        for command in (("edit", "Whitfeld", "--role", "buyer"), ("merge", "2", "Whitfeld")):
            done = run("contacts", *command, home=three)
            assert done.code == 3
            assert done.lines == [
                "Nobody is called 'Whitfeld', so nothing was changed; the nearest is 1 Dana Whitfield (Brightwater)."
            ]
        assert run("brief", "Whitfeld", "--set", "budget=1", home=three).code == 3
        assert shown(three, "1") == before
        assert "the nearest is Dana Whitfield" in run("contacts", "show", "whitfeld", home=three).err

    def test_one_is_added_with_its_number_in_full(self, home: Path) -> None:
        done = run(
            *("contacts", "add", "Zoë Müller", "--company", "Groß GmbH", "--role", "Einkauf", "--phone", "030 901820"),
            *("--email", "zoe@gross.example", "--note", "mornings", "--spelling", "Zoe Mueller"),
            home=home,
            AFTERCALL_COUNTRY="DE",
        )
        assert (done.code, done.out) == (0, "1\n")
        zoe = shown(home, "Zoe Mueller")
        assert (zoe["phone"], zoe["role"], zoe["note"]) == ("+4930901820", "Einkauf", "mornings")
        assert zoe["spellings"] == ["Zoe Mueller"]

    def test_whom_it_may_be_is_told_and_who_it_is_refused(self, three: Path) -> None:
        near = run("contacts", "add", "Dana Whitfeld", home=three)
        assert near.code == 0
        assert f"aftercall contacts merge 1 {near.out.strip()}" in near.err
        same = run("contacts", "add", "DANA whitfield", "--company", "brightwater", home=three)
        assert (same.code, same.out) == (1, "")
        assert "as contact 1; nothing was changed" in same.err

    @pytest.mark.parametrize("wrong", [["--phone", "12"], ["--email", "anna at acme"], ["--phone", "call me"]])
    def test_what_is_no_number_or_address_is_refused(self, three: Path, wrong: list[str]) -> None:
        for command in (["add", "Anna"], ["edit", "1"]):
            done = run("contacts", *command, *wrong, home=three)
            assert done.code == 2
            assert wrong[1] in done.err
        assert len(contacts(three)) == 3

    @pytest.mark.parametrize("command", [["add", "  "], ["edit", "1"], ["edit", "1", "--name", " "]])
    def test_nothing_is_no_name_and_no_change(self, three: Path, command: list[str]) -> None:
        assert run("contacts", *command, home=three).code == 2

    def test_details_are_changed_and_taken_away(self, three: Path) -> None:
        assert run("contacts", "edit", "Dana Wu", "--role", "CEO", "--phone", "212 555 0100", home=three).code == 0
        assert run("contacts", "edit", "2", "--company", "", "--add-email", "wu@acme.example", home=three).code == 0
        wu = shown(three, "Dana Wu")
        assert (wu["role"], wu["phone"], wu["company"], wu["email"]) == ("CEO", "+12125550100", None, "wu@acme.example")
        done = run("contacts", "edit", "2", "--role", "CEO", home=three)
        assert (done.code, "nothing was changed" in done.err) == (0, True)

    def test_a_new_name_keeps_the_old_one_as_a_spelling(self, three: Path) -> None:
        assert run("contacts", "edit", "3", "--name", "Thomas Baker", home=three).code == 0
        assert (shown(three, "Tom Baker")["name"], shown(three, "3")["spellings"]) == ("Thomas Baker", ["Tom Baker"])
        assert run("contacts", "edit", "3", "--remove-spelling", "tom BAKER", home=three).code == 0
        assert shown(three, "3")["spellings"] == []
        assert run("contacts", "edit", "3", "--add-spelling", "Tommy", "--add-spelling", "Tommy", home=three).code == 0
        assert shown(three, "Tommy")["spellings"] == ["Tommy"]

    def test_the_name_is_found_in_the_search_of_memos_at_once(self, three: Path) -> None:
        run("contacts", "edit", "3", "--company", "Zebra Ltd", home=three)
        assert len(json.loads(run("search", "zebra", "--json", home=three).out)) == 1

    def test_a_further_number_may_become_the_main_one(self, three: Path) -> None:
        run("contacts", "edit", "1", "--add-phone", "512 555 0150", "--add-phone", "512 555 0151", home=three)
        run("contacts", "edit", "1", "--phone", "(512) 555-0150", home=three)
        dana = shown(three, "1")
        assert dana["phone"] == "+15125550150"
        assert [point["value"] for point in dana["further"]] == ["+15125550151", "+15125550143"]
        run("contacts", "edit", "1", "--remove-phone", "5125550150", home=three)
        dana = shown(three, "1")
        assert (dana["phone"], len(dana["further"])) == ("+15125550151", 1)

    def test_two_do_not_become_doubles(self, three: Path) -> None:
        done = run("contacts", "edit", "2", "--name", "Dana Whitfield", "--company", "Brightwater", home=three)
        assert done.code == 1
        assert "known already, as contact 1" in done.err
        assert shown(three, "2")["name"] == "Dana Wu"


class TestMerge:
    def test_two_are_made_one_and_two_again(self, three: Path) -> None:
        before = contacts(three)
        done = run("contacts", "merge", "Dana Whitfield", "Dana Wu", home=three)
        assert (done.code, done.out) == (0, "1\n")
        assert "with 1 memo and 1 promised call" in done.err
        assert "aftercall contacts undo 1" in done.err
        assert [row["name"] for row in contacts(three)] == ["Dana Whitfield", "Tom Baker"]
        dana = shown(three, "2")
        assert (dana["id"], dana["memos"], dana["spellings"]) == (1, 3, ["Dana Wu"])
        assert dana["merges"][0]["merged"]["name"] == "Dana Wu"
        assert "aftercall contacts undo 1" in run("contacts", "show", "1", home=three).out
        assert run("doctor", home=three).err.count("references") == 0

        undone = run("contacts", "undo", home=three)
        assert undone.code == 0
        assert "Dana Wu (Acme) is contact 2 again" in undone.err
        assert contacts(three) == before

    def test_the_merges_are_listed(self, three: Path) -> None:
        assert run("contacts", "merges", home=three).code == 3
        run("contacts", "merge", "1", "2", home=three)
        run("contacts", "undo", "1", home=three)
        run("contacts", "merge", "3", "1", home=three)
        rows = json.loads(run("contacts", "merges", "--json", home=three).out)
        assert [(row["id"], row["undone_at"] is None) for row in rows] == [(2, True), (1, False)]
        assert "Dana Whitfield (Brightwater) into Tom Baker" in run("contacts", "merges", home=three).out

    def test_what_cannot_be_undone_says_why_in_a_line(self, three: Path) -> None:
        assert run("contacts", "undo", home=three).code == 3
        run("contacts", "merge", "1", "2", home=three)
        run("contacts", "merge", "3", "1", home=three)
        done = run("contacts", "undo", "1", home=three)
        assert done.code == 1
        assert len(done.lines) == 1
        assert "aftercall contacts undo 2" in done.err
        assert run("contacts", "undo", "2", home=three).code == run("contacts", "undo", "1", home=three).code == 0
        again = run("contacts", "undo", "1", home=three)
        assert (again.code, "was undone already" in again.err) == (1, True)
        assert run("contacts", "undo", "9", home=three).code == 3

    def test_one_is_not_merged_with_itself(self, three: Path) -> None:
        done = run("contacts", "merge", "Dana Wu", "2", home=three)
        assert (done.code, "both names mean contact 2" in done.err) == (2, True)


class TestMoveAndSplit:
    def test_a_memo_goes_to_somebody_else_and_comes_back(self, three: Path) -> None:
        memo = json.loads(run("list", "--json", home=three).out)[-1]["id"]
        done = run("move", memo, "Tom", "Baker", home=three)
        assert (done.code, done.out) == (0, "1\n")
        assert done.lines == [
            "1 memo and 1 promised call of Dana Whitfield (Brightwater) went to Tom Baker. "
            "To take it back: aftercall contacts undo 1"
        ]
        assert [row["memos"] for row in contacts(three)] == [1, 1, 2]
        assert f"{memo} from Dana Whitfield" in run("contacts", "merges", home=three).out
        undone = run("contacts", "undo", home=three)
        assert undone.lines == [f"The memo {memo} is about Dana Whitfield (Brightwater) again."]
        assert [row["memos"] for row in contacts(three)] == [2, 1, 1]

    @pytest.mark.parametrize(
        ("words", "code"), [(["nothing", "1"], 3), (["20", "1"], 2), (["20", "Nobody Known"], 3), (["20"], 2)]
    )
    def test_what_cannot_be_moved_says_why_and_moves_nothing(self, three: Path, words: list[str], code: int) -> None:
        done = run("move", *words, home=three)
        assert (done.code, done.out) == (code, "")
        assert [row["memos"] for row in contacts(three)] == [2, 1, 1]

    def test_one_who_swallowed_another_is_split_and_whole_again(self, three: Path) -> None:
        run("contacts", "edit", "1", "--add-spelling", "Paul Whitfield", "--add-phone", "512 555 0177", home=three)
        before = contacts(three)
        memo = json.loads(run("list", "--contact", "Dana Whitfield", "--json", home=three).out)[0]["id"]
        done = run(
            *("contacts", "split", "1", "Paul Whitfield", "--phone", "512 555 0177", "--shared", "512 555 0143"),
            *("--memo", memo),
            home=three,
        )
        assert (done.code, done.out) == (0, "1\n")
        assert "4 Paul Whitfield (Brightwater) is apart from Dana Whitfield (Brightwater) now, with 1 memo" in done.err
        paul, dana = shown(three, "4"), shown(three, "1")
        assert (paul["phone"], [point["value"] for point in paul["further"]]) == ("+15125550177", ["+15125550143"])
        assert (dana["phone"], dana["further"], dana["spellings"], dana["memos"]) == ("+15125550143", [], [], 1)
        assert run("contacts", "undo", home=three).code == 0
        assert contacts(three) == before


class TestImport:
    def test_a_phone_s_cards_become_contacts(self, home: Path) -> None:
        done = run("contacts", "import", BOOKS / "ios.vcf", home=home)
        assert (done.code, done.out) == (0, "")
        assert done.lines == ["ios.vcf: 3 new."]
        dana = shown(home, "Dee")
        assert (dana["name"], dana["role"], dana["phone"]) == ("Dana Whitfield", "Fleet Manager", "+15125550143")
        assert [point["label"] for point in dana["further"]] == ["work", "reception", "home", "home"]

    def test_the_same_file_again_adds_nothing(self, home: Path) -> None:
        run("contacts", "import", BOOKS / "google.csv", home=home)
        before = contacts(home)
        done = run("contacts", "import", BOOKS / "google.csv", home=home)
        assert done.lines[1:] == ["google.csv: 3 known already."]
        assert contacts(home) == before

    def test_what_is_known_stays_and_where_it_differs_is_told(self, three: Path) -> None:
        run("contacts", "edit", "1", "--role", "CFO", home=three)
        done = run("contacts", "import", BOOKS / "hubspot.csv", home=three)
        assert done.code == 0
        assert done.lines == [
            "hubspot.csv, line 1: not known, and passed over: 'Record ID', 'Contact owner', 'Last Activity Date', "
            "'Lead Status', 'Marketing contact status', 'Create Date', 'Associated Company IDs'",
            "hubspot.csv, line 2: Dana Whitfield (Brightwater): the role is Fleet Manager here, CFO was kept",
            "hubspot.csv, line 3: Tom Baker (Acme) may be 3 Tom Baker, by the same name: taken as somebody new; should "
            "they be one: aftercall contacts merge 3 4",
            "hubspot.csv: 2 new, 1 known and completed.",
        ]
        dana = shown(three, "1")
        assert (dana["phone"], dana["role"], dana["email"]) == ("+15125550143", "CFO", "dana@brightwater.example")
        assert [point["value"] for point in dana["further"]] == ["+15125550150"]

    def test_bad_rows_are_told_by_line_and_cost_nobody_else(self, home: Path) -> None:
        done = run("contacts", "import", BOOKS / "broken.csv", BOOKS / "broken.vcf", BOOKS / "ios.vcf", home=home)
        assert done.code == 1
        assert [line.split(":")[0] for line in done.lines[:6]] == [
            f"broken.csv, line {number}" for number in (2, 3, 4, 5, 8, 12)
        ]
        assert "broken.csv: 3 new, 5 not taken." in done.lines
        assert "broken.vcf, line 12: the card that begins here has no END:VCARD: not taken" in done.lines
        assert "Not everything could be taken; the rest was." in done.lines[-1]
        assert {"Anna Lee", "Bert Hill", "Eve Short", "Tom Baker", "Dana Whitfield"} <= {
            row["name"] for row in contacts(home)
        }

    @pytest.mark.parametrize("name", ["workbook.csv", "no-names.csv", "nowhere.csv", "."])
    def test_what_is_no_address_book_is_said_and_the_next_file_is_taken(self, home: Path, name: str) -> None:
        done = run("contacts", "import", BOOKS / name, BOOKS / "google.vcf", home=home)
        assert done.code == 1
        assert "nothing was imported" in done.lines[0]
        assert len(contacts(home)) == 2

    def test_a_dry_run_writes_nothing(self, home: Path, three: Path) -> None:
        before = (three / "memos.db").read_bytes()
        done = run(
            "contacts", "import", "--dry-run", BOOKS / "hubspot.csv", BOOKS / "pipedrive.csv", "--json", home=three
        )
        assert done.code == 0
        assert done.lines == [
            "hubspot.csv, line 1: not known, and passed over: 'Record ID', 'Contact owner', 'Last Activity Date', "
            "'Lead Status', 'Marketing contact status', 'Create Date', 'Associated Company IDs'",
            "hubspot.csv, line 2: Dana Whitfield would be taken for 1 Dana Whitfield (Brightwater)",
            "hubspot.csv, line 3: Tom Baker (Acme) may be 3 Tom Baker, by the same name: taken as somebody new",
            "hubspot.csv: 2 new, 1 known and completed. Nothing was written.",
            "pipedrive.csv, line 1: not known, and passed over: 'Person - ID', 'Person - Open deals', 'Person - Owner'",
            "pipedrive.csv, line 2: Dana Whitfield would be taken for 1 Dana Whitfield (Brightwater)",
            "pipedrive.csv, line 3: Tom Baker would be taken for 4 Tom Baker (Acme)",
            "pipedrive.csv: 1 known and completed, 1 known already. Nothing was written.",
        ]
        rows = json.loads(done.out)
        assert [(row["line"], row["outcome"], row["name"]) for row in rows[:3]] == [
            (2, "gained", "Dana Whitfield"),
            (3, "new", "Tom Baker"),
            (4, "new", "info@globex.example"),
        ]
        assert (three / "memos.db").read_bytes() == before
        assert len(contacts(three)) == 3

    def test_two_who_share_a_number_or_an_address_stay_two(self, home: Path) -> None:
        done = run("contacts", "import", BOOKS / "shared.csv", home=home)
        assert (done.code, done.lines[-1]) == (0, "shared.csv: 6 new.")
        assert [row["name"] for row in contacts(home)] == [
            "Anna Becker",
            "Jo Lind",
            "Joe Lind",
            "Lee Marsh",
            "Paul Becker",
            "Rita Olsen",
        ]
        assert done.lines[:-1] == [
            "shared.csv, line 7: Joe Lind (Lind Farms) may be 5 Jo Lind (Lind Farms), by the same number: taken as "
            "somebody new; should they be one: aftercall contacts merge 5 6"
        ]

    def test_a_dry_run_makes_no_store(self, home: Path) -> None:
        assert run("contacts", "import", "--dry-run", BOOKS / "ios.vcf", home=home).code == 0
        assert not (home / "memos.db").exists()

    def test_numbers_are_of_the_rep_s_country(self, home: Path) -> None:
        run("contacts", "import", BOOKS / "outlook.vcf", home=home, AFTERCALL_COUNTRY="DE")
        assert contacts(home)[0]["phone"] == "+4915123456780"

    def test_what_was_exported_here_can_be_imported_elsewhere(self, three: Path, tmp_path: Path) -> None:
        out = run("contacts", "list", "--csv", home=three).out
        assert [row["name"] for row in csv.DictReader(io.StringIO(out))] == ["Dana Whitfield", "Dana Wu", "Tom Baker"]
        (tmp_path / "mine.csv").write_text(out, "utf-8")
        other = tmp_path / "other"
        assert run("contacts", "import", tmp_path / "mine.csv", home=other).lines == ["mine.csv: 3 new."]
        assert shown(other, "Dana Whitfield")["phone"] == "+15125550143"

    def test_the_list_read_back_is_the_identity(self, home: Path, tmp_path: Path) -> None:
        run("contacts", "add", "'t Hooft", "--company", "=Staal, BV", "--phone", "+31 20 624 1111", home=home)
        run("contacts", "edit", "1", "--add-phone", "512-555-0143 x12345", "--add-phone", "555-0143", home=home)
        run("contacts", "edit", "1", "--add-email", "a@x.example", "--add-email", "b@x.example", home=home)
        run("contacts", "edit", "1", "--add-spelling", "T. Hooft, jr", "--add-spelling", "-Hooft", home=home)
        run("contacts", "add", "No Body", "--note", "mornings; never Mondays", home=home)
        run("contacts", "import", BOOKS / "ios.vcf", home=home)
        before = contacts(home)
        (tmp_path / "mine.csv").write_text(run("contacts", "list", "--csv", home=home).out, "utf-8")
        assert run("contacts", "import", tmp_path / "mine.csv", home=home).lines[-1] == "mine.csv: 5 known already."
        assert contacts(home) == before
        other = tmp_path / "other"
        assert run("contacts", "import", tmp_path / "mine.csv", home=other).lines[-1] == "mine.csv: 5 new."
        mine = {json.dumps({**row, "id": 0, "note": " ".join((row["note"] or "").split())}) for row in before}
        theirs = {json.dumps({**row, "id": 0, "note": row["note"] or ""}) for row in contacts(other)}
        assert theirs == mine

    def test_hostile_cards_are_shown_as_words(self, home: Path, tmp_path: Path) -> None:
        evil = "=cmd|x \x1b[2J\u202eevil\x07 [red]x[/red]"
        (tmp_path / "evil.vcf").write_text(
            f"BEGIN:VCARD\nVERSION:3.0\nFN:{evil}\nTITLE:{evil}\nNOTE:a\\n{evil}\nTEL:{evil}\nEND:VCARD\n", "utf-8"
        )
        assert run("contacts", "import", tmp_path / "evil.vcf", home=home).code == 0
        for command in (["list"], ["show", "1"]):
            out = run("contacts", *command, home=home).out
            assert not set(out) & set("\x1b\x07\u202e")
            assert "[red]x[/red]" in out
        for row in csv.reader(io.StringIO(run("contacts", "list", "--csv", home=home).out)):
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)

    def test_five_thousand_are_taken_within_ten_seconds(self, home: Path, tmp_path: Path) -> None:
        picture = "\r\n ".join(["A" * 74] * 100)
        (tmp_path / "many.vcf").write_text(
            "".join(
                f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Person{n};Jo;;;\r\nFN:Jo Person{n}\r\nORG:Company {n % 900};\r\n"
                f"TEL;type=CELL;type=pref:(512) {200 + n // 10000}-{n:04}\r\nEMAIL:jo{n}@x.example\r\n"
                f"NOTE:one\\ntwo\r\nPHOTO;ENCODING=b;TYPE=JPEG:{picture}\r\nEND:VCARD\r\n"
                for n in range(5000)
            ),
            "utf-8",
            newline="",
        )
        # Of the processor, so that it says the same on a machine that has other work.
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = run("contacts", "import", tmp_path / "many.vcf", home=home)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 10
        assert done.lines[-1] == "many.vcf: 5000 new."  # after those whose names are nearly the same
        with closing(sqlite3.connect(home / "memos.db")) as conn:
            assert conn.execute("SELECT count(*), count(phone), count(note) FROM contacts").fetchone() == (5000,) * 3


class TestANumberIsAName:
    @pytest.mark.parametrize(
        ("words", "hint"),
        [
            (["--number", "(512) 555-0143"], "+15125550143"),
            (["--contact", "512-555-0143"], "+15125550143"),
            (["--contact", "Dana, Brightwater", "--number", "+15125550143"], "Dana, Brightwater, +15125550143"),
            (["--contact", "Studio 54"], "Studio 54"),
            (["--number", "203"], "203"),
        ],
    )
    def test_it_is_kept_with_what_was_said(self, home: Path, words: list[str], hint: str) -> None:
        assert run("jot", "She wants the quote.", *words, home=home).code == 0
        assert json.loads(run("inbox", "--json", home=home).out)[0]["contact_hint"] == hint

    def test_what_is_no_number_is_refused(self, home: Path) -> None:
        for command in (["jot", "Words."], ["record", "--later"], ["watch", "--once"]):
            assert run(*command, "--number", "call me", home=home).code == 2
        assert run("watch", "--number", "512 555 0143", home=home).code == 2

    def test_one_without_a_name_is_listed_found_named_and_read_back(
        self, home: Path, fill: Fill, make_memo: Callable[..., ConfirmedMemo], tmp_path: Path
    ) -> None:
        fill(home, make_memo(0, contact=ContactRef("", phone="+15125550143")))
        assert "+15125550143" in run("contacts", "list", home=home).out
        assert "+15125550143" in run("due", "--all", home=home).out + run("contacts", "show", "1", home=home).out
        (tmp_path / "mine.csv").write_text(run("contacts", "list", "--csv", home=home).out, "utf-8")
        assert run("contacts", "import", tmp_path / "mine.csv", home=home).lines[-1] == "mine.csv: 1 known already."
        assert run("brief", "+15125550143", "--no-ask", home=home).code == 0
        assert run("contacts", "edit", "512 555 0143", "--name", "Dana Whitfield", home=home).code == 0
        assert (shown(home, "1")["name"], shown(home, "1")["spellings"]) == ("Dana Whitfield", [])


@pytest.mark.parametrize("kind", ["pipe", "folder", "endless"])
def test_what_is_no_file_is_no_address_book_and_holds_nothing_up(home: Path, tmp_path: Path, kind: str) -> None:
    path = Path("/dev/zero") if kind == "endless" else tmp_path / "book"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    done = run("contacts", "import", path, home=home)
    assert done.code == 1
    assert "cannot be read" in done.lines[0]


def test_a_number_that_no_store_can_hold_is_one_line(home: Path) -> None:
    assert run("contacts", "add", "Dana", home=home).code == 0
    done = run("contacts", "undo", "99999999999999999999", home=home)
    assert (len(done.lines), "unexpectedly" in done.err) == (1, False)
    assert done.code != 0
