"""Programmes of many shapes, each in text, CSV and JSON, with verdicts derived by hand from the guide.

`programmes/<id>.json` holds the week, what is told about the athlete, and for each mistake whether it is made and the
reason a person gives.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from solver.rulebook import RULES
from tests.service.audits.asking import audited, verdicts, week_of

if TYPE_CHECKING:
    from service.audits.schemas import AuditResponse

FOLDER = Path(__file__).parent / "programmes"
PROGRAMMES = sorted(path.stem for path in FOLDER.glob("*.json"))
FORMS = ("json", "csv", "text")


def described(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return found


def audit_of(name: str, form: str) -> AuditResponse:
    told = described(name)
    programme = {
        "json": lambda: told["week"],
        "csv": lambda: {"csv": (FOLDER / f"{name}.csv").read_text("utf-8")},
        "text": lambda: {"text": (FOLDER / f"{name}.txt").read_text("utf-8")},
    }[form]()
    return audited(programme, **told["request"])


def test_there_are_many_programmes_each_in_three_forms() -> None:
    assert len(PROGRAMMES) >= 20
    for name in PROGRAMMES:
        assert (FOLDER / f"{name}.csv").is_file()
        assert (FOLDER / f"{name}.txt").is_file()


def test_each_mistake_is_made_in_some_and_avoided_in_others() -> None:
    told = [described(name)["verdicts"] for name in PROGRAMMES]
    for mistake in map(str, range(1, 7)):
        assert {verdict[mistake]["made"] for verdict in told} == {True, False}
        assert all(verdict[mistake]["why"].endswith(".") for verdict in told)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", PROGRAMMES)
def test_the_verdicts_are_those_of_a_person(name: str, form: str) -> None:
    found = audit_of(name, form)
    assert verdicts(found) == {int(m): v["made"] for m, v in described(name)["verdicts"].items()}
    assert all(mistake.certain for mistake in found.mistakes)
    assert found.programme.unread == []
    assert (found.score.value == 100) == (not any(verdicts(found).values()))


@pytest.mark.parametrize("name", PROGRAMMES)
def test_the_three_forms_say_the_same_week(name: str) -> None:
    weeks = [week_of(audit_of(name, form)) for form in FORMS]
    assert weeks[0] == weeks[1] == weeks[2]
    assert sum(len(entries) for _, entries in weeks[0]) >= 9


@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_made_mistake_says_what_to_do_and_no_other_does(name: str) -> None:
    found = audit_of(name, "text")
    for mistake in found.mistakes:
        assert bool(mistake.to_do) == mistake.made, mistake
        assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in mistake.to_do)
    assert [line.rule for line in found.certificate] == [rule.id for rule in RULES]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", PROGRAMMES)
def test_the_evidence_adds_up_to_what_the_verifier_measured(name: str, form: str) -> None:
    """The evidence is counted apart from the verifier's sums."""
    found = audit_of(name, form)
    measured = {line.rule: line.measured for line in found.certificate}

    def counted(rule: str, side: str) -> float:
        entries = [e for mistake in found.mistakes for e in mistake.evidence if (e.rule, e.side) == (rule, side)]
        return sum(entry.amount for entry in entries)

    for rule, side, name_of_it in (
        ("balance.upper_pull_push", "pull", "pull"),
        ("balance.upper_pull_push", "push", "push"),
        ("balance.lower_pull_push", "posterior", "pull"),
        ("balance.lower_pull_push", "quad", "push"),
        ("shoulder.external_rotation", "external", "external"),
        ("shoulder.external_rotation", "internal", "internal"),
        ("scapula.lower_trap", "lower", "lower"),
        ("scapula.lower_trap", "upper", "upper"),
        ("row.retraction", "led", "led"),
        ("row.retraction", "plain", "plain"),
        ("progression.deadlift", "current stage", "current_stage_sets"),
    ):
        assert counted(rule, side) == measured[rule][name_of_it], (rule, side)


@pytest.mark.parametrize("name", PROGRAMMES)
def test_evidence_leads_to_the_lines_that_say_so(name: str) -> None:
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    for mistake in audit_of(name, "text").mistakes:
        for evidence in mistake.evidence:
            assert evidence.sources
            for source in evidence.sources:
                assert source.pointer == "/programme/text"
                assert source.line is not None
                assert source.text == lines[source.line - 1].strip()
