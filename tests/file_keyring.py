"""A keyring in a file, for tests: PYTHON_KEYRING_BACKEND=file_keyring.FileKeyring, the file in FILE_KEYRING."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend


class FileKeyring(KeyringBackend):
    """Keeps passwords in the open."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        """See keyring."""
        found = self._read().get(f"{service}|{username}")
        return found if isinstance(found, str) else None

    def set_password(self, service: str, username: str, password: str) -> None:
        """See keyring."""
        self._path.write_text(json.dumps(self._read() | {f"{service}|{username}": password}))

    def _read(self) -> dict[str, object]:
        return dict(json.loads(self._path.read_text())) if self._path.exists() else {}

    @property
    def _path(self) -> Path:
        return Path(os.environ["FILE_KEYRING"])
