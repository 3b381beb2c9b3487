from hypothesis import given
from hypothesis import strategies as st

from analyzer.language.folding import fold


@given(st.text())
def test_folding_never_moves_an_offset(text):
    assert len(fold(text)) == len(text)


def test_variants_become_the_usual_forms():
    assert fold("責任壓得不實,黨建〞兩張皮〝.") == "责任压得不实，党建”两张皮“。"
    assert fold("增长８％，投入ＸＸ万元") == "增长8%，投入XX万元"


def test_decimals_and_latin_text_keep_their_points():
    assert fold("投资4.7亿元，X.X%，V2.0, see p.3") == "投资4.7亿元，X.X%，V2.0, see p.3"


def test_marks_beside_figures_and_letters_are_folded():
    assert (
        fold("(1)抓学习，(2）抓阵地。我叫XXX,20XX年任职") == "（1）抓学习，（2）抓阵地。我叫XXX，20XX年任职"
    )
    assert fold("投资X,234万元、1,200万元") == "投资X,234万元、1,200万元"
