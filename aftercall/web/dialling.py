"""Numbers as links that a phone takes (RFC 3966)."""

import re
from typing import Final

_KEPT: Final = re.compile(r"[^\d+*#]")


def tel(number: str | None) -> str | None:
    """The link that dials a number; None where there is nothing in it to dial."""
    digits = _KEPT.sub("", number or "")
    return f"tel:{digits.replace('#', '%23')}" if any(map(str.isdigit, digits)) else None
