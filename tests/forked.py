"""The program run again and again without Python starting each time: a process that has loaded it is forked.

Each run is a process of its own, with an environment, an input, outputs and an exit code of its own, and ends as Python
ends; one at a terminal is a child of the test's process, and the leader of a session whose terminal that is. Spared is
only what is the same in each, starting the interpreter and loading the modules, which is most of what a short command
takes. What a command loads, and how it starts, is therefore for tests that start it from nothing: see `cli.AFTERCALL`.

Run as a program it is that process: it gets a socket as its input. Each request is a letter and five open files: what
is to be run, then the run's input, output and error stream, then a pipe that is told the process's number and how it
ended.
"""

import atexit
import ctypes
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import selectors
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, Final, NoReturn

_LOADED: Final = ("ground", "memos", "review", "aftercall.commands", "aftercall.desk", "aftercall.terminal")
"""Whose modules are loaded before the fork. None of them opens a file or reads the environment."""

_NOT_LOADED: Final = ("sounddevice", "torch")
"""What reads the environment as it is loaded, or starts threads; with what needs it a run loads it itself."""

_WITH_PIPES: Final = b"p"
_AT_A_TERMINAL: Final = b"t"
"""What a request is for."""

_PR_SET_CHILD_SUBREAPER: Final = 36
"""Of linux/prctl.h: whose parent ends becomes the child of the nearest ancestor that has this set."""

_OF_THE_INTERPRETER: Final = ("PYTHON", "LANG", "LC_", "LD_")
"""How variables begin that count as the interpreter starts, or before: where one is another, it has to start anew."""

_LONGEST_INPUT: Final = 32_768
"""Bytes that a pipe takes before anybody reads it."""


class Forks:
    """The process that is forked, started at the first need; it ends with this one.

    :param started: the command that starts it, where it is to run under limits, which its forks inherit: the words
        before those of the interpreter.
    """

    def __init__(self, started: Sequence[str] = ()) -> None:
        self._started = started
        self._socket: socket.socket | None = None
        self._like: tuple[Path, dict[str, str]] | None = None
        self._server: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def can_run(self, environment: Mapping[str, str], given: str) -> bool:
        """Whether a run in this environment, and with this input, would be the same as one that starts from nothing."""
        if sys.platform != "linux" or len(given.encode("utf-8", "surrogateescape")) > _LONGEST_INPUT:
            return False
        with self._lock:
            if self._socket is None:
                self._start(environment)
        return _likeness(environment) == self._like

    def run(
        self, arguments: Sequence[str], environment: Mapping[str, str], given: str, seconds: float
    ) -> "subprocess.CompletedProcess[str]":
        """Run the program with these arguments to its end, as `subprocess.run` does.

        Raises subprocess.TimeoutExpired after so many `seconds`; the run is killed first.
        """
        assert self._socket is not None
        (read_input, write_input), (read_out, out), (read_err, err), (told, tell) = (os.pipe() for _ in range(4))
        with (
            tempfile.TemporaryFile() as request,
            os.fdopen(read_out, "rb") as said,
            os.fdopen(read_err, "rb") as complained,
            os.fdopen(told) as how_it_went,
            ThreadPoolExecutor(2) as readers,
        ):
            _write(request, arguments, environment)
            theirs = [read_input, out, err, tell]
            with self._lock:
                socket.send_fds(self._socket, [_WITH_PIPES], [request.fileno(), *theirs])
            for file in theirs:
                os.close(file)
            # Pipes, and not files: a run that may write no file has its say all the same.
            texts = [readers.submit(file.read) for file in (said, complained)]
            with suppress(BrokenPipeError), os.fdopen(write_input, "wb") as file:
                file.write(given.encode("utf-8", "surrogateescape"))
            process = int(how_it_went.readline() or self._why_it_ended())
            if not select.select([how_it_went], [], [], seconds)[0]:
                os.kill(process, 9)
                raise subprocess.TimeoutExpired(arguments, seconds)
            code = int(how_it_went.readline())
            out_and_err = (text.result().decode().replace("\r\n", "\n").replace("\r", "\n") for text in texts)
            return subprocess.CompletedProcess(arguments, code, *out_and_err)

    def begin_at(self, terminal: int, arguments: Sequence[str], environment: Mapping[str, str]) -> int:
        """Begin to run the program with these arguments at a terminal, an open file.

        Returns the number of the process, which is a child of this one as if this one had started it.
        """
        assert self._socket is not None
        told, tell = os.pipe()
        with tempfile.TemporaryFile() as request, os.fdopen(told) as process, self._lock:
            _write(request, arguments, environment)
            with _adopting():
                fds = [request.fileno(), terminal, terminal, terminal, tell]
                socket.send_fds(self._socket, [_AT_A_TERMINAL], fds)
                os.close(tell)
                return int(process.read())

    def _start(self, environment: Mapping[str, str]) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            server = subprocess.Popen(
                [*self._started, sys.executable, __file__],
                env=environment,
                stdin=theirs,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )

        def end() -> None:
            ours.close()
            server.wait()

        atexit.register(end)
        self._socket, self._like, self._server = ours, _likeness(environment), server

    def _why_it_ended(self) -> NoReturn:
        assert self._server is not None
        assert self._server.stdout is not None
        raise ChildProcessError(self._server.stdout.read().decode())


@contextmanager
def _adopting() -> Iterator[None]:
    """While the block runs, what a child has begun becomes a child of this process where that child ends."""
    libc = ctypes.CDLL(None, use_errno=True)
    for adopts in (1, 0):
        if libc.prctl(_PR_SET_CHILD_SUBREAPER, adopts, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "prctl")
        if adopts:
            yield


def _write(request: IO[bytes], arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    request.write(json.dumps({"arguments": arguments, "environment": dict(environment)}).encode())
    request.seek(0)


def _likeness(environment: Mapping[str, str]) -> tuple[Path, dict[str, str]]:
    """What has to be the same for a run to be forked: the folder it is in, and how the interpreter starts."""
    decisive = {name: value for name, value in environment.items() if name.startswith(_OF_THE_INTERPRETER)}
    return Path.cwd(), decisive


def _load() -> None:
    """Load the modules. One thread does for numpy, which would start others, and a fork takes no thread along."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    sys.modules.update(dict.fromkeys(_NOT_LOADED))  # type: ignore[arg-type] # None marks what cannot be imported
    for room in _LOADED:
        package = importlib.import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            with suppress(ImportError):
                importlib.import_module(module.name)
    for name in _NOT_LOADED:
        del sys.modules[name]
    assert len([*Path("/proc/self/task").iterdir()]) == 1, threading.enumerate()
    gc.freeze()


def _serve(requests: socket.socket) -> tuple[bytes, list[int]]:
    """Fork for each request. Returns in each process that is forked, with what it is for and its files; and without any
    at the end."""
    waiting: dict[int, tuple[int, int]] = {}
    with selectors.DefaultSelector() as selector:
        selector.register(requests, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fd in waiting:
                    selector.unregister(key.fd)
                    process, tell = waiting.pop(key.fd)
                    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
                    with suppress(BrokenPipeError):  # who asked has given up
                        os.write(tell, b"%d\n" % code)
                    os.close(tell)
                    os.close(key.fd)
                    continue
                what_for, files, _, _ = socket.recv_fds(requests, 1, 5)
                if not what_for:
                    return b"", []
                process = os.fork()
                if not process:
                    if what_for == _AT_A_TERMINAL and os.fork():
                        os._exit(0)  # so that who asked adopts it
                    return what_for, files
                if what_for == _AT_A_TERMINAL:
                    os.waitpid(process, 0)
                else:
                    watched = os.pidfd_open(process)
                    waiting[watched] = process, files.pop()
                    selector.register(watched, selectors.EVENT_READ)
                for file in files:
                    os.close(file)


def _become(what_for: bytes, files: Sequence[int]) -> dict[str, Any]:
    """Take over what was given to this run; what it is to do."""
    request, *streams, tell = files
    if what_for == _AT_A_TERMINAL:
        os.login_tty(os.dup(streams[0]))
    os.write(tell, b"%d\n" % os.getpid())
    with os.fdopen(request, "rb") as file:
        asked: dict[str, Any] = json.load(file)
    for at, stream in enumerate(streams):
        os.dup2(stream, at)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    _open_streams()
    os.environ.clear()
    os.environ.update(asked["environment"])
    time.tzset()
    _move_the_clock()
    return asked


def _open_streams() -> None:
    """As Python does when it starts: those that it has are of what the server was given, which is no terminal."""
    for at, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        before = getattr(sys, name)
        stream = TextIOWrapper(
            open(at, f"{mode}b", closefd=False),  # noqa: SIM115  # stays open for the whole run
            line_buffering=name == "stderr" or os.isatty(at),
            encoding=before.encoding,
            errors=before.errors,
            newline="\n",
        )
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _move_the_clock() -> None:
    """It was moved as this process started (moved/sitecustomize.py), maybe to another time than that of the run.

    The soak, which is no test of a day, leaves it as it is.
    """
    ahead = os.environ.get("TESTS_CLOCK")
    if ahead is None:
        return
    import time_machine

    time_machine.travel(time_machine.escape_hatch.time.time() + float(ahead)).start()
    time.time()


def _main() -> None:
    sys.path[0] = str(Path.cwd())  # as with -m
    _load()
    requests = socket.socket(fileno=os.dup(0))
    what_for, files = _serve(requests)
    requests.detach()
    if files:
        sys.argv[1:] = _become(what_for, files)["arguments"]
        runpy.run_module("aftercall", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _main()
