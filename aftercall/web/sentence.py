"""The sentence that is up, as the facts of a screen: its words with their marks and when each is spoken."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from aftercall.web.waveform import BARS, HEIGHT, outline
from review.errors import NotTaken
from review.gate import Gate
from review.marks import Run, first_doubtful
from review.play import Stretch
from review.up import Up


def sentence(gate: Gate, samples: Callable[[Stretch], bytes]) -> tuple[Mapping[str, Any], Stretch | None]:
    """The facts, and the stretch of sound behind them; None where there is none.

    :param samples: the sound of a stretch; empty where it is not there any more.
    """
    up = gate.up
    assert up is not None
    stretch = _stretch(gate)
    pcm = samples(stretch) if stretch else b""
    if not pcm:
        stretch = None
    facts = {
        "position": up.position + 1,
        "of": up.of,
        "missing": up.missing,
        "runs": list(_runs(up, stretch)),
        "doubtful": [_bare(run) for run in up.runs if run.doubtful],
        "risky": [f"{' and '.join(run.risks)} {_bare(run)}" for run in up.runs if run.risks],
        "remarks": list(gate.remarks()),
        "acts": gate.acts,
        "text": up.text,
        "cursor": first_doubtful(up.runs),
        **drawn(stretch, pcm),
    }
    return facts, stretch


def drawn(stretch: Stretch | None, pcm: bytes) -> Mapping[str, Any]:
    """The facts of a drawing of this sound; an empty outline where there is none."""
    return {
        "seconds": stretch.end - stretch.start if stretch else 0.0,
        "outline": outline(pcm),
        "bars": BARS,
        "height": HEIGHT,
    }


def _stretch(gate: Gate) -> Stretch | None:
    try:
        return gate.sound()
    except NotTaken:
        return None


def _runs(up: Up, stretch: Stretch | None) -> Iterator[Mapping[str, Any]]:
    """The runs, word by word; each with the second at which it is spoken, where these words are the spoken ones."""
    spoken = " ".join(word.text for word in up.words) == up.text
    for run in up.runs:
        words: list[dict[str, Any]] = [{"text": word, "start": None, "end": None} for word in run.text.split()]
        heard = up.words[run.first : run.end]
        if spoken and stretch and len(heard) == len(words):
            for word, when in zip(words, heard, strict=True):
                word["start"] = round(max(0.0, when.start - stretch.start), 2)
                word["end"] = round(max(0.0, when.end - stretch.start), 2)
        yield {"words": words, "doubtful": run.doubtful, "risks": run.risks}


def _bare(run: Run) -> str:
    return run.text.rstrip(".,;:!?")
