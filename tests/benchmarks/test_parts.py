"""Each part of the benchmarks runs and prints a table, without peers and without a word on how fast."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import profile
from benchmarks.__main__ import main
from benchmarks.peers import AUTOCORRECT, OUR_CUT, ZHLINT, Peer
from benchmarks.peers.installing import Peers
from benchmarks.racing import race

SMALL = ["--no-peers", "--reports=3", "--rounds=1", "--starts=1", "--drafts=1", "--copies=4"]
SMALL += ["--processes", "1", "--sizes", "20", "--mixed", "20"]


@pytest.mark.parametrize(
    "part",
    [
        "scoring",
        "reading",
        "standins",
        "copies",
        "segmenters",
        pytest.param("starts", marks=pytest.mark.slow),
        pytest.param("corpus", marks=pytest.mark.slow),
        pytest.param("rechecks", marks=pytest.mark.slow),
        pytest.param("growth", marks=pytest.mark.slow),
    ],
)
def test_each_part_prints_a_table(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    main([part, *SMALL])
    table = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    assert len(table) > 2
    assert len({line.count(" | ") for line in table}) == 1


def test_an_unknown_part_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["speed"])
    assert "no part speed; there are starts" in capsys.readouterr().err


def test_the_profile_names_stages_rules_and_functions(capsys: pytest.CaptureFixture[str]) -> None:
    for table in profile.warm(3):
        print(table)
    told = capsys.readouterr().out
    assert "`understanding/questions.py:answer_all`" in told
    assert "`understanding/questions.py:_sections`" in told
    assert "_check`" in told


@pytest.mark.parametrize("peer", [AUTOCORRECT, ZHLINT], ids=lambda peer: peer.name)
def test_a_peer_that_is_not_there_is_skipped_with_a_word(peer: Peer, tmp_path: Path) -> None:
    done = race([OUR_CUT, peer], [["党建"]], Peers(tmp_path, install=False))
    assert list(done.laps) == [OUR_CUT.name]
    assert done.absent == [f"{peer.name}: skipped, not installed"]
    assert not list(tmp_path.iterdir())


def test_a_peer_that_does_not_run_is_skipped_with_its_last_words(tmp_path: Path) -> None:
    broken = Peer("broken", "nothing", "benchmarks.peers.nowhere")
    done = race([OUR_CUT, broken], [["党建"]], Peers(tmp_path))
    assert list(done.laps) == [OUR_CUT.name]
    assert "does not run here" in done.absent[0]
    assert "No module named 'benchmarks.peers.nowhere'" in done.absent[0]


def test_figures_go_between_the_marks_of_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- standins -->\nof yesterday\n<!-- /standins -->\nafter\n", "utf-8")
    main(["standins", "--into", str(page), *SMALL])
    text = page.read_text("utf-8")
    assert text.startswith("before\n<!-- standins -->\n*")
    assert text.endswith("\n<!-- /standins -->\nafter\n")
    assert "### Stand-ins found" in text
    assert "of yesterday" not in text
    with pytest.raises(SystemExit, match="no marks of the part segmenters"):
        main(["segmenters", "--into", str(page), *SMALL])
    capsys.readouterr()
