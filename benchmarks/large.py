"""Time and memory of the commands over a large store, a large inbox and a large address book.

Made first (some minutes), unless a folder with them is given, and kept there: 200,000 confirmed memos; 5,000 that wait
to be read; a CSV of 100,000 contacts. Seconds are the median of so many runs, from start to end of a process whose
output is thrown away, and of these the processor's; memory is its largest resident set. Words after these two choose
the commands that have one of them. Usage: large.py [FOLDER [RUNS [WORD...]]]
"""

import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.generate_memos import TODAY, Maker, generate  # noqa: E402  # after the path
from capture.pcm import write_wav  # noqa: E402
from capture.recording import EndedBy, Recording, new_id  # noqa: E402
from memos.store import Store  # noqa: E402
from transcribe.transcript import Segment, Transcript, Word  # noqa: E402

MEMOS: Final = 200_000
WAITING: Final = 5_000
PEOPLE: Final = 100_000

MEASURED: Final = """
import json, resource, subprocess, sys, time
began = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
taken = time.perf_counter() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
busy = used.ru_utime + used.ru_stime
print(json.dumps([taken, busy, used.ru_maxrss, code.returncode, code.stderr.decode("utf-8", "replace")[-300:]]))
"""
"""Run by a process that is small itself: one passes the memory of its parent off as its own."""

PLUGIN: Final = """
import json
from aftercall.plugins import hookimpl

@hookimpl
def aftercall_exports():
    return {"counted": lambda data: json.dumps({name: len(data[name]) for name in ("memos", "contacts")})}
"""


def main(folder: str | None = None, runs: str = "3", *words: str) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as made:
        base = Path(folder or made)
        large, waiting, book = base / "large", base / "waiting", base / "book.csv"
        for path, make in ((large, make_large), (waiting, make_waiting), (book, make_book)):
            if not path.exists():
                print(f"making {path.name} …", file=sys.stderr)
                make(path)
        out, plugin = Path(made) / "out", Path(made) / "plugin"
        make_plugin(plugin)
        with Store.open(large / "memos.db") as store:
            newest = store.list(limit=1)[0].id
        to_file = ["export", "--to"]
        print("| command | seconds | of the processor | memory |\n|---|---|---|---|")
        for home, commands in (
            (
                large,
                (
                    ["list"],
                    ["list", "--limit", str(MEMOS), "--nl"],
                    ["search", "budget"],
                    ["search", "the", "--limit", str(MEMOS), "--csv"],
                    ["show", newest],
                    ["due"],
                    ["due", "--all", "--limit", str(MEMOS), "--json"],
                    ["stats"],
                    ["contacts", "list", "--csv"],
                    ["when", "--score"],
                    ["inbox"],
                    [*to_file, "json", "-"],
                    [*to_file, "json", "--dry-run"],
                    [*to_file, "csv", str(out)],
                    [*to_file, "csv", "--dry-run"],
                    [*to_file, "counted", "-"],
                    [*to_file, "hubspot", "--dry-run"],
                    [*to_file, "salesforce", str(out)],
                    [*to_file, "pipedrive", str(out), "--again"],
                    ["backup", str(out / "backup.zip")],
                    ["doctor"],
                    ["contacts", "import", "--dry-run", str(book)],
                    ["contacts", "import", str(book)],
                    ["delete", newest, "--yes"],
                ),
            ),
            (
                waiting,
                (
                    ["inbox"],
                    ["inbox", "--json"],
                    ["review"],
                    ["due"],
                    ["transcribe"],
                    ["jot", "call Dana on Monday at ten"],
                    ["import", str(ROOT / "samples" / "plain.flac")],
                    ["record", "--from", str(ROOT / "samples" / "plain.flac"), "--later"],
                    ["purge", "--dry-run"],
                ),
            ),
        ):
            for command in commands:
                if not words or any(word in " ".join(command) for word in words):
                    row(home, command, plugin, out, int(runs))


def row(home: Path, command: list[str], plugin: Path, out: Path, runs: int) -> None:
    """Run a command so often, each time in a home as it was made, and print its row."""
    found = []
    for _ in range(1 if command[:1] in (["backup"], ["export"], ["doctor"], ["contacts"]) else runs):
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        changes = command[0] in {"delete", "import", "jot", "record"} or command[:2] == ["contacts", "import"]
        here = Path(shutil.copytree(home, out / "home")) if changes else home
        environment = os.environ | {
            "AFTERCALL_HOME": str(here),
            "AFTERCALL_CUE": "no",
            "PYTHONPATH": os.pathsep.join([str(plugin), str(ROOT)]),
        }
        through = [sys.executable, "-c", MEASURED, sys.executable, "-m", "aftercall", *command]
        found.append(json.loads(subprocess.run(through, env=environment, capture_output=True, check=True).stdout))
    seconds, busy = (statistics.median(one[at] for one in found) for at in (0, 1))
    peak = max(one[2] for one in found) / (1e6 if sys.platform == "darwin" else 1e3)
    *_, code, told = found[-1]
    said = f" (exit code {code}: {told.strip().splitlines()[-1] if told.strip() else ''})" if code not in (0, 3) else ""
    where = "" if home.name == "large" else f"{WAITING:,} waiting: "
    name = " ".join(Path(word).name if word.startswith("/") else word for word in command)
    print(f"| {where}`{name}`{said} | {seconds:.2f} s | {busy:.2f} s | {peak:.0f} MB |", flush=True)


def make_large(home: Path) -> None:
    """A home with so many memos."""
    half = home.with_name("large.part")
    half.mkdir(mode=0o700)
    generate(half / "memos.db", MEMOS)
    half.rename(home)


def make_waiting(home: Path) -> None:
    """A home in which so many typed memos wait, and a store of a few that are confirmed."""
    home.mkdir(mode=0o700)
    generate(home / "memos.db", 100)
    inbox = home / "inbox"
    inbox.mkdir(mode=0o700)
    for number, (_, memo) in enumerate(Maker(WAITING, 1).memos()):
        spoken_at = TODAY - timedelta(minutes=number)
        recording_id = new_id(spoken_at, f"{number & 0xFFFF:04x}")
        words = tuple(Word(word, 0.0, 0.0, 1.0) for word in memo.text.split())
        segment = Segment(0.0, 0.0, memo.text, words, 0.0, 1.0, 0.0, 0.0)
        heard = Transcript((segment,), "en", "typed", "typed", "", 0.0)
        facts = Recording(recording_id, spoken_at, 0.0, "typed", None, EndedBy.TYPED)
        for kind, note in (("json", facts.to_dict()), ("transcript.json", heard.to_dict())):
            (inbox / f"{recording_id}.{kind}").write_text(json.dumps(note), "utf-8")
        with (inbox / f"{recording_id}.wav").open("wb") as file:
            write_wav(file, [b""], 0)


def make_book(path: Path) -> None:
    """An address book of so many people."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Name", "Company", "Job Title", "Phone", "E-mail", "Notes"])
        for number, one in enumerate(Maker(PEOPLE * 12, 2).contacts):
            writer.writerow([one.name, one.company, "Buyer", one.phone, f"n{number}@x.example", "met at the fair " * 5])


def make_plugin(folder: Path) -> None:
    """A plugin with an export format, as it is found when it is installed."""
    about = folder / "counted-1.0.dist-info"
    about.mkdir(parents=True)
    (folder / "counted_plugin.py").write_text(PLUGIN)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: counted\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[aftercall.plugins]\ncounted = counted_plugin\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
