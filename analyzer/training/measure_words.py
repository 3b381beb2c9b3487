"""Which words of jieba's dictionary end in a measure word, so that scoring need not load the dictionary.

``python -m analyzer.training.measure_words`` writes ``lexicons/measure-endings.txt`` anew: after a change of
jieba, of ``terms.txt``, or of the measure words in ``stand-ins.toml``.
"""

from __future__ import annotations

import re
from pathlib import Path

import jieba

import analyzer.lexicons
from analyzer.lexicons import lines, table
from analyzer.understanding.placeholders import LONGEST_HEAD

_LIST = Path(analyzer.lexicons.__file__).with_name("measure-endings.txt")
_HEAD = """\
# Words that end in a measure word (文件, 住户): no number is missing before it.
# version: jieba {version}  source: its dict.txt (MIT licence) and terms.txt; review: 2027-11
# written by python -m analyzer.training.measure_words
"""


def ending_in_measures() -> list[str]:
    """Return the words, in order of code points, whose measure word no number precedes."""
    gaps = table("stand-ins.toml")["gaps"]
    ending = re.compile(
        rf".{{0,{LONGEST_HEAD - 1}}}[\u4e00-\u9fff](?<![{gaps['before']}])(?:{gaps['unit']})", re.DOTALL
    )
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    words = (word for word, frequency in tokenizer.FREQ.items() if frequency)
    return sorted({word for word in (*words, *lines("terms.txt")) if ending.fullmatch(word)})


def main() -> None:
    """Write the list."""
    words = "".join(f"{word}\n" for word in ending_in_measures())
    _LIST.write_text(_HEAD.format(version=jieba.__version__) + words, encoding="utf-8")


if __name__ == "__main__":
    main()
