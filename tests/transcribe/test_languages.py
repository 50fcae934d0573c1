"""A language that the model does not know is refused before anybody speaks."""

import pytest
from whisper.tokenizer import LANGUAGES

from transcribe.errors import UnknownLanguage
from transcribe.languages import CODES, language_code, require_language


def test_the_codes_are_those_of_whisper() -> None:
    assert frozenset(LANGUAGES) == CODES


@pytest.mark.parametrize(
    ("written", "code"), [("en", "en"), ("DE", "de"), ("en-US", "en"), ("pt_BR", "pt"), (" fr ", "fr"), ("yue", "yue")]
)
def test_capitals_and_a_country_are_understood(written: str, code: str) -> None:
    assert language_code(written) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [("nb_NO.UTF-8", "no"), ("sr@latin", "sr"), ("iw", "he"), ("fil-PH", "tl"), ("jv", "jw"), ("cmn-Hans-CN", "zh")],
)
def test_a_language_is_understood_as_systems_write_it(written: str, code: str) -> None:
    assert language_code(written) == code


@pytest.mark.parametrize("written", ["german", "xx", "", "e", "english", "en US", "deutsch", "-"])
def test_what_is_no_code_is_refused_with_what_would_be_one(written: str) -> None:
    with pytest.raises(UnknownLanguage, match="such as en, de or fr"):
        language_code(written)


def test_a_model_is_not_asked_for_a_language_that_it_never_learned() -> None:
    require_language("base", "de")
    require_language("base", "DE")
    require_language("tiny.en", "en-GB")
    require_language("tiny.en", None)
    require_language("large-v3", "yue")
    for model, language in (("tiny.en", "de"), ("base", "yue"), ("base", "german")):
        with pytest.raises(UnknownLanguage):
            require_language(model, language)
