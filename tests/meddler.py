"""A proxy between a client and a calendar server, which answers in the server's place as a test wants it to."""

import http.client
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit


class _Handler(BaseHTTPRequestHandler):
    """What one connection is answered with."""

    meddler: "Meddler"
    protocol_version = "HTTP/1.1"

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline:
            self.close_connection = True
        elif self.parse_request():
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.meddler.seen.append((self.command, self.path))
            rules = self.meddler.rules
            self._answer(body, rules.get(self.path, rules.get(self.command, rules.get("*"))))

    def _answer(self, body: bytes, rule: int | str | None) -> None:
        if isinstance(rule, int):
            self._send(rule, {"WWW-Authenticate": "Basic"} if rule == 401 else {}, b"no")
        elif rule == "nonsense":
            self._send(200, {"Content-Type": "text/html"}, b"<html>Welcome to the hotel!<br></html>")
        elif rule in ("hang", "drip"):
            self.close_connection = True
            while not self.meddler.end.wait(0.2):
                if rule == "drip":
                    self.wfile.write(b"H")
                    self.wfile.flush()
        elif rule in ("endless", "bomb"):
            self._never_end(packed=rule == "bomb")
        elif isinstance(rule, str) and rule.startswith("http"):
            self._send(302 if rule.endswith("#302") else 301, {"Location": rule.partition("#")[0]}, b"")
        else:
            self._forward(body, rule)

    def _forward(self, body: bytes, rule: Any) -> None:
        address = urlsplit(self.meddler.server)
        behind = http.client.HTTPConnection(str(address.hostname), address.port, timeout=20)
        sent = {name: value for name, value in self.headers.items() if name != "Connection"}
        behind.request(self.command, self.path, body, sent)
        answer = behind.getresponse()
        content = answer.read()
        headers = dict(answer.getheaders())
        behind.close()
        if rule in ("no etag", "weak") and (etag := headers.pop("ETag", None)) and rule == "weak":
            headers["ETag"] = f"W/{etag}"
        self._send(answer.status, headers, content)

    def _never_end(self, *, packed: bool) -> None:
        self.close_connection = True
        self.send_response(207)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Transfer-Encoding", "chunked")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        pack = zlib.compressobj(9, zlib.DEFLATED, 31)
        while not self.meddler.end.is_set():
            piece = pack.compress(b" " * (1 << 20)) if packed else b" " * 65536
            if piece:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name not in ("Content-Length", "Transfer-Encoding", "Connection", "Date", "Server"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


class _Quiet(ThreadingHTTPServer):
    """Does not complain."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """The client has gone: it is meant to."""


class Meddler:
    """A context manager; `url` stands for that of the server behind it.

    :ivar rules: by path, by method, or "*" for all: a status to answer with; "hang", to answer nothing; "drip", to
        answer a byte now and then; "endless", to answer without end, "bomb", the same and packed; "nonsense", to answer
        what is no WebDAV; an address, to point to; "no etag" and "weak", to take the ETag from the server's answer or
        to make it a weak one. None: the server answers.
    :ivar seen: each request: method and path.
    """

    def __init__(self, server: str) -> None:
        self.rules: dict[str, int | str | None] = {}
        self.seen: list[tuple[str, str]] = []
        self.server = server
        self.end = threading.Event()
        self._server = _Quiet(("127.0.0.1", 0), type("Handler", (_Handler,), {"meddler": self}))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end.set()
        self._server.shutdown()
        self._server.server_close()
