"""Real weights from the installed packages, joined and converted once per run; real speech from samples/."""

import json
import os
import subprocess
import sys
import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from transcribe.engines import Engine, load_engine
from transcribe.weights import Places, find_weights

SAMPLES = Path(__file__).parents[2] / "samples"


@dataclass(frozen=True)
class Spoken:
    """A sample memo as a WAV, and what was said in it."""

    path: Path
    pcm: NDArray[np.int16]
    words: str


def write_wav(path: Path, pcm: NDArray[np.int16], *, rate: int = 16_000, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm.astype("<i2").tobytes())
    return path


def decode(path: Path) -> NDArray[np.int16]:
    with av.open(str(path)) as container:
        resampler = av.AudioResampler("s16", "mono", 16_000)
        frames = [out for frame in container.decode(audio=0) for out in resampler.resample(frame)]
        frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray()[0] for frame in frames])


@pytest.fixture(name="write_wav", scope="session")
def _write_wav() -> Callable[..., Path]:
    return write_wav


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Spoken]:
    folder = tmp_path_factory.mktemp("samples")
    made: dict[str, Spoken] = {}

    def get(name: str) -> Spoken:
        if name not in made:
            pcm = decode(SAMPLES / f"{name}.flac")
            words = json.loads((SAMPLES / f"{name}.json").read_text())["words"]
            made[name] = Spoken(write_wav(folder / f"{name}.wav", pcm), pcm, words)
        return made[name]

    return get


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Caches of our own, so that nothing the machine has downloaded is used; the same for all that test at once."""
    run = tmp_path_factory.getbasetemp()
    root = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "weights"
    return Places(cache=root / "cache", whisper=root / "whisper", hub=root / "hub")


@pytest.fixture(scope="session")
def engine(places: Places) -> Callable[[str, str], Engine]:
    loaded: dict[tuple[str, str], Engine] = {}

    def get(name: str, model: str) -> Engine:
        if (name, model) not in loaded:
            loaded[name, model] = load_engine(name, find_weights(name, model, places), places.cache)
        return loaded[name, model]

    return get


@pytest.fixture(scope="session")
def run_python() -> Callable[[str], str]:
    """Run a program in an interpreter of its own, and give back what it prints."""

    def run(program: str) -> str:
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
        return done.stdout

    return run
