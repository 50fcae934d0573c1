"""``aftercall ring``: ring for the promised calls that are due now."""

import sys

import click

from aftercall.desk.app import App


@click.command()
@click.pass_obj
def command(app: App) -> None:
    """Ring for the promised calls that are due now.

    `watch` does it at the right moment; this is for a scheduler of your own. Each call rings once for the time that it
    is promised for, with buttons to dial, to read the brief, and to put it off for an hour or until tomorrow; what was
    missed comes as a list. Stays until they are answered or gone. In the evening, once, how many memos wait to be read.
    Where nothing shows notifications, it is printed, with the terminal's bell.
    """
    from aftercall.desk.companion.desktop import Desktop, NoDesktop, Notification
    from aftercall.desk.companion.ringing import answer, ring

    try:
        with Desktop() as desktop:
            answer(app, desktop, ring(app, desktop.show))
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

    ring(app, print_it)
