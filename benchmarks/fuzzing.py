"""Coverage-guided fuzzing of every reader and of the whole pipeline, with atheris, which is no dependency.

``python -m benchmarks.fuzzing docx --minutes 5`` for one target, ``all`` for each in turn.
Inputs that reached something new are kept in ``.cache/fuzzing/TARGET`` and taken up again.  What ends
otherwise than in a text or in an error for users is a crash; its input is left in ``.cache/fuzzing``.
"""

from __future__ import annotations

import argparse
import contextlib
import subprocess
import sys
import tempfile
from pathlib import Path

from analyzer.errors import ShupingError

ROOT = Path(__file__).parents[1]
TARGETS = "txt", "md", "docx", "doc", "pdf", "zip", "text"
_LONGEST = 60_000  # bytes of an input
_SLOW = 60  # seconds after which an input counts as a hang


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
        from analyzer.batch.archives import Bounds, Unpacker
        from analyzer.reading import read_bytes
    whole = analyzer.load() if target == "text" else None

    def once(data: bytes) -> None:
        with contextlib.suppress(ShupingError):
            if whole is not None:
                whole.analyze_text(data.decode("utf-8", "replace"))
            elif target == "zip":
                with tempfile.TemporaryDirectory() as scratch:
                    archive = Path(scratch, "a.zip")
                    archive.write_bytes(data)
                    unpacker = Unpacker(Path(scratch, "out"), Bounds(members=100, total_bytes=1 << 24))
                    list(unpacker.unpack(archive))
            else:
                read_bytes(data, f"报告.{target}")

    place = ROOT / ".cache" / "fuzzing"
    corpus = place / target
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(_seeds(target)):
        (corpus / f"seed-{number}").write_bytes(seed)
    bounds = [f"-max_total_time={round(minutes * 60)}", f"-max_len={_LONGEST}", f"-timeout={_SLOW}"]
    atheris.Setup([sys.argv[0], *bounds, f"-artifact_prefix={place}/{target}-", str(corpus)], once)
    atheris.Fuzz()


def _seeds(target: str) -> list[bytes]:
    """Return small inputs of a target, whole and broken."""
    from tests.reading import making

    match target:
        case "docx" | "zip":
            return [making.word("".join(map(making.paragraph, making.REPORT)))]
        case "doc":
            return [making.ole(making.binary_word([("\r".join(making.REPORT) + "\r", False)]))]
        case "pdf":
            return [making.set_in_type(making.REPORT)]
        case _:
            return ["\n".join(making.REPORT).encode(code) for code in ("utf-8", "gb18030", "utf-16")]


if __name__ == "__main__":
    sys.exit(main())
