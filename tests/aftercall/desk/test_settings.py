"""Settings come from a file, and from the environment before it; what makes no sense is told in one line."""

import json
from pathlib import Path

import pytest
from cli import run

from aftercall.desk.errors import BadSettings
from aftercall.desk.settings import Loaded, Settings, load
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
