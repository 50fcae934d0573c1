"""hns, the nearest peer: recorded at the terminal until Enter, then transcribed as a whole by faster-whisper.

It is installed into an environment of its own, and finds the same weights that aftercall uses.
"""

import subprocess
import sys
from pathlib import Path
from typing import Final

from transcribe.catalogue import FASTER
from transcribe.weights import Places, find_weights

ROOT: Final = Path(__file__).parents[1]

VERSION: Final = "1.1.0"
_ENVIRONMENT: Final = ROOT / ".venv" / "hns"
_REVISION: Final = "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66"
"""What the model's snapshot is called in the cache of Hugging Face's hub: any name will do."""


def install() -> Path:
    """Its program, installed if need be."""
    program = _ENVIRONMENT / "bin" / "hns"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", str(_ENVIRONMENT)], check=True)
        pip = [str(_ENVIRONMENT / "bin" / "python"), "-m", "pip", "install", "-q"]
        subprocess.run([*pip, "-c", str(ROOT / "constraints.txt"), f"hns=={VERSION}"], check=True)
    return program


def variables(folder: Path) -> dict[str, str]:
    """What its environment needs: where to record to, and the model `base` where it looks for models."""
    weights = find_weights(FASTER, "base", Places.usual(folder / "weights")).path
    model = folder / "hub" / "models--Systran--faster-whisper-base"
    snapshot = model / "snapshots" / _REVISION
    if not snapshot.exists():
        snapshot.mkdir(parents=True)
        for file in weights.iterdir():
            (snapshot / file.name).symlink_to(file)
        (model / "refs").mkdir()
        (model / "refs" / "main").write_text(_REVISION)
    return {"HNS_CACHE_DIR": str(folder), "HF_HUB_CACHE": str(folder / "hub"), "HF_HUB_OFFLINE": "1"}
