"""Where aftercall keeps what it keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from aftercall.desk.errors import BadSettings


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one user.

    :ivar data: memos, sound and inbox; AFTERCALL_HOME overrides it.
    :ivar config_file: the settings; beside the data where AFTERCALL_HOME is set.
    :ivar cache: converted weights, which can be made again at any time.
    """

    data: Path
    config_file: Path
    cache: Path

    @classmethod
    def find(cls, environment: Mapping[str, str]) -> Self:
        """The platform's places, or below AFTERCALL_HOME.

        :raises BadSettings: that is no path.
        """
        from platformdirs import PlatformDirs

        dirs = PlatformDirs("aftercall", appauthor=False)
        override = environment.get("AFTERCALL_HOME")
        if override:
            try:
                data = Path(override).expanduser().absolute()
            except RuntimeError as error:
                raise BadSettings(
                    f"AFTERCALL_HOME: {override!r} is no folder; what stands after ~ is no user of this machine."
                ) from error
            return cls(data, data / "config.toml", dirs.user_cache_path)
        return cls(dirs.user_data_path, dirs.user_config_path / "config.toml", dirs.user_cache_path)

    @property
    def inbox(self) -> Path:
        """Recordings that are not confirmed yet."""
        return self.data / "inbox"

    @property
    def audio(self) -> Path:
        """Sound of confirmed memos."""
        return self.data / "audio"

    @property
    def database(self) -> Path:
        """Confirmed memos."""
        return self.data / "memos.db"

    @property
    def calendar(self) -> Path:
        """An event for each open call."""
        return self.data / "calendar"

    @property
    def models(self) -> Path:
        """Weights, joined or converted."""
        return self.cache / "models"
