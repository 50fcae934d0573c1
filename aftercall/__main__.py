"""The program: runs the command line and turns every failure into one line and an exit code."""

import errno
import io
import os
import sys
import traceback
from collections.abc import Container
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aftercall.desk.errors import FrontDoorError
from aftercall.terminal.layout import cut, told
from ground.disk import FULL_OR_BROKEN, reason_of
from ground.errors import AftercallError, DiskTrouble
from ground.printable import printable

if TYPE_CHECKING:
    from aftercall.cli import Invocation


def main() -> None:
    """Run the command line and exit."""
    _mend_streams()
    from aftercall.cli import Invocation

    invocation = Invocation()
    code = _run(invocation)
    if invocation.app is not None and invocation.reminds:
        with suppress(AftercallError, OSError, ValueError):  # what ails the inbox is for the commands to tell
            invocation.app.remind()
    sys.exit(code)


def _mend_streams() -> None:
    """A program started by a hotkey may have no input, output or error stream at all; and not all of them can print
    every character of a memo."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115  # stays open for the whole run
            setattr(sys, name, stream)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _run(invocation: "Invocation") -> int:
    from aftercall.cli import cli
    from aftercall.commands.completion import COMPLETE_VARIABLE

    try:
        result = cli.main(standalone_mode=False, obj=invocation, complete_var=COMPLETE_VARIABLE)
        sys.stdout.flush()  # here, where a reader that has gone, or a full disk, is still told apart from success
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())  # `aftercall contacts`, and no more
        invocation.reminds = False
        return 0
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "aftercall"
        click.echo(told(printable(f"{error.format_message()} For help: {command} --help")), err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (`aftercall list | head`): quietly, and with the code that click and rich
        # end with when they meet it first. Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FrontDoorError.exit_code
    except SystemExit:  # of a plugin's command
        raise
    except BaseException as error:  # noqa: BLE001  # the one place where nothing may pass: the rep gets a line, we a log
        return _explain(error, invocation.app.told if invocation.app else ())
    return result if isinstance(result, int) else 0


def _explain(error: BaseException, known: Container[str]) -> int:
    """One line for the rep, unless it was `known` already, and the exit code: of a known failure its own; of a bug also
    where the details are."""
    if isinstance(error, OSError) and error.errno in FULL_OR_BROKEN:
        error = DiskTrouble(f"The disk failed: {reason_of(error)}. What was stored before is safe.")
    elif isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:  # of a name that was given, never of ours
        error = FrontDoorError(f"No file can have so long a name: {cut(str(error.filename), 60)}")
    code = getattr(error, "exit_code", None)
    if isinstance(code, int):
        from aftercall.desk.hints import line_of

        line = line_of(error)
        if line not in known:
            _tell(line)
        return code
    log = _log(error)
    where = f" The details are in {log}." if log else ""
    line = f"aftercall failed unexpectedly ({type(error).__name__}: {error}). What was recorded is safe.{where}"
    _tell(line)
    return FrontDoorError.exit_code


def _tell(line: str) -> None:
    click.echo(told(printable(line)), err=True)


def _log(error: BaseException) -> Path | None:
    from aftercall.desk.home import Home
    from ground.durable import atomic_file, private_folder

    try:
        path = private_folder(Home.find(os.environ).data) / "last-failure.txt"
        with atomic_file(path) as file:
            file.write("".join(traceback.format_exception(error)).encode("utf-8", "replace"))
    except (AftercallError, OSError):
        return None
    return path


if __name__ == "__main__":
    main()
