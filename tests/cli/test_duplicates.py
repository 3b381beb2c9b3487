from __future__ import annotations

import json
import zipfile

import pytest
from click.testing import CliRunner

from analyzer.cli import main

OWN = (
    "去年三月起，我把支部会开到田埂上，共开了12次，老支书说这样的会他听得懂，年轻人也肯来。"
    "冷库的门朝北，账本却锁在南屋，钥匙由会计和出纳各拿一把，谁也不肯先交出来，我当面问了两回。"
    "渔港的船员一年在家不过百日，支部就把会开到码头的补网棚里去，风大改在冷冻厂的食堂。"
    "东门窗口我每周二站半天，听办事的人骂，把骂的话记了四十页，一页一页念给科长们听。"
)
OTHER = (
    "水厂的管子埋了三十年，哪一段漏谁也说不准，我请退休的老班长带着徒弟一米一米敲过去。"
    "夜校只有九个人，讲课的是修表的师傅，他讲入党那年怎么把一块怀表修了三个月。"
    "敬老院的菜园荒着，党员认了七垄地，头一年只收了萝卜，第二年才种得出黄瓜和豆角。"
    "桥头的石狮子丢了一只，支部贴了告示，半个月后有人趁夜送了回来，附一张没有署名的字条。"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "甲.txt").write_text(f"青山镇2021年述职报告\n{OWN}", "utf-8")
    (tmp_path / "in" / "乙.txt").write_text(f"绿水镇2022年述职报告\n{OWN.replace('12', '30')}", "utf-8")
    (tmp_path / "in" / "丙.txt").write_text(f"石桥镇2022年述职报告\n{OTHER}", "utf-8")
    return tmp_path / "in"


def run(*args):
    return CliRunner().invoke(main, ["duplicates", *map(str, args)])


def test_a_table_names_the_pair(folder):
    done = run(folder)
    assert done.exit_code == 0
    assert "3 份报告里，有 1 对相同文字较多，请人工比对" in done.output
    assert "丙.txt" not in done.output


def test_a_unit_left_in_a_report_is_told(folder):
    (folder / "乙.txt").write_text(
        f"清河县绿水镇党委书记2022年述职报告\n{OTHER}\n我们青山镇党委还有差距。", "utf-8"
    )
    done = run(folder)
    assert "第 3 行：写的是“青山镇”，报告的单位是“清河县绿水镇" in "".join(done.output.split("\n"))


def test_json_goes_to_a_file(folder, tmp_path):
    output = tmp_path / "duplicates.json"
    assert run(folder, "--format", "json", "--output", output).exit_code == 0
    (pair,) = json.loads(output.read_text("utf-8"))
    assert {pair["a"], pair["b"]} == {str(folder / "乙.txt"), str(folder / "甲.txt")}
    text = (folder / "乙.txt").read_text("utf-8")
    side = "a" if pair["a"].endswith("乙.txt") else "b"
    assert "田埂" in "".join(text[slice(*passage[side])] for passage in pair["passages"])


def test_pages_have_numbers_for_names(folder, tmp_path):
    assert run(folder, "--format", "html", "--output", tmp_path / "pages").exit_code == 0
    assert [path.name for path in (tmp_path / "pages").iterdir()] == ["duplicates-001.html"]


def test_an_archive_is_compared_with(folder, tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "丙2021.txt").write_text(f"石桥镇2021年述职报告\n{OTHER}", "utf-8")
    done = run(folder / "丙.txt", "--archive", tmp_path / "old", "--format", "json")
    assert [pair["overlap"] for pair in json.loads(done.output)] == [1.0]


def test_an_archive_file_is_a_folder_and_files_alike_to_the_byte_are_a_pair(folder, tmp_path):
    with zipfile.ZipFile(tmp_path / "甲县.zip", "w") as archive:
        archive.write(folder / "丙.txt", "乡镇/丁.txt")
    done = run(folder / "丙.txt", tmp_path / "甲县.zip", "--format", "json")
    (pair,) = json.loads(done.output)
    assert {pair["a"], pair["b"]} == {str(folder / "丙.txt"), str(tmp_path / "甲县.zip" / "乡镇/丁.txt")}
    (folder / "丁.txt").write_bytes((folder / "丙.txt").read_bytes())
    pairs = json.loads(run(folder, "--format", "json").output)
    assert [pair["overlap"] for pair in pairs if "丙" in pair["a"] + pair["b"]] == [1.0]
    assert run(tmp_path / "甲县.zip", folder, "--format", "html", "--output", tmp_path / "p").exit_code == 0


def test_a_threshold_above_leaves_it_out(folder):
    (folder / "乙.txt").write_text(f"绿水镇述职报告\n{OWN[:90]}{OTHER[:60]}", "utf-8")
    assert json.loads(run(folder, "--threshold", "0.95", "--format", "json").output) == []


def test_what_cannot_be_read_is_named_and_the_rest_compared(folder):
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 no archive")
    done = run(folder)
    assert done.exit_code == 3
    assert "坏.docx" in done.stderr
    assert "1 对" in done.stdout


@pytest.mark.parametrize("args", [["--format", "html"], ["--threshold", "80"]])
def test_wrong_usage(folder, args):
    done = run(folder, *args)
    assert done.exit_code == 2


def test_one_report_alone_cannot_be_compared(folder):
    assert run(folder / "甲.txt").exit_code == 2
