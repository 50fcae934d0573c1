"""A calendar on a CalDAV server (RFC 4791) as a place: the extra `caldav`."""

from __future__ import annotations

import hashlib
import logging
import posixpath
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import quote, unquote, urljoin, urlsplit

from memos.calendar.answers import bound_answers, named, refusal
from memos.calendar.places import Conflict, Found
from memos.calendar.private_way import goes_unread
from memos.errors import CalendarConfusing, CalendarExtraMissing, CalendarTrouble, CalendarUnreachable

if TYPE_CHECKING:
    from caldav.davclient import DAVClient
    from caldav.response import DAVResponse

_Result = TypeVar("_Result")

LABEL: Final = "the calendar server"

_AT_ONCE: Final = 100
"""How many events one request asks about."""

_NO_ETAG: Final = "content:"
"""What a hash begins with that stands for the ETag where a server gives none, or a weak one."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where and as whom. `url` is that of a calendar, or of the server; `calendar` is the name of one of those there.

    `password` is asked for at the first use, and may raise CalendarTrouble. `seconds` is how long any one answer may
    take, from the first byte to the last.
    """

    url: str
    user: str
    password: Callable[[], str]
    calendar: str = ""
    seconds: float = 10.0


def key_of(url: str, user: str, calendar: str) -> str:
    """What the store calls the place."""
    return f"caldav {user} {url} {calendar}".rstrip()


class CalDavCalendar:
    """One calendar of an account. Nothing is asked of the server before the first use.

    Every method raises CalendarUnreachable, CalendarRefused, CalendarConfusing; CalendarExtraMissing without the
    packages.
    """

    label = LABEL

    def __init__(self, account: Account) -> None:
        self.key = key_of(account.url, account.user, account.calendar)
        self._account = account
        self._client: DAVClient | None = None
        self._address = ""
        self._takes_tasks: bool | None = None

    def find(self) -> str:
        """The address of the calendar."""
        if not self._address:
            _load()
            self._client, address = self._bounded(lambda: _discover(self._account))
            if not goes_unread(address):
                raise CalendarUnreachable(self.label, f"wants the password sent in the open, to {address}")
            # From here on the address is known, and a PUT that is sent elsewhere may arrive there as a GET.
            self._the_client.session.max_redirects = 0
            self._address = address if address.endswith("/") else f"{address}/"
        return self._address

    def takes_tasks(self) -> bool:
        """Whether it lists to-dos among what it holds; one that lists nothing takes all there is (RFC 4791, 5.2.3)."""
        if self._takes_tasks is None:
            address = self.find()
            self._takes_tasks = "VTODO" in (self._bounded(lambda: _kinds(self._the_client, address)) or ["VTODO"])
        return self._takes_tasks

    def look(self, names: Sequence[str]) -> dict[str, str]:
        """See Place."""
        self.find()
        found: dict[str, str] = {}
        for start in range(0, len(names), _AT_ONCE):
            some = names[start : start + _AT_ONCE]
            told = self._bounded(lambda some=some: self._multiget(some))  # type: ignore[misc]  # mypy infers no lambda with a default
            for name in some:
                if name in told:
                    found[name] = told[name]
                elif there := self.read(name):
                    # A report that leaves it out is not believed: it may be cut short.
                    found[name] = there.etag
        return found

    def _multiget(self, names: Sequence[str]) -> dict[str, str]:
        from caldav.elements import cdav, dav
        from lxml import etree

        path = urlsplit(self._address).path
        query = (
            cdav.CalendarMultiGet()
            + [dav.Prop() + dav.GetEtag()]
            + [dav.Href(value=path + quote(name)) for name in names]
        )
        body = etree.tostring(query.xmlelement(), encoding="unicode")
        response = self._the_client.report(self._address, body, depth=None)
        self._expect(response, 200, 207)
        return {
            posixpath.basename(unquote(one.href)): _usable(one.etag) or ""
            for one in response.parse_calendar_query()
            if one.status == 200
        }

    def read(self, name: str) -> Found | None:
        """See Place."""
        response = self._request("GET", name)
        if response.status in (404, 410):
            return None
        self._expect(response, 200)
        file = response.raw.encode()
        if b"BEGIN:VCALENDAR" not in file:  # a hotel's welcome page, for one
            raise CalendarConfusing(self.label, f"gives no event when asked for {name}")
        etag = _usable(response.headers.get("ETag")) or _NO_ETAG + hashlib.sha256(file).hexdigest()
        return Found(file, etag)

    def put(self, name: str, file: bytes, etag: str | None) -> str | None:
        """See Place."""
        headers = {"Content-Type": "text/calendar; charset=utf-8"} | _condition(etag)
        response = self._request("PUT", name, file.decode(), headers)
        if response.status == 412:
            raise Conflict(name)
        self._expect(response, 200, 201, 204)
        return _usable(response.headers.get("ETag"))

    def remove(self, name: str, etag: str) -> None:
        """See Place."""
        response = self._request("DELETE", name, headers=_condition(etag))
        if response.status == 412:
            raise Conflict(name)
        self._expect(response, 200, 202, 204, 404, 410)

    @property
    def _the_client(self) -> DAVClient:
        assert self._client is not None
        return self._client

    def _request(self, method: str, name: str, body: str = "", headers: dict[str, str] | None = None) -> DAVResponse:
        address = self.find() + quote(name)
        return self._bounded(lambda: self._the_client.request(address, method, body, headers or {}))

    def _expect(self, response: DAVResponse, *statuses: int) -> None:
        if response.status not in statuses:
            raise refusal(self.label, response.status)

    def _bounded(self, ask: Callable[[], _Result]) -> _Result:
        """The answer, or an error of ours, in no more than the seconds of the account.

        The time limits of HTTP libraries are for each piece of an answer: a server that sends a byte now and then
        would never end. An answer that comes too late goes nowhere; what it did is found the next time.
        """
        answers: list[_Result] = []
        errors: list[Exception] = []

        def run() -> None:
            try:
                answers.append(ask())
            except Exception as error:  # noqa: BLE001 - told in the thread that asked
                errors.append(error)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        thread.join(self._account.seconds)
        if errors and isinstance(errors[0], CalendarTrouble):
            raise errors[0]
        if errors:
            with named(self.label):
                raise errors[0]
        if not answers:
            raise CalendarUnreachable(self.label, f"did not answer within {self._account.seconds:g} s")
        return answers[0]


def _load() -> None:
    """Import what is slow to import, before the server's time begins to count."""
    try:
        import caldav.davclient  # noqa: F401 - a later import finds it loaded
    except ImportError as error:
        raise CalendarExtraMissing from error
    for name in ("caldav", "niquests", "urllib3", "urllib3_future"):
        # Without a handler, Python prints their warnings between the lines for the rep.
        logging.getLogger(name).addHandler(logging.NullHandler())


def _connect(account: Account, url: str) -> DAVClient:
    from caldav.davclient import DAVClient

    # The server is what the settings say: no guessing by way of DNS.
    client = DAVClient(
        url=url,
        username=account.user or None,
        password=account.password(),
        timeout=max(1, round(account.seconds)),
        enable_rfc6764=False,
    )
    bound_answers(client.session, LABEL)
    return client


def _discover(account: Account) -> tuple[DAVClient, str]:
    """A client, and the address of the calendar: that of the settings, or the one of that name on that server, or the
    only one that the user has there (RFC 4791, 6.2.1).

    Where the address is that of a server alone, it is asked for the path (RFC 6764, 5).
    """
    from caldav.lib.error import AuthorizationError

    client = _connect(account, account.url)
    if not account.calendar and _is_calendar(client, account.url):
        return client, account.url
    try:
        calendars = client.get_calendars()
    except Exception as error:  # what caldav makes of a web page, for one
        if isinstance(error, OSError | AuthorizationError) or urlsplit(account.url).path.strip("/"):
            raise
        client = _connect(account, urljoin(account.url, "/.well-known/caldav"))
        calendars = client.get_calendars()
    there = [(str(calendar.get_display_name() or ""), str(calendar.url)) for calendar in calendars]
    return client, _the_one_of(there, account)


def _the_one_of(there: Sequence[tuple[str, str]], account: Account) -> str:
    """The address of the calendar that is meant, of those with their names that are there."""
    fitting = [address for name, address in there if not account.calendar or name == account.calendar]
    if len(fitting) == 1:
        return fitting[0]
    if fitting and account.calendar:
        # A name is the user's to give, and to give twice; an address is one calendar's.
        called = f"has {len(fitting)} calendars called {account.calendar!r}"
        raise CalendarConfusing(LABEL, f"{called}; set caldav_url to that of one of them: {', '.join(sorted(fitting))}")
    names = ", ".join(sorted({name for name, _ in there if name})) or "there is none"
    wanted = f"has no calendar {account.calendar!r}" if account.calendar else "has more than one calendar, or none"
    raise CalendarConfusing(LABEL, f"{wanted}; set caldav_calendar to one of: {names}")


def _is_calendar(client: DAVClient, url: str) -> bool:
    response = client.propfind(url, props=["resourcetype"], depth=0)
    found = response.parse_propfind() if response.status == 207 else []
    return any(
        "{urn:ietf:params:xml:ns:caldav}calendar" in (one.properties.get("{DAV:}resourcetype") or ()) for one in found
    )


def _kinds(client: DAVClient, url: str) -> list[str]:
    """The kinds of components that a calendar says it takes; empty where it says nothing."""
    from caldav.elements import cdav

    response = client.propfind(url, props=["supported-calendar-component-set"], depth=0)
    listed = response.tree.iter(cdav.Comp.tag) if response.status == 207 and response.tree is not None else ()
    return [str(one.get("name", "")).upper() for one in listed]


def _usable(etag: str | None) -> str | None:
    """The ETag, unless it is weak: such a one does not tell whether the file is the same (RFC 9110, 8.8.1)."""
    return etag if etag and not etag.startswith("W/") else None


def _condition(etag: str | None) -> dict[str, str]:
    if etag is None:
        return {"If-None-Match": "*"}
    return {} if not etag or etag.startswith(_NO_ETAG) else {"If-Match": etag}
