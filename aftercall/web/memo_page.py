"""One memo: what was confirmed, what was heard, how it was changed, and its sound."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import FileResponse, Response
from starlette.routing import Route

from aftercall.desk.errors import NothingFound
from aftercall.desk.words import day, day_and_time, who
from aftercall.web.house import House
from aftercall.web.pages import Asked, get
from ground.printable import printable

if TYPE_CHECKING:
    from memos.models import Memo
    from memos.store import Store


def routes(house: House) -> list[Route]:
    """Its addresses."""
    return [get("/memo/{id}", house, _memo), get("/memo/{id}/sound", house, _sound)]


def _memo(asked: Asked) -> Response:
    with asked.house.app.past_memos() as store:
        memo = _found(asked, store)
        versions = store.versions(memo.id)
    heard = " ".join(sentence.heard for sentence in memo.sentences)
    promise = memo.next_call
    return asked.page(
        "memo.html",
        memo=memo,
        who=who(memo.contact) if memo.contact else "Nobody named",
        when=day_and_time(memo.spoken_at),
        changes=list(changes(heard, memo.text)) if heard != memo.text else [],
        outcome=memo.outcome.in_words if memo.outcome else "",
        call=f"{day(promise.date, promise.time)}, heard: “{promise.heard}”" if promise else "",
        read=f"{memo.confirmed_by} on {day_and_time(memo.confirmed_at)} in {memo.reading_seconds:.0f} s",
        versions=[(one.number, one.confirmed_by, day_and_time(one.confirmed_at), one.text) for one in versions[:-1]],
        sound=_wav(asked, memo).exists(),
    )


def _sound(asked: Asked) -> Response:
    with asked.house.app.past_memos() as store:
        path = _wav(asked, _found(asked, store))
    if not path.exists():
        raise NothingFound("The sound of this memo is not kept any more.")
    return FileResponse(path, media_type="audio/wav")


def _found(asked: Asked, store: "Store") -> "Memo":
    """The memo of this address. Only its whole id will do: nothing here is typed.

    :raises NothingFound: there is none.
    """
    memo = store.get(asked.path("id"))
    if memo.id != asked.path("id"):
        raise NothingFound("There is no such memo.")
    return memo


def _wav(asked: Asked, memo: "Memo") -> Path:
    return asked.house.app.home.audio / f"{memo.id}.wav"


def changes(before: str, after: str) -> Iterator[tuple[str, str]]:
    """``after`` in pieces, each with what it is: "same", "gone" or "new"."""
    old, new = printable(before).split(), printable(after).split()
    for change, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal":
            yield "same", " ".join(old[i:j])
            continue
        if i < j:
            yield "gone", " ".join(old[i:j])
        if k < m:
            yield "new", " ".join(new[k:m])
