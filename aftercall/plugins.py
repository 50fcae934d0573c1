"""Plugins: packages that add commands, export formats and phone systems, found by entry points when one is asked for.

Looking for them takes 40 ms, most of it to import importlib.metadata, so nothing looks that can do without.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final, TypeVar

import click
import pluggy

from aftercall.commands import COMMANDS
from aftercall.desk.export import FORMATS
from aftercall.desk.export.hand_out import Exporter
from ground.printable import printable
from review.ended_call import EndedCall, LastCalls

__all__ = ["EndedCall", "hookimpl"]  # what plugins import

GROUP: Final = "aftercall.plugins"

hookspec: Final = pluggy.HookspecMarker("aftercall")
hookimpl: Final = pluggy.HookimplMarker("aftercall")
"""Marks what a plugin adds: ``@hookimpl`` above a function with the name of one of :class:`Hooks`."""

_Thing = TypeVar("_Thing")


class Hooks:
    """What a plugin can add."""

    @hookspec
    def aftercall_commands(self) -> Mapping[str, click.Command]:
        """Commands by name. Their ``click.pass_obj`` is an :class:`aftercall.desk.app.App`."""
        return {}

    @hookspec
    def aftercall_exports(self) -> Mapping[str, Exporter]:
        """What ``aftercall export --to NAME`` is to write, by name."""
        return {}

    @hookspec
    def aftercall_last_calls(self) -> Mapping[str, LastCalls]:
        """What knows the calls that ended about a moment, by the name that the setting ``last_call`` takes."""
        return {}


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin that is installed. `trouble` is why it is not used, or not all of it."""

    name: str
    package: str
    commands: Mapping[str, click.Command]
    exports: Mapping[str, Exporter]
    last_calls: Mapping[str, LastCalls]
    trouble: str | None = None


@cache
def installed() -> tuple[Plugin, ...]:
    """All plugins, by name. One that fails to load is among them, with what went wrong, and adds nothing."""
    return tuple(_load(entry) for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name))


def command(name: str) -> click.Command | None:
    """The command of that name, if a plugin adds one; what ails a plugin is told."""
    _tell_of_trouble()
    return next((plugin.commands[name] for plugin in installed() if name in plugin.commands), None)


def exports() -> dict[str, Exporter]:
    """All export formats that plugins add; what ails a plugin is told."""
    _tell_of_trouble()
    return {name: exporter for plugin in reversed(installed()) for name, exporter in plugin.exports.items()}


def last_calls(name: str) -> LastCalls | None:
    """What knows the last calls under that name, if a plugin adds it; what ails a plugin is told."""
    _tell_of_trouble()
    return next((plugin.last_calls[name] for plugin in installed() if name in plugin.last_calls), None)


def _tell_of_trouble() -> None:
    for plugin in installed():
        if plugin.trouble:
            click.echo(printable(f"Plugin {plugin.name} ({plugin.package}): {plugin.trouble}"), err=True)


def _load(entry: EntryPoint) -> Plugin:
    package = f"{entry.dist.name} {entry.dist.version}" if entry.dist else "unknown"
    # A manager each: with one for all, the first plugin whose hook raises would end the call for those after it.
    manager = pluggy.PluginManager("aftercall")
    manager.add_hookspecs(Hooks)
    try:
        manager.register(entry.load(), entry.name)
        manager.check_pending()
        commands = _merged(manager.hook.aftercall_commands(), click.Command)
        made = _merged(manager.hook.aftercall_exports(), Callable)
        known = _merged(manager.hook.aftercall_last_calls(), Callable)
    except BaseException as error:  # noqa: BLE001 - it may do anything, as to raise KeyboardInterrupt
        return Plugin(entry.name, package, {}, {}, {}, f"not loaded ({type(error).__name__}: {error})")
    taken = sorted((commands.keys() & COMMANDS.keys()) | (made.keys() & set(FORMATS)))
    trouble = f"{', '.join(taken)} left out: aftercall has that itself" if taken else None
    return Plugin(
        entry.name,
        package,
        {name: one for name, one in commands.items() if name not in taken},
        {name: one for name, one in made.items() if name not in taken},
        known,
        trouble,
    )


def _merged(given: Iterable[Mapping[str, _Thing]], kind: Any) -> dict[str, _Thing]:
    merged = {str(name): one for mapping in given for name, one in mapping.items()}
    for name, one in merged.items():
        if not isinstance(one, kind):
            raise TypeError(f"{name} is a {type(one).__name__}")
    return merged
