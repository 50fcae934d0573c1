"""Who may import whom, and the reading of it: every import of a file counts, wherever in it the import stands.

`python tests/fence.py` prints the arrows that are not allowed, the circles, and how many imports stand in functions.
"""

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MAY_IMPORT: Final[Mapping[str, frozenset[str]]] = {
    "ground": frozenset(),
    "capture": frozenset({"ground"}),
    "transcribe": frozenset({"ground"}),
    "memos": frozenset({"ground"}),
    "review": frozenset({"ground", "memos", "transcribe"}),
    "aftercall.desk": frozenset({"ground", "capture", "transcribe", "memos", "review"}),
    "aftercall.terminal": frozenset({"ground", "capture", "transcribe", "memos", "review", "aftercall.desk"}),
    "aftercall.web": frozenset({"ground", "capture", "transcribe", "memos", "review", "aftercall.desk"}),
    "aftercall.commands": frozenset(
        {"ground", "capture", "transcribe", "memos", "review", "aftercall.desk", "aftercall.terminal", "aftercall.web"}
    ),
}
"""Which part of the house may import which others: docs/architecture.md. What lies directly in aftercall/ is the front
door, which may import everything, and only itself and the commands may import it."""

DOOR: Final = "aftercall"

ROOMS: Final = tuple(dict.fromkeys(part.split(".")[0] for part in MAY_IMPORT))

FACES: Final = frozenset({"click", "rich", "prompt_toolkit", "starlette", "uvicorn", "jinja2"})
"""What shows something to the rep, or asks them."""

WITHOUT_A_FACE: Final = frozenset({"ground", "capture", "transcribe", "memos", "review", "aftercall.desk"})
"""Parts that import none of these."""

ONLY_BY: Final[Mapping[str, frozenset[str]]] = {"aftercall.web": frozenset({"aftercall.commands.page"})}
"""Parts that only these modules may import from outside: what they need is an extra, which not everybody has."""

_COMMANDS_MAY_KNOW_OF_THE_DOOR: Final = frozenset({"aftercall.plugins"})


@dataclass(frozen=True, slots=True)
class Import:
    """One module importing another.

    :ivar late: whether it stands in a function.
    """

    by: str
    of: str
    line: int
    late: bool

    def __str__(self) -> str:
        return f"{self.by} imports {self.of} (line {self.line})"


def modules_of(root: Path, rooms: Iterable[str] = ROOMS) -> dict[str, str]:
    """The source of every module below ``root``, by its dotted name; a package goes by the name of its folder."""
    return {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path.read_text("utf-8")
        for room in rooms
        for path in sorted((root / room).rglob("*.py"))
    }


def imports_of(modules: Mapping[str, str]) -> list[Import]:
    """Every import in these modules; of a module of theirs by its whole name, of any other by what stands there."""
    return [found for name, source in modules.items() for found in _imports_in(name, source, modules)]


def _imports_in(name: str, source: str, modules: Mapping[str, str]) -> Iterator[Import]:
    def visit(node: ast.AST, late: bool) -> Iterator[Import]:
        late = late or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(name, alias.name, node.lineno, late)
        elif isinstance(node, ast.ImportFrom):
            if node.level or node.module is None:
                raise ValueError(f"{name}, line {node.lineno}: a relative import hides which room it means")
            # `from memos import contacts` means the module memos.contacts; `from memos.store import Store` means that.
            wholes = [f"{node.module}.{alias.name}" for alias in node.names]
            for of in dict.fromkeys(whole if whole in modules else node.module for whole in wholes):
                yield Import(name, of, node.lineno, late)
        for child in ast.iter_child_nodes(node):
            yield from visit(child, late)

    yield from visit(ast.parse(source), False)


def part_of(module: str) -> str | None:
    """The part of the house that a module lies in; None for what is none of ours."""
    parts = module.split(".")
    for part in (".".join(parts[:2]), parts[0]):
        if part in MAY_IMPORT or part == DOOR:
            return part
    return None


def not_allowed(imports: Iterable[Import]) -> list[Import]:
    """The imports that go up, or through a wall, and those of a face where there is to be none."""
    return [one for one in imports if not _allowed(one)]


def _allowed(one: Import) -> bool:
    by, of = part_of(one.by), part_of(one.of)
    if of is None:
        return by not in WITHOUT_A_FACE or one.of.split(".")[0] not in FACES
    if by != of and of in ONLY_BY and one.by not in ONLY_BY[of]:
        return False
    if by in (of, DOOR):
        return True
    if by == "aftercall.commands" and of == DOOR:
        return one.of in _COMMANDS_MAY_KNOW_OF_THE_DOOR
    return by is not None and of in MAY_IMPORT[by]


def circles(imports: Iterable[Import]) -> list[list[str]]:
    """The modules that import one another in a circle, each circle with all that stand in it (Tarjan's components)."""
    graph: dict[str, set[str]] = {}
    for one in imports:
        graph.setdefault(one.by, set()).add(one.of)
        graph.setdefault(one.of, set())
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in sorted(graph[name]):
            if other not in index:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], index[other])
        if low[name] == index[name]:
            at = stack.index(name)
            component = stack[at:]
            del stack[at:]
            if len(component) > 1 or name in graph[name]:
                found.append(sorted(component))

    for name in sorted(graph):
        if name not in index:
            visit(name)
    return found


def main() -> None:
    """Print what stands in the way."""
    imports = imports_of(modules_of(Path(__file__).parents[1]))
    arrows, rings = not_allowed(imports), circles(imports)
    late = sum(one.late and part_of(one.of) is not None for one in imports)
    for arrow in arrows:
        print(arrow)
    for ring in rings:
        print("a circle:", ", ".join(ring))
    print(f"{len(rings)} circles, {len(arrows)} imports that are not allowed, {late} imports of ours in functions")
    sys.exit(bool(arrows or rings))


if __name__ == "__main__":
    main()
