"""The companion as a service: what each system reads is what it takes, and what was installed can be taken away."""

import configparser
import plistlib
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

import pytest

from aftercall.desk.service.service import Service, ServiceTrouble, install, is_running, remove, service_for
from aftercall.desk.service.units import Program, launchd_agent, systemd_unit, windows_task

ODD = Program(
    ["/opt/my python/bin/python3", "-m", "aftercall", "watch", "50%", 'a "quoted" $HOME \\ word', "ünï"],
    {"AFTERCALL_HOME": '/srv/memos/50% & "more" <here> $x'},
)
TASK = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}


class System:
    """Notes what it is asked to run, and answers with a code."""

    def __init__(self, *codes: int) -> None:
        self.asked: list[list[str]] = []
        self._codes = list(codes)

    def __call__(self, command: Sequence[str]) -> tuple[int, str]:
        self.asked.append(list(command))
        return (self._codes.pop(0), "no such thing") if self._codes else (0, "")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is what reads it")
def test_systemd_reads_the_unit_as_it_was_meant(tmp_path: Path) -> None:
    program = Program([shutil.which("echo") or "echo", *ODD.command[1:]], ODD.environment)
    path = tmp_path / "aftercall-watch.service"
    path.write_text(systemd_unit(program), "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", "--user", "--man=no", path], capture_output=True, text=True)
    ours = [line for line in (done.stdout + done.stderr).splitlines() if path.name in line]
    assert ours == []


def test_the_unit_takes_specifiers_variables_and_quotes_literally() -> None:
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # how configparser has it
    unit.read_string(systemd_unit(ODD))
    assert unit["Service"]["ExecStart"] == (
        '"/opt/my python/bin/python3" "-m" "aftercall" "watch" "50%%" "a \\"quoted\\" $$HOME \\\\ word" "ünï"'
    )
    assert unit["Service"]["Environment"] == '"AFTERCALL_HOME=/srv/memos/50%% & \\"more\\" <here> $x"'
    assert unit["Install"]["WantedBy"] == "default.target"


def test_launchd_reads_the_agent_as_it_was_meant() -> None:
    agent = plistlib.loads(launchd_agent(ODD, "/Library/Logs/x.log"))
    assert agent["ProgramArguments"] == list(ODD.command)
    assert agent["EnvironmentVariables"] == dict(ODD.environment)
    assert agent["RunAtLoad"] is True
    assert {type(key) for key in agent} == {str}


def test_the_task_is_of_the_schema_and_its_parts_are_in_the_order_that_it_asks_for() -> None:
    task = ET.fromstring(windows_task(Program(["C:\\Program Files\\py.exe", "-m", "aftercall"], {}), "ACME\\rita & co"))
    order = ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]
    assert [child.tag for child in task] == [f"{{{TASK['t']}}}{name}" for name in order]
    assert task.findtext("t:Actions/t:Exec/t:Command", namespaces=TASK) == "C:\\Program Files\\py.exe"
    assert task.findtext("t:Actions/t:Exec/t:Arguments", namespaces=TASK) == "-m aftercall"
    assert task.findtext("t:Triggers/t:LogonTrigger/t:UserId", namespaces=TASK) == "ACME\\rita & co"
    assert task.findtext("t:Settings/t:ExecutionTimeLimit", namespaces=TASK) == "PT0S"


def test_the_task_sets_what_the_environment_must_say() -> None:
    program = Program(["C:\\py.exe", "-m", "aftercall"], {"AFTERCALL_HOME": "D:\\memos & more"})
    task = ET.fromstring(windows_task(program, "rita"))
    assert task.findtext("t:Actions/t:Exec/t:Command", namespaces=TASK) == "cmd.exe"
    assert task.findtext("t:Actions/t:Exec/t:Arguments", namespaces=TASK) == (
        '/c "set "AFTERCALL_HOME=D:\\memos & more" && C:\\py.exe -m aftercall"'
    )


def made(system: str, tmp_path: Path) -> Service:
    return service_for(system, tmp_path / "user", {"AFTERCALL_HOME": "/x", "USERNAME": "rita"}, tmp_path / "data")


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_it_is_installed_asked_about_and_removed(system: str, tmp_path: Path) -> None:
    service = made(system, tmp_path)
    asked = System()
    assert not remove(service, asked)
    assert asked.asked == []
    install(service, asked)
    assert service.path.read_bytes() == service.content
    assert asked.asked == [list(command) for command in service.install]
    assert is_running(service, System(0))
    assert not is_running(service, System(3))
    assert remove(service, asked)
    assert not service.path.exists()
    assert list(service.remove[0]) in asked.asked


def test_what_the_system_refuses_is_told_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(ServiceTrouble, match=r"daemon-reload.*no such thing"):
        install(made("linux", tmp_path), System(1))


def test_the_own_folder_of_settings_is_where_systemd_looks(tmp_path: Path) -> None:
    service = service_for("linux", tmp_path, {"XDG_CONFIG_HOME": str(tmp_path / "conf")}, tmp_path)
    assert service.path == tmp_path / "conf" / "systemd" / "user" / "aftercall-watch.service"
