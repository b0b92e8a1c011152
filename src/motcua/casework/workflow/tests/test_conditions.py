"""The whitelisted condition language."""

import pytest

from motcua.casework.workflow.conditions import ConditionError, compile_condition
from motcua.casework.workflow.types import Variable

VARIABLES = {
    "fee": Variable("fee", "number"),
    "kind": Variable("kind", "text"),
    "has_tax": Variable("has_tax", "boolean"),
}


@pytest.mark.parametrize(
    ("text", "env", "expected"),
    [
        ('outcome == "ok"', {"outcome": "ok"}, True),
        ('outcome == "ok"', {"outcome": "no"}, False),
        ('"ok" == outcome', {"outcome": "ok"}, True),
        ('outcome != "ok"', {"outcome": "no"}, True),
        ('outcome in ["a", "b"]', {"outcome": "b"}, True),
        ('outcome not in ("a", "b")', {"outcome": "b"}, False),
        ("fee > 0", {"fee": 5}, True),
        ("fee <= -1", {"fee": -1}, True),
        ("has_tax", {"has_tax": True}, True),
        ("not has_tax", {"has_tax": True}, False),
        ("has_tax == True", {"has_tax": False}, False),
        ('has_tax and outcome == "ok"', {"has_tax": True, "outcome": "ok"}, True),
        ('has_tax or outcome == "ok"', {"has_tax": False, "outcome": "no"}, False),
        ("has_tax", {}, None),
        ('has_tax and outcome == "ok"', {"outcome": "no"}, False),
        ('has_tax and outcome == "ok"', {"outcome": "ok"}, None),
        ('has_tax or outcome == "ok"', {"outcome": "ok"}, True),
        ("not has_tax", {}, None),
        ("fee > 0", {}, None),
    ],
)
def test_condition_answers(text, env, expected):
    assert compile_condition(text, VARIABLES).test(env) is expected


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('touch /tmp/owned')",
        "open('/etc/passwd')",
        "outcome.upper() == 'OK'",
        "outcome.__class__ == 1",
        "().__class__",
        "outcome[0] == 'o'",
        "fee + 1 > 2",
        "lambda: 1",
        "[x for x in (1,)]",
        "(y := 1) == 1",
        "f'{outcome}' == 'a'",
        "unknown == 1",
        "outcome == 1",
        "outcome > 'a'",
        "fee == 'a'",
        "fee == True",
        "0 < fee < 3",
        "outcome is 'ok'",
        "outcome in 'ok'",
        "outcome in []",
        "outcome in [1]",
        "outcome in [kind]",
        "outcome",
        "True",
        "1",
        "'ok'",
        "None == outcome",
        "b'a' == outcome",
        "-'a' == outcome",
        "fee if has_tax else 1",
        "",
        "outcome ==",
        "outcome == 'a'; 1",
        "outcome == \x00",
        "not " * 400 + "has_tax",
        "(" * 450,
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(ConditionError) as refused:
        compile_condition(text, VARIABLES)

    assert str(refused.value.reason)


def test_names_and_outcomes_used_are_known():
    condition = compile_condition('outcome in ["a", "b"] or (outcome == "c" and fee > 1)', VARIABLES)

    assert condition.names == {"outcome", "fee"}
    assert condition.outcomes == {"a", "b", "c"}
