"""The questions, in the order in which they depend on each other, and the draft of all answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from analyzer.language.laid_out import AnyDoc
from analyzer.result import SectionType
from analyzer.understanding.causes import CauseReading
from analyzer.understanding.integration import Integration
from analyzer.understanding.models import Models
from analyzer.understanding.placeholders import Placeholder
from analyzer.understanding.problems import ItemRun
from analyzer.understanding.remedies import RemedyReading
from analyzer.understanding.sections import NO_SECTIONS, SectionReading
from analyzer.understanding.structure import Context, contextualise
from analyzer.understanding.two_skins import Mention
from analyzer.understanding.vagueness import VagueClaim


@dataclass
class Draft:
    """What has been found in one Doc; offsets are into the repaired text."""

    context: Context
    sections: SectionReading = NO_SECTIONS
    types: list[SectionType] = field(default_factory=list)
    items: list[ItemRun] = field(default_factory=list)
    causes: list[CauseReading] = field(default_factory=list)
    remedies: list[RemedyReading] = field(default_factory=list)
    two_skins: list[Mention] = field(default_factory=list)
    placeholders: list[Placeholder] = field(default_factory=list)
    vague: list[VagueClaim] = field(default_factory=list)
    integration: Integration | None = None
    is_report: float = 0.0


def _sections(models: Models, draft: Draft) -> None:
    draft.sections = models.sections.predict(draft.context)
    draft.types = draft.sections.types


def _problems(models: Models, draft: Draft) -> None:
    told = models.problems.predict(draft.context, draft.sections.chances)
    in_passing = models.left_open.predict(draft.context, draft.types, told)
    draft.items = sorted([*in_passing, *told], key=lambda item: item.first)


def _causes(models: Models, draft: Draft) -> None:
    draft.causes = models.causes.predict(draft.context, draft.types, draft.items)


def _remedies(models: Models, draft: Draft) -> None:
    draft.remedies = models.remedies.predict(draft.context, draft.types, draft.items)


def _two_skins(models: Models, draft: Draft) -> None:
    draft.two_skins = models.two_skins.predict(draft.context, draft.types)


def _placeholders(models: Models, draft: Draft) -> None:
    draft.placeholders = models.placeholders.predict(draft.context, draft.types)


def _vagueness(models: Models, draft: Draft) -> None:
    draft.vague = models.vagueness.predict(draft.context, draft.types)


def _integration(models: Models, draft: Draft) -> None:
    draft.integration = models.integration.predict(draft.context, draft.types)


def _genre(models: Models, draft: Draft) -> None:
    draft.is_report = models.genre.predict(draft.context, draft.types)


QUESTIONS: dict[str, Callable[[Models, Draft], None]] = {
    "sections": _sections,
    "problems": _problems,
    "causes": _causes,
    "remedies": _remedies,
    "two_skins": _two_skins,
    "placeholders": _placeholders,
    "vagueness": _vagueness,
    "integration": _integration,
    "genre": _genre,
}


def answer_all(models: Models, doc: AnyDoc) -> AnyDoc:
    """Answer every question, in ``doc._.draft``."""
    doc._.draft = draft = Draft(contextualise(doc))
    for answer in QUESTIONS.values():
        answer(models, draft)
    return doc
