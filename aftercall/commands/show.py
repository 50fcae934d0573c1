"""``aftercall show``: one memo, whole."""

from typing import TYPE_CHECKING

import click

from aftercall.desk.app import App
from aftercall.desk.errors import NothingFound
from aftercall.terminal.output import write_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from memos.models import Memo, Version
    from memos.tasks import Task


@click.command()
@click.argument("memo_id", metavar="ID")
@click.option("--heard", "what", flag_value="heard", default=None, help="What was heard, before you changed it.")
@click.option("--diff", "what", flag_value="diff", help="What you changed: [-heard-] {+confirmed+}.")
@click.option("--versions", "what", flag_value="versions", help="What it said after each correction, and who made it.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with the sentences as heard and as confirmed.")
@click.pass_obj
def command(app: App, memo_id: str, what: str | None, as_json: bool) -> None:
    """Show one memo, whole.

    Whom it is about, what was said, the next call, and where its sound is. ID may be shortened to its beginning or
    its end, as long as it fits only one memo. Exit code 5: it waits to be read.
    """
    from aftercall.desk.rows import memo_rows
    from memos.errors import NotFound

    try:
        with app.past_memos() as store:
            memo = store.get(memo_id)
            versions = store.versions(memo.id) if what == "versions" else []
            tasks = store.tasks.of_memos([memo.id]).get(memo.id, [])
            [row] = memo_rows(store, [memo], app.home.audio) if as_json else [{}]
    except (NotFound, NothingFound):
        say_that_it_waits(app, memo_id)
        raise
    if as_json:
        write_json(row)
    elif what == "versions":
        _print_versions(versions)
    else:
        _print_memo(app, memo, tasks, what)


def say_that_it_waits(app: App, wanted: str) -> None:
    """Tell of a memo that is not confirmed yet.

    :raises NotConfirmed: it is one.
    """
    from capture.errors import UnknownRecording
    from review.errors import NotConfirmed

    try:
        recording = app.inbox.get(wanted)
    except UnknownRecording:
        return
    raise NotConfirmed(f"{recording.id} waits to be read. To read and confirm it: `aftercall review {recording.id}`.")


def _print_versions(versions: "list[Version]") -> None:
    from rich.padding import Padding
    from rich.text import Text

    from aftercall.desk.words import day_and_time
    from aftercall.terminal.differences import differences
    from aftercall.terminal.output import console
    from ground.printable import printable

    out = console()
    before = " ".join(sentence.heard for sentence in versions[0].sentences)
    for version in versions:
        who = f"{printable(version.confirmed_by)}, {day_and_time(version.confirmed_at)}"
        out.print(Text(f"{version.number}  {who}, {version.reading_seconds:.0f} s", style="bold"))
        out.print(Padding(differences(before, version.text), (0, 2, 1, 3)))
        before = version.text


def _print_memo(app: App, memo: "Memo", tasks: "Sequence[Task]", what: str | None) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from aftercall.desk.words import day, day_and_time, who
    from aftercall.terminal.differences import differences
    from aftercall.terminal.output import console
    from ground.printable import printable

    out = console()
    phone = f"   {memo.contact.phone}" if memo.contact and memo.contact.phone else ""
    out.print(Text(f"{printable(who(memo.contact))}{phone}", style="bold"))
    out.print(Text(f"{day_and_time(memo.spoken_at)} · {memo.duration:.0f} s · {memo.id}", style="dim"))
    heard = " ".join(sentence.heard for sentence in memo.sentences)
    text = Text(printable(memo.heard if what == "heard" else memo.text))
    out.print(Padding(differences(heard, memo.text) if what == "diff" else text, (1, 2)))
    if memo.outcome:
        out.print(Text(f"The call: {memo.outcome.in_words}"))
    if memo.next_call:
        promise = memo.next_call
        out.print(Text(f"Next call: {day(promise.date, promise.time)}, heard: “{printable(promise.heard)}”"))
    else:
        out.print(Text(f"No next call: {printable(memo.no_next_call_reason or '')}"))
    for task in tasks:
        by = f" by {day(task.by)}" if task.by else ""
        out.print(Text(f"Promised{by}, {task.state}: “{printable(task.sentence)}” ({task.id})"))
    changed = sum(1 for sentence in memo.sentences if sentence.action != "keep")
    read = (
        f"Read by {printable(memo.confirmed_by)} on {day_and_time(memo.confirmed_at)} in {memo.reading_seconds:.0f} s"
    )
    edits = f", {changed} of {len(memo.sentences)} sentences changed (--diff shows how)" if changed else ""
    out.print(Text(read + edits, style="dim"))
    sound = app.home.audio / f"{memo.id}.wav"
    if sound.exists():
        out.print(Text(f"Sound: {sound}", style="dim"))
