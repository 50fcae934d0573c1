r"""Texts written as they are. To be imported late: it loads icalendar.

icalendar (7.3) takes a backslash before a capital N for a line break on the way out, so that a path like C:\New comes
back on two lines.
"""

from __future__ import annotations

from typing import Any

from icalendar import Calendar, vText


class Verbatim(vText):
    """A TEXT value (RFC 5545, 3.3.11)."""

    def to_ical(self) -> bytes:
        """The text, escaped."""
        text = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return text.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n").encode()


def keep_texts(calendar: Calendar) -> None:
    """Make every text in `calendar`, and in what it holds, one that is written as it is."""
    for component in calendar.walk():
        for name, value in component.items():
            component[name] = [_kept(one) for one in value] if isinstance(value, list) else _kept(value)


def _kept(value: Any) -> Any:
    return Verbatim(value, params=value.params) if type(value) is vText else value
