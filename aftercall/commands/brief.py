"""``aftercall brief``: read before you dial."""

import sys

import click

from aftercall.desk.app import App
from aftercall.terminal.output import write_json


@click.command()
@click.argument("contact", metavar="CONTACT", nargs=-1, required=True)
@click.option("--set", "learnt", metavar="TOPIC=ANSWER", multiple=True, help="Keep what you learnt, and show nothing.")
@click.option("--no-ask", is_flag=True, help="Do not ask for what is not known yet.")
@click.option("--read", "read_elsewhere", is_flag=True, help="Count it as read, though no terminal shows it.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def command(
    app: App, contact: tuple[str, ...], learnt: tuple[str, ...], no_ask: bool, read_elsewhere: bool, as_json: bool
) -> None:
    """Show on one screen what to know before you dial.

    CONTACT is a name, or nearly one, or a piece of the id of a memo:

        aftercall brief Dana Whitfield

        aftercall brief Dana --set budget=40k --set role="head of purchasing"

    In a team, what colleagues heard of them last is shown as well, who it was, and who read the brief when.

    Who it is and the number, what was agreed, what you promised, the last three memos, how the call may begin; and what
    is not known yet, as questions. At a terminal you can answer these at once: y after what you typed keeps it, Enter
    skips one, q or Ctrl-C all of them. The
    topics are role, decision_maker, budget, supplier, renewal and business; where the number turned out to be wrong,
    another one is asked for first. Shown at a terminal it counts as read, and
    `due` no longer marks the call. Exit code 2 where more than one contact fits, 3 where none does.
    """
    from aftercall.desk.brief import BriefSettings, read_up_on
    from aftercall.desk.errors import NoSuchNumber
    from aftercall.desk.homework import keep_answer, topic_in_words
    from aftercall.desk.lookup import contact_for
    from aftercall.desk.rows import memo_rows
    from aftercall.terminal.brief_screen import screen
    from aftercall.terminal.homework import ask
    from aftercall.terminal.layout import width
    from memos.errors import StoreFull, StoreNotWritable

    answers = _answers(learnt)
    with app.past_memos() as store:
        whom = contact_for(store, " ".join(contact), None if answers else app.say)
        if answers:
            for topic, answer in answers.items():
                store.calls.answer(whom.id, topic, answer)
                became = f"is {answer}." if answer else "is not known any more."
                app.say(f"{whom.called}: {topic_in_words(topic)} {became}")
            return

        def keep(topic: str, answer: str) -> None:
            try:
                keep_answer(store, whom.id, topic, answer, app.settings.country)
            except NoSuchNumber as why:
                app.say(str(why))

        briefing = read_up_on(store, whom.id, app.now(), BriefSettings.of(app.settings))
        if as_json:
            memos = memo_rows(store, briefing.brief.memos, app.home.audio)
            write_json(briefing.row(memos))
        else:
            click.echo("\n".join(screen(briefing, width())))
        sys.stdout.flush()
        shown = sys.stdout.isatty() and not as_json
        kept = True
        if shown or read_elsewhere:
            try:
                store.calls.mark_read(whom.id)
            except (StoreFull, StoreNotWritable):
                if read_elsewhere:
                    raise
                kept = False
        if shown and kept and sys.stdin.isatty() and not no_ask:
            ask(briefing.questions, keep, width())


def _answers(learnt: tuple[str, ...]) -> dict[str, str]:
    from aftercall.desk.homework import answer_in
    from ground.printable import printable
    from memos.facts import TOPICS

    answers = {}
    for text in learnt:
        found = answer_in(text)
        if found is None:
            topics = ", ".join(TOPICS)
            raise click.UsageError(
                f"--set takes TOPIC=ANSWER, where TOPIC is one of {topics}; not {printable(text)!r}."
            )
        answers[found[0]] = found[1]
    return answers
