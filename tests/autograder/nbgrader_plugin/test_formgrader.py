"""An instructor in nbgrader's formgrader, in a real browser: scores, messages, a grade by hand, no learner's script.

Everything is graded in the sandbox. Three lessons are enough, and quick.
"""

import json
import shutil

import pytest

from bnlib.paths import ROOT
from bnlib.syllabus import LESSONS, load

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

ASSIGNMENT = "batchnorm"
TAUGHT = ("normalise", "scale_and_shift", "test_time")
POINTS = sum(load(name).points for lesson in TAUGHT for name in LESSONS[lesson])
QUESTION, MOST = "why_not_the_batch", 5
SCRIPT = "<script>document.title='pwned'</script>"
HOSTILE = {
    "normalize": f'''def normalize(Z, mean, var, eps=1e-5):
    raise ValueError("{SCRIPT} \\x1b[31mred\\x1b[0m \\x9b31m \\x00\\x07\\x08\\u202e end")
''',
    QUESTION: f"My answer. {SCRIPT} ![a](../../logout) <span id='{QUESTION}' class='nbgrader_cell score'>box</span>",
}
CONTROL_CODES = "\x1b\x9b\x00\x07\x08\u202e"


def add_hostile_cells(folder):
    """Add what nbformat takes for a newer format's, what is raw, and boxes that are none."""
    for path in folder.glob("*.ipynb"):
        notebook = json.loads(path.read_text())
        notebook["nbformat_minor"] = 99
        notebook["metadata"]["language_info"] = {"name": f'">{SCRIPT}', "pygments_lexer": f'">{SCRIPT}'}
        boxes = "".join(f'<span id="{name}" class="score">box</span>' for name in ("check_normalize", "normalize"))
        notebook["cells"] = [
            {"cell_type": "odd", "type": SCRIPT, "metadata": {"tags": [f'">{SCRIPT}']}, "id": "odd"},
            {"cell_type": "raw", "source": SCRIPT, "metadata": {"raw_mimetype": "text/html"}, "id": "raw"},
            {"cell_type": "markdown", "source": f"{boxes}\n\n# check_normalize", "metadata": {}, "id": "boxes"},
            *notebook["cells"],
        ]
        path.write_text(json.dumps(notebook))


@pytest.fixture(scope="module")
def course(tmp_path_factory, make_course, browser):
    """Grade three learners' work."""
    course = make_course(tmp_path_factory.mktemp("formgrader"), lessons=TAUGHT)
    course.nbgrader("generate_assignment", ASSIGNMENT, "--create", "--force")
    changes = {
        "one_wrong": course.with_eps_outside,
        "reference": lambda name, source: source,
        "hostile": lambda name, source: HOSTILE.get(name, source),
    }
    for name, change in changes.items():
        folder = course.root / "class" / "submitted" / name / ASSIGNMENT
        shutil.copytree(course.root / "notebooks" / ASSIGNMENT, folder)
        course.fill_in(folder, change)
    add_hostile_cells(course.root / "class" / "submitted" / "hostile" / ASSIGNMENT)
    course.nbgrader("autograde", ASSIGNMENT, "--create")
    return course


@pytest.fixture(scope="module")
def address(course, serve):
    """Start JupyterLab in the course's folder, as an instructor does; give formgrader's address."""
    environment = course.environment() | {"HOME": str(course.place)}
    with serve(["jupyter", "lab", "--no-browser", "--allow-root"], course.root, environment) as address:
        yield f"{address}/formgrader"


@pytest.fixture(scope="module")
def feedback(course):
    """Give the folder of the pages that the hostile learner gets back."""
    course.nbgrader("generate_feedback", ASSIGNMENT, "--student", "hostile")
    return course.root / "class" / "feedback" / "hostile" / ASSIGNMENT


@pytest.fixture
def page(browser):
    """Give an empty page that loads nothing from the internet, MathJax above all, and fails at once if it wants to."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(60_000)
    page.route(lambda url: url.startswith("http") and "//127.0.0.1:" not in url, lambda route: route.abort())
    yield page
    page.close()


@pytest.fixture
def instructor(page, address):
    """Give the page of an instructor who has logged in."""
    page.goto(f"{address}?token=test")
    return page


def screenshot(page, name):
    folder = ROOT / "tests" / "screenshots"
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"formgrader_{name}.png")


def open_submission(page, course, address, learner, lesson):
    with course.gradebook() as gradebook:
        notebook = gradebook.find_submission_notebook(lesson, ASSIGNMENT, learner).id
    page.goto(f"{address}/submissions/{notebook}")
    # Not `formgrader.loaded`: without MathJax its start-up ends early.
    page.wait_for_function("formgrader.grades?.loaded && formgrader.comments?.loaded")


def look_at_the_message(page, name):
    """Give the message about `normalize`: in formgrader the comment's box shows it until somebody writes another."""
    box = page.locator("#normalize-comment")
    box.scroll_into_view_if_needed()
    screenshot(page, name)
    return box.get_attribute("placeholder")


def look_at_the_feedback(page, name):
    """Give the message about `normalize` on the page that the learner gets."""
    message = page.locator(".panel-footer", has_text="Comments:").first
    message.scroll_into_view_if_needed()
    screenshot(page, name)
    return message.inner_text()


def assert_harmless(page, message, lesson):
    """Check that a hostile message is text and nothing else."""
    assert SCRIPT in message
    assert "\\x1b[31mred\\x1b[0m" in message
    assert not set(CONTROL_CODES) & set(page.content())
    assert page.title() == lesson


def test_the_assignment_is_listed_with_its_submissions(instructor):
    row = instructor.locator("#main-table tr", has_text=ASSIGNMENT)
    row.wait_for()
    assert row.locator(".num-submissions").inner_text() == "3"
    screenshot(instructor, "assignments")


def test_the_submissions_are_listed_with_their_scores(instructor, address):
    instructor.goto(f"{address}/manage_submissions/{ASSIGNMENT}")
    instructor.locator("#main-table .student-id", has_text="reference").wait_for()
    rows = instructor.locator("#main-table tr").all()
    scores = {row.locator(".student-id").inner_text(): row.locator(".score").inner_text() for row in rows}
    one_less = f"{POINTS - load('normalize').points} / {POINTS + MOST}"
    assert scores == {"one_wrong": one_less, "hostile": one_less, "reference": f"{POINTS} / {POINTS + MOST}"}
    screenshot(instructor, "submissions")


def test_a_wrong_answer_is_shown_with_its_score_and_its_mistake(instructor, course, address):
    open_submission(instructor, course, address, "one_wrong", "3_normalise")
    box = instructor.locator("#check_normalize")
    assert box.get_attribute("placeholder") == "0"
    assert box.locator("xpath=..").inner_text().strip() == f"/ {float(load('normalize').points)}"
    message = look_at_the_message(instructor, "one_wrong")
    assert "ε stands outside the square root" in message


def test_a_hostile_message_is_only_text(instructor, course, address):
    open_submission(instructor, course, address, "hostile", "3_normalise")
    message = look_at_the_message(instructor, "hostile")
    assert_harmless(instructor, message, "3_normalise")


def test_a_learner_takes_no_box_away(instructor, course, address):
    open_submission(instructor, course, address, "hostile", "3_normalise")
    assert instructor.locator("input#check_normalize").get_attribute("placeholder") == "0"
    open_submission(instructor, course, address, "hostile", "6_test_time")
    with instructor.expect_response(lambda answer: "/api/grade/" in answer.url and answer.request.method == "PUT"):
        instructor.locator(f"input#{QUESTION}").fill("3")
        instructor.locator(f"input#{QUESTION}").press("Tab")
    assert by_hand(course, "hostile") == (3, False)


def test_a_hostile_message_is_only_text_in_the_feedback(page, feedback):
    page.goto((feedback / "3_normalise.html").as_uri())
    message = look_at_the_feedback(page, "feedback")
    assert_harmless(page, message, "3_normalise")


def test_a_hostile_answer_runs_no_script(instructor, course, address):
    open_submission(instructor, course, address, "hostile", "6_test_time")
    instructor.get_by_text("My answer.").scroll_into_view_if_needed()
    screenshot(instructor, "hostile_answer")
    assert instructor.title() == "6_test_time"


def test_a_hostile_answer_runs_no_script_in_the_feedback(page, feedback):
    page.goto((feedback / "6_test_time.html").as_uri())
    page.get_by_text("My answer.").wait_for()
    assert page.title() == "6_test_time"


def test_one_submission_can_be_graded_again_from_the_page(instructor, course, address):
    instructor.goto(f"{address}/manage_submissions/{ASSIGNMENT}")
    row = instructor.locator("#main-table tr", has_text="one_wrong")
    row.locator(".autograde a").click()
    log = instructor.locator(".modal-content")
    log.wait_for()
    instructor.wait_for_timeout(500)  # it fades in
    screenshot(instructor, "graded_again")
    assert "Successfully autograded" in log.inner_text()
    with course.gradebook() as gradebook:
        assert gradebook.find_submission(ASSIGNMENT, "one_wrong").score == POINTS - load("normalize").points


def test_a_grade_by_hand_is_kept_when_everything_is_graded_again(instructor, course, address):
    open_submission(instructor, course, address, "reference", "6_test_time")
    box, comment = instructor.locator(f"#{QUESTION}"), instructor.locator(f"#{QUESTION}-comment")
    box.scroll_into_view_if_needed()
    screenshot(instructor, "question")
    with instructor.expect_response(lambda answer: "/api/grade/" in answer.url and answer.request.method == "PUT"):
        box.fill("4")
        box.press("Tab")
    with instructor.expect_response(lambda answer: "/api/comment/" in answer.url and answer.request.method == "PUT"):
        comment.fill("The neighbours are named; the **trained network** is not.")
        comment.press("Tab")
    screenshot(instructor, "graded_by_hand")
    assert by_hand(course) == (4, False)
    course.nbgrader("autograde", ASSIGNMENT, "--force", "--student", "reference")
    assert by_hand(course) == (4, True)  # nbgrader keeps it, and asks for a second look
    open_submission(instructor, course, address, "reference", "6_test_time")
    assert box.input_value() == "4"
    assert comment.input_value() == "The neighbours are named; the **trained network** is not."
    box.scroll_into_view_if_needed()
    screenshot(instructor, "kept")


def by_hand(course, learner="reference"):
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade(QUESTION, "6_test_time", ASSIGNMENT, learner)
        return grade.manual_score, grade.needs_manual_grade
