"""What changed between two texts, word by word, readable without colour: ``[-four-] {+five+}``, as Git marks words."""

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from ground.printable import printable

if TYPE_CHECKING:
    from rich.text import Text


def differences(before: str, after: str) -> "Text":
    """``after``, with what is gone in ``[-brackets-]`` and what is new in ``{+braces+}``."""
    from rich.text import Text

    old, new = printable(before).split(), printable(after).split()
    parts: list[Text] = []
    for change, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal":
            parts.append(Text(" ".join(old[i:j])))
            continue
        if gone := " ".join(old[i:j]):
            parts.append(Text(f"[-{gone}-]", style="red"))
        if added := " ".join(new[k:m]):
            parts.append(Text(f"{{+{added}+}}", style="green"))
    return Text(" ").join(parts)
