"""``aftercall edit``: correct a memo that is confirmed."""

from typing import TYPE_CHECKING

import click

from aftercall.desk.app import App

if TYPE_CHECKING:
    from memos.models import Memo


@click.command()
@click.argument("memo_id", metavar="ID")
@click.option("--plain", is_flag=True, help="For a screen reader: line after line, in words, nothing redrawn.")
@click.pass_obj
def command(app: App, memo_id: str, plain: bool) -> None:
    """Correct the words of a confirmed memo.

    Its sentences are listed; you name the number of each that is wrong and edit it in place. What it said before is
    kept as a version (`aftercall show ID --versions`), and what was heard stays as it was. The next call stays as it
    was promised. Exit code 5: left, nothing changed.
    """
    from aftercall.commands.show import say_that_it_waits
    from aftercall.terminal.correct import correct
    from aftercall.terminal.face import plainly
    from aftercall.terminal.terminal import open_terminal
    from memos.errors import NotFound
    from review.errors import NoTerminal

    app = plainly(app, plain)
    with app.past_memos() as store:
        try:
            memo = store.get(memo_id)
        except NotFound:
            say_that_it_waits(app, memo_id)
            raise
        try:
            terminal = open_terminal(plain=app.settings.plain)
        except NoTerminal as error:
            raise NoTerminal("A memo is corrected by a person at a terminal; nothing was changed.") from error
        correction = correct(terminal, store.versions(memo.id)[-1], app.settings.reader, app.now)
        if correction is None or not store.correct(memo.id, correction):
            app.say("Nothing was changed.")
            return
    app.say(f"Stored. What it said before is kept: `aftercall show {memo.id} --versions`.")
    _tell_of_the_next_call(app, memo, correction.text)


def _tell_of_the_next_call(app: App, memo: "Memo", text: str) -> None:
    """The promise stays as it was; where the new words mean another day, say how it is moved."""
    from review.next_call import find_next_call

    then, now = (find_next_call(words, memo.spoken_at, locale=app.settings.locale) for words in (memo.text, text))
    if now is None or now.date is None or (then and (then.date, then.time) == (now.date, now.time)):
        return
    promised = f"stays on {memo.next_call.date}" if memo.next_call else "is still none"
    app.say(f"The words now say {now.date}, but the next call {promised}: `aftercall snooze {memo.id} WHEN` moves it.")
