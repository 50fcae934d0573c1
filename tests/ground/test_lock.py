"""One process at a time, and the next one as soon as that has ended, in whatever way."""

import subprocess
import sys
from pathlib import Path

import pytest

from ground.errors import AlreadyRunning, DiskTrouble
from ground.lock import only_one

HOLD = "import sys; from pathlib import Path; from ground.lock import only_one\n"
HOLD += "with only_one(Path(sys.argv[1]), 'held'):\n print('held', flush=True); sys.stdin.read()"


def test_a_second_one_is_told_and_a_killed_one_holds_nothing(tmp_path: Path) -> None:
    lock = tmp_path / "new" / "one.lock"
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


def test_what_is_not_to_be_made_and_is_not_there_counts_as_held(tmp_path: Path) -> None:
    with pytest.raises(AlreadyRunning, match="gone"), only_one(tmp_path / "sound.wav", "gone", create=False):
        pass

    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(DiskTrouble, match="Nothing was started"), only_one(tmp_path / "file" / "lock", "held"):
        pass
