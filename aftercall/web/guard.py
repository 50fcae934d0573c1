"""The door of the server: only this machine's own browser, with the cookie, and only from our own page."""

from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aftercall.web.keys import Keys, same

OPEN: Final = "/open"
"""Where the one-time token is given."""

_HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": with it a form would say that its origin is "null" (Fetch, "append a request Origin header").
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}

_CLOSED: Final = "This page was opened by another run of aftercall, or by nobody: open it anew with `aftercall page`.\n"


class Guard:
    """Lets in what comes from our own page, and puts the headers on every answer that keep a browser from more.

    A page elsewhere can make a browser send requests here: by another name for this address (DNS rebinding: Host), from
    another site or another port (Origin, Sec-Fetch-Site), or by a form (the cookie is SameSite=Strict, and a change
    carries a token, which is checked where the form is read).
    """

    def __init__(self, app: ASGIApp, keys: Keys, port: int) -> None:
        self._app = app
        self._keys = keys
        self._hosts = frozenset(f"{host}:{port}" for host in ("127.0.0.1", "[::1]", "localhost"))
        self._cookie = f"aftercall-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        answer = self._refuse(scope) or self._open(scope) or self._without_cookie(scope)
        await (answer or self._app)(scope, receive, with_headers)

    def _refuse(self, scope: Scope) -> Response | None:
        if scope["method"] not in ("GET", "POST"):
            return PlainTextResponse("GET and POST only.\n", 405)
        hosts = list(_headers(scope, b"host"))
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return PlainTextResponse("Not by this name.\n", 421)
        origins, own = list(_headers(scope, b"origin")), f"http://{hosts[0]}"
        if any(origin != own for origin in origins) or (scope["method"] == "POST" and not origins):
            return PlainTextResponse("Not from elsewhere.\n", 403)
        if any(site not in ("same-origin", "none") for site in _headers(scope, b"sec-fetch-site")):
            return PlainTextResponse("Not from elsewhere.\n", 403)
        if any(_headers(scope, b"sec-purpose")):
            # Fetched before anybody looks: a sentence would count as shown (Prefetch, "Sec-Purpose").
            return PlainTextResponse("Not ahead of time.\n", 403)
        return None

    def _open(self, scope: Scope) -> Response | None:
        """The answer to the one-time token: the cookie, and on to the page."""
        if scope["path"] != OPEN or scope["method"] != "GET":
            return None
        [token] = parse_qs(scope["query_string"].decode("ascii", "replace")).get("token", [""])[:1]
        if not self._keys.use(token):
            return RedirectResponse("/", 303) if self._knows(scope) else PlainTextResponse(_CLOSED, 403)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._cookie, self._keys.cookie, path="/", httponly=True, samesite="strict")
        return answer

    def _without_cookie(self, scope: Scope) -> Response | None:
        return None if self._knows(scope) else PlainTextResponse(_CLOSED, 403)

    def _knows(self, scope: Scope) -> bool:
        # Not http.cookies: it gives up at the first cookie that it cannot read, and all servers on this machine share
        # their cookies, whatever their port (RFC 6265, 8.5).
        pairs = (part.strip().partition("=") for header in _headers(scope, b"cookie") for part in header.split(";"))
        return any(name == self._cookie and same(value, self._keys.cookie) for name, _, value in pairs)


def _headers(scope: Scope, name: bytes) -> Iterable[str]:
    return (value.decode("latin-1") for key, value in scope["headers"] if key == name)
