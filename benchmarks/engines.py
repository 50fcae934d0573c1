"""Whole files: our way with each engine beside the bare engine, same weights, same sound. Usage: engines.py [RUNS]

Seconds per second of sound are the median of the runs over all samples with speech, with the model loaded already. The
bare engines are asked for the times of words, too, and otherwise left as they come; faster-whisper with the voice
activity detection that it brings.
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

ROOT: Final = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "samples")]

from word_errors import word_error_rate  # noqa: E402  # after the path

from capture.decode import decode  # noqa: E402
from transcribe.audio import SAMPLE_RATE  # noqa: E402
from transcribe.catalogue import ENGINES, FASTER, OPENAI  # noqa: E402
from transcribe.engines import load_engine, usable_cores  # noqa: E402
from transcribe.hearing import hear  # noqa: E402
from transcribe.weights import Places, find_weights  # noqa: E402

Samples = NDArray[np.int16]
SAMPLES: Final = sorted((ROOT / "samples").glob("*.json"))


def main(runs: int = 3) -> None:
    """Print the table."""
    spoken = [(json.loads(path.read_text("utf-8"))["words"], path.with_suffix(".flac")) for path in SAMPLES]
    sounds = [np.frombuffer(decode(path, 600).pcm, "<i2") for words, path in spoken if words]
    said = [words for words, _ in spoken if words]
    seconds = sum(map(len, sounds)) / SAMPLE_RATE
    print(f"{len(said)} samples, {seconds:.0f} s, {runs} runs\n\n| | s per s of sound | word errors |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, transcribe in ways(Path(folder)):
            transcribe(sounds[0])  # the first takes longer
            times = []
            for _ in range(runs):
                began = time.monotonic()
                heard = [transcribe(sound) for sound in sounds]
                times.append((time.monotonic() - began) / seconds)
            rate = word_error_rate(said, heard)
            print(f"| {name} | {statistics.median(times):.2f} (to {max(times):.2f}) | {rate:.1%} |", flush=True)


def ways(cache: Path) -> Iterator[tuple[str, Callable[[Samples], str]]]:
    """Each way to make a text of samples, with its model loaded."""
    for name in ENGINES:
        weights = find_weights(name, "base", Places.usual(cache))
        engine = load_engine(name, weights, cache)
        yield f"aftercall, {name}", lambda pcm, engine=engine: hear(engine, pcm, language="en").text
        del engine
    weights = find_weights(FASTER, "base", Places.usual(cache))
    yield "faster-whisper alone", faster(weights.path)
    yield "openai-whisper alone", openai(cache)


def faster(path: Path, **options: bool) -> Callable[[Samples], str]:
    """The package as it is, with what is asked for besides."""
    from faster_whisper import WhisperModel

    model = WhisperModel(str(path), device="cpu", compute_type="int8", cpu_threads=usable_cores())

    def transcribe(pcm: Samples) -> str:
        how = {"vad_filter": True, "word_timestamps": True} | options
        segments, _ = model.transcribe(floats(pcm), language="en", **how)
        return " ".join(segment.text for segment in segments)

    return transcribe


def openai(cache: Path, **options: bool) -> Callable[[Samples], str]:
    """The package as it is, with what is asked for besides."""
    import whisper

    from transcribe.engine_openai import load_model

    model = load_model(find_weights(OPENAI, "base", Places.usual(cache)))

    def transcribe(pcm: Samples) -> str:
        how = {"word_timestamps": True, "fp16": False} | options
        return str(whisper.transcribe(model, floats(pcm), language="en", **how)["text"])

    return transcribe


def floats(pcm: Samples) -> NDArray[np.float32]:
    """Full scale is 1.0."""
    return pcm.astype(np.float32) / 32768


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
