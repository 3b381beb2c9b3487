"""The language server, met by a real client over pipes."""

from __future__ import annotations

import asyncio
import sys

import pytest

pytest.importorskip("pygls", reason="pygls is not installed")

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from .cli.conftest import REPORT

TEXT = REPORT.replace("6月底前检查一次。", "全年检查X次😀，6月底前检查一次X次。")


class Client(LanguageClient):
    """A client that keeps what the server publishes."""

    def __init__(self) -> None:
        super().__init__("tests", "1")
        self.told: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()
        self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda news: self.told.put_nowait(news))

    async def open(self, path) -> lsp.PublishDiagnosticsParams:
        path.write_text(TEXT, "utf-8")
        item = lsp.TextDocumentItem(path.as_uri(), "markdown", 1, TEXT)
        self.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        return await self.news()

    async def news(self) -> lsp.PublishDiagnosticsParams:
        return await asyncio.wait_for(self.told.get(), 60)


def meet(talk, *, units=None):
    """Run a conversation with a server of its own."""

    async def session():
        client = Client()
        await client.start_io(sys.executable, "-m", "analyzer", "lsp")
        general = lsp.GeneralClientCapabilities(position_encodings=units) if units else None
        capabilities = lsp.ClientCapabilities(general=general)
        await client.initialize_async(lsp.InitializeParams(capabilities=capabilities))
        client.initialized(lsp.InitializedParams())
        try:
            return await talk(client)
        finally:
            await client.shutdown_async(None)
            client.exit(None)
            await client.stop()

    return asyncio.run(session())


def quoted(where: lsp.Range, units: str) -> str:
    """What a range of the report's lines covers, in units of an encoding."""
    line = TEXT.splitlines()[where.start.line].encode(units)
    size = {"utf-16-le": 2, "utf-8": 1}[units]
    return line[where.start.character * size : where.end.character * size].decode(units)


@pytest.mark.parametrize(
    ("asked", "units"),
    [(None, "utf-16-le"), ([lsp.PositionEncodingKind.Utf8], "utf-8")],
)
def test_findings_stand_at_their_words_in_the_editors_units(tmp_path, asked, units):
    async def talk(client):
        return await client.open(tmp_path / "报告.md")

    found = meet(talk, units=asked).diagnostics
    blanks = [each for each in found if each.code == "placeholder"]
    assert [quoted(each.range, units) for each in blanks] == ["X次", "X次"]
    assert all(each.source == "述评" and each.severity == lsp.DiagnosticSeverity.Error for each in blanks)
    assert any(each.code == "missing-root-cause" for each in found)


def test_what_is_mended_while_typing_goes_away(tmp_path):
    async def talk(client):
        before = await client.open(tmp_path / "报告.md")
        uri = before.uri
        for version, number in enumerate(["1次", "2次"], 2):
            at = next(each for each in before.diagnostics if each.code == "placeholder").range
            change = lsp.TextDocumentContentChangePartial(at, number)
            client.text_document_did_change(
                lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(version, uri), [change])
            )
            before = await client.news()
        client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))
        return before, await client.news()

    mended, closed = meet(talk)
    assert mended.version == 3
    assert mended.diagnostics
    assert "placeholder" not in {each.code for each in mended.diagnostics}
    assert not closed.diagnostics


def insert(text: str, edit: lsp.TextEdit, words: str) -> str:
    """A text with words where an edit goes, which counts in UTF-16."""
    lines = text.splitlines(keepends=True)
    line = lines[edit.range.start.line].encode("utf-16-le")
    at = 2 * edit.range.start.character
    lines[edit.range.start.line] = line[:at].decode("utf-16-le") + words + line[at:].decode("utf-16-le")
    return "".join(lines)


def test_hover_shows_the_rule_and_an_action_lets_the_finding_stand(tmp_path):
    async def talk(client):
        told = await client.open(tmp_path / "报告.md")
        document = lsp.TextDocumentIdentifier(told.uri)
        blank = next(each for each in told.diagnostics if each.code == "placeholder")
        hover = await client.text_document_hover_async(lsp.HoverParams(document, blank.range.start))
        context = lsp.CodeActionContext([blank])
        actions = await client.text_document_code_action_async(
            lsp.CodeActionParams(document, blank.range, context)
        )
        lenses = await client.text_document_code_lens_async(lsp.CodeLensParams(document))
        (edit,) = actions[0].edit.changes[told.uri]
        written = edit.new_text.replace("（请写明理由）", "按要求隐去")
        change = lsp.TextDocumentContentChangePartial(edit.range, edit.new_text)
        client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(2, told.uri), [change])
        )
        bare = await client.news()
        again = lsp.TextDocumentContentChangeWholeDocument(insert(TEXT, edit, written))
        client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(3, told.uri), [again])
        )
        return told, hover, actions, lenses, bare, await client.news()

    told, hover, actions, lenses, bare, after = meet(talk)
    assert "## 查什么" in hover.contents.value
    assert "placeholder" in actions[0].title
    assert "分" in lenses[0].command.title
    count = [sum(each.code == "placeholder" for each in news.diagnostics) for news in (told, bare, after)]
    assert count == [2, 2, 1]  # only with a reason; the other one in the sentence still counts


def test_settings_above_the_text_hold_and_their_mistakes_are_told(tmp_path):
    (tmp_path / "shuping.toml").write_text('[rules]\nignore = ["placeholder"]', "utf-8")

    async def talk(client):
        without = await client.open(tmp_path / "报告.md")
        (tmp_path / "shuping.toml").write_text("[rules]\nnonsense = 1", "utf-8")
        document = lsp.TextDocumentIdentifier(without.uri)
        client.text_document_did_save(lsp.DidSaveTextDocumentParams(document))
        return without, await client.news()

    without, wrong = meet(talk)
    assert without.diagnostics
    assert "placeholder" not in {each.code for each in without.diagnostics}
    assert [each.code for each in wrong.diagnostics] == ["config"]
    assert "nonsense" in wrong.diagnostics[0].message
