import json
import os
import signal
import stat
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from processes import children

from transcribe.client import EngineChoice, Transcriber
from transcribe.errors import EngineFailed, GivenUp, NoWeights, UnknownLanguage, UnreadableSound, WorkerDied
from transcribe.protocol import Transcribe, decode, parse_request
from transcribe.weights import Places

FAKE = (sys.executable, str(Path(__file__).with_name("fake_worker.py")))


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[Callable[..., Transcriber]]:
    made: list[Transcriber] = []

    def make(model: str, *, language: str | None = None, **options: Any) -> Transcriber:
        choice = EngineChoice(model, "fake", language)
        made.append(Transcriber(choice, cache=tmp_path, command=FAKE, **options))
        return made[-1]

    yield make
    for transcriber in made:
        transcriber.close()


@pytest.fixture
def memo(sample: Callable[[str], Any]) -> Path:
    path: Path = sample("plain").path
    return path


def test_a_memo_goes_through_the_real_worker_by_path(places: Places, memo: Path, sample: Callable[[str], Any]) -> None:
    before = children()
    steps: list[tuple[float, float]] = []
    with Transcriber(EngineChoice("tiny.en", "faster-whisper"), cache=places.cache) as transcriber:
        transcriber.start()
        [worker] = children() - before
        transcript = transcriber.transcribe(memo, on_progress=lambda *step: steps.append(step))
        os.kill(worker, signal.SIGINT)  # Ctrl-C in a terminal that knows no sessions must not end it.
        part = transcriber.transcribe(memo, start=16_000 * 8, prompt=" ".join(w.text for w in transcript.words[:5]))
        assert children() - before == {worker}
    assert "Laura Bennett" in transcript.text
    assert steps[0][0] < steps[-1][0] == steps[-1][1]
    assert part.segments[0].start >= 8.0
    assert part.duration == pytest.approx(transcript.duration - 8.0)
    assert children() == before


def test_a_part_of_a_recording_that_still_grows_can_be_had(
    places: Places, sample: Callable[[str], Any], tmp_path: Path
) -> None:
    raw = tmp_path / "memo.pcm.part"
    pcm = sample("plain").pcm
    raw.write_bytes(pcm[: 16_000 * 5].tobytes())
    with Transcriber(EngineChoice("tiny.en", "faster-whisper"), cache=places.cache) as transcriber:
        first = transcriber.transcribe(raw, end=16_000 * 5)
        with raw.open("ab") as file:
            file.write(pcm[16_000 * 5 :].tobytes())
        second = transcriber.transcribe(raw, start=16_000 * 5, prompt=first.text)
    assert first.words
    assert first.words[-1].end <= 5.01
    assert second.words[0].start >= 5.0


def test_the_parent_imports_no_engine_and_no_numpy(run_python: Callable[[str], str]) -> None:
    out = run_python(
        "import sys, transcribe.client, transcribe.models;"
        "heavy = {'numpy', 'torch', 'whisper', 'ctranslate2', 'faster_whisper', 'av', 'huggingface_hub'};"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    assert out.strip() == "[]"


def test_what_libraries_print_does_not_reach_the_protocol(fake: Callable[..., Transcriber], memo: Path) -> None:
    assert fake("prints").transcribe(memo).text == "heard"


def test_a_worker_that_dies_is_replaced_once_and_nobody_notices(fake: Callable[..., Transcriber], memo: Path) -> None:
    assert fake("dies-once").transcribe(memo).text == "heard"


def test_a_worker_that_dies_again_is_one_line_and_its_stderr_is_kept(
    fake: Callable[..., Transcriber], memo: Path
) -> None:
    before = children()
    with pytest.raises(WorkerDied, match=r"killed by signal 9.*recording is safe") as caught:
        fake("dies").transcribe(memo)
    assert "\n" not in str(caught.value)
    assert "out of memory, says the fake" in caught.value.detail
    assert children() == before


def test_of_a_worker_that_floods_its_stderr_only_the_end_is_read(fake: Callable[..., Transcriber], memo: Path) -> None:
    tracemalloc.start()
    with pytest.raises(WorkerDied) as caught:
        fake("floods").transcribe(memo)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert set(caught.value.detail) == {"x"}
    assert most < 30e6


def test_what_the_libraries_of_a_worker_leave_in_the_cache_is_the_users_alone_whatever_the_umask(
    fake: Callable[..., Transcriber], memo: Path, tmp_path: Path
) -> None:
    before = os.umask(0)
    try:
        fake("compiles").transcribe(memo)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "compiled").stat().st_mode) == 0o700


def test_a_worker_killed_between_two_memos_is_replaced(fake: Callable[..., Transcriber], memo: Path) -> None:
    before = children()
    transcriber = fake("well")
    assert transcriber.transcribe(memo).text == "heard"
    [worker] = children() - before
    os.kill(worker, signal.SIGKILL)
    assert transcriber.transcribe(memo, prompt="again").text == "again"


def test_a_worker_that_falls_silent_is_given_up(fake: Callable[..., Transcriber], memo: Path) -> None:
    began = time.monotonic()
    with pytest.raises(WorkerDied, match=r"said nothing for 1\.5 s"):
        fake("hangs", silence=1.5).transcribe(memo)
    assert time.monotonic() - began < 20


def test_an_error_in_the_worker_comes_back_as_itself(fake: Callable[..., Transcriber], memo: Path) -> None:
    with pytest.raises(NoWeights, match="no weights here") as caught:
        fake("absent").transcribe(memo)
    assert (caught.value.exit_code, caught.value.detail) == (8, "looked everywhere")
    assert (caught.value.packages, caught.value.download) == (("a", "b"), ("openai-whisper", "base"))
    with pytest.raises(UnknownLanguage):
        fake("well", language="de").transcribe(memo)
    with pytest.raises(EngineFailed) as failed:
        fake("raises").transcribe(memo)
    assert "\n" not in str(failed.value)
    assert "Traceback" in failed.value.detail


def test_a_file_that_cannot_be_read_costs_no_new_worker(
    fake: Callable[..., Transcriber], memo: Path, tmp_path: Path
) -> None:
    before = children()
    transcriber = fake("well")
    transcriber.transcribe(memo)
    worker = children() - before
    with pytest.raises(UnreadableSound):
        transcriber.transcribe(tmp_path / "none.wav")
    assert transcriber.transcribe(memo).text == "heard"
    assert children() - before == worker


def test_interrupting_the_parent_leaves_no_reply_for_the_next_question(
    fake: Callable[..., Transcriber], memo: Path
) -> None:
    def interrupt(done: float, total: float) -> None:
        raise KeyboardInterrupt

    transcriber = fake("well")
    with pytest.raises(KeyboardInterrupt):
        transcriber.transcribe(memo, prompt="first", on_progress=interrupt)
    assert transcriber.transcribe(memo, prompt="second").text == "second"


@pytest.mark.parametrize("program", ["print('not JSON')", "print('[1]')", "raise SystemExit(3)"])
def test_a_program_that_is_no_worker_is_found_out(tmp_path: Path, memo: Path, program: str) -> None:
    command = (sys.executable, "-c", program)
    with (
        Transcriber(EngineChoice("x", "fake"), cache=tmp_path, command=command) as transcriber,
        pytest.raises(WorkerDied, match=r"damaged|exit code 3"),
    ):
        transcriber.transcribe(memo)


def test_silence_comes_back_as_an_empty_transcript(
    fake: Callable[..., Transcriber], tmp_path: Path, write_wav: Callable[..., Path]
) -> None:
    transcript = fake("well").transcribe(write_wav(tmp_path / "silence.wav", np.zeros(32_000, dtype=np.int16)))
    assert (transcript.text, transcript.duration) == ("", 2.0)


def test_a_message_is_one_line_whatever_is_in_it() -> None:
    odd = "a\nb\u2028c\x00\ud800"
    line = Transcribe(Path("/x"), 0, None, odd).line()
    assert line.count("\n") == 1
    assert line.isascii()
    assert decode(line)["prompt"] == odd
    assert parse_request(line) == Transcribe(Path("/x"), 0, None, odd)


@pytest.mark.parametrize("line", ["", "nonsense", "[]", "{}", json.dumps({"type": "sing"}), '{"type": "load"}'])
def test_a_request_that_makes_no_sense_is_an_error_and_no_crash(line: str) -> None:
    with pytest.raises(EngineFailed):
        parse_request(line)


def test_what_is_given_up_ends_at_once_and_the_worker_is_asked_again(
    fake: Callable[..., Transcriber], memo: Path
) -> None:
    transcriber = fake("works-on")
    before = children()
    transcriber.give_up()  # nothing is begun yet
    asked: list[float] = []

    def ask_soon() -> None:
        while not (memo_asked := transcriber._load.cache / "asked").exists():
            time.sleep(0.01)
        memo_asked.unlink()
        asked.append(time.monotonic())
        transcriber.give_up()

    for _ in range(2):
        threading.Thread(target=ask_soon).start()
        with pytest.raises(GivenUp):
            transcriber.transcribe(memo, end=16_000)
        assert time.monotonic() - asked[-1] < 5
    [worker] = children() - before
    transcriber.give_up()  # it is at nothing
    os.kill(worker, signal.SIGINT)
    assert transcriber.transcribe(memo, end=0).text == ""
    assert children() - before == {worker}
