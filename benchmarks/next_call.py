"""How often the next call is read right, per set of texts: the project's memos, and what strangers said and wrote.

    python benchmarks/next_call.py [CORPORA] [--answers FILE]

CORPORA is a folder with some of real-people.jsonl, commands.jsonl, kinds.tsv, reported.tsv, duckling.jsonl,
chrono.jsonl, negative.jsonl and memos-*.jsonl, which are no part of the project; what is not there is passed over.
With --only NAME just the sets whose name begins so are read. FILE gets every answer with every date found and the
reason for it, one JSON object a line: two of them, held side by side, show what a change changes.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

from review.next_call import NextCall, Reading, explain, find_next_call, resolve_answer, to_json, to_json_found

OWN: Final = Path(__file__).parents[1] / "tests" / "data" / "next_call"
SENTENCES_SAID: Final = "2026-11-18T16:40:00+00:00"
KINDS_SAID: Final = "2026-11-24T10:00:00+00:00"
Answer = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Item:
    """A text with what is right: a day and a time of the day, None where there is none; `also` are as right."""

    name: str
    text: str
    spoken_at: str
    right: Answer
    also: tuple[Answer, ...] = ()
    locale: str = "en-US"


def own_memos(name: str) -> Iterator[Item]:
    for row in _rows(OWN / f"{name}.jsonl"):
        also = tuple((day, at) for day, at in row.get("also", ()))
        yield Item(row["id"], row["text"], row["spoken_at"], (row["date"], row["time"]), also, row["locale"])


def own_sentences() -> Iterator[Item]:
    for at, line in enumerate((OWN / "sentences.tsv").read_text("utf-8").splitlines()):
        expected, text = line.split("\t")
        day, _, clock = expected.partition(" ")
        yield Item(f"sentence-{at}", text, SENTENCES_SAID, (None if day == "-" else day, clock or None))


def strangers(path: Path, field: str) -> Iterator[Item]:
    """Rows with next_date and next_time; `field` is the wording that is read."""
    for row in _rows(path):
        also = tuple((day, at) for day, at in row["also"])
        right = row["next_date"], row["next_time"]
        yield Item(row["id"], row[field], row["reference"], right, also, row["locale"])


def kinds(path: Path) -> Iterator[Item]:
    for at, (kind, text, day, clock) in enumerate(_columns(path, 4)):
        yield Item(f"{kind}-{at}", text, KINDS_SAID, (day or None, clock or None))


def reported(path: Path) -> Iterator[Item]:
    for at, (source, said, text, day, clock, _) in enumerate(_columns(path, 6)):
        if source != "source":
            right = (None, None) if day == "-" else (day or None, clock or None)
            yield Item(f"{source}-{at}", text, said, right)


def memos(path: Path) -> Iterator[Item]:
    """Rows with date and time, which are empty or left out where there is none, of memos by other hands."""
    for at, row in enumerate(_rows(path)):
        right = row.get("date") or None, row.get("time") or None
        also = tuple((day, at) for day, at in row.get("also", ()))
        locale = row.get("locale", "en-US")
        yield Item(f"{path.stem}-{at}", row["text"], row["reference"], right, also, locale)


def phrases(path: Path) -> Iterator[Item]:
    """Phrases that are a point in time, and not past; a time of the day counts where it is named."""
    for row in _rows(path):
        if row["kind"] == "point" and "past" not in row["tags"]:
            day, _, clock = row["expected_start"].partition("T")
            timed = row["granularity"] in {"time", "hour", "minute", "second"}
            yield Item(row["id"], row["text"], row["reference"], (day, clock[:5] if timed and clock else None))


def dateless(path: Path) -> Iterator[Item]:
    for at, row in enumerate(_rows(path)):
        yield Item(f"dateless-{at}", row["text"], row["reference"], (None, None))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, path.read_text("utf-8").splitlines())


def _columns(path: Path, count: int) -> Iterator[list[str]]:
    for line in path.read_text("utf-8").splitlines():
        yield (line.split("\t") + [""] * count)[:count]


Reader = Callable[[Item], NextCall | None]


def read_memo(item: Item) -> NextCall | None:
    return find_next_call(item.text, datetime.fromisoformat(item.spoken_at), locale=item.locale)


def read_phrase(item: Item) -> NextCall | None:
    return resolve_answer(item.text, datetime.fromisoformat(item.spoken_at), locale=item.locale)


@dataclass(slots=True)
class Score:
    """How many of `n` were read right, by the day, and by day and time; of how many the day was among all days shown;
    how many wrong ones were shown without a doubt; how many have a day though none was set; how many were asked."""

    n: int = 0
    day: int = 0
    both: int = 0
    offered: int = 0
    sure_and_wrong: int = 0
    invented: int = 0
    asked: int = 0

    def add(self, item: Item, call: NextCall | None) -> None:
        read = plain(call)
        right = {item.right, *item.also}
        days = {day for day, _ in right}
        self.n += 1
        self.day += read[0] in days
        self.both += read in right
        self.offered += bool(days & {read[0], *(plain(other)[0] for other in (call.others if call else ()))})
        self.sure_and_wrong += read not in right and not (call and call.ambiguous)
        self.asked += call is not None and call.ambiguous
        self.invented += days == {None} and read[0] is not None


def plain(call: NextCall | Reading | None) -> Answer:
    if call is None:
        return None, None
    return call.date and call.date.isoformat(), call.time and f"{call.time:%H:%M}"


def sets(corpora: Path | None) -> Iterator[tuple[str, Iterator[Item], Reader]]:
    for name in ("dev", "earlier", "rounds", "others", "unseen"):
        yield name, own_memos(name), read_memo
    yield "sentences", own_sentences(), read_memo
    if corpora is None:
        return
    foreign: tuple[tuple[str, str, Iterator[Item], Reader], ...] = (
        ("people, typed", "real-people.jsonl", strangers(corpora / "real-people.jsonl", "text"), read_memo),
        ("people, spoken", "real-people.jsonl", strangers(corpora / "real-people.jsonl", "spoken"), read_memo),
        ("commands", "commands.jsonl", strangers(corpora / "commands.jsonl", "text"), read_memo),
        ("commands, capitals", "commands.jsonl", strangers(corpora / "commands.jsonl", "cap"), read_memo),
        ("kinds", "kinds.tsv", kinds(corpora / "kinds.tsv"), read_memo),
        ("reported", "reported.tsv", reported(corpora / "reported.tsv"), read_memo),
        ("duckling", "duckling.jsonl", phrases(corpora / "duckling.jsonl"), read_phrase),
        ("chrono", "chrono.jsonl", phrases(corpora / "chrono.jsonl"), read_phrase),
        ("dateless", "negative.jsonl", dateless(corpora / "negative.jsonl"), read_phrase),
    )
    yield from ((name, items, reader) for name, file, items, reader in foreign if (corpora / file).is_file())
    yield from ((path.stem, memos(path), read_memo) for path in sorted(corpora.glob("memos-*.jsonl")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, nargs="?", help="folder with the texts of strangers")
    parser.add_argument("--answers", type=Path, help="file for every answer with its reasons")
    parser.add_argument("--only", default="", metavar="NAME", help="read the sets whose name begins so")
    options = parser.parse_args()
    if options.corpora and not options.corpora.is_dir():
        sys.exit(f"no folder: {options.corpora}")
    print(f"{'':19}    n  date  both  offered  sure+wrong  invented  asked  median ms")
    answers: list[str] = []
    for name, items, reader in sets(options.corpora):
        if not name.startswith(options.only):
            continue
        score, took = Score(), []
        for item in items:
            began = perf_counter()
            call = reader(item)
            took.append(perf_counter() - began)
            score.add(item, call)
            if options.answers:
                dates = explain(item.text, datetime.fromisoformat(item.spoken_at), locale=item.locale)
                found = [to_json_found(one) for one in dates]
                row = {"set": name, "id": item.name, "text": item.text, "right": item.right, "read": to_json(call)}
                answers.append(json.dumps({**row, "dates": found}, ensure_ascii=False))
        shares = f"{score.day / score.n:6.1%}{score.both / score.n:6.1%}{score.offered / score.n:9.1%}"
        print(
            f"{name:19} {score.n:4} {shares} {score.sure_and_wrong:11} {score.invented:9} {score.asked / score.n:6.1%}"
            f" {median(took) * 1000:10.2f}"
        )
    if options.answers:
        options.answers.write_text("\n".join(answers) + "\n", "utf-8")


if __name__ == "__main__":
    main()
