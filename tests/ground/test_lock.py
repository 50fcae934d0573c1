"""One process at a time, and the next one as soon as that has ended, in whatever way."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ground.errors import AlreadyRunning, DiskTrouble
from ground.lock import hold, let_go, only_one, own

HOLD = "import sys; from pathlib import Path; from ground.lock import only_one\n"
HOLD += "with only_one(Path(sys.argv[1]), 'held'):\n print('held', flush=True); sys.stdin.read()"


def test_a_second_one_is_told_and_a_killed_one_holds_nothing(tmp_path: Path) -> None:
    lock = tmp_path / "one.lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning, match="one is enough"), only_one(lock, "one is enough"):
            pass
        holder.kill()
        holder.wait()

    with only_one(lock, "one is enough"):
        assert lock.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_lock_whose_file_was_taken_away_by_its_holder_is_taken_anew(tmp_path: Path) -> None:
    lock = tmp_path / "one.lock"
    first = hold(lock)
    assert first is not None
    waiting = os.open(lock, os.O_RDWR)  # by one who opened it before it was let go
    let_go(first, lock)
    assert not own(waiting, lock)
    os.close(waiting)
    with only_one(lock, "held"):
        assert hold(lock) is None


def test_a_disk_that_refuses_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(DiskTrouble, match="Nothing was started"), only_one(tmp_path / "file" / "lock", "held"):
        pass
