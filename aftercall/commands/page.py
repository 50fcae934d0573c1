"""``aftercall page``: the reading and what follows from it, in the browser."""

import click

from aftercall.desk.app import App
from aftercall.desk.errors import NoPagePackages


@click.command()
@click.option("--no-browser", is_flag=True, help="Print the link, and open nothing.")
@click.pass_obj
def command(app: App, no_browser: bool) -> None:
    """Read memos in the browser, and see what is due.

    The page is served on this machine only, and to the browser that opened it; nothing leaves the machine. It ends with
    Ctrl-C, or ten minutes after the last page was closed. The link works once: for another browser, run this again.
    """
    try:
        from aftercall.web.server import PageServer
    except ImportError as missing:
        raise NoPagePackages from missing

    def opened(address: str) -> None:
        import webbrowser

        if no_browser or not webbrowser.open(address):
            click.echo(address)
        app.say("The page is open until you press Ctrl-C, or close it for ten minutes.")

    PageServer(app).serve_pages(opened)
