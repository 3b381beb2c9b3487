from analyzer.lexicons import lines
from analyzer.training.measure_words import ending_in_measures


def test_the_list_is_what_the_dictionary_holds():
    assert list(lines("measure-endings.txt")) == ending_in_measures()


def test_words_are_told_from_measures_without_a_number():
    words = ending_in_measures()
    assert {"文件", "住户", "层次", "首次"} & set(words) == {"文件", "住户", "层次"}
    assert "学习次" not in words
