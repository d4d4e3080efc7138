"""The one place that collects diagnostics: none twice, and nothing that follows from a mended bracket."""

from labc.grammar.diagnostics.codes import Category, Code
from labc.grammar.diagnostics.diagnostic import Diagnostic
from labc.grammar.diagnostics.lab_error import LabError
from labc.grammar.diagnostics.reporter import Reporter
from labc.grammar.source import Source

TEXT = Source("test.lab", "model { dense(3 }")


def at(code: Code, message: str, start: int = 0, end: int = 1) -> Diagnostic:
    return Diagnostic(code, message, TEXT.span(start, end))


def test_the_same_mistake_is_reported_once_and_another_at_its_place_too() -> None:
    reporter = Reporter()
    reporter.report(at(Code.MISSING, "no loss"), at(Code.MISSING, "no epochs"))
    reporter.report(at(Code.MISSING, "no loss"))
    assert [one.message for one in reporter.diagnostics] == ["no loss", "no epochs"]


def test_once_per_place_other_words_are_no_news() -> None:
    reporter = Reporter(once_per_place=True)
    reporter.report(at(Code.MISSING, "no loss"), at(Code.MISSING, "no epochs"))
    reporter.report(at(Code.MISSING, "with i = 2"), at(Code.WRONG_TYPE, "a text"))
    assert [one.message for one in reporter.diagnostics] == ["no loss", "no epochs", "a text"]


def test_a_note_is_added_to_what_is_news() -> None:
    reporter = Reporter()
    reporter.report(at(Code.MISSING, "no loss"))
    with reporter.noting("at base = 8"):
        reporter.report(at(Code.MISSING, "no loss at all"), at(Code.TOO_SMALL, "too small"))
    reporter.report(at(Code.WRONG_TYPE, "a text"))
    assert [(one.message, one.notes) for one in reporter.diagnostics] == [
        ("no loss", ()),
        ("too small", ("at base = 8",)),
        ("a text", ()),
    ]


def test_what_an_exception_carries_is_reported() -> None:
    reporter = Reporter()
    with reporter.catch():
        raise LabError([at(Code.MISSING, "no loss")])
    assert reporter.has(Category.NAMES)
    assert not reporter.has(Category.MODEL, Category.SYNTAX)
    assert reporter.has_errors


def test_behind_a_mended_bracket_nothing_is_said_of_the_model_nor_of_what_holds_it() -> None:
    reporter = Reporter()
    reporter.report_syntax([at(Code.UNCLOSED, "never closed", 13, 14)])
    reporter.report(
        at(Code.TOO_SMALL, "too small"), at(Code.SPLIT, "no images"), at(Code.UNUSED, "never used"),
        at(Code.WRONG_TYPE, "around the bracket", 8, 16), at(Code.WRONG_TYPE, "elsewhere", 0, 5),
    )  # fmt: skip
    assert [one.message for one in reporter.diagnostics] == ["never closed", "elsewhere"]


def test_wrong_quotes_around_a_word_are_told_by_the_setting_that_takes_it() -> None:
    reporter = Reporter()
    reporter.report(at(Code.BAD_STRING, "wrong quotes"), at(Code.BAD_STRING, "elsewhere", 3, 4))
    reporter.report(at(Code.WRONG_TYPE, "a text"))
    assert [one.message for one in reporter.diagnostics] == ["elsewhere", "a text"]


def test_only_warnings_are_no_errors() -> None:
    reporter = Reporter()
    reporter.report(at(Code.UNUSED, "never used"))
    assert not reporter.has_errors


def test_every_code_says_what_it_is_about_as_its_digits_group_it() -> None:
    groups = {
        "00": {Category.GENERAL, Category.FILES}, "01": {Category.SYNTAX}, "02": {Category.NAMES, Category.FILES},
        "03": {Category.MODEL}, "04": {Category.SECTIONS}, "05": {Category.DATA}, "06": {Category.RUN},
    }  # fmt: skip
    assert [code for code in Code if code.category not in groups[code.value[1:3]]] == []
