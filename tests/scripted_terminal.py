"""A terminal for the review whose answers are written down beforehand, and whose clock goes on as they are given."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console

from review.errors import KEPT, NotConfirmed

if TYPE_CHECKING:
    from rich.console import RenderableType


@dataclass(frozen=True)
class Key:
    """A key, pressed so many seconds after what was last shown."""

    key: str
    after: float = 10.0


@dataclass(frozen=True)
class Line:
    """A line that is typed; None: the prefilled one is taken as it stands."""

    text: str | None


@dataclass(frozen=True)
class Gone:
    """Ctrl-C, Ctrl-D, or a closed terminal."""


Answer = Key | Line | Gone


@dataclass
class ScriptedTerminal:
    """A terminal whose answers are given beforehand. An answer of the wrong kind, or too many questions, fail the test.

    :ivar prompts: each prompt for a line, with what was filled in.
    :ivar cursors: where the cursor began in each of them; None: at the end.
    """

    answers: Sequence[Answer]
    plain: bool = False
    width: int = 400
    prompts: list[tuple[str, str]] = field(default_factory=list)
    cursors: list[int | None] = field(default_factory=list)
    _given: int = 0
    _time: float = 0.0
    _screen: StringIO = field(default_factory=StringIO)

    def clock(self) -> float:
        """Seconds, monotonic."""
        return self._time

    @property
    def shown(self) -> str:
        """All that was shown so far."""
        return self._screen.getvalue()

    @property
    def all_given(self) -> bool:
        """Whether every answer was asked for."""
        return self._given == len(self.answers)

    def show(self, what: "RenderableType" = "") -> None:
        """See aftercall.terminal.terminal.Terminal."""
        Console(file=self._screen, width=self.width, markup=False, emoji=False, highlight=False).print(what)

    def key(self, *, alone: bool = False) -> str:
        """See aftercall.terminal.terminal.Terminal."""
        answer = self._next()
        assert isinstance(answer, Key), f"a key was asked for, not {answer}; shown: {self.shown}"
        self._time += answer.after
        return answer.key

    def line(
        self, prompt: str, prefill: str = "", cursor: int | None = None, *, over: bool = False, begun: bool = False
    ) -> str:
        """See aftercall.terminal.terminal.Terminal."""
        self.cursors.append(cursor)
        self.prompts.append((prompt.strip(), prefill))
        answer = self._next()
        assert isinstance(answer, Line), f"a line was asked for ({prompt}), not {answer}; shown: {self.shown}"
        self._time += 10.0
        return (prefill if answer.text is None else answer.text).strip()

    def _next(self) -> Answer:
        assert not self.all_given, f"asked once more than foreseen; shown: {self.shown}"
        answer = self.answers[self._given]
        self._given += 1
        if isinstance(answer, Gone):
            raise NotConfirmed(KEPT)
        return answer


def keys(pressed: str) -> list[Answer]:
    """One key after another, each after enough time to read."""
    return [Key(key) for key in pressed]


def at(iso: str) -> datetime:
    """A moment with its zone."""
    return datetime.fromisoformat(iso)
