"""Reps whose team's book is in memory: for many walks."""

from __future__ import annotations

from typing import Any

from memory_book import MemoryBook, MemoryServer
from team_checks import Book
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

    def server_book(self) -> Book:
        return {key: (one.author, one.stamp, written(one.body)) for key, one in self.book.entries.items()}
