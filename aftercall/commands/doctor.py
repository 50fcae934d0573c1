"""``aftercall doctor``: is everything there that a memo needs?"""

import click

from aftercall.desk.app import App


@click.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended. Never deletes anything.")
@click.option("--device", metavar="NAME", help="Look at this microphone instead of the one in the settings.")
@click.pass_context
def command(ctx: click.Context, repair: bool, device: str | None) -> None:
    """Check microphone, weights, disk and database.

    Changes nothing unless told to --repair, which finishes what a crash left, rebuilds the search index, copies what
    can be read of a damaged database into a new one (the old file is kept), and says each thing that it did. Close
    other programs that have the database open before. The exit code is that of the first thing that is wrong; see the
    list of exit codes.
    """
    from aftercall.desk.checkup import findings

    app: App = ctx.obj
    if repair:
        from aftercall.desk.mending import mend

        mend(app)
    worst = 0
    for finding in findings(app, device):
        mark = "ok " if finding.exit_code == 0 else "BAD"
        click.echo(f"{mark}  {finding.name:11} {finding.text}")
        worst = worst or finding.exit_code
    ctx.exit(worst)
