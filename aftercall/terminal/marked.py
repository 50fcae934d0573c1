"""A sentence with its marks: drawn for the eye, or told in words for a screen reader."""

from collections.abc import Iterable, Sequence
from typing import Final

from rich.text import Text

from ground.printable import printable
from review.marks import Run

DOUBT_STYLE: Final = "bold yellow"
RISK_STYLE: Final = "underline"


def shown(runs: Iterable[Run]) -> Text:
    """For a screen: doubtful words in brackets with a question mark, risk words underlined."""
    return Text(" ").join(_shown(run) for run in runs)


def _shown(run: Run) -> Text:
    if run.doubtful:
        return Text(f"[{printable(run.text)}?]", style=f"{DOUBT_STYLE} {RISK_STYLE}" if run.risks else DOUBT_STYLE)
    return Text(printable(run.text), style=RISK_STYLE if run.risks else "")


def spoken(runs: Sequence[Run]) -> list[str]:
    """For a screen reader: the sentence as it is, then in words what is doubtful and what to check."""
    lines = [printable(" ".join(run.text for run in runs))]
    if doubtful := [_bare(run) for run in runs if run.doubtful]:
        lines.append(f"doubtful: {'; '.join(doubtful)}")
    if risky := [f"{' and '.join(run.risks)} {_bare(run)}" for run in runs if run.risks]:
        lines.append(f"check: {'; '.join(risky)}")
    return lines


def _bare(run: Run) -> str:
    return printable(run.text).rstrip(".,;:!?")
