"""The texts of the memos in benchmarks/spoken_memos: what is said, by which voice, and what was agreed in it."""

import sys
import tomllib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
sys.path.append(str(HERE.parent / "samples"))

Recipe = dict[str, Any]
"""One memo, with the keys of samples/recipes.toml and `id`, `names`, `say`."""


def recipes() -> Iterator[Recipe]:
    """Every memo, in the order of the files."""
    for path in sorted((HERE / "spoken_memos").glob("*.toml")):
        about = tomllib.loads(path.read_text("utf-8"))
        for memo in about["memo"]:
            yield {"locale": about["locale"], "say": {}, **memo}


def sound_file(cache: Path, recipe: Recipe) -> Path:
    """Where its sound lies; a memo that is changed has another file."""
    said = repr([recipe[key] for key in ("words", "voice", "say", "spoken_at")])
    return cache / "memos" / f"{recipe['id']}-{zlib.crc32(said.encode()):08x}.flac"
