"""Which unit a report is of and who made it, as far as it says so itself.

Nothing is better than a wrong unit: the name must stand where reports put it (title, line below it,
signature, the sentence in which the writer says who speaks), end as names of units do, and hold no stand-in;
where two such places name different units, neither is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from analyzer.language.folding import fold
from analyzer.language.memory import each
from analyzer.lexicons import any_of, table

_HEAD: Final = 900  # characters in which title and the line below it stand
_HEAD_LINES: Final = 6
_TAIL: Final = 240  # characters in which a report is signed
_TAIL_LINES: Final = 4
_LINE: Final = 60  # a longer line is no line of a title
_LEAST: Final = 4  # characters of a name, of a place half as many

# How the name of a company may end, which names it no better.
_COMPANY = re.compile(r"(?:股份)?有限(?:责任)?公司$")
_BRANCH = re.compile("[一二三四五六七八九十]党?支部$")
_NUMERALS = re.compile(r"[一二三四五六七八九十百\d]+")
_PLACES = tuple("省市县区州旗盟镇乡道")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a report says of itself; None where it does not say it, or not surely."""

    unit: str | None = None
    author: str | None = None


def identify(text: str, repaired: str) -> Identity:
    """Return which unit and author a report names.

    Parameters
    ----------
    text : str
        The report as read: names stand apart by its gaps.
    repaired : str
        The same with wraps and stray spaces mended, in which titles are whole.
    """
    words = text[:_HEAD], text[-_TAIL:], repaired[: max(_HEAD, _words().within)]
    (found,) = each("identity", [words], lambda _: [_identify(*words)])
    return found


def _identify(begins: str, ends: str, repaired: str) -> Identity:
    """Return who reports by how a text begins and ends as read, and how it begins once repaired."""
    said, titles = _words(), repaired[:_HEAD]
    if said.several.search(titles):
        return Identity()
    head = [fold(line) for line in _head(begins) if len(line) <= _LINE]
    tail = _tail(fold(ends))
    opening = repaired[: said.within]
    units = [*map(_titled, _head(titles)), *map(_signing, [*head, *tail]), *_spoken_units(opening)]
    authors = [*_bylines(head), *_signatures(tail), *_spoken_names(opening)]
    return Identity(_one(units, _fit), _one(authors, str.__eq__))


def core(unit: str) -> str:
    """Return what tells a unit from others: its name without party body and kind of company."""
    said = _words()
    plain = said.above.sub("", _squeezed(fold(unit)))
    short = _COMPANY.sub("公司", said.bodies_at_end.sub("", said.offices.sub("", plain)))
    if short.endswith("集团公司"):
        short = short.removesuffix("公司")
    if short[-2:-1] in _PLACES and short.endswith("委"):
        short = short[:-1]
    return short or plain


def same_unit(one: str, other: str) -> bool:
    """Tell whether two names may well be of one unit: 甲镇党委 and 中共甲镇委员会, 水利局 and 甲县水利局.

    One may leave out the region, or shorten words (住建局 for 住房和城乡建设局), but not a number.
    """
    short, long = sorted((core(one), core(other)), key=len)
    if short in tails(long):
        return True
    if _NUMERALS.findall(short) != _NUMERALS.findall(long) or len(short) <= _LEAST:
        return False
    return short[0] == long[0] and short[-1] == long[-1] and _is_within(short, long)


def tails(name: str) -> Iterator[str]:
    """Yield a unit's core, and it without the region or unit above: 甲县水利局, 县水利局, 水利局."""
    yield name
    kinds = _words().kinds
    for k in range(1, len(name) - 1):
        if name[k - 1] in _PLACES or name[k] in _PLACES or kinds.search(name[:k]):
            yield name[k:]


def _fit(one: str, other: str) -> bool:
    """Tell whether a report that says both means one unit: it may shorten its own name as it likes."""
    return one == other or same_unit(one, other) or core(one).endswith(core(other))


def _is_within(short: str, long: str) -> bool:
    """Tell whether the characters of a text come in the same order in another."""
    rest = iter(long)
    return all(char in rest for char in short)


def _one(said: Iterable[str | None], same: Callable[[str, str], bool]) -> str | None:
    """Return the fullest of what is said, None where it contradicts itself."""
    named = [each for each in said if each]
    if not named:
        return None
    fullest = max(named, key=len)
    return fullest if all(same(fullest, each) for each in named) else None


# --- the places -------------------------------------------------------------------------------------------


def _head(text: str) -> Iterator[str]:
    """Yield the first lines that may be a title or stand below it."""
    said, given = _words(), 0
    for line in text.split("\n"):
        bare = line.strip(" \t\r\u3000")
        if not bare or said.skip.search(bare, 0, _LINE):
            continue
        if said.chapter.match(bare) or given == _HEAD_LINES:
            return
        given += 1
        yield bare


def _tail(text: str) -> list[str]:
    """Return the last lines that are none of the prose."""
    lines = [bare for line in text.split("\n") if (bare := line.strip(" \t\r\u3000"))]
    return [line for line in lines[-_TAIL_LINES:] if len(line) <= _LINE and not re.search("[。；！，]", line)]


def _titled(line: str) -> str | None:
    """Return the unit of a title, or of a line below it."""
    said = _words()
    line = said.leads.sub("", line)
    if re.search("[。；！]", line[:_LINE]):
        # A report in one paragraph begins with its title all the same.
        headed = said.headed.search(line, 0, _LINE)
        line = line[: headed.end()] if headed else ""
    match = said.titled.match(line)
    return _unit(match) if match else None


def _signing(line: str) -> str | None:
    """Return the unit of a line of the signature: nothing but unit, post, name and date may stand in it."""
    said = _words()
    match = said.signed.match(said.leads.sub("", line))
    return _unit(match) if match else None


def _spoken_units(opening: str) -> Iterator[str]:
    said = _words()
    for match in said.speaking.finditer(opening):
        if not said.moved.search(opening[match.end() :].partition("。")[0]) and (unit := _unit(match)):
            yield unit


def _unit(match: re.Match[str]) -> str | None:
    """Return the name of a unit, None where it is none."""
    said = _words()
    name, body, post = match.group("unit"), match.group("body") or "", match["post"] or ""
    if "驻" in name:
        name = name.rpartition("驻")[2]
    whole = name + body  # a stray gap may have torn the two apart elsewhere
    if (torn := said.bodies_at_end.search(whole)) and said.kinds.search(whole[: torn.start()]):
        name, body = whole[: torn.start()], torn.group()
    if body.endswith("委员会") and name.endswith(("县", "市", "区", "州", "旗")):
        name += "委员会" if name.startswith("政协") else "委"
    elif not said.kinds.search(name):
        # 水利局长 is the head of a 水利局; 第二党支部 is a unit of its own
        name += post[:1] if not body and said.kinds.search(name + post[:1]) else body
        if not said.kinds.search(name) and not _BRANCH.search(name):
            return None
    if masked := said.unmasked.match(name):
        name = masked.group("rest")
    least = _LEAST if not said.places.search(name) else _LEAST // 2
    if len(name) < least or said.unlike.search(name) or said.generic.fullmatch(name):
        return None
    return None if said.below.match(name) else name


# --- names ------------------------------------------------------------------------------------------------


def _bylines(head: list[str]) -> Iterator[str]:
    """Yield the names below a title."""
    said = _words()
    titled = False
    for line in head:
        titled, below = said.headed.search(line[-4:]) is not None, titled
        if titled:
            continue
        if match := said.byline.search(line) or (said.alone.fullmatch(line) if below else None):
            yield from _name(match)


def _signatures(tail: list[str]) -> Iterator[str]:
    said = _words()
    for line, after in zip(tail, [*tail[1:], ""], strict=False):
        if match := said.byline.search(line) or (
            said.alone.fullmatch(line) if said.date.match(after) else None
        ):
            yield from _name(match)


def _spoken_names(opening: str) -> Iterator[str]:
    for match in _words().calling.finditer(opening):
        yield from _name(match)


def _name(match: re.Match[str]) -> Iterator[str]:
    said = _words()
    name = _squeezed(next(filter(None, match.groups())))
    if name not in said.no_names:
        yield name


def _squeezed(line: str) -> str:
    return re.sub(r"[ \t\u3000]+", "", line)


# --- words ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    leads: re.Pattern[str]
    skip: re.Pattern[str]
    several: re.Pattern[str]
    chapter: re.Pattern[str]
    headed: re.Pattern[str]
    titled: re.Pattern[str]
    signed: re.Pattern[str]
    speaking: re.Pattern[str]
    above: re.Pattern[str]
    kinds: re.Pattern[str]
    places: re.Pattern[str]
    offices: re.Pattern[str]
    moved: re.Pattern[str]
    generic: re.Pattern[str]
    below: re.Pattern[str]
    unlike: re.Pattern[str]
    unmasked: re.Pattern[str]
    bodies_at_end: re.Pattern[str]
    date: re.Pattern[str]
    byline: re.Pattern[str]
    alone: re.Pattern[str]
    calling: re.Pattern[str]
    no_names: frozenset[str]
    within: int


@cache
def _words() -> _Words:
    """Return the patterns that the lexicon's pieces make."""
    given = table("identity.toml")
    names, spoken = given["names"], given["spoken"]
    body = f"(?:{'|'.join(given['bodies'])})"
    post = f"(?:副?(?:{'|'.join(given['posts'])}))"
    han = r"[\u4e00-\u9fff]"
    unit = rf"(?P<unit>(?:[^，。；：！？、“”《》\s（()）]|[（(]{han}{{2,4}}[）)](?={han})){{2,36}}?)"
    of_body = rf"\s*+(?P<body>{body})?"
    given_name = rf"(?![{names['never']}]){han}"
    surname = f"[{names['surnames']}]"
    name = (
        rf"((?:{any_of(names['compound']).pattern}){given_name}{{1,2}}"
        rf"|{surname}(?:{given_name}{{1,2}}|[ \u3000]{{1,4}}{given_name}))"
    )
    end = r"\s*(?:[（()）]|$)"
    date = given["date"]
    return _Words(
        leads=re.compile(f"^{given['lead']}+"),
        skip=re.compile(given["skip"]),
        several=re.compile(given["several"], re.MULTILINE),
        chapter=re.compile(given["chapter"]),
        headed=re.compile(given["headed"]),
        titled=re.compile(
            rf"{unit}{of_body}(?P<post>{post}(?=[、兼及\s]|{given['title']}|{surname}|{given['placeholder']}|[（(）)]|$)"
            rf"|(?=\s*(?:{given['title']}|$)))"
        ),
        signed=re.compile(
            rf"{unit}{of_body}(?P<post>{post}|)(?:[、兼].{{2,16}}?)?\s*+(?:{name}|{surname}?(?:{given['placeholder']}){{1,10}})?\s*+(?:{date})?$"
        ),
        speaking=re.compile(rf"(?:{spoken['post']}|{spoken['am']}){unit}{of_body}(?P<post>{post})"),
        above=re.compile(given["above"]),
        kinds=re.compile(given["kinds"]),
        places=re.compile(given["places"]),
        offices=re.compile(given["offices"]),
        moved=re.compile(spoken["moved"]),
        generic=re.compile(given["generic"]),
        below=re.compile(given["below"]),
        unlike=re.compile(f"{given['never']}|{given['placeholder']}"),
        unmasked=re.compile(given["unmasked"]),
        bodies_at_end=re.compile(f"{body}$"),
        date=re.compile(date),
        byline=re.compile(
            rf"(?:{given['label']}|(?:{post}|{given['sent']})\s*+(?:[：:]\s*+)?+"
            rf"|(?:{given['kinds'][:-1]}|{body})[ \u3000]+){name}{end}"
            rf"|^[（(\s—]*{name}[ \u3000]+{post}{end}|{given['label']}.{{0,30}}{post}\s*{name}{end}"
            rf"|^[（(]{name}\s++{date}"
        ),
        alone=re.compile(name),
        calling=re.compile(
            rf"{spoken['name']}{name}(?=[，。])|{spoken['am']}[^，。；：\s]{{2,30}}{post}{name}(?=[，。])"
        ),
        no_names=frozenset(names["words"]),
        within=spoken["within"],
    )
