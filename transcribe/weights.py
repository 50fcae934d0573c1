"""Finds a model's weights, proves that they are the pinned ones, and readies them for an engine."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ground.reader import read_json
from transcribe.catalogue import CHECKPOINTS, CONVERSIONS, FASTER, MODEL_FILE, OPENAI, Conversion, known_models
from transcribe.errors import NoWeights, UnknownModel, WeightsDamaged
from transcribe.files import sha256_of, write_whole
from transcribe.memory import check_memory
from transcribe.packages import installed_file

# Without its tokenizer faster-whisper would fetch one from the network.
_NEEDED_COMPANIONS: Final = ("config.json", "tokenizer.json")
_OTHER_COMPANIONS: Final = ("preprocessor_config.json", "vocabulary.json", "vocabulary.txt")


@dataclass(frozen=True, slots=True)
class ModelSource:
    """A file of the user's own, from the settings."""

    path: Path
    """OpenAI's `.pt`, or a CTranslate2 folder or the model.bin in it."""
    sha256: str | None = None
    """Of the `.pt` or the model.bin. May be left out where the model's name has a pinned one."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where weights are looked for and kept."""

    cache: Path
    """Our own: joined and converted files, and compiled code. May be deleted at any time."""
    whisper: Path
    """Where openai-whisper keeps what it has downloaded."""
    hub: Path | None = None
    """The Hugging Face cache; None for the library's own choice."""

    @classmethod
    def usual(cls, cache: Path) -> "Places":
        root = os.environ.get("XDG_CACHE_HOME")
        return cls(cache=cache, whisper=(Path(root) if root else Path.home() / ".cache") / "whisper")


@dataclass(frozen=True, slots=True)
class Found:
    """Weights that lie somewhere, not verified yet."""

    model: str
    place: str
    """For people: where."""
    parts: tuple[Path, ...]
    """One file, or several that joined in this order are one."""
    sha256: str
    """What the whole must have."""
    companions: tuple[tuple[Path, str | None], ...] | None
    """The other files of a CTranslate2 folder with their hash, where one is pinned; None for OpenAI's `.pt`."""
    packages: tuple[str, ...] = ()
    """The distributions that brought them; empty: none did."""

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(part.stat().st_size for part in self.parts)


@dataclass(frozen=True, slots=True)
class Weights:
    """Verified weights in the form that the engine loads."""

    model: str
    path: Path
    """openai-whisper: a `.pt` or `.safetensors` file; faster-whisper: a CTranslate2 folder."""
    sha256: str
    """Of the file as published, the one that is pinned."""
    place: str


def find_weights(
    engine: str,
    model: str,
    places: Places,
    source: ModelSource | None = None,
    *,
    free_memory: int | None = None,
    on_step: Callable[[str], None] = lambda step: None,
) -> Weights:
    """The first of the places, in the order of docs/weights.md, whose files verify; made ready.

    A damaged file in one place does not stop the search, for another place may have it whole; but where
    the settings name a path, that is the only place. `free_memory`: bytes that the loaded model must fit
    into, where it is to be loaded. `on_step` is told in words what takes its time. Raises WeightsDamaged,
    NoWeights, UnknownModel, UnknownEngine, CacheNotWritable and NotEnoughMemory. Never uses the network.
    """
    damage: WeightsDamaged | None = None
    for found in look(engine, model, places, source):
        if free_memory is not None:
            check_memory(engine, model, found.size, free_memory)
        try:
            return prepare(engine, found, places, on_step)
        except WeightsDamaged as error:
            damage = damage or mended_by(error, engine, found, source)
    raise damage or no_weights(engine, model)


def require(engine: str, model: str, places: Places, source: ModelSource | None = None) -> None:
    """Raise as `find_weights` does where no weights of that name lie anywhere. By name only: nothing is read."""
    if next(look(engine, model, places, source), None) is None:
        raise no_weights(engine, model)


def no_weights(engine: str, model: str) -> NoWeights:
    """With what would bring them: packages, a download."""
    return NoWeights(f"no weights here for the model {model}", packages=packages_with(model), download=[engine, model])


def mended_by(error: WeightsDamaged, engine: str, found: Found, source: ModelSource | None) -> WeightsDamaged:
    """The same, with what would bring them anew; nothing would where the settings name the file."""
    return error if source else error.helped_by(packages=found.packages, download=[engine, found.model])


def packages_with(model: str) -> tuple[str, ...]:
    """The distributions that hold the weights of that model; empty where there are none."""
    return CONVERSIONS[model].packages if model in CONVERSIONS else ()


def look(engine: str, model: str, places: Places, source: ModelSource | None = None) -> Iterator[Found]:
    """What lies where, in order, by name only: nothing is read. Raises as `find_weights` does."""
    if source is not None:
        yield _from_settings(engine, model, source)
        return
    if model not in known_models(engine):
        raise UnknownModel(
            f"{engine} has no model called {model!r} here; there are: {', '.join(known_models(engine))}"
            " (any other needs a path and its SHA-256 in the settings)"
        )
    conversion = CONVERSIONS.get(model)
    if engine == OPENAI and model in CHECKPOINTS:
        name, sha256 = CHECKPOINTS[model]
        if (places.whisper / name).is_file():
            yield Found(model, "whisper's cache", (places.whisper / name,), sha256, None)
    if conversion and engine == FASTER and (folder := _in_hub_cache(conversion, places)):
        yield _folder(model, "Hugging Face cache", folder, conversion.sha256, conversion)
    if conversion and (packaged := _in_packages(model, conversion)):
        yield packaged


def verify(found: Found) -> None:
    """Raises WeightsDamaged unless every file has its pinned hash."""
    _expect(_hash(found.parts), found.sha256, found.parts[0])
    for path, sha256 in found.companions or ():
        actual = _hash([path])
        _expect(actual, sha256 or actual, path)


def prepare(engine: str, found: Found, places: Places, on_step: Callable[[str], None]) -> Weights:
    """Verified and in the engine's form; joined or converted into the cache where that is needed."""
    on_step(f"checking the weights of {found.model}")
    if found.companions is None:
        verify(found)
        path = found.parts[0]
    elif engine == OPENAI:
        path = _converted(found, places.cache, on_step)
    else:
        path = _ctranslate2_folder(found, places.cache)
    return Weights(found.model, path, found.sha256, found.place)


def made_in_cache(engine: str, found: Found, cache: Path) -> Path | None:
    """The file in the cache that `prepare` loads, made where it is not there; None where none is needed."""
    if found.companions is None or (engine == FASTER and len(found.parts) == 1):
        return None
    name = f"{found.model}-{found.sha256[:12]}"
    return cache / f"{name}.safetensors" if engine == OPENAI else cache / name / MODEL_FILE


def _expect(actual: str, pinned: str, path: Path) -> None:
    if actual != pinned:
        raise WeightsDamaged(
            f"{path} is not the file that was pinned (SHA-256 {actual[:12]}…, not {pinned[:12]}…); it is not loaded"
        )


def _from_settings(engine: str, model: str, source: ModelSource) -> Found:
    path = source.path / MODEL_FILE if source.path.is_dir() else source.path
    if not path.is_file():
        raise NoWeights(f"no weights at {path}, which the settings name for the model {model}; correct the path")
    checkpoint = path.suffix == ".pt"
    if checkpoint and engine == FASTER:
        raise UnknownModel(f"{path} is OpenAI's format, which faster-whisper cannot read; set the engine to {OPENAI}")
    conversion = CONVERSIONS.get(model)
    pinned: str | None = conversion.sha256 if conversion else None
    if checkpoint:
        pinned = CHECKPOINTS.get(model, ("", None))[1]
    sha256 = source.sha256.lower() if source.sha256 else pinned
    if sha256 is None:
        raise UnknownModel(f"{path} needs its SHA-256 in the settings: no model called {model!r} is pinned here")
    if checkpoint:
        return Found(model, "settings", (path,), sha256, None)
    return _folder(model, "settings", path, sha256, conversion if sha256 == pinned else None)


def _folder(model: str, place: str, path: Path, sha256: str, pinned: Conversion | None) -> Found:
    """A CTranslate2 model.bin with the files beside it."""
    companions: Mapping[str, str | None]
    if pinned:
        companions = pinned.companions
    else:
        others = [name for name in _OTHER_COMPANIONS if (path.parent / name).is_file()]
        companions = dict.fromkeys((*_NEEDED_COMPANIONS, *others))
    beside = tuple((path.parent / name, expected) for name, expected in companions.items())
    return Found(model, place, (path,), sha256, beside)


def _in_hub_cache(conversion: Conversion, places: Places) -> Path | None:
    try:
        from huggingface_hub import try_to_load_from_cache
    except ImportError:
        return None  # Without faster-whisper there is no such cache.
    path = try_to_load_from_cache(conversion.repository, MODEL_FILE, cache_dir=places.hub, revision=conversion.revision)
    return Path(path) if isinstance(path, str) else None


def _in_packages(model: str, conversion: Conversion) -> Found | None:
    parts = [installed_file(*part) for part in conversion.parts]
    name, folder = conversion.companions_in
    beside = [(installed_file(name, f"{folder}/{file}"), sha256) for file, sha256 in conversion.companions.items()]
    present = tuple(filter(None, parts))
    companions = tuple((path, sha256) for path, sha256 in beside if path is not None)
    if len(present) < len(parts) or len(companions) < len(beside):
        return None
    place = f"packages {', '.join(conversion.packages)}"
    return Found(model, place, present, conversion.sha256, companions, conversion.packages)


def _ctranslate2_folder(found: Found, cache: Path) -> Path:
    """The folder as it lies, or, where model.bin comes in parts, one in the cache."""
    target = made_in_cache(FASTER, found, cache)
    if target is None:
        verify(found)
        return found.parts[0].parent
    folder = target.parent
    _kept(target, found.parts, found.sha256)
    for path, sha256 in found.companions or ():
        _kept(folder / path.name, (path,), sha256 or _hash([path]))
    return folder


def _kept(target: Path, parts: tuple[Path, ...], sha256: str) -> None:
    """`target` with that hash: as it is, or made (again) from the parts."""
    if target.is_file() and _hash([target]) == sha256:
        return
    write_whole(target, _joined(parts, sha256))


def _hash(paths: Sequence[Path]) -> str:
    try:
        return sha256_of(paths)
    except OSError as error:
        raise WeightsDamaged(f"cannot read {error.filename}: {error.strerror}") from error


def _joined(parts: tuple[Path, ...], sha256: str) -> bytes:
    """The bytes of all parts. What is hashed is what is returned: nobody can change it in between."""
    data = b"".join(part.read_bytes() for part in parts)
    _expect(hashlib.sha256(data).hexdigest(), sha256, parts[0])
    return data


def _converted(found: Found, cache: Path, on_step: Callable[[str], None]) -> Path:
    """The safetensors made from a model.bin; made again unless its sidecar vouches for it."""
    target = made_in_cache(OPENAI, found, cache)
    assert target
    sidecar = target.with_suffix(".json")
    if _vouched(target, sidecar, found.sha256):
        return target
    on_step(f"converting {found.model}, this once")
    from safetensors.numpy import save

    from transcribe.convert import read_ctranslate2, to_whisper

    data = save(to_whisper(read_ctranslate2(_joined(found.parts, found.sha256))))
    note = json.dumps({"source_sha256": found.sha256, "sha256": hashlib.sha256(data).hexdigest()})
    # The sidecar goes last: a crash in between leaves a file that nothing vouches for.
    write_whole(target, data)
    write_whole(sidecar, note.encode())
    return target


def _vouched(target: Path, sidecar: Path, source_sha256: str) -> bool:
    try:
        note = read_json(sidecar)
        return bool(note["source_sha256"] == source_sha256 and note["sha256"] == sha256_of([target]))
    except (OSError, ValueError, KeyError, TypeError):
        return False
