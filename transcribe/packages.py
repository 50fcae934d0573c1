"""Data files of installed packages, found without importing (and so without running) the package."""

from pathlib import Path


def installed_file(name: str, inside: str) -> Path | None:
    """Where the file `inside` (with forward slashes) of the distribution `name` lies; None if it does not."""
    # Ten milliseconds that only looking for weights should pay.
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        path = Path(str(distribution(name).locate_file(inside)))
    except PackageNotFoundError:
        return None
    return path if path.is_file() else None
