"""The certificate: what is proven of the score, and every rule as the second program measured it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.audits.advice import TITLES
from service.terminal.words import number, percent, sentence
from service.web.parts.guide import WHY

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from service.plans.schemas.response import CertificateLineResponse, PlanResponse, TierResponse, WaiverResponse
    from service.web.parts.tracing import Share, Tracing

_SIGNS = {" >= ": " ≥ ", " <= ": " ≤ ", " x ": " × "}
_TIERS = {1: "Weekly minima", 2: "Weekly targets", 3: "Quality"}


@dataclass(frozen=True)
class RuleLine:
    """One rule."""

    rule: str
    title: str
    verdict: str
    """`kept`, `waived` or `broken`."""
    statement: str
    slack: str
    """How much room there is; empty without a scale."""
    remarks: tuple[str, ...]
    """Why it was waived, what was substituted, which number was loosened."""
    why: str
    shares: tuple[Share, ...]
    """The entries that count for it, for rules of the guide."""
    in_panel: bool
    """Whether the balance panel shows the rule with its numbers."""

    @property
    def keys(self) -> str:
        """The entries for `data-entries`."""
        return " ".join(dict.fromkeys(share.key for share in self.shares))


@dataclass(frozen=True)
class TierLine:
    """One tier of the objective."""

    name: str
    verdict: str
    proven: bool


@dataclass(frozen=True)
class Certificate:
    """What is known for sure of a plan."""

    score: str
    bound: str
    proven: bool
    gap: str
    tiers: tuple[TierLine, ...]
    mistakes: Mapping[str, tuple[RuleLine, ...]]
    """Mistake of the guide -> the rules against it."""
    others: tuple[RuleLine, ...]

    @property
    def kept(self) -> int:
        """How many rules the week keeps, those waived included."""
        return sum(line.verdict != "broken" for line in self._lines)

    @property
    def total(self) -> int:
        """How many rules were measured."""
        return len(self._lines)

    @property
    def _lines(self) -> tuple[RuleLine, ...]:
        return (*(line for lines in self.mistakes.values() for line in lines), *self.others)


def certificate_of(plan: PlanResponse, tracing: Tracing, panel: Collection[str]) -> Certificate:
    """The certificate of a plan that has a week; `panel` are the rules that the balance panel explains."""
    assert plan.score is not None
    lines = [_line(line, tracing, in_panel=line.rule in panel) for line in plan.certificate]
    number_of = {line.rule: line.mistake for line in plan.certificate}
    mistakes = {
        f"{number_}. {title}": tuple(line for line in lines if number_of[line.rule] == number_)
        for number_, title in TITLES.items()
    }
    return Certificate(
        score=number(plan.score.value),
        bound=number(plan.score.bound),
        proven=plan.score.gap == 0,
        gap=percent(plan.score.gap),
        tiers=tuple(_tier(tier) for tier in plan.tiers),
        mistakes={title: against for title, against in mistakes.items() if against},
        others=tuple(line for line in lines if number_of[line.rule] is None),
    )


def in_signs(statement: str) -> str:
    """A measured statement with the signs that print has for it."""
    for plain, sign in _SIGNS.items():
        statement = statement.replace(plain, sign)
    return statement


def in_words(waiver: WaiverResponse) -> str:
    """Why an inclusion was not asked for, and what would bring it back."""
    restored = waiver.restored_by[:1].lower() + waiver.restored_by[1:]
    return f"{sentence(waiver.reason)} To restore it: {restored.rstrip('.')}."


def _line(line: CertificateLineResponse, tracing: Tracing, *, in_panel: bool) -> RuleLine:
    remarks = [sentence(note) for note in line.notes]
    if line.waived is not None:
        remarks.append(in_words(line.waived))
    return RuleLine(
        rule=line.rule,
        title=line.title,
        verdict="waived" if line.waived is not None else "kept" if line.holds else "broken",
        statement=in_signs(line.statement),
        slack="" if line.slack is None else "at the limit" if line.slack == 0 else f"{number(line.slack)} to spare",
        remarks=tuple(remarks),
        why="" if in_panel else WHY.get(line.rule, ""),
        shares=tracing.rule(line.rule),
        in_panel=in_panel,
    )


def _tier(tier: TierResponse) -> TierLine:
    if tier.proven:
        verdict = "proven: no week does better"
    elif tier.gap is None or tier.gap >= 1:
        verdict = "nothing is proven of it"
    else:
        verdict = f"at most {percent(tier.gap)} from the best there can be"
    return TierLine(_TIERS[tier.tier], verdict, tier.proven)
