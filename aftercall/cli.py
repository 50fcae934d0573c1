"""The command line: which commands there are, and what happens around each of them.

A command's module is imported when the command is named (or when the list of commands is printed), and the rooms
behind it only when it runs, so that nothing loads what it does not need.

Plugins are looked for only when a command is none of ours. `aftercall plugins` lists what they add: the help would be
40 ms slower for everybody if it looked for what most have none of.
"""

import importlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click
from click_default_group import DefaultGroup

from aftercall.commands import COMMANDS
from aftercall.desk.app import App
from aftercall.terminal.face import TerminalFace

if TYPE_CHECKING:
    from review.ended_call import LastCalls

_SAY_NO_MORE: Final = ("status", "toggle", "ring", "service", "completion")
"""Commands that programs run rather than people, with no line at their end about what waits."""

_HELP: Final = ("-h", "--help")

_LEAVE_THE_DISK_ALONE: Final = (
    *("config", "doctor", "when", "model", "plugins", "restore"),
    *_SAY_NO_MORE,
)
"""Commands that do not finish what a crash left behind: they look, or have nothing to do with recordings."""


@dataclass(slots=True)
class Invocation:
    """One run of the command line, for what is to be said at its very end.

    :ivar app: None until a command was found and the settings were read.
    :ivar reminds: whether its last line says what waits to be read.
    :ivar explains: whether the line holds a word that asks for help. One that stands for itself (`jot -- --help`) is
        taken for it, too: nothing is lost by that, the next command says what waits.
    """

    app: App | None = None
    reminds: bool = True
    explains: bool = False


def _last_calls(name: str) -> "LastCalls | None":
    from aftercall.plugins import last_calls

    return last_calls(name)


class CommandGroup(DefaultGroup):  # type: ignore[misc]  # click-default-group ships no types
    """Loads commands when they are named. No command at all, or only options, means ``record``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if ctx.resilient_parsing:
            # A shell that asks how the line may go on has not said yet that it is to be a recording.
            return click.Group.parse_args(self, ctx, args)
        ctx.ensure_object(Invocation).explains = not set(_HELP).isdisjoint(args)
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        wanted = self.default_cmd_name if name.startswith("-") else name
        if wanted not in COMMANDS:
            from aftercall.plugins import command

            added = command(wanted)
            if added is None:
                # A mistyped command must not become a recording.
                return None
            self.add_command(added, wanted)
        elif wanted not in self.commands:
            module = importlib.import_module(f"aftercall.commands.{COMMANDS[wanted]}")
            module.command.name = wanted
            self.add_command(module.command)
        found: click.Command | None = super().get_command(ctx, name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # The default group would sort the default first and star it; the help says it in words.
        click.Group.format_commands(self, ctx, formatter)


@click.group(
    cls=CommandGroup,
    default="record",
    default_if_no_args=True,
    context_settings={"help_option_names": _HELP, "max_content_width": 100},
)
@click.version_option(package_name="aftercall", message="%(package)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Speak a memo right after a sales call, read it back, set the next call, find it weeks later.

    Without a command it records: hang up, type `aftercall`, speak. Everything stays on this machine.
    """
    app = App.start(os.environ, lambda settings: TerminalFace(plain=settings.plain), _last_calls)
    invocation = ctx.ensure_object(Invocation)
    invocation.app = app
    invocation.reminds = ctx.invoked_subcommand not in _SAY_NO_MORE and not invocation.explains
    ctx.obj = app
    ctx.call_on_close(app.end)
    leaves_the_disk_alone = invocation.explains or ctx.invoked_subcommand in _LEAVE_THE_DISK_ALONE
    if not leaves_the_disk_alone and app.home.inbox.is_dir():
        from aftercall.desk.recovery import recover

        recover(app)
