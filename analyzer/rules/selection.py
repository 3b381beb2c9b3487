"""Which rules a user asks, and how grave they are to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analyzer.config import Settings
from analyzer.errors import error
from analyzer.keys import near
from analyzer.rules.base import Family, Rule, Status

_ID, _FAMILY, _ALL = 2, 1, 0  # how closely a setting names a rule; the closer one holds


def chosen(settings: Settings, rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Return the rules that are on under some settings, with their severities.

    Gates are always on: only a named human releases them.

    Parameters
    ----------
    settings : Settings
    rules : sequence of Rule
        All rules, the user's own among them.

    Raises
    ------
    ShupingError
        Code ``config`` where the settings name a rule that does not exist, or a gate.
    """
    _check(settings, rules)
    severities = dict(settings.severities)
    return tuple(
        replace(rule, severity=severities.get(rule.id, rule.severity))
        for rule in rules
        if rule.family is Family.GATES or _is_on(rule, settings)
    )


def _is_on(rule: Rule, settings: Settings) -> bool:
    on = _nearness(rule, settings.select) if settings.select else _ALL
    if on is None or (rule.status is Status.PREVIEW and not settings.preview and on < _ID):
        return False
    off = _nearness(rule, settings.ignore)
    return off is None or on > off


def _nearness(rule: Rule, names: Iterable[str]) -> int | None:
    return _ID if rule.id in names else _FAMILY if rule.family.value in names else None


def _check(settings: Settings, rules: Sequence[Rule]) -> None:
    families = {family.value for family in Family}
    gates = {rule.id for rule in rules if rule.family is Family.GATES} | {Family.GATES.value}
    ids = {rule.id for rule in rules}
    for key, names, known in (
        ("select", settings.select, ids | families),
        ("ignore", settings.ignore, ids | families),
        ("severity", [name for name, _ in settings.severities], ids),
    ):
        for name in names:
            if name not in known:
                detail = f"rules.{key}：没有 {name} 这条规则" + ("" if key == "severity" else "或这一类")
                hint = near(name, known) or "；shuping rules 列出全部规则"
                raise error("config", settings.path, detail=detail + hint)
            if name in gates and key != "select":
                detail = f"rules.{key}：{name} 是封顶条件，这里不能改，只能具名解除（[[release]]）"
                raise error("config", settings.path, detail=detail)
