"""Every command that the guides show is run, in the order in which a reader comes to it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook

from analyzer.rendering.json import render_json
from analyzer.store.packing import keys
from analyzer.store.store import Store
from analyzer.trends.simulation import make_region

from ..conftest import ROOT

GUIDES = ROOT / "docs"
PAGES = (
    "index.md",
    "guide/writers.md",
    "guide/inspectors.md",
    "guide/analysts.md",
    "guide/english.md",
    "editors.md",
    "web.md",
    "inspecting.md",
    "batch.md",
    "settings.md",
)
SERVES = "serve"


def commands(page: str) -> list[str]:
    """Return the lines of a page's blocks of commands."""
    blocks = re.findall(r"^```sh\n(.*?)^```", (GUIDES / page).read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines() if line]


def a_word_file(path: Path, text: Path) -> None:
    document = docx.Document()
    for line in text.read_text("utf-8").splitlines():
        document.add_paragraph(line)
    document.save(path)


@pytest.fixture
def desk(tmp_path, corpora, analyzer) -> Path:
    """A folder with all that the guides speak of, under the names they use."""
    folder = tmp_path
    years = ROOT / "tests" / "comparing" / "data"
    a_word_file(folder / "初稿.docx", corpora / "w6" / "w6-05.txt")
    a_word_file(folder / "报告.docx", corpora / "w6" / "w6-05.txt")
    a_word_file(folder / "去年.docx", years / "makeng-2022.txt")
    a_word_file(folder / "今年.docx", years / "fuyuan-2023.txt")
    handed, archive = folder / "材料", folder / "往年"
    handed.mkdir()
    archive.mkdir()
    for name in ("w1/w1-01", "w2/w2-01", "w3/w3-01"):
        a_word_file(handed / f"{Path(name).name}.docx", corpora / f"{name}.txt")
    shutil.copy(corpora / "w4" / "w4-01.txt", handed)
    shutil.copy(corpora / "w4" / "w4-01.txt", archive)
    (handed / "空的.txt").write_text("", "utf-8")
    with zipfile.ZipFile(folder / "材料.zip", "w") as packed:
        for path in sorted(handed.iterdir()):
            packed.write(path, path.name)
    # The pages on details call the same by other names.
    shutil.copytree(handed, folder / "报送材料")
    shutil.copytree(handed, folder / "交来的材料")
    for year in ("2022", "2023"):
        (archive / year).mkdir()
        shutil.copy(corpora / "w4" / "w4-01.txt", archive / year)
    a_word_file(folder / "二稿.docx", corpora / "w6" / "w6-05.txt")
    (folder / "去年.json").write_text(render_json(analyzer.analyze_file(folder / "去年.docx")), "utf-8")
    (own_rule,) = re.findall(
        r"^```toml\n(\[\[rule\]\]\n.*?)^```",
        (GUIDES / "settings.md").read_text("utf-8"),
        re.DOTALL | re.MULTILINE,
    )
    (folder / "自定.toml").write_text(own_rule, "utf-8")
    table = Workbook()
    table.active.append(["文件", "单位", "年度"])
    table.active.append(["w1-01.docx", "甲县水利局", 2021])
    table.save(folder / "清单.xlsx")
    (folder / "报送清单.csv").write_text("文件,单位,年度\nw1-01.docx,甲县水利局,2021\n", "utf-8")
    scored = [path for author in ("w1", "w2", "w3") for path in sorted((corpora / author).glob("*.txt"))]
    rows = [f"{path},{50 + number}" for number, path in enumerate(scored[:30])]
    for scores in ("专家评分.csv", "评分.csv"):
        (folder / scores).write_text("\n".join(["文件,得分", *rows, ""]), "utf-8")
    make_region(Store.open(str(folder / "历年.db")), units=30, years=3)
    return folder


def filled(command: str, folder: Path) -> list[str]:
    """Return the words of a command, with a report and a finding of the store where it asks for one."""
    words = shlex.split(command, comments=True)
    if "报告编号" in words:
        store = Store.open(str(folder / "结果.db"), existing=True)
        stored = next(each for each in store.latest() if keys(each.result))
        name, key = stored.sha256[:10], keys(stored.result)[0]
        words = [{"报告编号": name, "意见编号": key}.get(word, word) for word in words]
    return words


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_work_one_after_another(page, desk):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    for command in commands(page):
        name, *words = filled(command, desk)
        assert name == "shuping", f"{page}: {command} is not ours: show it in a block without a language"
        run = [sys.executable, "-m", "analyzer", *words]
        if SERVES in words:
            serve(run, desk, environment)
            continue
        done = subprocess.run(run, cwd=desk, env=environment, capture_output=True, text=True, timeout=300)
        # 3: the folder that is handed in holds a file that cannot be read.
        assert done.returncode in ({0, 3} if "材料" in command else {0}), f"{command}\n{done.stderr}"


def serve(run: list[str], folder: Path, environment: dict[str, str]) -> None:
    """Start a server, see it ready, end it."""
    run = [*run, "--no-open", "--port", "0"]
    with subprocess.Popen(run, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as server:
        line = server.stdout.readline()
        with urllib.request.urlopen(f"{line[line.index('http') :].split()[0]}health") as answer:
            assert answer.status == 200
        server.terminate()
        server.wait(60)
    assert server.returncode == 0


def test_every_picture_is_there_and_described():
    for page in PAGES:
        for words, path in re.findall(r"!\[(.*?)\]\((.*?)\)", (GUIDES / page).read_text("utf-8")):
            assert words, f"{page}: {path} needs a description"
            assert (GUIDES / page).parent.joinpath(path).is_file(), f"{page}: make pictures makes {path}"
