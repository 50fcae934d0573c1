"""A line that is filled in as if it were selected: the first thing typed stands in its place."""

from prompt_toolkit import PromptSession
from prompt_toolkit.application.current import get_app
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding.key_processor import KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.lexers import DynamicLexer, SimpleLexer


def type_over(session: PromptSession[str], filled_in: str) -> None:
    """Have the prompt that comes next take what is typed or pasted first in the place of ``filled_in``, which is drawn
    as selected until then. Any key that moves the cursor or erases edits it in place."""
    untouched = True

    @Condition
    def is_selected() -> bool:
        nonlocal untouched
        buffer = get_app().current_buffer
        untouched = untouched and buffer.text == filled_in and buffer.cursor_position == len(filled_in)
        return untouched

    bindings = KeyBindings()

    @bindings.add(Keys.Any, filter=is_selected)
    @bindings.add(Keys.BracketedPaste, filter=is_selected)
    def replace(event: KeyPressEvent) -> None:
        # A line has no second one: what a paste has of it follows behind a space.
        typed = " ".join(event.data.split()) if event.key_sequence[0].key == Keys.BracketedPaste else event.data
        if typed.isprintable():
            event.current_buffer.text = typed
            event.current_buffer.cursor_position = len(typed)

    session.key_bindings = bindings
    session.lexer = DynamicLexer(lambda: SimpleLexer("reverse" if is_selected() else ""))
