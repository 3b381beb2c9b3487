from __future__ import annotations

from collections import Counter, defaultdict

from analyzer.training.agreement import exact
from analyzer.training.evaluation import Tally
from analyzer.training.intervals import bootstrap


def cluster(right: int, wrong: int) -> Tally:
    counts: Tally = defaultdict(Counter)
    counts["answers"] = Counter({(True, True): right, (True, False): wrong})
    return counts


def measure(counts: Tally) -> dict[str, float | None]:
    return {"accuracy": exact(counts["answers"]), "never": None}


def test_authors_that_differ_make_the_interval_wide():
    alike = bootstrap([cluster(8, 2)] * 10, measure)["accuracy"]
    unlike = bootstrap([cluster(10, 0)] * 8 + [cluster(0, 10)] * 2, measure)["accuracy"]
    assert alike == (0.8, 0.8)
    assert unlike[0] < 0.65
    assert unlike[1] > 0.95


def test_the_same_clusters_give_the_same_interval():
    clusters = [cluster(k, 10 - k) for k in range(10)]
    assert bootstrap(clusters, measure) == bootstrap(clusters, measure)


def test_a_figure_that_cannot_be_told_has_no_interval():
    assert "never" not in bootstrap([cluster(1, 1)], measure)
