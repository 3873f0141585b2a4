"""The site is made of the lessons, without a network, and reads well on a phone."""

import pytest

from autograder.workshop.making import site
from bnlib.paths import ROOT
from bnlib.syllabus import LESSONS, stem

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Make the site."""
    patch = pytest.MonkeyPatch()
    patch.setattr(site, "SITE", tmp_path_factory.mktemp("site"))
    assert site.main() == 0
    yield site.SITE
    patch.undo()


@pytest.fixture
def phone(browser):
    """Give a page of a phone's width that notes whatever it would load from the network."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.wanted = []
    page.route(lambda url: url.startswith("http"), lambda route: (page.wanted.append(route.request.url), route.abort()))
    yield page
    page.close()


def test_every_lesson_is_a_page_and_the_first_page_links_them_in_order(pages):
    text = (pages / "index.html").read_text()
    places = [text.index(f'href="{stem(lesson)}.html"') for lesson in LESSONS]
    assert places == sorted(places)
    assert all((pages / f"{stem(lesson)}.html").is_file() for lesson in LESSONS)


def test_a_phone_shows_the_mathematics_and_the_figures_without_a_network(pages, phone):
    phone.goto((pages / "5_running_statistics.html").as_uri())
    phone.locator("mjx-container mjx-math").first.wait_for()
    assert phone.wanted == []
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    sizes = phone.locator("article img").evaluate_all("all => all.map(one => [one.naturalWidth, one.width])")
    assert sizes
    assert all(0 < shown <= 390 and natural > 0 for natural, shown in sizes)
    folder = ROOT / "tests" / "screenshots"
    folder.mkdir(exist_ok=True)
    phone.screenshot(path=folder / "site_phone.png")


def test_a_link_from_the_page_of_answers_leads_to_the_answer(pages, phone):
    from playwright.sync_api import expect

    phone.goto((pages / "answers.html").as_uri())
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    phone.locator('a[href="5_running_statistics.html#answer-3"]').click()
    answer = phone.locator("#answer-3")
    answer.locator(".cell_output").get_by_text("Second epoch").wait_for()
    assert phone.url.endswith("5_running_statistics.html#answer-3")
    expect(answer).to_be_in_viewport()
    assert not answer.locator("pre").first.is_visible()
    answer.locator("summary").click()
    answer.locator("pre").first.wait_for()


def test_a_solution_is_there_to_unfold_beneath_its_exercise(pages, phone):
    phone.goto((pages / "3_normalise.html").as_uri())
    assert phone.get_by_text("raise NotImplementedError").is_visible()
    solution = phone.locator("details", has_text="The reference solution")
    assert not solution.locator("pre").first.is_visible()
    solution.locator("summary").click()
    solution.locator("pre").first.wait_for()
    assert "np.sqrt(var + eps)" in solution.inner_text()
