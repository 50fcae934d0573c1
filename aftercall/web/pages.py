"""Templates, and the answers made of them. What is stored is untrusted: it is escaped, and its control characters are
not shown."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from aftercall.desk.hints import line_of
from aftercall.web.keys import same
from ground.errors import AftercallError
from ground.printable import printable

if TYPE_CHECKING:
    from aftercall.web.house import House

HERE: Final = Path(__file__).parent

_MOST_BYTES: Final = 65_536
"""Of a form: a memo of ten minutes has less than a fifth of it."""
_MOST_FIELDS: Final = 40


class Refused(AftercallError):
    """A request that our own page does not make."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and what is answered from.

    :ivar form: the fields of a POST; empty for a GET.
    """

    house: "House"
    request: Request
    form: Mapping[str, str]

    @property
    def partial(self) -> bool:
        """Whether htmx asks, which puts the answer into the page that is open."""
        return self.request.headers.get("hx-request") == "true"

    def path(self, name: str) -> str:
        """A part of the address."""
        return str(self.request.path_params[name])

    def query(self, name: str) -> str:
        """What the address asks for; empty where it does not."""
        return self.request.query_params.get(name, "")

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A whole page."""
        house, here = self.house, self.request.url.path
        known = {"form_token": house.keys.form, "here": here, "waiting": house.waiting(), "told": house.told()}
        return HTMLResponse(render(template, known | values), status)

    def part(self, template: str, **values: Any) -> Response:
        """A part of a page, for htmx to put in its place."""
        return HTMLResponse(render(template, {"form_token": self.house.keys.form} | values))

    def go(self, address: str, told: Iterable[str] = ()) -> Response:
        """On to another page, which tells these lines."""
        self.house.tell(told)
        if self.partial:
            return Response(status_code=204, headers={"HX-Redirect": address})
        return RedirectResponse(address, 303)


Work = Callable[[Asked], Response]
"""What answers a request; it may wait for the disk, and runs in a thread of its own."""


def get(path: str, house: "House", work: Work) -> Route:
    """A page to be looked at."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(answered, work, Asked(house, request, {}))

    return Route(path, endpoint, methods=["GET"])


def post(path: str, house: "House", work: Work) -> Route:
    """A change. It carries the token of the page that it comes from, and a form that is no larger than ours are."""

    async def endpoint(request: Request) -> Response:
        try:
            form = _fields(await _body(request), house.keys.form)
        except Refused as why:
            return refused(Asked(house, request, {}), why)
        return await run_in_threadpool(answered, work, Asked(house, request, form))

    return Route(path, endpoint, methods=["POST"])


async def _body(request: Request) -> bytes:
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > _MOST_BYTES:
            raise Refused("That is longer than anything that is asked for here.")
    return bytes(content)


def _fields(content: bytes, token: str) -> dict[str, str]:
    try:
        text = content.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError:  # a UnicodeDecodeError is one
        raise Refused("That is no form.") from None
    form = dict(pairs)
    if not same(form.pop("token", ""), token):
        raise Refused("That comes from no page of this run. Open the page anew, and try again.")
    return form


def answered(work: Work, asked: Asked) -> Response:
    """The answer to a request, whatever happens; it may wait for the disk."""
    try:
        return work(asked)
    except AftercallError as error:
        return refused(asked, error)
    except Exception as error:  # noqa: BLE001  # the one place where nothing may pass: the rep gets a line, we a log
        asked.house.log(error)
        what = f"{type(error).__name__}: {error}"
        return refused(asked, _Bug(f"aftercall failed unexpectedly ({what}). What was recorded is safe."))


class _Bug(AftercallError):
    """What nobody foresaw."""


_STATUS: Final = {2: 400, 3: 404, 4: 400, 7: 507}
"""By exit code; 409 for the others: as things stand it cannot be done."""


def refused(asked: Asked, error: AftercallError) -> Response:
    """The line that a terminal would say, by the kind of error: HTTP's nearest status."""
    status = _STATUS.get(error.exit_code, 409)
    if isinstance(error, Refused | _Bug):
        status = 403 if isinstance(error, Refused) else 500
    if asked.partial:
        # htmx puts nothing of a failed answer into the page; our script shows this line.
        return Response(printable(line_of(error)), status, media_type="text/plain")
    return asked.page("trouble.html", status, line=line_of(error))


def render(template: str, values: Mapping[str, Any]) -> str:
    """A template with these values in it."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )


def _shown(value: object) -> object:
    if value is None:
        return ""
    # What says __html__ of itself is made by a template, whose own values came through here.
    return printable(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
