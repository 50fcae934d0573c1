"""File systems made for the purpose: one whose power can be cut, and one that is small."""

import fcntl
import os
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

SHUTDOWN: Final = 0x8004587D
"""EXT4_IOC_SHUTDOWN of Linux's ext4.h: from then on nothing reaches the disk, as when the power fails."""

NO_LOG_FLUSH: Final = 2
"""EXT4_GOING_FLAGS_NOLOGFLUSH: what is in the journal's buffer is lost, too."""

IMAGE_BYTES: Final = 48 << 20


class Mounted:
    """A mounted file system. A context manager: unmounted at the end, whatever happened."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder = folder
        self._arguments = arguments

    def __enter__(self) -> Self:
        self.folder.mkdir(exist_ok=True)
        _run("mount", *self._arguments, str(self.folder))
        return self

    def __exit__(self, *_: object) -> None:
        self.unmount()

    def unmount(self) -> None:
        """Wait a moment for those who still use it, then take it away from them."""
        for _ in range(50):
            if not os.path.ismount(self.folder):
                return
            if subprocess.run(["umount", str(self.folder)], capture_output=True).returncode == 0:
                return
            time.sleep(0.1)
        _run("umount", "--lazy", str(self.folder))


class PowerCut(Mounted):
    """An ext4 in a file, on a loop device that goes when it is unmounted."""

    def __init__(self, folder: Path, image: Path) -> None:
        super().__init__(folder, "-o", "loop", str(image))
        with image.open("wb") as file:
            file.truncate(IMAGE_BYTES)
        _run("mkfs.ext4", "-q", "-F", str(image))

    def cut(self) -> None:
        """From now on nothing is written, and what was not on the disk is gone."""
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        finally:
            os.close(descriptor)

    def restart(self) -> None:
        """Mount it again, as after the power is back; the journal is replayed."""
        self.unmount()
        self.__enter__()


@contextmanager
def small(folder: Path, size: str) -> Iterator[Mounted]:
    """A file system in memory with room for ``size`` ("300k")."""
    with Mounted(folder, "-t", "tmpfs", "-o", f"size={size}", "tmpfs") as mounted:
        yield mounted


def grow(mounted: Mounted, size: str) -> None:
    """Make room."""
    _run("mount", "-o", f"remount,size={size}", str(mounted.folder))


def missing_for_power_cuts() -> str:
    """Why no power can be cut here; empty where it can."""
    if why := missing_for_mounts():
        return why
    try:
        with tempfile.TemporaryDirectory(prefix="aftercall-soak-") as name:
            folder = Path(name)
            with PowerCut(folder / "disk", folder / "image") as power:
                power.cut()
    except (OSError, subprocess.CalledProcessError) as error:
        return f"no ext4 on a loop device ({getattr(error, 'stderr', '') or error})".replace("\n", " ").strip()
    return ""


def missing_for_mounts() -> str:
    """Why nothing can be mounted here; empty where it can."""
    if os.name != "posix" or os.geteuid() != 0:
        return "only root may mount"
    try:
        with tempfile.TemporaryDirectory(prefix="aftercall-soak-") as name, small(Path(name) / "disk", "64k"):
            return ""
    except (OSError, subprocess.CalledProcessError) as error:
        return f"nothing can be mounted ({getattr(error, 'stderr', '') or error})".replace("\n", " ").strip()


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
