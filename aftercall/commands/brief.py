"""``aftercall brief``: read before you dial."""

import json
import sys

import click

from aftercall.desk.app import App


@click.command()
@click.argument("contact", metavar="CONTACT", nargs=-1, required=True)
@click.option(
    "--set", "settings", metavar="TOPIC=ANSWER", multiple=True, help="Keep what you learnt, and show nothing."
)
@click.option("--no-ask", is_flag=True, help="Do not ask for what is not known yet.")
@click.option("--read", "read_elsewhere", is_flag=True, help="Count it as read, though no terminal shows it.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def command(
    app: App, contact: tuple[str, ...], settings: tuple[str, ...], no_ask: bool, read_elsewhere: bool, as_json: bool
) -> None:
    """Show on one screen what to know before you dial.

    CONTACT is a name, or nearly one, or a piece of the id of a memo:

        aftercall brief Dana Whitfield

        aftercall brief Dana --set budget=40k --set role="head of purchasing"

    Who it is and the number, what was agreed, what you promised, the last three memos, how the call may begin; and what
    is not known yet, as questions. At a terminal you can answer these at once: Enter skips one, Ctrl-C all of them. The
    topics are role, decision_maker, budget, supplier, renewal and business. Shown at a terminal it counts as read, and
    `due` no longer marks the call. Exit code 2 where more than one contact fits, 3 where none does.
    """
    from aftercall.desk.brief import read
    from aftercall.desk.lookup import contact_for
    from aftercall.desk.words import who
    from aftercall.terminal.brief_screen import screen
    from aftercall.terminal.homework import ask, label, parse_answers
    from aftercall.terminal.layout import width

    answers = parse_answers(settings)
    with app.past_memos() as store:
        whom = contact_for(store, " ".join(contact), None if answers else app.say)
        if answers:
            for topic, answer in answers.items():
                store.calls.answer(whom.id, topic, answer)
                app.say(f"{who(whom)}: {label(topic)} " + (f"is {answer}." if answer else "is not known any more."))
            return
        reading = read(store.calls.brief(whom.id), app.now(), app.settings)
        if as_json:
            click.echo(json.dumps(reading.row(), ensure_ascii=False, indent=2))
        else:
            click.echo("\n".join(screen(reading, width())))
        sys.stdout.flush()
        shown = sys.stdout.isatty() and not as_json
        if shown or read_elsewhere:
            store.calls.mark_read(whom.id)
        if shown and sys.stdin.isatty() and not no_ask:
            ask(
                reading.questions,
                lambda topic, answer: store.calls.answer(whom.id, topic, answer),
                lambda prompt: click.prompt(prompt, default="", show_default=False, prompt_suffix=" "),
                lambda text: click.echo(text, nl=False),
                width(),
            )
