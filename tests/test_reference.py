"""The pages that are made from the code say what the code says."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_readme_and_the_page_of_commands_are_up_to_date() -> None:
    program = (
        "import sys; sys.path.insert(0, 'docs'); import make_reference as m;"
        "page = m.README.read_text('utf-8');"
        "assert m.filled(page) == page, 'README.md: run make readme';"
        "assert m.command_page() == m.COMMAND_PAGE.read_text('utf-8'), 'docs/commands.md: run make readme'"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr.splitlines()[-1]


def test_there_is_a_manual_page_of_every_command_and_it_is_up_to_date() -> None:
    program = (
        "import sys; sys.path.insert(0, 'docs'); import make_man as m;"
        "there = {path.name: path.read_text('utf-8') for path in m.HERE.glob('*.1')};"
        "assert there == m.pages(), 'docs/man: run make readme'"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr.splitlines()[-1]
