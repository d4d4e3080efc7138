"""Links between the pages lead somewhere."""

from pathlib import Path

import pytest

from .markdown import PAGES, ROOT, anchors, files_named, links, without_fences

LINKS = [(page, target) for page in PAGES for target in links(page)]


@pytest.mark.parametrize(("page", "target"), LINKS, ids=[f"{page.name}:{target}" for page, target in LINKS])
def test_a_link_leads_to_a_file_and_a_heading(page: Path, target: str) -> None:
    name, _, anchor = target.partition("#")
    file = (page.parent / name).resolve() if name else page
    assert file.exists()
    if anchor:
        assert anchors(file).count(anchor) == 1


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        targets = {(page.parent / target.partition("#")[0]).resolve() for target in links(page)} - {page.parent}
        waiting += [file for file in targets if file.suffix == ".md" and file not in reached]
    assert reached == set(PAGES)


@pytest.mark.parametrize("page", [page for page in PAGES if page.stem != "CONTRIBUTING"], ids=lambda page: page.name)
def test_files_of_the_project_that_a_page_names_are_there(page: Path) -> None:
    named = files_named(without_fences(page))
    assert [name for name in named if not (ROOT / name).exists()] == []
