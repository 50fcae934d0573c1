"""``aftercall show``: one memo, whole."""

import json

import click

from aftercall.app import App


@click.command()
@click.argument("memo_id", metavar="ID")
@click.option("--heard", is_flag=True, help="What was heard, before you changed it.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with the sentences as heard and as confirmed.")
@click.pass_obj
def command(app: App, memo_id: str, heard: bool, as_json: bool) -> None:
    """Show one memo, whole.

    Whom it is about, what was said, the next call, and where its sound is. ID may be shortened to its beginning or
    its end, as long as it fits only one memo.
    """
    from rich.padding import Padding
    from rich.text import Text

    from aftercall.output import console
    from aftercall.shown import day, day_and_time, memo_row, who
    from review.printable import printable

    with app.past_memos() as store:
        memo = store.get(memo_id)
    sound = app.home.audio / f"{memo.id}.wav"
    if as_json:
        row = memo_row(memo) | {
            "heard": memo.heard,
            "sentences": [
                {"heard": s.heard, "text": s.text, "action": s.action, "seconds": round(s.seconds, 1)}
                for s in memo.sentences
            ],
            "source": memo.source,
            "language": memo.language,
            "engine": memo.engine,
            "model": memo.model,
            "sound": str(sound) if sound.exists() else None,
        }
        click.echo(json.dumps(row, ensure_ascii=False, indent=2))
        return
    out = console()
    phone = f"   {memo.contact.phone}" if memo.contact and memo.contact.phone else ""
    out.print(Text(f"{printable(who(memo.contact))}{phone}", style="bold"))
    out.print(Text(f"{day_and_time(memo.spoken_at)} · {memo.duration:.0f} s · {memo.id}", style="dim"))
    out.print(Padding(Text(printable(memo.heard if heard else memo.text)), (1, 2)))
    if memo.next_call:
        promise = memo.next_call
        out.print(Text(f"Next call: {day(promise.date, promise.time)}, heard: “{printable(promise.heard)}”"))
    else:
        out.print(Text(f"No next call: {printable(memo.no_next_call_reason or '')}"))
    changed = sum(1 for sentence in memo.sentences if sentence.action != "keep")
    read = (
        f"Read by {printable(memo.confirmed_by)} on {day_and_time(memo.confirmed_at)} in {memo.reading_seconds:.0f} s"
    )
    edits = f", {changed} of {len(memo.sentences)} sentences changed (--heard shows them)" if changed else ""
    out.print(Text(read + edits, style="dim"))
    if sound.exists():
        out.print(Text(f"Sound: {sound}", style="dim"))
