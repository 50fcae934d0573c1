"""Where sound comes from: a source gives blocks of 16 kHz mono samples until it ends."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

from capture.pcm import BLOCK_BYTES, BLOCK_SECONDS


class Source(Protocol):
    """Something that gives sound. Entering opens it, leaving closes it.

    :ivar name: for a person to read.
    :ivar live: whether it is a microphone, which never gives exact zeros while it works.
    :ivar overflows: times that samples were dropped because nobody fetched them in time.
    :ivar silent_for: seconds that were waited for it since it last gave anything, be it silence: a device that is well
        gives something all the time.
    """

    name: str
    live: bool
    overflows: int
    silent_for: float

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def read(self, timeout: float) -> bytes | None:
        """The next block of 512 samples (the last may be shorter); None when none came within ``timeout``
        seconds; empty at the end of the source.

        :raises MicrophoneLost: there will be no more because the device is gone.
        """
        ...

    def waiting(self) -> bytes:
        """What has been spoken already and was not read yet, of any length."""
        ...


class SampleSource:
    """Samples that are already there, given out as if spoken now, or as fast as they are taken.

    :param pcm: 16 kHz mono signed 16-bit samples.
    :param realtime: whether a block comes no sooner than a microphone would give it.
    """

    def __init__(
        self,
        pcm: bytes,
        name: str,
        *,
        realtime: bool = False,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = name
        self.live = False
        self.overflows = 0
        self.silent_for = 0.0
        self._pcm = pcm
        self._realtime = realtime
        self._clock = clock
        self._sleep = sleep
        self._position = 0
        self._opened = 0.0

    def __enter__(self) -> Self:
        self._opened = self._clock()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def read(self, timeout: float) -> bytes | None:
        """See :class:`Source`."""
        if self._realtime:
            spoken_by = self._opened + (self._position // BLOCK_BYTES + 1) * BLOCK_SECONDS
            wait = spoken_by - self._clock()
            if wait > 0:
                self._sleep(min(wait, timeout))
            if wait > timeout:
                return None
        block = self._pcm[self._position : self._position + BLOCK_BYTES]
        self._position += len(block)
        return block

    def waiting(self) -> bytes:
        """See :class:`Source`; nothing, since a block is cut off only when it is read."""
        return b""
