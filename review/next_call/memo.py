"""One memo while it is read."""

from dataclasses import dataclass
from datetime import date

from review.next_call.dated import Dated
from review.next_call.tokens import Token
from review.next_call.told import Told


@dataclass(slots=True)
class Memo:
    """One memo while it is read."""

    text: str
    tokens: list[Token]
    told: list[Told]
    dated: list[Dated]
    today: date
