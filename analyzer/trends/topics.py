"""Common problems: what reports name as their problems, clustered into topics with names.

A topic is what reports *name*; a unit whose reports do not name it may have the problem all the same.

Titles that name one well-known topic (``lexicons/topics.toml``) are its examples, and other problems join the
topic whose examples use like words.  What is near none is clustered anew; a cluster with a word in common is
a topic too and bears that word as its name.  All else is told together as `REST`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analyzer.language.segmentation import segmenter
from analyzer.lexicons import any_of, lines, table
from analyzer.masking import Masker, key_of
from analyzer.trends import statistics, tables
from analyzer.trends.resampling import Bootstrap, Flags, Floats, Ints, false_discovery
from analyzer.trends.tables import LEAST, tidy
from analyzer.understanding.identity import core

if TYPE_CHECKING:
    from analyzer.trends.frames import Frames

REST: Final = "其他"
_ASKED: Final = ("all", "year", "unit_type", "year+unit_type")
_SEED: Final = 0
_CONTENT: Final = re.compile("n(?![rstx])|v|a|i|l|j")  # jieba's tags, those of names and particles left out
_FIGURE: Final = re.compile(r"\d")
_SHORTEST: Final = 2  # characters of a word
_MOST: Final = 3000  # problems that are clustered anew; others join what these make
_MEASURED: Final = 2000  # of them, by which a clustering is measured


def common(frames: Frames, boot: Bootstrap) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the topics, and how many reports of each group name them.

    See `analyzer.trends.tables.COMMON` and `TOPICS`.
    """
    if not len(frames.problems):
        return tidy(tables.COMMON, []), tidy(tables.TOPICS, [])
    problems = frames.problems.assign(**assigned(frames.problems))
    named = _named(frames.reports, problems)
    found = statistics.summarise(frames.reports, *statistics.means(named), boot, _ASKED)
    shares = found.rename(columns={"name": "topic", "value": "share"})
    whole = shares[shares["by"] == "all"].merge(_changes(frames.reports, named, boot), on="topic", how="left")
    whole["course"] = _course(whole, shares[shares["by"] == "year"])
    made = whole.merge(_described(problems, frames), on="topic", how="left")
    made["rest"] = made["topic"] == REST
    made = made.sort_values(["rest", "share", "topic"], ascending=[True, False, True])
    return tidy(tables.COMMON, made), tidy(tables.TOPICS, shares)


def assigned(problems: pd.DataFrame) -> pd.DataFrame:
    """Return the topic of each problem, and how near it is to the topic's middle.

    Neither the order of rows nor how often a wording is repeated decides anything.

    Parameters
    ----------
    problems : DataFrame
        With the columns ``title``, ``text``, ``unit`` and ``unit_id`` of `analyzer.trends.frames.PROBLEMS`.

    Returns
    -------
    DataFrame
        ``topic`` and ``near`` (cosine), with the index of `problems`.  Topics that fewer than five units name
        are in `REST`.
    """
    told = pd.DataFrame(
        {
            name: [
                text.replace(core(unit), "") if unit else text
                for text, unit in zip(problems[name].fillna(""), problems["unit"].fillna(""), strict=True)
            ]
            for name in ("title", "text")
        },
        dtype="string",
    )
    distinct = told.drop_duplicates().sort_values(["title", "text"], ignore_index=True)
    made = told.merge(distinct.assign(**_clustered(distinct)), how="left").set_index(problems.index)
    few = problems.groupby(made["topic"])["unit_id"].nunique() < LEAST
    return made[["topic", "near"]].assign(topic=made["topic"].mask(made["topic"].map(few), REST))


def words(text: str) -> list[str]:
    """Return the words that say what a text is about: no names, figures, set phrases, lacks or degrees."""
    return [
        word
        for word, tag in segmenter().tag(_set_phrases().sub("，", text))
        if len(word) >= _SHORTEST and _CONTENT.match(tag) and word not in _empty()
    ]


@cache
def _set_phrases() -> re.Pattern[str]:
    return any_of([*lines("set-phrases.txt"), *lines("stock-phrases.txt")])


@cache
def _empty() -> frozenset[str]:
    polarity = table("matching.toml")["polarity"]
    return frozenset([*polarity["lack"], *polarity["pledge"], *table("topics.toml")["degree"]["words"]])


# --- clusters ---------------------------------------------------------------------------------------------


def _clustered(told: pd.DataFrame) -> dict[str, list[str] | Floats]:
    """Return the topic of each of distinct problems, and how near it is to the topic's middle."""
    names, hits, decided = _spoken(told)
    titles = [words(title) for title in told["title"]]
    places = _places(titles, told["text"])
    topics = np.where(hits.sum(axis=1) == 1, hits.argmax(axis=1), -1)
    middles = _middles(places, topics, len(names))
    near = places @ middles.T
    several = hits.sum(axis=1) > 1
    topics[several] = np.where(hits[several], near[several], -1.0).argmax(axis=1)
    topics = np.where(decided >= 0, decided, topics)
    _join(topics, near)
    for members, name in _anew(places, titles, topics):
        topics[members] = len(names)
        names.append(name)
    near = places @ _middles(places, topics, len(names)).T
    _join(topics, near)
    closest = np.where(topics >= 0, near[np.arange(len(topics)), topics], 0.0)
    return {"topic": [names[topic] if topic >= 0 else REST for topic in topics], "near": closest}


def _spoken(told: pd.DataFrame) -> tuple[list[str], Flags, Ints]:
    """Return the well-known topics, which of them each title names, and which one a text decides, or -1."""
    known = table("topics.toml")["topics"]
    hits = np.zeros((len(told), len(known)), dtype=bool)
    decided = np.full(len(told), -1)
    for number, topic in enumerate(known):
        if "title" in topic:
            hits[:, number] = told["title"].str.contains("|".join(topic["title"]))
        if "text" in topic:
            pattern = "|".join(topic["text"])
            decided[told["title"].str.contains(pattern) | told["text"].str.contains(pattern)] = number
    return [topic["name"] for topic in known], hits, decided


def _places(titles: Sequence[list[str]], texts: pd.Series) -> Floats:
    """Return where problems stand by their words: unit vectors, zero for one without any word of others."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    limits = table("topics.toml")["clusters"]
    bags = [
        title * limits["title"] + words(text[: limits["opening"]])
        for title, text in zip(titles, texts, strict=True)
    ]
    shared = Counter(word for bag in bags for word in set(bag))
    if not shared or max(shared.values()) < 2:
        return np.zeros((len(bags), 1))
    weighed = TfidfVectorizer(analyzer=list, min_df=2, sublinear_tf=True).fit_transform(bags)
    size = min(limits["components"], weighed.shape[1] - 1, weighed.shape[0] - 1)
    if size < 1:
        return np.asarray(weighed.todense())
    reduced = TruncatedSVD(size, n_iter=2, random_state=_SEED).fit_transform(weighed)
    return np.asarray(normalize(reduced))


def _middles(places: Floats, topics: Ints, count: int) -> Floats:
    """Return the middle of each topic as a unit vector; zero for a topic without members."""
    from sklearn.preprocessing import normalize

    sums = np.zeros((count, places.shape[1]))
    np.add.at(sums, topics[topics >= 0], places[topics >= 0])
    return np.asarray(normalize(sums))


def _join(topics: Ints, near: Floats) -> None:
    """Give each problem without topic the nearest one, if it is near."""
    joining = (topics < 0) & (near.max(axis=1) >= table("topics.toml")["clusters"]["near"])
    topics[joining] = near[joining].argmax(axis=1)


def _anew(places: Floats, titles: Sequence[list[str]], topics: Ints) -> Iterator[tuple[Ints, str]]:
    """Yield the members and the name of each further topic, the largest first."""
    from scipy.cluster.hierarchy import fcluster, linkage

    limits = table("topics.toml")["clusters"]
    free = np.flatnonzero((topics < 0) & places.any(axis=1))
    free = free[:: 1 + len(free) // _MOST]  # spread over all, which are in order of their titles
    if len(free) < 2 * limits["least"]:
        return
    tree = linkage(places[free], "average", metric="cosine")
    cuts = [fcluster(tree, distance, "distance") for distance in limits["distances"]]
    cuts = [cut for cut in cuts if 1 < cut.max() < len(free)]
    if not cuts:
        return
    best = max(cuts, key=lambda cut: _silhouette(places[free], cut))
    taken = 0
    for number in np.argsort(-np.bincount(best), kind="stable"):
        inside = best == number
        if inside.sum() < limits["least"] or taken == limits["most"]:
            return
        members = free[inside]
        name = "、".join(_telling(titles, members, limits["shared"]))
        if name:
            taken += 1
            yield members, name


def _silhouette(places: Floats, clusters: Ints) -> float:
    from sklearn.metrics import silhouette_score

    size = min(len(places), _MEASURED)
    return float(silhouette_score(places, clusters, metric="cosine", sample_size=size, random_state=_SEED))


def _telling(titles: Sequence[list[str]], members: Ints, shared: float) -> list[str]:
    """Return the words that tell some titles from all others; none where no word is shared by so many."""
    limits = table("topics.toml")["clusters"]
    everywhere = Counter(word for title in titles for word in set(title))
    inside = Counter(word for member in members for word in set(titles[member]))
    others = max(1, len(titles) - len(members))
    found = [
        (count / len(members), word)
        for word, count in inside.items()
        if (everywhere[word] - count) / others <= limits["common"]
    ]
    found.sort(key=lambda each: (-each[0], each[1]))
    if not found or found[0][0] < shared:
        return []
    return [word for share, word in found if share >= limits["word"]][: limits["words"]]


# --- what is told of them ---------------------------------------------------------------------------------


def _named(reports: pd.DataFrame, problems: pd.DataFrame) -> pd.DataFrame:
    """Return whether each report names each topic, 0 or 1."""
    counts = pd.crosstab(problems["report"], problems["topic"]).reindex(reports["report"], fill_value=0)
    return pd.concat({"topic": counts.gt(0).astype(np.float64).reset_index(drop=True)}, axis=1)


def _changes(reports: pd.DataFrame, named: pd.DataFrame, boot: Bootstrap) -> pd.DataFrame:
    """Return the change a year, within units, of the share of reports that name each topic."""
    found = statistics.summarise(reports, *statistics.slopes(named, reports), boot, ("all",))
    figures = ["value", "low", "high"]
    found[figures] = found[figures].where(found["units"] >= LEAST)
    # What is told together is no topic, and what nobody is told of is no test.
    tested = found["name"].ne(REST) & found["value"].notna()
    p = found["p"].where(tested).to_numpy(np.float64)
    return pd.DataFrame(
        {
            "topic": found["name"],
            "slope": found["value"],
            "slope_low": found["low"],
            "slope_high": found["high"],
            "p": p,
            "q": false_discovery(p),
        }
    )


def _course(whole: pd.DataFrame, years: pd.DataFrame) -> pd.Series:
    """Return whether a topic is new, rising, falling, vanishing or none of these."""
    hardly = table("topics.toml")["clusters"]["hardly"]
    course = statistics.direction(whole["slope"], whole["q"])
    by_topic = years.sort_values("year").groupby("topic")["share"]
    first, last = (whole["topic"].map(each) for each in (by_topic.first(), by_topic.last()))
    course = course.mask(course.eq("rising") & (first <= hardly), "new")
    return course.mask(course.eq("falling") & (last <= hardly), "vanishing")


def _described(problems: pd.DataFrame, frames: Frames) -> pd.DataFrame:
    """Return the number of problems, the telling words and the typical wordings of each topic."""
    known = {topic["name"] for topic in table("topics.toml")["topics"]}
    masker = Masker(key_of([frames.head.encode()]), frames.reports["unit"].dropna().unique())
    cut = [words(title) for title in problems["title"]]
    rows = []
    for topic in sorted(problems["topic"].unique()):
        members = np.flatnonzero(problems["topic"] == topic)
        some = problems.iloc[members]
        rest = topic == REST
        rows.append(
            {
                "topic": topic,
                "known": topic in known,
                "problems": len(some),
                "words": None if rest else "、".join(_telling(cut, members, 0.0)),
                "wordings": None if rest else "；".join(_typical(some, masker)),
            }
        )
    return pd.DataFrame(rows, columns=["topic", "known", "problems", "words", "wordings"])


def _typical(problems: pd.DataFrame, masker: Masker) -> list[str]:
    """Return the titles nearest to a topic's middle that name nobody and hold no figure."""
    nearest = problems.sort_values(["near", "title"], ascending=[False, True]).drop_duplicates("title")
    found: list[str] = []
    for title in nearest["title"]:
        if len(found) == table("topics.toml")["clusters"]["typical"]:
            break
        if not _FIGURE.search(title) and masker.text(title) == title:
            found.append(title)
    return found
