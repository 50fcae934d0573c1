"""What each system reads, written from the command that it is to run. Pure: nothing is installed here."""

import plistlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

NAME: Final = "aftercall-watch"

_DESCRIPTION: Final = "aftercall: records after a call, fetches memos, rings for promised calls"

_TASK_SCHEMA: Final = "http://schemas.microsoft.com/windows/2004/02/mit/task"


@dataclass(frozen=True, slots=True)
class Program:
    """What is to run, with whole paths, and what of the environment it needs."""

    command: Sequence[str]
    environment: Mapping[str, str]


def systemd_unit(program: Program) -> str:
    """A user unit (systemd.service(5), systemd.exec(5))."""
    environment = "".join(f"Environment={_quoted(f'{name}={value}')}\n" for name, value in program.environment.items())
    # KillMode=process: what it has begun (an import, a notification that waits for an answer) ends by itself.
    return (
        f"[Unit]\nDescription={_DESCRIPTION}\nAfter=pipewire-pulse.service pulseaudio.service\n\n"
        f"[Service]\nExecStart={' '.join(_quoted(part, dollar='$$') for part in program.command)}\n{environment}"
        "Restart=on-failure\nRestartSec=5\nKillMode=process\n\n"
        "[Install]\nWantedBy=default.target\n"
    )


def _quoted(text: str, dollar: str = "$") -> str:
    """A word as systemd reads words: quotes and backslashes escaped, its specifiers and variables taken literally."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", dollar)
    return f'"{escaped}"'


def launchd_agent(program: Program, log: str) -> bytes:
    """A property list for launchd (launchd.plist(5)).

    :param log: the file that what it says goes to.
    """
    agent = {
        "Label": NAME,
        "ProgramArguments": list(program.command),
        "EnvironmentVariables": dict(program.environment),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "LimitLoadToSessionType": "Aqua",
        "StandardErrorPath": log,
    }
    return plistlib.dumps(agent)


def windows_task(program: Program, user: str) -> str:
    """A task for the Task Scheduler (its XML schema 1.2), begun when the user logs on.

    A task has no environment: what is needed of it is set by a command before the program.
    """
    sets = "".join(f'set "{name}={value}" && ' for name, value in program.environment.items())
    first, *rest = program.command
    arguments = " ".join(_windows_word(part) for part in rest)
    if sets:
        first, arguments = "cmd.exe", f'/c "{sets}{_windows_word(first)} {arguments}"'
    return (
        '<?xml version="1.0" encoding="UTF-16"?>\n'
        f'<Task version="1.2" xmlns="{_TASK_SCHEMA}">\n'
        f"  <RegistrationInfo><Description>{escape(_DESCRIPTION)}</Description></RegistrationInfo>\n"
        f"  <Triggers><LogonTrigger><Enabled>true</Enabled><UserId>{escape(user)}</UserId></LogonTrigger></Triggers>\n"
        '  <Principals><Principal id="Author">\n'
        f"    <UserId>{escape(user)}</UserId><LogonType>InteractiveToken</LogonType>\n"
        "    <RunLevel>LeastPrivilege</RunLevel>\n"
        "  </Principal></Principals>\n"
        "  <Settings>\n"
        "    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>\n"
        "    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>\n"
        "    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>\n"
        "    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>\n"
        "    <RestartOnFailure><Interval>PT1M</Interval><Count>10</Count></RestartOnFailure>\n"
        "  </Settings>\n"
        '  <Actions Context="Author"><Exec>\n'
        f"    <Command>{escape(first)}</Command><Arguments>{escape(arguments)}</Arguments>\n"
        "  </Exec></Actions>\n"
        "</Task>\n"
    )


def _windows_word(text: str) -> str:
    from subprocess import list2cmdline

    return list2cmdline([text])
