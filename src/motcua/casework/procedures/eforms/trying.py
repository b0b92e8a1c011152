"""Examples stored beside a form: answers, and the messages that they must bring. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from motcua.casework.procedures.eforms.conditions import Answers, Schema, sections_of
from motcua.casework.procedures.eforms.drawing import check_answers, eform_form
from motcua.casework.procedures.eforms.sending import as_sent
from motcua.casework.procedures.types.forms import ExampleOutcome

# Marks the files that the designer writes and reads.
FILE_KIND = "motcua-form"


def answer_form(schema: Schema, given: Answers, *, on: date) -> tuple[Answers, dict[str, list[str]]]:
    """Answer the whole form as a citizen would, section by section; return the canonical answers and what is wrong.

    Names of what is wrong are flat: `hang-0-don_gia`.
    """
    sent = as_sent(schema, given)
    answers: Answers = {}
    wrong: dict[str, list[str]] = {}
    files = {name: value for name, value in given.items() if name in schema["properties"]}
    for section in sections_of(schema):
        drawn = eform_form(schema, sent, section["code"], stored=answers | _files(schema, files), on=on)
        if not drawn.section.fields:
            continue
        if not drawn.is_valid():
            for name, said in drawn.errors.items():
                wrong.setdefault(name, [str(message) for message in said])
        answers |= drawn.answers
    for name, messages in check_answers(schema, answers, on=on).items():
        if not any(key == name or key.startswith(f"{name}-") for key in wrong):
            wrong.setdefault(name, messages)
    return answers, wrong


def _files(schema: Schema, given: Answers) -> Answers:
    return {name: value for name, value in given.items() if schema["properties"][name].get("x-widget") == "file"}


def outcomes(schema: Schema, examples: Iterable[dict[str, Any]], *, on: date) -> list[ExampleOutcome]:
    """Try every example: {"name", "answers", "messages": {field: message}, "on": day or None}.

    An example is met when exactly the expected fields have a message, and where a message is written down it is that.
    """
    found = []
    for example in examples:
        day = date.fromisoformat(example["on"]) if example.get("on") else on
        _answers, wrong = answer_form(schema, example["answers"], on=day)
        said = {name: messages[0] for name, messages in wrong.items()}
        expected = example.get("messages", {})
        met = said.keys() == expected.keys() and all(
            not words or said[name] == words for name, words in expected.items()
        )
        found.append(ExampleOutcome(example["name"], met, expected, said))
    return found
