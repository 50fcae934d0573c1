"""A PostgreSQL server of the tests' own, on loopback, with the programs of the system; ended by its process id."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

REPS: Final = ("ana", "ben", "cara")
"""Who may be in the team. `stranger` may connect and is in none, `boss` is the administrator."""

_READY_SECONDS: Final = 60


def programs() -> Path:
    """The folder with the programs of the newest version there is; Debian has them outside of the path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    folders += [Path(folder) for folder in os.get_exec_path()]
    return next(
        folder for folder in folders if all((folder / name).exists() for name in ("initdb", "postgres", "psql"))
    )


class PostgresServer:
    """One server, with a folder and a port of its own, that trusts whoever connects from this machine."""

    def __init__(self, within: Path | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="aftercall-postgres-", dir=within))
        self._bin = programs()
        self._numbers = itertools.count(1)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._own(self.folder)
        how = ["-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync", "--wal-segsize=1"]
        self._run(["initdb", "-D", self.data, "-U", "boss", *how])
        self.process = self.start()
        for name in (*REPS, "stranger"):
            self.run("postgres", f"CREATE ROLE {name} LOGIN")

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    def start(self) -> subprocess.Popen[bytes]:
        """Start it, and wait until it answers."""
        log = (self.folder / "log").open("ab")
        options = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self.folder,
            "fsync": "off",
            "max_connections": 60,
        }
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        self.process = subprocess.Popen(
            self._as_somebody(["postgres", "-D", self.data, *settings]), stdout=log, stderr=log, cwd="/"
        )
        log.close()
        deadline = time.monotonic() + _READY_SECONDS
        while True:
            try:
                self.run("postgres", "SELECT 1")
            except subprocess.CalledProcessError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                time.sleep(0.1)
            else:
                return self.process

    def stop(self, how: int = signal.SIGINT) -> None:
        """End it: SIGINT cuts whoever is connected, SIGQUIT is a crash."""
        self.process.send_signal(how)
        self.process.wait(60)

    def remove(self) -> None:
        """End it for good."""
        if self.process.poll() is None:
            self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def database(self) -> str:
        """Make an empty database, and return its name."""
        name = f"book{next(self._numbers)}"
        self.run("postgres", f"CREATE DATABASE {name}")
        return name

    def url(self, database: str, login: str, port: int | None = None) -> str:
        """The address of a database for somebody."""
        return f"postgresql://{login}@127.0.0.1:{port or self.port}/{database}"

    def run(self, database: str, sql: str) -> str:
        """What psql prints of a statement, run by the administrator."""
        command = ["psql", "-h", self.folder, "-p", str(self.port), "-U", "boss", "-d", database, "-XAtqc", sql]
        return self._run(command).strip()

    def dump(self, database: str) -> bytes:
        """A copy of a database, as pg_dump makes it."""
        made = subprocess.run(
            [self._bin / "pg_dump", "-h", self.folder, "-p", str(self.port), "-U", "boss", database],
            capture_output=True,
            check=True,
        )
        return made.stdout

    def restore(self, database: str, dumped: bytes) -> None:
        """Put a database back as it was when it was copied."""
        self.run("postgres", f"DROP DATABASE {database} WITH (FORCE)")
        self.run("postgres", f"CREATE DATABASE {database}")
        command = [self._bin / "psql", "-h", self.folder, "-p", str(self.port), "-U", "boss", "-d", database, "-Xq"]
        subprocess.run([*command, "-v", "ON_ERROR_STOP=1"], input=dumped, capture_output=True, check=True)

    def tablespace(self, folder: Path) -> str:
        """Make a place for databases in an empty folder, and return its name."""
        self._own(folder)
        name = f"place{next(self._numbers)}"
        self.run("postgres", f"CREATE TABLESPACE {name} LOCATION '{folder}'")
        return name

    def _own(self, folder: Path) -> None:
        if os.geteuid() == 0:
            somebody = pwd.getpwnam("nobody")
            os.chown(folder, somebody.pw_uid, somebody.pw_gid)

    def _as_somebody(self, command: Sequence[object]) -> list[str]:
        """PostgreSQL does not run as root."""
        line = [str(self._bin / str(command[0])), *map(str, command[1:])]
        if os.geteuid() != 0:
            return line
        somebody = pwd.getpwnam("nobody")
        ids = [f"--reuid={somebody.pw_uid}", f"--regid={somebody.pw_gid}", "--clear-groups"]
        return ["setpriv", *ids, *line]

    def _run(self, command: Sequence[object]) -> str:
        done = subprocess.run(self._as_somebody(command), capture_output=True, check=True, text=True, cwd="/")
        return done.stdout
