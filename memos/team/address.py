"""The address of a team's book, as libpq reads it, and what it must be like before anything is sent there."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from memos.team.errors import BadTeamAddress

_TRUSTED: Final = "verify-full"
_SCHEMES: Final = ("postgresql", "postgres")


@dataclass(frozen=True, slots=True)
class Address:
    """postgresql://ana@db.example.com/book?sslmode=verify-full, without a password.

    Raises BadTeamAddress where it is no such address, holds a password, or leads to another machine without a
    certificate that is checked.
    """

    url: str

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            _ = parts.port
        except ValueError as error:
            raise BadTeamAddress(f"{self.url!r} is no address ({error}); nothing was changed") from None
        if parts.scheme not in _SCHEMES:
            raise BadTeamAddress(
                f"{self.url!r} is no address of a PostgreSQL database; it looks like "
                "postgresql://you@host/database?sslmode=verify-full"
            )
        if parts.password or "password" in self._options:
            raise BadTeamAddress(
                "the address holds a password, which would be kept in the open; leave it out, and nothing was changed"
            )
        if any(not _is_here(host) for host in self._hosts) and self._options.get("sslmode") != _TRUSTED:
            raise BadTeamAddress(
                "the server is another machine, so the way to it must be encrypted and its certificate checked: add "
                f"?sslmode={_TRUSTED} (and sslrootcert=FILE, where it is one of your own); nothing was sent"
            )

    @property
    def _options(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.url).query))

    @property
    def _hosts(self) -> list[str]:
        """All that libpq may connect to: it takes several, and lets options say otherwise."""
        named = urlsplit(self.url).netloc.rpartition("@")[2]
        hosts = [unquote(each) for each in named.split(",")]
        hosts = [host if port.isdecimal() else each for each in hosts for host, _, port in [each.rpartition(":")]]
        for option in ("host", "hostaddr"):
            hosts += self._options.get(option, "").split(",")
        return [host.strip("[]") for host in hosts if host]

    @property
    def login(self) -> str | None:
        """The user that it names."""
        return unquote(urlsplit(self.url).username or "") or self._options.get("user")

    def with_login(self, login: str) -> Address:
        """The same address for somebody."""
        if self.login:
            return self
        parts = urlsplit(self.url)
        return Address(urlunsplit(parts._replace(query=urlencode({**self._options, "user": login}))))


def _is_here(host: str) -> bool:
    if host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
