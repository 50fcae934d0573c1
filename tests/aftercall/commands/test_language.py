"""A language that the model does not know is refused before anybody speaks, where there is time to look."""

from pathlib import Path

import pytest
from cli import hearing, run
from virtual_microphone import VirtualMicrophone

ENGLISH_ONLY = {"AFTERCALL_MODEL": "tiny.en", "AFTERCALL_LANGUAGE": "de"}


@pytest.mark.parametrize("command", [["watch"], ["watch", "--later"], ["record", "--model", "tiny.en"]])
def test_nobody_is_told_to_speak(virtual_microphone: VirtualMicrophone, home: Path, command: list[str]) -> None:
    done = run(*command, home=home, **ENGLISH_ONLY, **hearing(virtual_microphone))

    assert done.code == 2
    assert "tiny.en understands English only" in done.err
    assert "Waiting for a call" not in done.err
    assert "Speak now" not in done.err


def test_doctor_says_so(virtual_microphone: VirtualMicrophone, home: Path) -> None:
    done = run("doctor", home=home, **ENGLISH_ONLY, **hearing(virtual_microphone))

    assert done.code != 0
    [line] = [line for line in done.out.splitlines() if " language " in line]
    assert line.startswith("BAD")
    assert "tiny.en understands English only" in line


def test_doctor_names_the_language_that_the_model_knows(virtual_microphone: VirtualMicrophone, home: Path) -> None:
    done = run("doctor", home=home, AFTERCALL_LANGUAGE="de", **hearing(virtual_microphone))

    assert "ok   language    de, which base knows" in done.out
