"""The tests take place on one day, in whatever process they do."""

import json
import os
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import clock
from cli import run


def test_a_test_and_what_it_starts_are_on_the_same_day_and_their_clocks_go_on() -> None:
    program = "import datetime, time; print(datetime.datetime.now().astimezone().isoformat(), time.time())"
    moments = []
    for _ in range(2):
        moments.append(datetime.now().astimezone())
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
        told, seconds = done.stdout.split()
        moments += [datetime.fromisoformat(told), datetime.fromtimestamp(float(seconds)).astimezone()]
    moments.append(datetime.now().astimezone())

    assert moments == sorted(moments)
    assert timedelta(0) <= moments[0] - clock.BEGINNING < timedelta(minutes=5)
    assert {moment.utcoffset() for moment in moments} == {clock.BEGINNING.utcoffset()}


def call(home: Path, **variables: str) -> str:
    done = run("when", "I will call her tomorrow.", "--json", home=home, **variables)
    return str(json.loads(done.out)["date"])


def test_a_command_takes_the_day_of_the_test(home: Path) -> None:
    assert call(home) == (clock.BEGINNING + timedelta(days=1)).date().isoformat()


def test_a_command_may_take_another_day(home: Path) -> None:
    moment = datetime(2031, 5, 6, 7, 8, tzinfo=ZoneInfo(os.environ["TZ"]))

    assert call(home, **clock.at(moment)) == "2031-05-07"


def test_what_is_waited_for_comes_in_real_time() -> None:
    began = time.monotonic()
    time.sleep(0.2)

    assert 0.2 <= time.monotonic() - began < 5
