"""What was tried and what came of it: one row each, and a table of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was tried.

    :ivar times: how often it was done.
    :ivar faults: a line for each promise that was not kept; none of them makes the row fail to hold.
    :ivar note: what was measured.
    :ivar not_run: why it could not be tried on this machine; empty where it was.
    """

    what: str
    times: int = 0
    faults: Sequence[str] = field(default_factory=list)
    note: str = ""
    not_run: str = ""

    @property
    def result(self) -> str:
        """How it went, for a person to read."""
        if self.not_run:
            return f"not run: {self.not_run}"
        return f"{len(self.faults)} faults" if self.faults else "held"


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table, its columns aligned."""
    lines = [("what", "times", "result", "measured"), *((r.what, str(r.times), r.result, r.note) for r in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    printed = [" | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    printed.insert(1, re.sub(r"[^|]", "-", printed[0]).replace("-|-", " | "))
    return "\n".join(f"| {line} |" for line in printed)
