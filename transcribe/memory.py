"""Whether a model fits into the memory that is free, told before it is loaded: a machine that swaps hears nothing."""

from typing import Final

from transcribe.catalogue import FASTER, OPENAI
from transcribe.errors import NotEnoughMemory

_MEGABYTE: Final = 1_000_000

# (bytes for the libraries and the sound, times the size of the published file). Peaks of the worker with a part of
# 28 s: faster-whisper 294 MB with tiny.en (a file of 75 MB), 359 MB with base (145 MB); openai-whisper 786 and 969 MB.
# Rounded up: while it loads, a file lies in memory beside what is made of it, and of float16 torch makes float32.
_NEEDS: Final = {FASTER: (250 * _MEGABYTE, 1.5), OPENAI: (600 * _MEGABYTE, 3.0)}


def needed(engine: str, size: int) -> int:
    """Bytes of memory that a model takes at most, told by the size of its published file in bytes."""
    least, times = _NEEDS[engine]
    return least + round(times * size)


def available() -> int:
    """Bytes that a new process can have without swapping."""
    import psutil

    return int(psutil.virtual_memory().available)


def check_memory(engine: str, model: str, size: int, free: int) -> None:
    """Raises NotEnoughMemory where the model, whose published file has `size` bytes, does not fit into `free` bytes."""
    wanted = needed(engine, size)
    if wanted > free:
        raise NotEnoughMemory(
            f"the model {model} needs about {wanted / 1e9:.1f} GB of memory with {engine}, and {free / 1e9:.1f} GB are"
            " free; the recording is safe: close other programs, or choose a smaller model"
        )
