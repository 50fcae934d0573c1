"""The transcriber's own process: `python -m transcribe.worker`, driven by `transcribe.client`.

A process of its own, so that a crash in PyTorch or CTranslate2 cannot take the recording with it, and so
that nothing else waits for their imports. It ends when its standard input does.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterable
from typing import TextIO

from transcribe.errors import EngineFailed, TranscribeError, facts_of
from transcribe.protocol import Load, Transcribe, encode, parse_request

if __name__ == "__main__":
    # Both are read when the libraries load, so they come before the imports.
    # Weights are verified files on this disk: the network is never asked.
    os.environ["HF_HUB_OFFLINE"] = "1"
    # A waiting OpenMP thread sleeps instead of spinning. Where another program uses a core as well, the
    # spinning one keeps the thread that it waits for from running: 75 s instead of 6 (docs/engines.md).
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

from transcribe.audio import SAMPLE_RATE, read_pcm
from transcribe.catalogue import OPENAI
from transcribe.engines import Engine, check_language, load_engine
from transcribe.hearing import hear
from transcribe.interruption import Interruption
from transcribe.memory import available
from transcribe.weights import Places, find_weights

Loader = Callable[[Load, Callable[[str], None]], Engine]


def load(request: Load, on_step: Callable[[str], None]) -> Engine:
    """Find and verify the weights, load the engine. Raises what `find_weights` and `load_engine` raise."""
    weights = find_weights(
        request.engine,
        request.model,
        Places.usual(request.cache),
        request.source,
        free_memory=available(),
        on_step=on_step,
    )
    on_step(f"loading {request.model}")
    return load_engine(request.engine, weights, request.cache)


def serve(requests: Iterable[str], replies: TextIO, loader: Loader, interruption: Interruption) -> None:
    """Answer each request line with reply lines, until there are no more requests."""
    session = _Session(replies, loader, interruption)
    for line in interruption.requests(requests):
        try:
            session.answer(line)
        except TranscribeError as error:
            session.say("error", **facts_of(error))
        except Exception as error:  # noqa: BLE001  # whatever a library raises, the client must hear of it
            message = f"the transcriber failed: {type(error).__name__}: {error}".replace("\n", " ")
            session.say("error", **facts_of(EngineFailed(message, detail=traceback.format_exc())))


class _Session:
    def __init__(self, replies: TextIO, loader: Loader, interruption: Interruption) -> None:
        self._replies = replies
        self._loader = loader
        self._interruption = interruption
        self._engine: Engine | None = None
        self._language: str | None = None

    def say(self, kind: str, **fields: object) -> None:
        with self._interruption.allowed(False):  # not in the middle of a line
            self._replies.write(encode(kind, **fields))
            self._replies.flush()

    def answer(self, line: str) -> None:
        request = parse_request(line)
        if isinstance(request, Load):
            self._load(request)
        else:
            self._transcribe(request)

    def _load(self, request: Load) -> None:
        engine = self._loader(request, lambda step: self.say("step", step=step))
        check_language(engine, request.language)
        self._engine, self._language = engine, request.language
        self.say("loaded", engine=engine.name, model=engine.model, weights_sha256=engine.weights_sha256)

    def _transcribe(self, request: Transcribe) -> None:
        if self._engine is None:
            raise EngineFailed("the transcriber was asked to transcribe before a model was loaded")
        pcm = read_pcm(request.path, request.start, request.end)
        # openai-whisper leaves its hooks in the model where it is interrupted.
        with self._interruption.allowed(self._engine.name != OPENAI):
            transcript = hear(
                self._engine,
                pcm,
                offset=request.start / SAMPLE_RATE,
                language=self._language,
                prompt=request.prompt,
                before=request.before,
                speech=request.speech,
                on_progress=lambda done, total: self.say("progress", done=done, total=total),
            )
        self.say("transcript", transcript=transcript.to_dict())


def main(loader: Loader = load) -> None:
    """Serve standard input. Standard output carries replies only: what libraries print goes to stderr."""
    os.umask(0o077)  # What libraries put into the cache, as compiled code, is for this user to write and to read.
    interruption = Interruption()
    signal.signal(signal.SIGINT, interruption.handle)  # Not for Ctrl-C: the parent takes that, and closes our input.
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    serve(sys.stdin, replies, loader, interruption)


if __name__ == "__main__":
    main()
