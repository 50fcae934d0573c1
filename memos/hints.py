"""Whom a call was with, as it was said before the memo: name, company, and the number that a softphone passed on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_NUMBER: Final = re.compile(r"\+?\d[\d\s()./*#-]*\d(?:;ext=\d+)?")
_FEWEST_DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class Hint:
    """What was said of whom: `words` are "Dana Whitfield, Brightwater", `number` is as :mod:`memos.phones` keeps it."""

    words: str | None = None
    number: str | None = None

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.words, self.number)))


def parse(text: str | None) -> Hint:
    """The hint that was written as `text`; a number stands last."""
    words, comma, last = (text or "").strip().rpartition(",")
    if _NUMBER.fullmatch(last.strip()) and sum(map(str.isdecimal, last)) >= _FEWEST_DIGITS:
        return Hint(words.strip() or None, last.strip())
    return Hint((words + comma + last).strip() or None)
