"""``aftercall purge``: remove what the settings no longer keep."""

import click

from aftercall.desk.app import App


@click.command()
@click.option("--dry-run", is_flag=True, help="Only list what would be removed.")
@click.pass_obj
def command(app: App, dry_run: bool) -> None:
    """Remove sound that is kept no longer.

    The sound of memos confirmed more than `keep_audio` days ago (see `aftercall config`), and memos that were thrown
    away as long ago. Each file is listed. Confirmed memos themselves stay until you delete them.
    """
    from aftercall.desk.retention import NO_PROMISE, erase_files, past_sound

    keep_days = app.settings.keep_audio_days
    with app.any_store() as store:
        past = past_sound(app.home, store, keep_days, app.now())
    size = sum(path.stat().st_size for path in past)
    if not dry_run:
        erase_files(app.home.data, past)
    for path in past:
        click.echo(path)
    if not past:
        app.say("Nothing to remove" + (": sound is kept forever." if keep_days is None else "."))
        return
    files = "1 file" if len(past) == 1 else f"{len(past)} files"
    app.say(
        f"{'Would remove' if dry_run else 'Removed'} {files}, {size / 1e6:.1f} MB, kept longer than {keep_days} days."
    )
    if not dry_run:
        app.say(NO_PROMISE)
