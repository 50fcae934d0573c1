"""What `aftercall model list|install|verify` do; the commands only print what comes out here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from transcribe.catalogue import CHECKPOINTS, CONVERSIONS, FASTER, OPENAI
from transcribe.engines import available_engines, check_engine
from transcribe.errors import NoWeights, UnknownModel, WeightsDamaged
from transcribe.weights import (
    ModelSource,
    Places,
    Weights,
    find_weights,
    look,
    made_in_cache,
    mended_by,
    no_weights,
    packages_with,
    verify,
)

Sources = Mapping[str, ModelSource]
"""Model name -> the file that the settings name for it."""


@dataclass(frozen=True, slots=True)
class ModelState:
    """One model of one engine, and what is there of it."""

    name: str
    engine: str
    place: str | None
    """Where its weights were found; None: nowhere."""
    verified: bool | None
    """Whether every file has its pinned hash; None: nothing was found."""
    size: int | None
    """Bytes."""
    to_write: int = 0
    """Bytes that the cache must have room for before the model can be loaded."""


def list_models(places: Places, sources: Sources | None = None) -> list[ModelState]:
    """Every model that an installed engine can be asked for, with the first place that has it whole, or
    else the first that has it at all. Reads and hashes whatever is found."""
    sources = sources or {}
    states: list[ModelState] = []
    for engine in available_engines():
        known = CONVERSIONS if engine == FASTER else CHECKPOINTS
        states.extend(_state(engine, name, places, sources.get(name)) for name in dict.fromkeys((*known, *sources)))
    return states


def verify_model(name: str, engine: str, places: Places, source: ModelSource | None = None) -> ModelState:
    """The same for one model. Raises NoWeights, WeightsDamaged, UnknownModel or UnknownEngine."""
    damage: WeightsDamaged | None = None
    for found in look(check_engine(engine), name, places, source):
        try:
            verify(found)
        except WeightsDamaged as error:
            damage = damage or mended_by(error, engine, found, source)
        else:
            made = made_in_cache(engine, found, places.cache)
            to_write = 0 if made is None or made.is_file() else found.size
            return ModelState(name, engine, found.place, verified=True, size=found.size, to_write=to_write)
    raise damage or no_weights(engine, name)


def larger_model(name: str, engine: str, places: Places, sources: Sources | None = None) -> str | None:
    """The largest model on this machine that is larger than the one of that name, by the size of its file; or None."""
    sizes = {
        state.name: state.size
        for state in list_models(places, sources)
        if state.engine == engine and state.verified and state.size is not None
    }
    largest = max(sizes, key=sizes.__getitem__, default=name)
    return largest if sizes.get(largest, 0) > sizes.get(name, 0) else None


def install_model(
    name: str,
    engine: str,
    places: Places,
    source: ModelSource | None = None,
    on_step: Callable[[str], None] = lambda step: None,
) -> Weights:
    """Make the model ready: join or convert what is installed, or else download it (the one use of the
    network in this room; the library draws its progress bar on stderr). `on_step` is told each step in
    words. Raises NoWeights where the download fails, and what `find_weights` raises."""
    check_engine(engine)
    on_step(f"looking for {name}")
    try:
        return find_weights(engine, name, places, source)
    except (NoWeights, WeightsDamaged) as error:
        if source is not None:
            raise
        damaged = isinstance(error, WeightsDamaged)
    on_step(f"downloading {name}")
    _download(name, engine, places, anew=damaged)
    on_step(f"verifying {name}")
    return find_weights(engine, name, places)


def _state(engine: str, name: str, places: Places, source: ModelSource | None) -> ModelState:
    try:
        return verify_model(name, engine, places, source)
    except WeightsDamaged:
        found = next(look(engine, name, places, source))
        return ModelState(name, engine, found.place, verified=False, size=found.size)
    except (NoWeights, UnknownModel):
        return ModelState(name, engine, None, verified=None, size=None)


def _download(name: str, engine: str, places: Places, *, anew: bool) -> None:
    """
    :param anew: even where the library's cache has the files. (whisper looks at the hash of its own by itself.)
    """
    try:
        if engine == OPENAI:
            import whisper

            # load_model would read the weights into memory as well; its own download step is enough.
            whisper._download(whisper._MODELS[name], str(places.whisper), in_memory=False)
        else:
            from huggingface_hub import snapshot_download

            conversion = CONVERSIONS[name]
            snapshot_download(
                conversion.repository,
                revision=conversion.revision,
                cache_dir=places.hub,
                allow_patterns=["model.bin", *conversion.companions],
                force_download=anew,
            )
    # The libraries pass on what urllib, httpx and the checksum raise: RuntimeError, OSError and ValueError.
    except (OSError, RuntimeError, ValueError) as error:
        raise NoWeights(
            f"the download of the weights of {name} failed ({type(error).__name__}); where there is no network, the"
            " settings can name a file of your own",
            packages=packages_with(name),
        ) from error
