"""Coverage-guided fuzzing of every reader and of the whole pipeline, with atheris, which is no dependency.

``python -m benchmarks.fuzzing docx --minutes 5`` for one target, ``all`` for each in turn; the minutes are of
processor time.  Inputs that reached something new are kept in ``.cache/fuzzing/TARGET`` and taken up again.
What ends otherwise than in a text or in an error for users is a crash, its input left in ``.cache/fuzzing``.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import itertools
import os
import pkgutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from analyzer.errors import ShupingError

ROOT = Path(__file__).parents[1]
TARGETS = "txt", "md", "docx", "doc", "pdf", "zip", "text"
_SEEN = tuple(f"analyzer/{name}" for name in ("reading", "language", "understanding", "rules", "scoring"))
_LONGEST = 60_000  # bytes of an input
_SLOW = 20  # seconds of processor time for one input: more is a crash
_HANGS = 1200  # seconds by the clock, which a busy machine may stretch


def _table(*rows: Sequence[str]) -> str:
    cells = [
        "".join(f"<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>" for words in row) for row in rows
    ]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


# What Word writes around words, for the fuzzer to play with.
_MARKED = (
    "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/><w:fldChar w:fldCharType="end"/></w:r>'
    '<w:r><w:tab/><w:br/><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    "<mc:AlternateContent><mc:Choice><w:r><w:t>甲</w:t></w:r></mc:Choice><mc:Fallback/></mc:AlternateContent></w:p>"
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>格</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:sdt><w:sdtContent/></w:sdt>"
    + _table(("存在问题", "原因分析", "整改措施"), ("学得少。", "怕苦。", "每月学一次。"))
)


def main() -> int:
    """Fuzz; return 1 where anything crashed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("target", choices=(*TARGETS, "all"))
    options.add_argument("--minutes", type=float, default=5)
    asked = options.parse_args()
    if asked.target != "all":
        _fuzz(asked.target, asked.minutes)
    line = [sys.executable, "-m", "benchmarks.fuzzing"]
    ended = {
        target: subprocess.run([*line, target, "--minutes", str(asked.minutes)], cwd=ROOT).returncode
        for target in TARGETS
    }
    for target, status in ended.items():
        print(f"{target}: {'no crash' if status == 0 else f'ended with {status}'}")
    return int(any(ended.values()))


def _fuzz(target: str, minutes: float) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["analyzer"]):
        import analyzer

        for package in _SEEN:  # all at once: what is imported on its first use would not be seen
            for module in pkgutil.walk_packages([str(ROOT / package)], package.replace("/", ".") + "."):
                if "hanlp" not in module.name:
                    importlib.import_module(module.name)
        from analyzer.batch.archives import Bounds, Unpacker
        from analyzer.reading import read_bytes
    from tests.reading import making

    os.environ["PATH"] = ""  # LibreOffice, to which some kinds of .doc go, is not what is tried here
    whole = analyzer.load() if target == "text" else None
    tried = itertools.count(1)

    def once(data: bytes) -> None:
        begun = time.process_time()
        number = next(tried)
        with contextlib.suppress(ShupingError):
            if whole is not None:
                whole.analyze_text(data.decode("utf-8", "replace"))
            elif target == "zip":
                with tempfile.TemporaryDirectory() as scratch:
                    archive = Path(scratch, "a.zip")
                    archive.write_bytes(data)
                    unpacker = Unpacker(Path(scratch, "out"), Bounds(members=100, total_bytes=1 << 24))
                    list(unpacker.unpack(archive))
            elif target == "docx" and not data.startswith(b"PK"):  # few mutations leave a ZIP whole
                body, numbering, styles, *_ = [*data.decode("utf-8", "replace").split("\0"), "", ""]
                read_bytes(making.word(body, numbering=numbering, styles=styles), "报告.docx")
            else:
                read_bytes(data, f"报告.{target}")
        if time.process_time() - begun > _SLOW:
            raise TimeoutError
        if time.process_time() > minutes * 60:
            print(f"{target}: {number} inputs in {minutes:g} minutes of processor time", flush=True)
            os._exit(0)  # libFuzzer cannot be asked to end

    place = ROOT / ".cache" / "fuzzing"
    corpus = place / target
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(_seeds(target)):
        (corpus / f"seed-{number}").write_bytes(seed)
    bounds = [f"-max_len={_LONGEST}", f"-timeout={_HANGS}"]
    atheris.Setup([sys.argv[0], *bounds, f"-artifact_prefix={place}/{target}-", str(corpus)], once)
    atheris.Fuzz()


def _seeds(target: str) -> list[bytes]:
    """Return small inputs of a target, whole and broken."""
    from tests.reading import making

    match target:
        case "docx" | "zip":
            body = "".join(map(making.paragraph, making.REPORT))
            numbering = making.abstract_list(0, ("decimal", "%1.", "tab")) + making.list_use(1, 0)
            marked = body[:900] + making.item("一条", 0) + _MARKED
            return [making.word(body), "\0".join((marked, numbering, "")).encode()]
        case "doc":
            return [making.ole(making.binary_word([("\r".join(making.REPORT) + "\r", False)]))]
        case "pdf":
            return [making.set_in_type(making.REPORT)]
        case "text":
            reports = ROOT / "corpora"
            return [(reports / name).read_bytes() for name in ("w1/w1-01.txt", "w9/w9-05.txt")]
        case _:
            return ["\n".join(making.REPORT).encode(code) for code in ("utf-8", "gb18030", "utf-16")]


if __name__ == "__main__":
    sys.exit(main())
