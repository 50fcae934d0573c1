"""Settings come from a file, and from the environment before it; what makes no sense is told in one line."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from cli import run

from aftercall.desk.errors import BadSettings
from aftercall.desk.settings import Loaded, Settings, load
from aftercall.desk.system_locale import country_of, locale_called, writes_month_first
from transcribe.weights import ModelSource

SHA = "D01C3014881C9C6F3133C182F3D2887EB6CA1C789A7538C5C007196857A0A6A9"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def loaded(file: Path, text: str = "", **variables: str) -> Loaded:
    file.write_text(text, encoding="utf-8")
    return load(file, variables)


def test_without_a_file_the_defaults_hold(file: Path) -> None:
    found = load(file, {})

    assert found == Loaded(Settings(), {})
    assert (found.settings.model, found.settings.language) == ("base", "en")
    assert (found.settings.end_silence, found.settings.no_speech) == (1.2, 10.0)
    assert found.settings.locale in {"en-US", "en-GB"}
    assert len(found.settings.country) == 2
    assert found.settings.reader


def test_the_file_holds_before_the_defaults_and_the_environment_before_the_file(file: Path) -> None:
    found = loaded(
        file,
        'model = "tiny.en"\nend_silence = 4\nlocale = "en-GB"',
        AFTERCALL_END_SILENCE="3.5",
        AFTERCALL_READER="Rita",
        AFTERCALL_HOME="/nowhere",
        READER="Somebody",
    )

    assert found.settings == Settings(model="tiny.en", end_silence=3.5, locale="en-GB", reader="Rita")
    assert found.origins == {
        "model": "file",
        "locale": "file",
        "end_silence": "AFTERCALL_END_SILENCE",
        "reader": "AFTERCALL_READER",
    }


def test_a_file_that_begins_with_the_mark_of_utf_8_is_read_like_any_other(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + 'reader = "Jürgen"'.encode())

    assert load(file, {}).settings.reader == "Jürgen"


def test_numbers_may_be_whole(file: Path) -> None:
    assert loaded(file, "max_seconds = 60").settings.max_seconds == 60.0


@pytest.mark.parametrize(("value", "on"), [("true", True), ("Yes", True), ("1", True), ("no", False), ("0", False)])
def test_a_switch_may_be_a_word_in_a_variable(file: Path, value: str, on: bool) -> None:
    assert load(file, {"AFTERCALL_CUE": value}).settings.cue is on


def test_a_list_may_be_parted_by_commas_in_a_variable(file: Path) -> None:
    assert loaded(file, 'phone_apps = ["Zoom", "Teams"]').settings.phone_apps == ["Zoom", "Teams"]
    assert load(file, {"AFTERCALL_PHONE_APPS": "Zoom, Teams,"}).settings.phone_apps == ["Zoom", "Teams"]


@pytest.mark.parametrize("country", ["GB", "gb", "Gb"])
def test_a_country_is_two_letters_of_any_case(file: Path, country: str) -> None:
    assert loaded(file, f'country = "{country}"').settings.country == "GB"


@pytest.mark.parametrize(("written", "code"), [("DE", "de"), ("en-US", "en"), ("", "")])
def test_a_language_is_a_code_of_any_case_with_or_without_a_country(file: Path, written: str, code: str) -> None:
    assert loaded(file, f'language = "{written}"').settings.language == code


def test_weights_of_ones_own_are_named_in_a_table(file: Path) -> None:
    text = f'[models.mine]\npath = "~/mine"\nsha256 = "{SHA}"'

    assert loaded(file, text).settings.models == {"mine": ModelSource(Path("~/mine").expanduser(), SHA.lower())}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('modle = "tiny.en"', "no setting 'modle'. Did you mean model?"),
        ("xyzzy = 1", "no setting 'xyzzy'. `aftercall config` lists them."),
        ("[section]\nmodel = 'base'", "no setting 'section'"),
        ("model = 5", "model must be a text in quotes, not 5"),
        ("reader = ['Rita']", "reader must be a text in quotes"),
        ('end_silence = "long"', "end_silence must be a number from 0.5 to 60, not 'long'"),
        ("end_silence = 0.4", "end_silence must be a number from 0.5 to 60, not 0.4"),
        ("end_silence = nan", "end_silence must be a number"),
        ("end_silence = true", "end_silence must be a number"),
        ("max_seconds = inf", "max_seconds must be a number from 1 to 7200"),
        ("doubt_below = 1.01", "doubt_below must be a number from 0 to 1"),
        ("no_speech = []", "no_speech must be a number"),
        ("cue = 1", "cue must be true or false, not 1"),
        ('reminder = "maybe"', "reminder must be true or false, not 'maybe'"),
        ("phone_apps = 5", "phone_apps must be a list of texts, not 5"),
        ("phone_apps = [5]", "phone_apps must be a list of texts"),
        ('engine = "whisper"', "engine must be one of '', 'openai-whisper', 'faster-whisper', not 'whisper'"),
        ('locale = "de-DE"', "locale must be one of 'en-US', 'en-GB', not 'de-DE'"),
        ('country = "USA"', "country must be two letters"),
        ('country = "ß"', "country must be two letters"),
        ('models = "mine"', "models must be tables [models.NAME], each with a path and its sha256"),
        ("[models.mine]\npath = '/mine'", "models must be tables [models.NAME], each with a path and its sha256"),
        (f"[models]\npath = '/mine'\nsha256 = '{SHA}'", "models must be tables [models.NAME]"),
        (f"[models.mine]\npath = 5\nsha256 = '{SHA}'", "each with a path and its sha256"),
        (f"[models.mine]\npath = '~nosuch/mine'\nsha256 = '{SHA}'", "each with a path and its sha256"),
        ("[models.mine]\npath = '/mine'\nsha256 = 'abc'", "sha256: 64 digits"),
        ("keep_audio = 999999", "keep_audio must be a whole number of days from 0 to 36500"),
        ("keep_audio = -1", "keep_audio must be a whole number of days"),
        (f"max_seconds = {'9' * 400}", "max_seconds must be a number from 1 to 7200"),
        ('country = "ZZ"', "country must be two letters of a country"),
        ('calendar_feed = "~nosuch/calls.ics"', "calendar_feed must be a path; what stands after ~ is no user"),
        ('calendar_feed = "/dev/zero"', "calendar_feed must be the name of a file, not that of a folder or a device"),
        ('calendar_feed = "/"', "calendar_feed must be the name of a file"),
        ('on_confirm = ["~nosuch/x"]', "on_confirm must be a path"),
        ('reader = "Ri\\u001bta"', "reader must be a text of at most 2000 characters, without control characters"),
        (f'device = "{"x" * 2001}"', "device must be a text of at most 2000 characters"),
        ('work_start = "18:00"', "work_end must be later than work_start"),
        ('caldav_url = "http://127.0.0.1.evil.example/"', "caldav_url must be empty, or an address that begins with"),
        ('caldav_url = "http://127.1@evil.example/"', "caldav_url must be empty, or an address"),
        ('caldav_url = "http://localhost.evil.example/"', "caldav_url must be empty, or an address"),
        ('caldav_url = "http://[::ffff:10.0.0.1]/"', "caldav_url must be empty, or an address"),
        ('caldav_url = "http://2130706433/"', "caldav_url must be empty, or an address"),
        ("x = " + "[" * 50_000, "cannot be read: too deep"),
        ("model = ", "cannot be read: Invalid value"),
        ("model = 'a'\nmodel = 'b'", "cannot be read: Cannot overwrite a value"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(file: Path, text: str, says: str) -> None:
    with pytest.raises(BadSettings) as refused:
        loaded(file, text)

    assert says in str(refused.value)
    assert str(file) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("AFTERCALL_END_SILENCE", "soon", "must be a number from 0.5 to 60, not 'soon'"),
        ("AFTERCALL_MAX_SECONDS", "", "must be a number"),
        ("AFTERCALL_LOCALE", "en", "must be one of"),
        ("AFTERCALL_COUNTRY", "1A", "two letters"),
        ("AFTERCALL_COUNTRY", "ZZ", "two letters of a country"),
        ("AFTERCALL_KEEP_AUDIO", "999999", "days from 0 to 36500"),
        ("AFTERCALL_KEEP_AUDIO", "9" * 5000, "days from 0 to 36500"),
        ("AFTERCALL_MAX_SECONDS", "1e400", "must be a number"),
        ("AFTERCALL_CALENDAR_FEED", "~nosuch/x", "no user"),
        ("AFTERCALL_ON_CONFIRM", "~nosuch/x,1", "no user"),
        ("AFTERCALL_CALDAV_URL", "http://127.0.0.1.evil.example/", "begins with https"),
        ("AFTERCALL_WORK_END", "07:00", "later than work_start"),
        ("AFTERCALL_LANGUAGE", "german", "a code such as en, de or fr, or empty, not 'german'"),
    ],
)
def test_a_variable_is_checked_as_the_file_is(file: Path, variable: str, value: str, says: str) -> None:
    with pytest.raises(BadSettings, match=f"^{variable}: .*{says}"):
        load(file, {variable: value})


def test_a_file_that_is_no_text_or_no_file_is_refused(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadSettings, match="cannot be read"):
        load(file, {})

    file.unlink()
    file.mkdir()
    with pytest.raises(BadSettings, match="cannot be read"):
        load(file, {})


@pytest.mark.parametrize(
    "make", [os.mkfifo, lambda path: path.symlink_to(path), lambda path: path.symlink_to("/dev/zero")]
)
def test_what_is_no_file_is_refused_and_not_waited_for(file: Path, make: Callable[[Path], None]) -> None:
    make(file)
    with pytest.raises(BadSettings, match=r"cannot be read: .* is no file"):
        load(file, {})


@pytest.mark.parametrize(
    "address",
    ["http://localhost:5232/", "http://127.0.0.1/", "http://127.8.9.1/", "http://[::1]/", "https://a.example/"],
)
def test_a_server_on_this_machine_needs_no_encryption(file: Path, address: str) -> None:
    assert loaded(file, f'caldav_url = "{address}"').settings.caldav_url == address


@pytest.mark.parametrize(
    ("name", "number", "locale", "country"),
    [
        ("German_Germany", 0x0407, "en-GB", "DE"),
        ("German_Germany", None, "en-GB", "DE"),
        ("English_United Kingdom", 0x0809, "en-GB", "GB"),
        ("English_United States", 0x0409, "en-US", "US"),
        ("Spanish_Mexico", 0x080A, "en-GB", "MX"),
        ("Japanese_Japan", 0x0411, "en-US", "JP"),
        ("de_DE", None, "en-GB", "DE"),
        ("fr_FR", None, "en-GB", "FR"),
        ("en_US", None, "en-US", "US"),
        ("en_AU", None, "en-GB", "AU"),
        ("C", None, "en-US", None),
        ("", None, "en-US", None),
    ],
)
def test_the_language_of_the_system_says_how_dates_are_written_whatever_the_system_calls_it(
    name: str, number: int | None, locale: str, country: str | None
) -> None:
    found = locale_called(name, number)

    assert ("en-US" if writes_month_first(found) else "en-GB", country_of(found)) == (locale, country)


@pytest.mark.parametrize("command", [["inbox"], ["config"], ["doctor"], ["record", "--later"]])
def test_every_command_refuses_bad_settings_in_one_line(home: Path, command: list[str]) -> None:
    home.mkdir()
    (home / "config.toml").write_text("modle = 'base'")

    done = run(*command, home=home)

    assert done.code == 2
    assert done.out == ""
    assert done.lines == [f"{home}/config.toml: there is no setting 'modle'. Did you mean model?"]


def test_config_tells_every_setting_and_where_it_came_from(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text(f"no_speech = 4\n[models.mine]\npath = '/mine'\nsha256 = '{SHA}'")

    settings = json.loads(run("config", "--json", home=home, AFTERCALL_MODEL="mine").out)["settings"]

    assert set(settings) == set(Settings.__dataclass_fields__)
    assert all(set(item) == {"value", "from", "help"} for item in settings.values())
    assert {name: settings[name]["from"] for name in ("no_speech", "model", "device")} == {
        "no_speech": "file",
        "model": "AFTERCALL_MODEL",
        "device": "default",
    }
    assert settings["models"]["value"] == {"mine": {"path": "/mine", "sha256": SHA.lower()}}
