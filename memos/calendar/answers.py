"""What the answers of a calendar server mean, as errors of this package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from memos.errors import CalendarConfusing, CalendarRefused, CalendarTrouble, CalendarUnreachable

_REASONS: Final = {
    401: "does not accept the user and password",
    403: "does not allow it",
    404: "has no such calendar",
    405: "does not take events there; is caldav_url the address of a calendar?",
    409: "does not take it there, or holds it under another name",
    412: "holds something else under that name",
    413: "finds it too long",
    423: "has it locked",
    429: "asks to come back later",
    507: "has no room left",
}


def refusal(label: str, status: int) -> CalendarTrouble:
    """The error that an HTTP status stands for."""
    reason = _REASONS.get(status)
    if reason is None:
        reason = "is in trouble of its own" if status >= 500 else "answers what makes no sense"
    kind = CalendarRefused if status in _REASONS else CalendarUnreachable if status >= 500 else CalendarConfusing
    return kind(label, f"{reason} (HTTP {status})")


_MOST_BYTES: Final = 16 << 20
"""Of one answer, unpacked: a list of calendars, or one event with whatever a phone has put into it."""

_PIECE: Final = 8 << 10
"""Bytes read at once. Packed ones may become a thousand times as many."""


def bound_answers(session: Any, label: str) -> None:
    """Read no answer that this session gets further than a calendar's would go, and raise CalendarConfusing.

    Where it comes in: what asks for a password, or points elsewhere, is read by the library before it is handed on.
    """
    for adapter in session.adapters.values():
        adapter.send = _bounded(adapter.send, label)


def _bounded(send: Callable[..., Any], label: str) -> Callable[..., Any]:
    def bounded(request: Any, **options: Any) -> Any:
        response = send(request, **options | {"stream": True})
        body = bytearray()
        for piece in response.iter_content(_PIECE):
            body += piece
            if len(body) > _MOST_BYTES:
                response.close()
                raise CalendarConfusing(label, f"answers with more than {_MOST_BYTES / 1e6:.0f} MB")
        # What `iter_content` and `content` find from here on: the library has no public way to give a body back.
        response._content, response._content_consumed = bytes(body), True
        return response

    return bounded


@contextmanager
def named(label: str) -> Iterator[None]:
    """Turn whatever a library makes of a server's answer into an error of this package."""
    from caldav.lib.error import AuthorizationError, DAVError, RateLimitError
    from caldav.lib.http_sync import requests

    try:
        yield
    except (AuthorizationError, RateLimitError) as error:
        raise refusal(label, error.status or 401) from error
    except requests.exceptions.TooManyRedirects as error:
        raise CalendarConfusing(label, "points elsewhere; look up the address of the calendar itself") from error
    except requests.exceptions.SSLError as error:
        raise CalendarUnreachable(label, "has no certificate that can be trusted") from error
    except requests.exceptions.Timeout as error:
        raise CalendarUnreachable(label, "did not answer in time") from error
    except (requests.exceptions.ConnectionError, OSError) as error:
        raise CalendarUnreachable(label, "cannot be reached") from error
    except DAVError as error:
        raise CalendarConfusing(label, f"answers what makes no sense ({error.reason})") from error
    except Exception as error:
        raise CalendarConfusing(label, f"answers what makes no sense ({type(error).__name__})") from error
