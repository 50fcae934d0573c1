"""Shortened ids: a rep may type the beginning or the end of one, in any case, wherever an id is taken."""

from collections.abc import Iterable


def piece_of_id(typed: str) -> str:
    """What was typed in the form of ids, which are lower-case; empty where nothing was, which fits none."""
    return typed.strip().lower()


def fitting(typed: str, ids: Iterable[str]) -> list[str]:
    """Those of ``ids`` that begin or end with what was typed, in order; the one that it is stands alone."""
    piece = piece_of_id(typed)
    found = sorted(each for each in ids if piece and (each.startswith(piece) or each.endswith(piece)))
    return [piece] if piece in found else found
