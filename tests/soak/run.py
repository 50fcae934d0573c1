"""The soak: kills, failing disks and power cuts, by the hundred, against the real commands. Takes about 15 minutes.

Usage: run.py [--seed N] [--kills N] [--power-cuts N] [--drops N] [PART...]

The parts are kills, calls, power, disk, offer, refusing and drops.

Ends with a table, and with 1 if a promise was not kept. See docs/soak.md.
"""

import argparse
import secrets
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1]))  # for what the tests share
sys.path.insert(0, str(Path(__file__).parents[2]))  # the packages before the folders of tests that are called like them

import steps
from drops import Drops
from kills import Killing
from memo import Memo, surroundings
from offered import OfferedEnds
from power import PowerCuts, full_disk
from refusing import Refusing
from report import Row, table

PARTS: Final = ("kills", "calls", "power", "disk", "offer", "refusing", "drops")


def main() -> int:
    """Run the parts that were asked for, or all."""
    parser = argparse.ArgumentParser(description="Kills, failing disks and power cuts.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; without any: all")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="of the random moments")
    parser.add_argument("--kills", type=int, default=200, help="how many")
    parser.add_argument("--power-cuts", type=int, default=6, help="how many, of each kind that takes a while")
    parser.add_argument("--offers", type=int, default=10, help="kills at each moment of an offer")
    parser.add_argument("--drops", type=int, default=1000, help="sound files dropped into a folder")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    # So that what is mounted is unmounted.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    print(f"Seed {asked.seed}.", flush=True)
    began = time.monotonic()
    rows = []
    with tempfile.TemporaryDirectory(prefix="aftercall-soak-") as folder:
        for row in _rows(Path(folder), asked):
            rows.append(row)
            print(f"{time.monotonic() - began:5.0f} s  {row.what}: {row.result}", flush=True)
            for fault in row.faults:
                print(f"         {fault}", flush=True)
    print(f"\n{table(rows)}\n\nSeed {asked.seed}, {time.monotonic() - began:.0f} s.")
    return 1 if any(row.faults for row in rows) else 0


def _rows(folder: Path, asked: argparse.Namespace) -> Iterator[Row]:
    parts = asked.parts or PARTS
    memo = Memo.cut(folder)
    if "kills" in parts:
        killing = Killing(folder, memo, asked.seed)
        yield killing.time_a_whole_run()
        yield killing.kill(asked.kills)
    if "calls" in parts:
        yield from _calls(folder, memo)
    if "power" in parts:
        yield from PowerCuts(folder, memo, asked.seed).rows(asked.power_cuts)
    if "disk" in parts:
        yield full_disk(folder, surroundings(folder))
    if "offer" in parts:
        yield from OfferedEnds(folder, memo, asked.seed).rows(asked.offers)
    if "refusing" in parts:
        yield from Refusing(folder, memo).rows()
    if "drops" in parts:
        yield from Drops(folder, surroundings(folder), asked.seed).rows(asked.drops)


def _calls(folder: Path, memo: Memo) -> Iterator[Row]:
    if missing := steps.missing():
        yield Row("each call of the steps that change the inbox", not_run=missing)
        return
    for scene in steps.scenes(folder, memo):
        yield from steps.Steps(folder, memo, scene).rows()


if __name__ == "__main__":
    sys.exit(main())
