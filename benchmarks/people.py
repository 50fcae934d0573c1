"""Recordings of people that Debian carries, with what they say: fetched with apt, checked, decoded.

The texts and licences are in people.toml.
"""

import hashlib
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from capture.pcm import SAMPLE_RATE

_ABOUT: Final = Path(__file__).with_name("people.toml")


@dataclass(frozen=True, slots=True)
class Person:
    """One recording: who speaks, 16 kHz samples of shape (samples,), and the words."""

    name: str
    speaker: str
    pcm: NDArray[np.int16]
    words: str


def people(cache: Path) -> list[Person]:
    """All recordings, their packages fetched first.

    Raises CalledProcessError where apt cannot get a package, and ValueError where one is not what it was.
    """
    found: list[Person] = []
    for package in tomllib.loads(_ABOUT.read_text("utf-8"))["package"]:
        root = _unpacked(package, cache / "people") / package["folder"]
        for name, words in package["words"].items():
            found.append(Person(name, package["speaker"], _decoded(root / f"{name}.{package['format']}"), words))
    return found


def _unpacked(package: dict[str, Any], cache: Path) -> Path:
    folder: Path = cache / package["name"]
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        wanted = f"{package['name']}={package['version']}"
        subprocess.run(["apt-get", "download", "--quiet=2", wanted], cwd=cache, check=True)
        [archive] = cache.glob(f"{package['name']}_*.deb")
        digest = hashlib.sha256(archive.read_bytes()).hexdigest()
        if digest != package["sha256"]:
            raise ValueError(f"{archive} is not what it was: its SHA-256 is {digest}")
        # Under another name first: a folder that is there is whole.
        half = cache / f"half-{package['name']}"
        subprocess.run(["dpkg-deb", "--extract", archive, half], check=True)
        half.rename(folder)
    return folder


def _decoded(path: Path) -> NDArray[np.int16]:
    import av

    # G.722 has no header by which it could be told.
    with av.open(str(path), format=path.suffix[1:]) as container:
        to_mono = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        frames = [*container.decode(audio=0), None]
        blocks = [block.to_ndarray()[0] for frame in frames for block in to_mono.resample(frame)]
    return np.concatenate(blocks).astype(np.int16)
