"""Whatever reps do, and in whatever order and however often they sync: in the end all have the same book."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from memory_book import MemoryBook, MemoryServer
from team_machine import TeamMachine

from memos.team.entries import written


class InMemory(TeamMachine):
    """Against a book in memory: many."""

    def __init__(self) -> None:
        super().__init__()
        self.book = MemoryBook()

    def connect(self, rep: str, cut: int | None) -> Any:
        self.book.left = cut
        return MemoryServer(self.book, rep)

    def server_book(self) -> dict[str, tuple[str, str, str]]:
        return {key: (one.author, one.stamp, written(one.body)) for key, one in self.book.entries.items()}


TestInMemory = InMemory.TestCase
TestInMemory.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
