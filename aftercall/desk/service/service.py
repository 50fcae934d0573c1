"""The companion as a service of the user's session: installed, removed, and how it stands."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aftercall.desk.errors import FrontDoorError
from aftercall.desk.service.units import NAME, Program, launchd_agent, systemd_unit, windows_task
from ground.durable import atomic_file, disk_trouble

Run = Callable[[Sequence[str]], "tuple[int, str]"]
"""Runs a program of the system; its exit code, and what it said."""

_SECONDS: Final = 30

_INHERITED: Final = ("AFTERCALL_HOME", "PULSE_SERVER", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
"""What of the environment decides where memos are, and who hears."""


class ServiceTrouble(FrontDoorError):
    """The system refused, or has no such thing."""


@dataclass(frozen=True, slots=True)
class Service:
    """What is to be installed, and how.

    :ivar path: the file that the system reads.
    :ivar content: what is in it.
    :ivar install, remove: commands that make it known, and unknown; `asked` is answered with 0 where it runs.
    """

    path: Path
    content: bytes
    install: Sequence[Sequence[str]]
    remove: Sequence[Sequence[str]]
    asked: Sequence[str]


def service_for(system: str, home: Path, environment: Mapping[str, str], data: Path) -> Service:
    """What it is on a system (sys.platform).

    :param home: the user's own folder; ``data``: that of the memos.
    """
    program = program_of(system, environment)
    if system == "darwin":
        path = home / "Library" / "LaunchAgents" / f"{NAME}.plist"
        domain = f"gui/{os.getuid()}" if hasattr(os, "getuid") else "gui"
        return Service(
            path,
            launchd_agent(program, str(home / "Library" / "Logs" / f"{NAME}.log")),
            [["launchctl", "bootstrap", domain, str(path)]],
            [["launchctl", "bootout", f"{domain}/{NAME}"]],
            ["launchctl", "print", f"{domain}/{NAME}"],
        )
    if system == "win32":
        path = data / f"{NAME}.xml"
        return Service(
            path,
            windows_task(program, _windows_user(environment)).encode("utf-16"),
            [["schtasks", "/Create", "/TN", NAME, "/XML", str(path), "/F"], ["schtasks", "/Run", "/TN", NAME]],
            [["schtasks", "/End", "/TN", NAME], ["schtasks", "/Delete", "/TN", NAME, "/F"]],
            ["schtasks", "/Query", "/TN", NAME],
        )
    config = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    unit = f"{NAME}.service"
    systemctl = ("systemctl", "--user")
    return Service(
        config / "systemd" / "user" / unit,
        systemd_unit(program).encode(),
        [[*systemctl, "daemon-reload"], [*systemctl, "enable", unit], [*systemctl, "restart", unit]],
        [[*systemctl, "disable", "--now", unit]],
        [*systemctl, "is-active", "--quiet", unit],
    )


def program_of(system: str, environment: Mapping[str, str]) -> Program:
    """The companion, with the Python that runs now."""
    python = Path(sys.executable)
    if system == "win32" and (quiet := python.with_name("pythonw.exe")).exists():
        python = quiet  # without a window
    inherited = {name: environment[name] for name in _INHERITED if environment.get(name)}
    return Program([str(python), "-m", "aftercall", "watch", "--later"], inherited)


def _windows_user(environment: Mapping[str, str]) -> str:
    """The account as the Task Scheduler names it."""
    return "\\".join(filter(None, (environment.get("USERDOMAIN"), environment.get("USERNAME"))))


def run(command: Sequence[str]) -> tuple[int, str]:
    """See Run."""
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=_SECONDS
        )
    except (OSError, subprocess.SubprocessError) as error:
        return 1, str(error)
    return done.returncode, (done.stderr or done.stdout).strip()


def install(service: Service, run: Run = run) -> None:
    """Write the file, and have the system begin it now and with each session.

    :raises DiskTrouble: nothing was installed.
    :raises ServiceTrouble: the file is there, and the system refused it.
    """
    with disk_trouble("Nothing was installed."):
        service.path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_file(service.path) as file:
            file.write(service.content)
    for command in service.install:
        code, said = run(command)
        if code:
            raise ServiceTrouble(
                f"{service.path} is written, but `{' '.join(command)}` failed: {said or code}. "
                "`aftercall service remove` takes it away again."
            )


def remove(service: Service, run: Run = run) -> bool:
    """Have the system end it and forget it; whether it was installed.

    :raises DiskTrouble: the file cannot be removed.
    """
    if not service.path.exists():
        return False
    for command in service.remove:
        run(command)  # where it does not run, it cannot be ended
    with disk_trouble("It is still installed."):
        service.path.unlink()
    if service.install[0][-1] == "daemon-reload":
        run(service.install[0])
    return True


def is_running(service: Service, run: Run = run) -> bool:
    """Whether the system says that it runs."""
    return run(service.asked)[0] == 0
