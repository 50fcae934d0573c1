"""``aftercall ring``: ring for the promised calls that are due now."""

import sys

import click

from aftercall.desk.app import App


@click.command()
@click.option("--waiting", is_flag=True, help="Only say how many memos wait to be read, with a button to read them.")
@click.pass_obj
def command(app: App, waiting: bool) -> None:
    """Ring for the promised calls that are due now.

    `watch` does it at the right moment; this is for a scheduler of your own. Each call rings once for the time that it
    is promised for, with buttons to dial, to read the brief, and to put it off for an hour or until tomorrow; what was
    missed comes as a list. Stays until they are answered or gone. In the evening, once, how many memos wait to be read.
    Where nothing shows notifications, it is printed, with the terminal's bell.
    """
    from aftercall.desk.companion.desktop import Desktop, NoDesktop, Notification
    from aftercall.desk.companion.ringing import UP_SECONDS, WAITING_UP_SECONDS, answer, ring, say_what_waits

    say, seconds = (say_what_waits, WAITING_UP_SECONDS) if waiting else (ring, UP_SECONDS)
    try:
        with Desktop() as desktop:
            answer(app, desktop, say(app, desktop.show), seconds)
            return
    except NoDesktop as trouble:
        reason = str(trouble)

    def print_it(number: int, notification: Notification) -> None:
        if number == 0:
            app.say(reason)
            if sys.stderr.isatty():
                click.echo("\a", nl=False, err=True)
        for line in (notification.title, *notification.message.splitlines()):
            app.say(line)

    say(app, print_it)
