"""``aftercall completion``: what a shell needs to complete commands and options."""

from typing import Final

import click

COMPLETE_VARIABLE: Final = "_AFTERCALL_COMPLETE"
"""By which the shell's script asks the program how a line may go on."""


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands and options with Tab.

    To have it from the next shell on:

        aftercall completion bash > ~/.local/share/bash-completion/completions/aftercall

        aftercall completion zsh > ~/.zfunc/_aftercall    (with ~/.zfunc in your fpath, before compinit)

        aftercall completion fish > ~/.config/fish/completions/aftercall.fish
    """
    from click.shell_completion import get_completion_class

    made_by = get_completion_class(shell)
    assert made_by is not None
    click.echo(made_by(ctx.find_root().command, {}, "aftercall", COMPLETE_VARIABLE).source())
