"""LibreOffice as a converter, for old formats that nothing else reads; run apart, bounded in time."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from analyzer.errors import error
from analyzer.reading.limits import Limits

_COMMANDS = ("soffice", "libreoffice")
# No macros, nothing fetched from elsewhere, no questions.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link"><value>0</value></prop></item>
</oor:items>
"""


def to_docx(data: bytes, suffix: str, content: str, limits: Limits) -> bytes:
    """Convert a document.

    Parameters
    ----------
    data : bytes
        The document.
    suffix : str
        What to call it, so that LibreOffice takes the right filter.
    content : str
        What it is, in words for a user.
    limits : Limits

    Returns
    -------
    bytes
        The same as .docx.

    Raises
    ------
    ShupingError
        ``missing-converter``, ``timeout`` or ``damaged``.
    """
    command = next(filter(None, map(shutil.which, _COMMANDS)), None)
    if command is None:
        raise error(
            "missing-converter",
            suffix=suffix,
            detail=f"内容是{content}，要靠 LibreOffice 转换",
            todo="请安装 LibreOffice（命令 soffice），或用 Word、WPS 另存为 .docx 后再试。",
        )
    with tempfile.TemporaryDirectory(prefix="shuping-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        source = folder / f"source{suffix}"
        source.write_bytes(data)
        _run(
            [
                command,
                f"-env:UserInstallation={profile.as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                "docx:MS Word 2007 XML",
                "--outdir",
                str(folder / "out"),
                str(source),
            ],
            limits.converter_seconds,
        )
        result = folder / "out" / "source.docx"
        if not result.is_file():
            raise error("damaged", detail="LibreOffice 也打不开")
        return result.read_bytes()


def _run(command: list[str], seconds: float) -> None:
    """Run in a process group of its own, so that nothing it started outlives its time."""
    process = subprocess.Popen(  # noqa: S603 - a fixed command, and a file name made here
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise error("timeout", seconds=f"{seconds:g}") from None
    finally:
        if process.poll() is None:
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            process.wait()
