"""Which words of the next call's lists are needed, and by which text: each is taken out, the known texts read again.

    PYTHONPATH=. python tests/next_call_words.py [MODULE ...]

Prints every word that no known text needs, then how many of how many. Known are the memos and sentences of
tests/data/next_call and the examples of the verdicts' rows; what counts is the answer of the rules, since the second
reader is trained on some of these texts.
"""

import ast
import importlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, Final

import review.next_call

PACKAGE: Final = "review.next_call"
ROOM: Final = Path(review.next_call.__file__).parent
DATA: Final = Path(__file__).parent / "data" / "next_call"
EXAMPLES: Final = DATA / "words.tsv"
SAID: Final = "2026-11-18T16:40:00+00:00"
TABLES: Final = {
    "own_clause": "OWN",
    "inheritance": "INHERITED",
    "agreements": "AGREEMENTS",
    "replacing": "CORRECTIONS",
}
# What stands there in the place of a word that was taken out: numbers are counted by their place in a list.
NOTHING: Final = "\x00"
# Lists of other things than words that are said: rules and rows, which have tests of their own, names of the code, and
# what is told to the rep.
NOT_SAID: Final = frozenset(
    "confidence dates first_answer wide_dates workdays answer passes day_features day_model day_readings doubts "
    "explanation feature_words hour_features hour_model hour_without_a_day kinds locales meanings model near_features "
    "patterns proposals ranker second_reader spans verdicts wording windows".split()
)
NAMES: Final = frozenset(
    {
        "__all__",
        "_LEXEMES",
        "_NEAR_DAYS",
        "_BARE",
        "_BESIDE_HOLIDAYS",
        "HOLIDAYS",
        "Date",
        "_GLUED",
        "_SUFFIXED",
        "_DAY_KINDS",
        "_CHECKS",
    }
)
TENSES: Final = frozenset({"base", "present", "ing", "past"})
_NO_LISTS: Final = frozenset({"Verdicts", "Row", "Grammar", "TypeVar", "compile"})


@dataclass(frozen=True, slots=True)
class Known:
    """A text that is read, when it was said and where."""

    name: str
    text: str
    said: str = SAID
    locale: str = "en-US"


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or some that count together, in the list `name` of `module`: `at` is its place among that module's."""

    module: str
    name: str
    said: str
    at: int

    @property
    def key(self) -> tuple[str, str]:
        return f"{self.module}.{self.name}", self.said

    @property
    def parts(self) -> list[str]:
        return [part for part in self.said.replace("-", " ").split() if part not in {".", ",", *TENSES}]


def known() -> list[Known]:
    """Every text whose answer is known, the shortest first."""
    texts = [
        Known(row["id"], row["text"], row["spoken_at"], row["locale"])
        for path in sorted(DATA.glob("*.jsonl"))
        for row in map(json.loads, path.read_text("utf-8").splitlines())
    ]
    for at, line in enumerate((DATA / "sentences.tsv").read_text("utf-8").splitlines()):
        texts.append(Known(f"sentence-{at}", line.split("\t")[1]))
    for module, table in TABLES.items():
        for row in getattr(importlib.import_module(f"{PACKAGE}.{module}"), table).rows:
            texts += [Known(f"{table}-{row.needs}", said.split(" => ")[0]) for said in (row.example, row.stays)]
    return sorted(texts, key=lambda one: len(one.text))


def words() -> list[Word]:
    """Every word of every list of the reader."""
    return [word for path in sorted(ROOM.glob("*.py")) for word in _words_of(path.stem)]


def _words_of(module: str) -> Iterator[Word]:
    if module not in NOT_SAID:
        for at, place in enumerate(_lists(module).places):
            yield Word(module, place.name, place.said, at)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands in the list `name`: its pieces of source, each with what it is without the word."""

    name: str
    said: str
    without: tuple[tuple[ast.Constant, str], ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """What the lists of a module are made of: each with its source, in order; where every name comes from that they
    may use; and each place of a word."""

    made: Mapping[str, ast.expr]
    imported: Mapping[str, tuple[str, str]]
    modules: Mapping[str, str]
    places: Sequence[Place]

    def uses(self, name: str) -> set[tuple[str, str]]:
        """The imported names, by module, and those of its own ("" for a module) from which `name` is made."""
        used: set[tuple[str, str]] = set()
        for node in ast.walk(self.made[name]):
            if isinstance(node, ast.Name):
                used.add(self.imported.get(node.id, ("", node.id)))
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in self.modules:
                used.add((self.modules[node.value.id], node.attr))
        return used


@cache
def _lists(module: str) -> Lists:
    made, imported, modules = _origins(ast.parse((ROOM / f"{module}.py").read_text("utf-8")))
    named = {"_KINDS"} | NAMES if module == "tokens" else NAMES
    lists = ((name, value) for name, value in made.items() if name not in named and not isinstance(value, ast.Constant))
    parts = ((name, part) for name, value in lists for part in _one_by_one(value))
    places = [Place(name, said, gone) for name, part in parts for said, gone in _within(part) if said not in TENSES]
    return Lists(made, imported, modules, places)


def _origins(tree: ast.Module) -> tuple[dict[str, ast.expr], dict[str, tuple[str, str]], dict[str, str]]:
    """Where each name of a module comes from: its own source, a name of another module, a module."""
    made: dict[str, ast.expr] = {}
    imported: dict[str, tuple[str, str]] = {}
    modules: dict[str, str] = {}
    for node in tree.body:
        match node:
            case ast.ImportFrom(module=of) if of == PACKAGE:
                modules.update({alias.asname or alias.name: alias.name for alias in node.names})
            case ast.ImportFrom(module=str(of)) if of.startswith(f"{PACKAGE}."):
                names = {alias.asname or alias.name: alias.name for alias in node.names}
                imported.update({name: (of.removeprefix(f"{PACKAGE}."), there) for name, there in names.items()})
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                made[name] = value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                made[name] = value
    return made, imported, modules


Found = Iterator[tuple[str, tuple[tuple[ast.Constant, str], ...]]]


def _within(node: ast.AST) -> Found:
    """Each word in a piece of source, with what takes it out."""
    match node:
        case ast.Constant(value=str(text)):
            said = text.split()
            for at, word in enumerate(said):
                yield word, ((node, " ".join([*said[:at], NOTHING, *said[at + 1 :]])),)
        case ast.Tuple(elts=[_, *_] as words) | ast.List(elts=[_, *_] as words) if all(map(_is_word, words)):
            together = [one for one in words if isinstance(one, ast.Constant)]
            yield " ".join(str(one.value) for one in together), tuple((one, NOTHING) for one in together)
        case ast.Call(func=ast.Name(id=called)) if called in _NO_LISTS:
            return
        case _:
            for part in _parts(node):
                yield from _within(part)


def _parts(node: ast.AST) -> Iterable[ast.AST]:
    """The pieces of a piece of source in which words may stand."""
    match node:
        case ast.Dict(keys=keys, values=values):
            # The words stand behind their class, as in {"week": "week weeks"}, or before what they mean.
            pairs = zip(keys, values, strict=True)
            return [value if key is None or _is_list(value) else key for key, value in pairs]
        case ast.DictComp() | ast.SetComp() | ast.GeneratorExp():
            return [part for generator in node.generators for part in _one_by_one(generator.iter)]
        case ast.Call():
            return [node.func, *node.args]
    return ast.iter_child_nodes(node)


def _one_by_one(node: ast.AST) -> Iterable[ast.AST]:
    """Of a tuple of words that do not count together, each."""
    return node.elts if isinstance(node, ast.Tuple) else [node]


def _is_word(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value


def _is_list(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value


@contextmanager
def without(word: Word) -> Iterator[None]:
    """The reader with lists that lack `word`, be they made from the one that has it; as it was afterwards."""
    place = _lists(word.module).places[word.at]
    kept: list[tuple[dict[str, Any], str, Any]] = []

    def put(module: str, name: str, value: object) -> None:
        names = _names(module)
        kept.append((names, name, names[name]))
        names[name] = value

    try:
        put(word.module, word.name, _made(word.module, word.name, place))
        changed = {(word.module, word.name)}
        for module, name, used in _made_of():
            if not used.isdisjoint(changed) and (module, name) != (word.module, word.name):
                put(module, name, _made(module, name))
                changed.add((module, name))
        yield
    finally:
        for names, name, value in reversed(kept):
            names[name] = value


def _made(module: str, name: str, place: Place | None = None) -> object:
    """The value of a list, made anew from its source, without the word at `place`."""
    whole = [(node, node.value) for node, _ in place.without] if place else []
    for node, gone in place.without if place else ():
        node.value = gone
    if name in _lists(module).imported:
        of, original = _lists(module).imported[name]
        return _names(of)[original]
    code = compile(ast.Expression(_lists(module).made[name]), module, "eval")
    for node, value in whole:
        node.value = value
    return eval(code, _names(module))


def _names(module: str) -> dict[str, Any]:
    return vars(sys.modules[f"{PACKAGE}.{module}"])


@cache
def _made_of() -> tuple[tuple[str, str, frozenset[tuple[str, str]]], ...]:
    """Module and name of all lists and of all that are imported, with the lists that each is made of, after those."""
    return tuple(
        (module, name, frozenset(used))
        for module in _in_order()
        for name, used in (
            *((name, [origin]) for name, origin in _lists(module).imported.items()),
            *((name, [(of or module, one) for of, one in _lists(module).uses(name)]) for name in _lists(module).made),
        )
    )


@cache
def _in_order() -> tuple[str, ...]:
    """The modules, each after those that it imports."""
    modules = {path.stem for path in ROOM.glob("*.py")} - {"__init__"}
    for module in modules:
        importlib.import_module(f"{PACKAGE}.{module}")
    uses = {one: {of for of, _ in _lists(one).imported.values()} | {*_lists(one).modules.values()} for one in modules}
    return tuple(TopologicalSorter({one: used & modules for one, used in uses.items()}).static_order())


def answer(text: Known) -> str:
    """That of the rules, with what it may be else."""
    memo = review.next_call._read_memo(text.text, datetime.fromisoformat(text.said), text.locale)
    return repr(importlib.import_module(f"{PACKAGE}.decide").decide_by_rules(memo)[0])


def examples() -> dict[tuple[str, str], Known]:
    """The text that needs a word, by list and word; said at `SAID`, or one of the memos."""
    memos = {one.name: one for one in known()}
    rows = (line.split("\t") for line in EXAMPLES.read_text("utf-8").splitlines())
    return {(name, word): memos.get(text, Known("example", text)) for name, word, text in rows}


def needs(text: Known, word: Word) -> bool:
    """Whether `text` is read otherwise, or not at all, without `word`."""
    right = answer(text)
    try:
        with without(word):
            return answer(text) != right
    except (LookupError, ValueError):  # lists that have to have the same words, a rule that names one
        return True


def main() -> None:
    texts, asked = known(), set(sys.argv[1:])
    shown = examples()
    looked_at = [word for word in words() if not asked or word.module in asked]
    idle = 0
    for word in looked_at:
        own = shown.get(word.key)
        near = (one for one in texts if all(part in one.text.lower().replace("’", "'") for part in word.parts))
        if not any(needs(one, word) for one in ([own] if own else near)):
            idle += 1
            print("\t".join(word.key), flush=True)
    print(f"{idle} of {len(looked_at)} are needed by no known text")


if __name__ == "__main__":
    main()
