"""What the worker and its client say to each other: one JSON object on each line, told apart by "type".

    to the worker                                     from the worker
    load        engine, model, cache, source,         step        step (what takes its time, in words), any
                language                                          number, then
                                                      loaded      engine, model, weights_sha256
    transcribe  path, start, end, prompt, before,     progress    done, total (seconds), any number, then
                speech                                transcript  transcript
    give-up                                           error       GivenUp, if it was at it still
    what cannot be done                               error       name, message, detail

One request is answered before the next is begun; what is being transcribed can be given up. Sound goes by path, never
through the pipe; `start` and `end` count samples, so that a range of a file that is still growing can be asked for.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ground.reader import parse_json
from transcribe.errors import EngineFailed
from transcribe.weights import ModelSource


@dataclass(frozen=True, slots=True)
class Load:
    """Which engine and model the worker is to load."""

    engine: str
    model: str
    cache: Path
    source: ModelSource | None
    language: str | None

    def line(self) -> str:
        source = self.source and {"path": str(self.source.path), "sha256": self.source.sha256}
        return encode(
            "load",
            engine=self.engine,
            model=self.model,
            cache=str(self.cache),
            source=source,
            language=self.language,
        )


@dataclass(frozen=True, slots=True)
class Transcribe:
    """Which samples of which file are to be transcribed."""

    path: Path
    start: int
    end: int | None
    prompt: str | None
    before: str | None = None
    speech: Sequence[float] | None = None
    """Probability of speech for each 32 ms of the range, where the recorder has it already."""

    def line(self) -> str:
        speech = None if self.speech is None else [round(probability, 3) for probability in self.speech]
        return encode(
            "transcribe",
            path=str(self.path),
            start=self.start,
            end=self.end,
            prompt=self.prompt,
            before=self.before,
            speech=speech,
        )


def parse_request(line: str) -> Load | Transcribe:
    """Raises EngineFailed for a line that is neither."""
    message = decode(line)
    try:
        if message["type"] == "transcribe":
            return Transcribe(
                Path(message["path"]),
                message["start"],
                message["end"],
                message["prompt"],
                message["before"],
                message["speech"],
            )
        if message["type"] == "load":
            source = message["source"]
            return Load(
                message["engine"],
                message["model"],
                Path(message["cache"]),
                source and ModelSource(Path(source["path"]), source["sha256"]),
                message["language"],
            )
    except (KeyError, TypeError) as error:
        raise EngineFailed(f"a request to the transcriber lacks {error}") from error
    raise EngineFailed("the transcriber was asked for something it does not know")


def encode(kind: str, **fields: Any) -> str:
    """One line, ASCII only, with its end: no text, however odd, can break the framing."""
    return json.dumps({"type": kind, **fields}) + "\n"


GIVE_UP: Final = encode("give-up")
"""Asks the worker to give up what it is transcribing; where it is at nothing, nothing happens."""


def decode(line: str) -> Mapping[str, Any]:
    """Raises EngineFailed for a line that is not an object with a type."""
    try:
        message = parse_json(line)
    except ValueError as error:
        raise EngineFailed("the transcriber's pipe carried a line that is not JSON", detail=line[:500]) from error
    if not isinstance(message, dict) or "type" not in message:
        raise EngineFailed("the transcriber's pipe carried a line without a type", detail=line[:500])
    return message
