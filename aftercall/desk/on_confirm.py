"""A command of the rep's own that is given each confirmed memo."""

import json
import os
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from aftercall.desk.app import App
from aftercall.desk.calendar_settings import PASSWORD_VARIABLE
from aftercall.desk.rows import memo_rows
from ground.reader import last_bytes

_LAST_BYTES: Final = 4000
"""How much of what the command wrote is read at all, from its end."""

_LAST_WORDS: Final = 200
"""How many characters of what the command complained of are told."""


def run_on_confirm(app: App, memo_id: str) -> None:
    """Give the memo, as JSON, to the command of the setting ``on_confirm``, if there is one.

    The memo is stored by then. Whatever goes wrong is one line for the rep: nothing is raised.
    """
    if not app.settings.on_confirm:
        return
    program, *arguments = app.settings.on_confirm
    try:
        trouble = _run([str(Path(program).expanduser()), *arguments], _memo(app, memo_id), app.settings.hook_seconds)
    except KeyboardInterrupt:
        trouble = "was stopped with Ctrl-C"
    except Exception as error:  # noqa: BLE001 - the memo is stored, and the rep is to see that it was
        trouble = f"could not be run ({getattr(error, 'strerror', None) or error})"
    if trouble:
        app.say(f"on_confirm: {program} {trouble}. The memo is stored.")


def _memo(app: App, memo_id: str) -> bytes:
    with app.store() as store:
        [row] = memo_rows(store, [store.get(memo_id)], app.home.audio)
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")


def _run(command: list[str], memo: bytes, seconds: float) -> str | None:
    """Run it without a shell, in a session of its own; what went wrong, or None.

    Its output goes nowhere. What it complains of goes to a file: a pipe would be waited for as long as anything that
    it started in the background holds it open.
    """
    surroundings = {name: value for name, value in os.environ.items() if name != PASSWORD_VARIABLE}
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            env=surroundings,
            start_new_session=True,
        )
        try:
            process.communicate(memo, timeout=seconds)
        except subprocess.TimeoutExpired:
            return f"was stopped: it took more than {seconds:g} s (hook_seconds)"
        finally:
            if process.returncode is None:
                _kill(process)
        if process.returncode == 0:
            return None
        lines = last_bytes(complaints, _LAST_BYTES).decode("utf-8", "replace").strip().splitlines()
        said = f": {lines[-1][:_LAST_WORDS].rstrip('.')}" if lines else ""
        return f"ended with code {process.returncode}{said}"


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End it and what it started."""
    if hasattr(os, "killpg"):
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
