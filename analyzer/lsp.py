"""A language server: findings in the editor as one writes, pages of rules, suppressions at a key.

For .txt and .md.  Positions on the wire are in the editor's units; offsets here are code points.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.workspace import TextDocument

from analyzer.batch.engine import analyzer_for
from analyzer.beside import Beside, beside_of
from analyzer.config import Settings, settings_by_folder
from analyzer.errors import ShupingError
from analyzer.reading import read_text
from analyzer.rendering import labels, summary
from analyzer.rendering.pages import page
from analyzer.result import Finding, Result, Severity
from analyzer.rules.catalogue import rule
from analyzer.rules.letting_stand import REASON, ignoring

_NAME: Final = "shuping"
_SHOWN: Final = "述评"
_PAUSE: Final = 0.3  # seconds without a key before a text is analysed
_LEVEL: Final = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.INFO: lsp.DiagnosticSeverity.Information,
}


@dataclass(frozen=True, slots=True)
class _Seen:
    """A text and what was found in it; the editor may be further by now."""

    version: int | None
    result: Result


class Server(LanguageServer):
    """The server, with what it knows of each open text."""

    def __init__(self, version: str) -> None:
        super().__init__(_NAME, version)
        self.seen: dict[str, _Seen] = {}
        self.waiting: dict[str, asyncio.TimerHandle] = {}

    def text(self, uri: str) -> TextDocument:
        """Return an open text as it is now."""
        return self.workspace.get_text_document(uri)

    def examine(self, uri: str) -> None:
        """Analyse a text and tell the editor what was found."""
        document = self.text(uri)
        try:
            result = _analyse(document)
        except ShupingError as failure:
            self.seen.pop(uri, None)
            self._publish(document, [_failed(failure)])
            return
        self.seen[uri] = _Seen(document.version, result)
        self._publish(document, [self.diagnostic(document, finding) for finding in result.findings])

    def examine_soon(self, uri: str) -> None:
        """Analyse a text once nobody has typed for a moment."""
        if uri in self.waiting:
            self.waiting[uri].cancel()
        self.waiting[uri] = asyncio.get_running_loop().call_later(_PAUSE, self.examine, uri)

    def forget(self, uri: str) -> None:
        """Take back what was said of a text that was closed."""
        if uri in self.waiting:
            self.waiting.pop(uri).cancel()
        self.seen.pop(uri, None)
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri=uri, diagnostics=[]))

    def result(self, uri: str) -> Result | None:
        """Return what was found in a text, None where it has changed since."""
        seen = self.seen.get(uri)
        return seen.result if seen is not None and seen.version == self.text(uri).version else None

    def diagnostic(self, document: TextDocument, finding: Finding) -> lsp.Diagnostic:
        """Return a finding as editors show it."""
        advice = f"\n改法：{finding.suggestion}" if finding.suggestion else ""
        return lsp.Diagnostic(
            range=self.range(document, finding.start, finding.end),
            severity=_LEVEL[finding.severity],
            code=finding.rule,
            source=_SHOWN,
            message=finding.message + advice,
        )

    def range(self, document: TextDocument, start: int, end: int) -> lsp.Range:
        """Return a stretch of a text in the editor's units."""
        lines = document.lines
        ends = [_position(lines, offset) for offset in (start, end)]
        return document.position_codec.range_to_client_units(lines, lsp.Range(*ends))

    def findings(self, uri: str, where: lsp.Range) -> Iterator[Finding]:
        """Yield the findings that a range of the editor touches, in order of place."""
        result = self.result(uri)
        if result is None:
            return
        document = self.text(uri)
        low, high = (document.offset_at_position(each) for each in (where.start, where.end))
        for finding in summary.by_place(result.findings):
            if finding.start <= high and low <= finding.end:
                yield finding

    def _publish(self, document: TextDocument, found: Sequence[lsp.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri=document.uri, version=document.version, diagnostics=found)
        )


def make_server(version: str) -> Server:
    """Return a server with all that it can do."""
    server = Server(version)

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        server.examine(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        server.examine_soon(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        server.examine(params.text_document.uri)  # settings or a file beside it may have changed too

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        server.forget(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        here = lsp.Range(params.position, params.position)
        names = dict.fromkeys(finding.rule for finding in server.findings(params.text_document.uri, here))
        pages = [shown for name in names if (shown := _page(name))]
        whole = lsp.MarkupContent(lsp.MarkupKind.Markdown, "\n---\n\n".join(pages))
        return lsp.Hover(contents=whole) if pages else None

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    )
    def actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        uri = params.text_document.uri
        result = server.result(uri)
        if result is None:
            return []
        said = dict(zip(result.findings, ignoring(result.text, result.findings), strict=True))
        return [
            _let_stand(server, uri, finding, said[finding]) for finding in server.findings(uri, params.range)
        ]

    @server.feature(lsp.TEXT_DOCUMENT_CODE_LENS)
    def score(params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
        result = server.result(params.text_document.uri)
        if result is None:
            return []
        top = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
        return [lsp.CodeLens(range=top, command=lsp.Command(_headline(result), ""))]

    return server


def _analyse(document: TextDocument) -> Result:
    path = _path(document.uri)
    # Looked for anew each time: the writer may have changed them.
    settings = settings_by_folder()(path.parent) if path else Settings()
    beside = beside_of(path, settings) if path else Beside()
    return analyzer_for(settings).analyze(replace(read_text(document.source), path=path), beside)


def _path(uri: str) -> Path | None:
    """Return the file of a text, None for one that was never saved."""
    parts = urlsplit(uri)
    return Path(url2pathname(unquote(parts.path))) if parts.scheme == "file" else None


def _position(lines: Sequence[str], offset: int) -> lsp.Position:
    """Return line and column of an offset, in code points."""
    for number, line in enumerate(lines):
        if offset < len(line) or number == len(lines) - 1:
            return lsp.Position(number, min(offset, len(line)))
        offset -= len(line)
    return lsp.Position(0, 0)


def _failed(failure: ShupingError) -> lsp.Diagnostic:
    top = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 1))
    return lsp.Diagnostic(
        range=top,
        severity=lsp.DiagnosticSeverity.Information,
        code=failure.code,
        source=_SHOWN,
        message=f"{failure.message}。{failure.hint}",
    )


def _page(name: str) -> str:
    """Return a rule's page, empty for a rule of the user's own."""
    try:
        return page(rule(name))
    except KeyError:
        return ""


def _let_stand(server: Server, uri: str, finding: Finding, said: str) -> lsp.CodeAction:
    """Return what writes a note into the text that lets a finding stand; `said` is what it is to ignore."""
    document = server.text(uri)
    note = f"<!-- shuping: ignore {said} 理由：{REASON} -->"
    edit = lsp.TextEdit(server.range(document, finding.end, finding.end), note)
    where = "这一句" if said == finding.rule else "这一处"
    return lsp.CodeAction(
        title=f"{where}不计 {finding.rule}，写明理由",
        kind=lsp.CodeActionKind.QuickFix,
        diagnostics=[server.diagnostic(document, finding)],
        edit=lsp.WorkspaceEdit(changes={uri: [edit]}),
    )


def _headline(result: Result) -> str:
    card = result.scorecard
    if card is None:
        return f"{_SHOWN}：未评分"
    score = f"{_SHOWN}：{summary.number(card.overall)} 分，{card.grade}（{labels.GRADE[card.grade]}）"
    return f"{score}，{summary.distance(card.overall)}"
