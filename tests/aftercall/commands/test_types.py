"""Days and moments are taken as ISO, or as a rep would say them."""

from datetime import date, datetime, timedelta

import click
import pytest
from click.testing import CliRunner, Result
from talks import now

from aftercall.commands.types import DAY, MOMENT
from aftercall.desk.app import App
from aftercall.desk.home import Home
from aftercall.desk.settings import Loaded, Settings
from aftercall.terminal.face import TerminalFace


@click.command()
@click.option("--day", type=DAY)
@click.option("--moment", type=MOMENT)
def command(day: date | None, moment: datetime | None) -> None:
    """Print what was understood."""
    click.echo(day or moment)


def understood(*arguments: str, locale: str = "en-US") -> Result:
    app = App(Home.find({}), Loaded(Settings(locale=locale), {}), TerminalFace(plain=False))
    return CliRunner().invoke(command, arguments, obj=app)


def test_a_day_in_iso_is_that_day() -> None:
    assert understood("--day", "2026-02-03").output == "2026-02-03\n"


def test_a_day_in_words_is_counted_from_today() -> None:
    tomorrow = now().date() + timedelta(days=1)

    assert understood("--day", "tomorrow").output == f"{tomorrow}\n"


@pytest.mark.parametrize(("locale", "month"), [("en-US", 3), ("en-GB", 4)])
def test_a_day_in_figures_is_read_as_the_locale_says(locale: str, month: int) -> None:
    output = understood("--day", "3/4", locale=locale).output

    assert date.fromisoformat(output.strip()).month == month


@pytest.mark.parametrize("words", ["whenever", "", "2026-02-30", "sometime in spring"])
def test_what_names_no_day_is_wrong_usage(words: str) -> None:
    result = understood("--day", words)

    assert result.exit_code == 2
    assert "names no day" in result.output


def test_a_moment_has_its_own_zone_or_that_of_this_machine() -> None:
    assert understood("--moment", "2026-11-21T16:40:00-05:00").output == "2026-11-21 16:40:00-05:00\n"
    local = datetime.fromisoformat("2026-11-21T16:40").astimezone()
    assert understood("--moment", "2026-11-21T16:40").output == f"{local}\n"


@pytest.mark.parametrize("words", ["yesterday", "", "2026-11-21T25:00"])
def test_what_is_no_moment_is_wrong_usage(words: str) -> None:
    result = understood("--moment", words)

    assert result.exit_code == 2
    assert "no time in ISO 8601" in result.output
