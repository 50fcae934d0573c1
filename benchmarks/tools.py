"""An environment for a script that names its own packages, made once in a cache folder."""

import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from typing import Final

_BLOCK: Final = re.compile(r"^# /// script\n(.*?)^# ///$", re.DOTALL | re.MULTILINE)


def packages_of(script: Path) -> list[str]:
    """What the block at the head of a script asks for: `# /// script`, as packaging.python.org describes it."""
    block = _BLOCK.search(script.read_text("utf-8"))
    if block is None:
        raise ValueError(f"{script} does not say which packages it needs")
    wanted: list[str] = tomllib.loads(re.sub("^# ?", "", block[1], flags=re.MULTILINE))["dependencies"]
    return wanted


def python_for(script: Path, cache: Path) -> Path:
    """A Python that has the packages of the script. Raises CalledProcessError where pip cannot get them."""
    wanted = packages_of(script)
    folder = cache / "tools"
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    stamp = folder / "packages.txt"
    if not stamp.exists() or stamp.read_text("utf-8").split() != wanted:
        print("Installing the voices (once) …", file=sys.stderr)
        venv.create(folder, clear=True, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True)
        stamp.write_text("\n".join(wanted), "utf-8")
    return python
