"""The page: whole, self-contained, safe and readable by machines."""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from labc.runtime.report import highlight as highlighting
from labc.runtime.report.examples import EACH, right_examples, wrong_examples
from labc.runtime.report.highlight import highlight
from labc.runtime.report.write import write_report
from labc.runtime.runs.record import read_record

from .report_folder import SOURCE, pictures, write_folder
from .test_report_findings import CASES

PAGE_CSS = Path(highlighting.__file__).with_name("page.css")
VOID = {"meta", "img", "br", "hr", "link", "input"}


class Page(HTMLParser):
    """A page read as tags: which must all be closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def values(self, name: str) -> list[str]:
        return [attributes[name] or "" for _, attributes in self.tags if name in attributes]


def written(folder: Path, **options: Any) -> str:
    folder.mkdir(exist_ok=True)
    write_folder(folder, **options)
    write_report(folder, read_record(folder), pictures(folder))
    return (folder / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("run"))


@pytest.mark.parametrize("case", CASES)
def test_every_run_gets_a_page_of_closed_tags(tmp_path: Path, case: str) -> None:
    assert Page(written(tmp_path, **CASES[case])).tags


def test_page_needs_nothing_but_itself(page: str) -> None:
    read = Page(page)
    for name in ("src", "href", "xlink:href", "srcset", "action"):
        assert all(value.startswith(("data:image/png;base64,", "#")) for value in read.values(name))
    assert not {"script", "link", "iframe"} & {tag for tag, _ in read.tags}
    assert not re.search(r"@import|url\((?!#)", page)


def test_ids_are_unique_and_links_lead_to_one(page: str) -> None:
    read = Page(page)
    ids = read.values("id")
    assert len(set(ids)) == len(ids)
    assert {link[1:] for name in ("href", "xlink:href") for link in read.values(name)} <= set(ids)
    assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(ids)


def test_images_and_figures_are_described_and_table_headers_scoped(page: str) -> None:
    tags = Page(page).tags
    assert all(attributes.get("alt") for tag, attributes in tags if tag == "img")
    assert all(attributes.get("aria-label") for tag, attributes in tags if tag == "svg")
    assert all(attributes.get("scope") for tag, attributes in tags if tag == "th")
    assert sum(tag == "h1" for tag, _ in tags) == 1


def test_what_people_wrote_is_shown_and_never_run(tmp_path: Path) -> None:
    evil = "<script>alert('&')</script>"
    page = written(tmp_path, title=evil, classes=[evil, "$\\frac{"], source=f'experiment "{evil}"')
    assert "<script" not in page
    assert page.count("&lt;script&gt;") > 5
    assert Page(page).tags


def test_page_shows_the_counts_the_layers_and_the_source(page: str) -> None:
    for part in ("Test images", "Validation images", "ROC of Nev", "AUC"):
        assert part in page
    assert re.findall(r'id="line-(\d+)"', page) == [str(n + 1) for n in range(len(SOURCE.splitlines()))]
    assert '<a href="#line-12">12</a>' in page
    assert "labc run skin.lab" in page
    assert "2,049" in page


def test_a_quick_run_is_marked_as_meaningless(tmp_path: Path, page: str) -> None:
    assert "mean nothing" in written(tmp_path, quick=True)
    assert "mean nothing" not in page


def test_a_run_without_a_curve_of_both_classes_has_no_roc(tmp_path: Path) -> None:
    assert "ROC of" not in written(tmp_path / "one", images={"validation": 1})
    assert "ROC of" not in written(tmp_path / "three", classes=["A", "B", "C"])


def test_the_same_run_gives_the_same_page(tmp_path: Path) -> None:
    assert written(tmp_path / "a") == written(tmp_path / "b")


def test_nothing_temporary_is_left_and_writing_again_replaces(tmp_path: Path) -> None:
    written(tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())
    written(tmp_path, title="Another")
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert {"curves.png", "curves.svg", "report.html"} <= set(before)
    assert "Another" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("channels", [1, 3])
def test_examples_are_the_surest_mistakes_and_a_spread_of_the_right(tmp_path: Path, channels: int) -> None:
    record = read_record(write_folder(tmp_path))
    shown, images = record.predictions.of("test"), pictures(tmp_path, channels)
    wrong = wrong_examples(shown, images, record.classes)
    right = right_examples(shown, images, record.classes)
    assert len(wrong) == len(right) == EACH
    assert all(one.truth != one.prediction for one in wrong)
    assert all(one.truth == one.prediction for one in right)
    for examples in (wrong, right):
        scores = [one.score for one in examples]
        assert scores == sorted(scores, reverse=True)
    surest = max(shown.scores.max(axis=1)[shown.truth != shown.prediction])
    assert wrong[0].score == pytest.approx(surest)


def test_images_that_are_not_at_hand_are_not_shown(tmp_path: Path) -> None:
    write_folder(tmp_path)
    one = dict(list(pictures(tmp_path).items())[-1:])
    write_report(tmp_path, read_record(tmp_path), one)
    assert (tmp_path / "report.html").read_text(encoding="utf-8").count("<img") == 1


@given(st.text(st.characters(exclude_characters="\r")))
def test_highlighting_changes_no_character(source: str) -> None:
    html = re.sub(r'<span class="linenos"> *\d+</span>', "", str(highlight(source)))
    shown = Markup(re.sub(r"</?(?:div|pre|code|span)\b[^>]*>", "", html)).unescape()
    assert shown.rstrip("\n") == source.rstrip("\n")


def test_each_kind_of_token_has_a_class_with_a_style() -> None:
    html = str(
        highlight('let rate = 10% # "no string"\ndata { source = folder("a\\"b") }\nmodel { if not true { relu } }')
    )
    assert '<span class="c1"># "no string"</span>' in unescape(html)
    styles = PAGE_CSS.read_text(encoding="utf-8")
    plain = {"w", "n", "nv", "o", "p", "source", "linenos"}
    for name in set(re.findall(r'class="(\w+)"', html)) - plain:
        assert re.search(rf"\.source .*\.{name}\b", styles), name
