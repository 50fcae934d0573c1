"""Which number comes first in a numeric date."""

_MONTH_FIRST = frozenset({"us", "ph", "pr"})


def month_first(locale: str) -> bool:
    """True for en-US and the few that write like it; a locale without a region is read as en-US."""
    region = locale.replace("_", "-").split(".")[0].split("-")[1:]
    return not region or region[-1].lower() in _MONTH_FIRST
