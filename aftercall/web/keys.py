"""What lets a browser in: a token that is used once, the cookie that it becomes, and a token for every change."""

import secrets
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

_BYTES: Final = 32


def _secret() -> str:
    return secrets.token_urlsafe(_BYTES)


@dataclass(slots=True)
class Keys:
    """The secrets of one run of the server; none of them outlives it.

    :ivar once: opens the page once, and is empty then.
    :ivar cookie: what the browser shows from then on.
    :ivar form: what every change carries besides (OWASP, "Cross-Site Request Forgery Prevention": synchronizer token).
    """

    once: str = field(default_factory=_secret)
    cookie: str = field(default_factory=_secret)
    form: str = field(default_factory=_secret)
    _lock: Lock = field(default_factory=Lock)

    def use(self, token: str) -> bool:
        """Whether ``token`` opens the page; it does so once."""
        with self._lock:
            fits = bool(self.once) and same(token, self.once)
            if fits:
                self.once = ""
            return fits


def same(given: str, wanted: str) -> bool:
    """Whether two secrets are the same, in a time that tells nothing of them."""
    return secrets.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
