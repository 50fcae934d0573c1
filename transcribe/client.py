"""The parent's side: starts the worker, asks it, and survives its death. Imports nothing heavy."""

import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

from ground.reader import MOST_BYTES, last_bytes
from transcribe.engines import default_engine
from transcribe.errors import EngineFailed, GivenUp, UnreadableSound, WorkerDied, error_of
from transcribe.protocol import GIVE_UP, Load, Transcribe, decode
from transcribe.transcript import Transcript
from transcribe.weights import ModelSource

Progress = Callable[[float, float], None]
Step = Callable[[str], None]


def _nobody(_: str) -> None:
    """Who listens to the steps where nobody does."""


_WORKER: Final = (sys.executable, "-m", "transcribe.worker")
_GRACE: Final = 2.0
"""Seconds that a worker gets to end by itself once its input is closed."""
_STDERR_TAIL: Final = 4000
_LONGEST_REPLY: Final = MOST_BYTES
"""Characters of one line; the rest of a longer one is a damaged message, too."""


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """What the settings say about transcribing."""

    model: str = "base"
    engine: str | None = None
    """None: faster-whisper where it is installed, else openai-whisper."""
    language: str | None = None
    """ISO 639-1 code; None: detected, which costs about a third of a part's time once per recording."""
    source: ModelSource | None = None
    """The model's file, where it is not one of the known ones in a known place."""


class Transcriber:
    """A worker process with a loaded model. Not safe to share between threads.

    The worker starts at the first need, or ahead of it with `start`. One that dies, falls silent or
    speaks nonsense is replaced, and asked for the same recording again; the second death is an error.
    """

    def __init__(
        self,
        choice: EngineChoice,
        *,
        cache: Path,
        on_step: Step = _nobody,
        silence: float = 600.0,
        command: Sequence[str] = _WORKER,
    ) -> None:
        """`cache`: folder for joined and converted weights. `on_step` is told in words what is done before the
        first recording is begun, while `transcribe` waits for it. `silence`: seconds without a message after
        which the worker counts as hanging; it reports after each part of at most 28 s of sound."""
        self._load = Load(
            engine=choice.engine or default_engine(),
            model=choice.model,
            cache=cache,
            source=choice.source,
            language=choice.language,
        )
        self._on_step = on_step
        self._silence = silence
        self._command = command
        self._worker: _Worker | None = None
        self._abandoned = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Begin to load the model now, without waiting for it: errors come out of `transcribe`."""
        if self._worker is None:
            self._worker = _Worker(self._command, self._silence)
            self._worker.send(self._load.line())

    def transcribe(
        self,
        path: Path,
        *,
        start: int = 0,
        end: int | None = None,
        prompt: str | None = None,
        before: str | None = None,
        speech: Sequence[float] | None = None,
        on_progress: Progress | None = None,
    ) -> Transcript:
        """Transcribe samples `start` to `end` of a 16 kHz mono WAV, or of a raw .pcm or .pcm.part.

        Times in the transcript count from the recording's first sample, whatever `start` is. `prompt`:
        names and terms to expect. `before`: the text before `start`. `speech`: the probability of speech for
        each 32 ms of the range, where it is known. `on_progress(done, total)`: seconds of sound.
        Raises NoWeights, WeightsDamaged, UnknownModel, UnknownEngine, UnknownLanguage,
        CacheNotWritable, UnreadableSound, EngineFailed, and WorkerDied if the replacement died as well.
        """
        request = Transcribe(path.absolute(), start, end, prompt, before, speech)
        try:
            return self._ask(request, on_progress)
        except WorkerDied:
            if self._abandoned:
                raise
            return self._ask(request, on_progress)

    def close(self) -> None:
        """End the worker, kindly and then not. May be called twice; a later `transcribe` starts a new one."""
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def abandon(self) -> None:
        """End the worker at once, also in the middle of a request of another thread, which gets WorkerDied."""
        self._abandoned = True
        if worker := self._worker:
            worker.kill()

    def give_up(self) -> None:
        """Have another thread's `transcribe` end before it is done, with GivenUp, as soon as the engine has done what
        it is at. Where nothing is transcribed, or the engine cannot be interrupted, nothing happens."""
        if worker := self._worker:
            worker.send(GIVE_UP)

    def _ask(self, request: Transcribe, on_progress: Progress | None) -> Transcript:
        if self._abandoned:
            raise WorkerDied("the transcriber was told to end; the recording is safe")
        self.start()
        assert self._worker is not None
        worker = self._worker
        try:
            if not worker.loaded:
                worker.wait_for("loaded", on_step=self._on_step)
                worker.loaded = True
            worker.send(request.line())
            return Transcript.from_dict(worker.wait_for("transcript", on_progress)["transcript"])
        except (UnreadableSound, GivenUp):
            raise  # The worker is well: it has answered, and can be asked for something else.
        except BaseException:
            # After a death or Ctrl-C the pipe may hold replies that nobody waits for any more; after a
            # failed load there is no model; after EngineFailed its state is anyone's guess.
            self._worker = None
            worker.kill()
            raise


class _Worker:
    """One worker process, and the thread that reads its replies so that waiting for them can time out."""

    def __init__(self, command: Sequence[str], silence: float) -> None:
        self.loaded = False
        self._silence = silence
        self._sending = threading.Lock()
        try:
            # A file, not a pipe: a worker that writes much must not block on a pipe that nobody empties.
            self._stderr: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the worker
            # A session of its own: Ctrl-C in the terminal is the parent's to handle.
            self._process = subprocess.Popen(
                list(command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._stderr,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,
            )
        except OSError as error:
            raise WorkerDied(f"the transcriber could not be started: {error}; the recording is safe") from error
        self._replies: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="transcriber-replies", daemon=True)
        self._reader.start()

    def send(self, line: str) -> None:
        """Ask. A worker that is already dead is noticed when its reply is waited for."""
        assert self._process.stdin is not None
        with suppress(OSError, ValueError), self._sending:  # ValueError: it was ended meanwhile
            self._process.stdin.write(line)
            self._process.stdin.flush()

    def wait_for(self, kind: str, on_progress: Progress | None = None, on_step: Step = _nobody) -> Mapping[str, Any]:
        """The next reply of that kind. Raises WorkerDied, or the error that the worker sent."""
        while True:
            message = self._next()
            if message["type"] == "error":
                raise error_of(message)
            if message["type"] == kind:
                return message
            if message["type"] == "progress" and on_progress is not None:
                on_progress(float(message["done"]), float(message["total"]))
            if message["type"] == "step":
                on_step(str(message.get("step", "")))

    def _next(self) -> Mapping[str, Any]:
        try:
            line = self._replies.get(timeout=self._silence)
        except queue.Empty:
            raise self._died(f"said nothing for {self._silence:g} s") from None
        if line is None:
            raise self._died(f"ended ({self._how()})")
        try:
            return decode(line)
        except EngineFailed as error:
            raise self._died("sent a damaged message") from error

    def end(self) -> None:
        """Close its input, on which it ends when it is idle; kill it when it does not."""
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE)
        self.kill()

    def kill(self) -> None:
        """End it now and free what belongs to it."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout, self._stderr):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        while line := self._process.stdout.readline(_LONGEST_REPLY):
            self._replies.put(line)
        self._replies.put(None)

    def _how(self) -> str:
        code = self._process.wait()
        return f"killed by signal {-code}" if code < 0 else f"exit code {code}"

    def _died(self, what: str) -> WorkerDied:
        detail = ""
        with suppress(ValueError):  # closed, when the worker was ended on purpose
            detail = last_bytes(self._stderr, _STDERR_TAIL).decode("utf-8", "replace")
        return WorkerDied(f"the transcriber {what}; the recording is safe, transcribe it again", detail=detail)
