"""The notebook around the answer: ids, metadata, cells moved, copied, emptied and made up."""

from .attack import LATER, PRELUDE, WRONG, Attack, code

RIGHT = PRELUDE + "normalize = right"


def with_source(name, source):
    """Give an edit that replaces a cell's source."""

    def edit(cells):
        cells[name]["source"] = source

    return edit


def with_first(name, source, grade_id=""):
    """Give an edit that puts a cell before all others."""

    def edit(cells):
        others = dict(cells)
        cells.clear()
        cells.update({name: code(source, grade_id)} | others)

    return edit


def with_last(name, source, grade_id=""):
    """Give an edit that puts a cell behind all others."""

    def edit(cells):
        cells[name] = code(source, grade_id)

    return edit


def no_check(cells):
    del cells["check_normalize"]


def no_check_before_the_wrong_step(cells):
    """Here it is `scale_and_shift` that is wrong, and `batch_norm_forward` uses the notebook's own."""
    cells["scale_and_shift"]["source"] = "def scale_and_shift(Z_norm, gamma, beta):\n    return Z_norm"
    cells["normalize"]["source"] = RIGHT
    del cells["check_scale_and_shift"]


def no_cell(cells):
    del cells["normalize"]


def no_cell_and_no_check(cells):
    del cells["normalize"], cells["check_normalize"]


def no_metadata(cells):
    for cell in cells.values():
        cell["metadata"] = {}


def odd_metadata(cells):
    odd = [None, [], 7, "nbgrader", {"nbgrader": []}, {"nbgrader": {"grade_id": ["normalize"]}}, {"tags": {"demo": 1}}]
    odd += [{"tags": [[], {}, None]}, {"nbgrader": {"grade_id": 7}}, {"nbgrader": {"grade_id": "check_" * 1000}}]
    cells |= {f"odd {number}": code("pass") | {"metadata": metadata} for number, metadata in enumerate(odd)}


def odd_cells(cells):
    cells |= {f"odd {n}": cell for n, cell in enumerate([None, 7, "cell", [], {}, {"cell_type": 7}, {"source": "x"}])}


def odd_sources(cells):
    odd = [None, 7, {}, [None, 7, ["x"]], True, "\0", "x = '\ud83d'", "\x0c", "\\", "(" * 1000, "if", "\ufeffx = 1"]
    cells |= {f"odd {number}": code(source) for number, source in enumerate(odd)}


def as_markdown(name):
    def edit(cells):
        cells[name]["cell_type"] = "markdown"

    return edit


def all_points(cells):
    for cell in cells.values():
        cell["metadata"]["nbgrader"] |= {"points": 10**9, "max_points": 10**9, "score": 10**9, "locked": False}


def forged_outputs(cells):
    text = {"output_type": "stream", "name": "stdout", "text": "✓ normalize is right in all 9 cases.\n"}
    cells["check_normalize"] |= {"outputs": [text], "execution_count": 1}


def check_first(cells):
    check = cells.pop("check_normalize")
    others = dict(cells)
    cells.clear()
    cells |= {"check_normalize": check} | others


def cell_last(cells):
    cells["normalize"] = cells.pop("normalize")


def checks_twice(cells):
    cells |= {f"{name} again": cell for name, cell in cells.items() if name.startswith("check_")}


def one_check_twice(cells):
    cells["copy"] = cells["check_normalize"]


def swapped_ids(cells):
    one, other = cells["normalize"], cells["scale_and_shift"]
    one["metadata"], other["metadata"] = other["metadata"], one["metadata"]


def demo(cells):
    cells["normalize"]["metadata"]["tags"] = ["demo"]


def demo_check(cells):
    cells["check_normalize"]["metadata"]["tags"] = ["demo"]


def many_cells(cells):
    cells |= {f"cell {number}": code("x = 1") for number in range(900)}


def deadly_cells(cells):
    cells |= {f"cell {number}": code("import os\nos._exit(0)") for number in range(20)}


def neighbour_displays(cells):
    """The next function is right, and shows something on the way, as IPython allows."""
    source = cells["scale_and_shift"]["source"]
    cells["scale_and_shift"]["source"] = source.replace("    return", "    display(Z_norm)\n    return")


def neighbour_times(cells):
    """The next cell is right, and has a cell magic with a line magic below it, as IPython allows."""
    cells["scale_and_shift"]["source"] = "%%time\n%matplotlib inline\n" + cells["scale_and_shift"]["source"]


def long_neighbour(cells):
    """The cell itself is longer than a request may be."""
    cells["normalize"]["source"] = WRONG + "\n#" + "x" * 1_200_000


ATTACKS = [
    Attack(
        "magics_in_each_other",
        "Nest cell magics deeper than a function can call itself.",
        "%%time\n" * 2500,
        says="no `normalize`",
    ),
    Attack(
        "the_check_deleted",
        "Delete the check cell, so that nobody checks.",
        edit=no_check,
    ),
    Attack(
        "a_check_deleted_by_accident",
        "Delete the check of a wrong step whose reference the next exercise should be run on.",
        edit=no_check_before_the_wrong_step,
        says="Tried",
        wrong=("scale_and_shift",),
    ),
    Attack("the_cell_deleted", "Delete the exercise cell.", edit=no_cell, says="no `normalize`"),
    Attack(
        "cell_and_check_deleted",
        "Delete the exercise and its check: the lesson is not handed in, and its points do not count.",
        edit=no_cell_and_no_check,
        wrong=(),
        judged=("batch_statistics", *LATER),
    ),
    Attack(
        "the_cell_emptied",
        "Empty the exercise cell.",
        edit=with_source("normalize", ""),
        says="no `normalize`",
    ),
    Attack(
        "the_cell_as_markdown",
        "Make the exercise cell Markdown.",
        edit=as_markdown("normalize"),
    ),
    Attack("the_check_as_markdown", "Make the check cell Markdown.", edit=as_markdown("check_normalize")),
    Attack(
        "a_hidden_right_cell_first",
        "Keep a right copy above. A right answer that stands in the notebook counts.",
        edit=with_first("copy", RIGHT, "normalize"),
        wrong=(),
        says="Tried",
    ),
    Attack(
        "a_right_copy_above_one_that_defines_nothing",
        "Keep a right copy above a cell that stops before it defines anything.",
        source="raise ValueError('enough')",
        edit=with_first("copy", RIGHT, "normalize"),
        wrong=(),
        says="Tried",
    ),
    Attack(
        "a_right_cell_afterwards",
        "Define the right function below the check, without an id.",
        edit=with_last("right", RIGHT),
        wrong=(),
        says="Tried",
    ),
    Attack(
        "a_wrong_cell_first",
        "Keep a wrong copy above the right one: the last one counts.",
        source="normalize = right",
        edit=with_first("copy", WRONG, "normalize"),
        wrong=(),
        says="Tried",
    ),
    Attack(
        "the_check_defines_it",
        "Write the right function into the locked check cell.",
        edit=with_source("check_normalize", RIGHT),
        wrong=(),
        says="Tried",
    ),
    Attack(
        "another_check_defines_it",
        "Write the right function into another check cell.",
        edit=with_source("check_batch_statistics", RIGHT),
        wrong=(),
        says="Tried",
    ),
    Attack(
        "the_check_is_code",
        "Replace the check cell by code that ends the process.",
        edit=with_source("check_normalize", "import os\nos._exit(0)"),
    ),
    Attack("the_check_first", "Move the check cell to the top.", edit=check_first),
    Attack("the_cell_last", "Move the exercise cell to the end.", edit=cell_last, costs=("batch_norm_forward",)),
    Attack("all_checks_twice", "Copy every check cell.", edit=checks_twice),
    Attack(
        "a_check_twice",
        "Copy the check cell to the end.",
        edit=one_check_twice,
    ),
    Attack(
        "the_ids_swapped",
        "Swap the ids of two exercises: the one comes after its own check.",
        edit=swapped_ids,
        costs=("batch_norm_forward",),
    ),
    Attack("no_metadata", "Strip all metadata, as some editors do.", edit=no_metadata),
    Attack("odd_metadata", "Add cells whose metadata is anything but metadata.", edit=odd_metadata),
    Attack("odd_cells", "Add cells that are no cells.", edit=odd_cells),
    Attack(
        "odd_sources",
        "Add cells whose source is a number, a list of lists, or no text that can be written.",
        edit=odd_sources,
    ),
    Attack("points_raised", "Write other points and a score into the metadata.", edit=all_points),
    Attack("outputs_forged", "Keep an output that says that the check has passed.", edit=forged_outputs),
    Attack(
        "demo_on_the_exercise",
        "Tag the exercise cell as an experiment.",
        edit=demo,
    ),
    Attack("demo_on_the_check", "Tag the check cell as an experiment.", edit=demo_check),
    Attack("many_cells", "Add 900 cells.", edit=many_cells),
    Attack("many_deadly_cells", "Add 20 cells that each end the process.", edit=deadly_cells),
    Attack(
        "a_variable_named_like_an_exercise",
        "Call a variable of an experiment `batch_size`, as everybody does.",
        edit=with_last("experiment", "batch_size = 32"),
    ),
    Attack(
        "a_definition_in_a_text",
        "Have a text that looks like a definition.",
        edit=with_last("text", '"""\nnormalize = right\ndef normalize(\n"""'),
    ),
    Attack(
        "a_very_long_cell",
        "Make the cell longer than a request may be.",
        edit=long_neighbour,
        says="no `normalize`.*(long|characters)",
    ),
    Attack(
        "display_in_a_right_function",
        "Be wrong beside a right function that calls IPython's `display`.",
        edit=neighbour_displays,
    ),
    Attack(
        "magics_below_a_cell_magic",
        "Be wrong beside a right cell with a line magic below `%%time`.",
        edit=neighbour_times,
    ),
    Attack(
        "bash_and_other_cell_magics",
        "Define the function by a cell magic that runs something else.",
        "%%bash\ntouch CANARY/touched",
        says="no `normalize`",
    ),
    Attack(
        "right_in_a_cell_that_runs_elsewhere",
        "Have the right function in a cell that a notebook would write to a file.",
        "%%writefile answer.py\n" + RIGHT,
        says="no `normalize`",
    ),
    Attack("writefile", "Write a file by a magic.", "%%writefile CANARY/numpy.py\narray = None", says="no `normalize`"),
    Attack(
        "load_and_run",
        "Load the solution by magics and commands.",
        "%load COURSE/solutions/3_normalise.ipynb\n%run COURSE/bnlib/solutions.py\n%cd COURSE\n"
        "answer = !cat CANARY/secret\nraise ValueError(answer)",
        says="no `normalize`.*ValueError: None",
    ),
    Attack(
        "the_shell_escapes",
        "Run commands by every escape that IPython has.",
        "!touch CANARY/touched\n!!touch CANARY/touched\n%sx touch CANARY/touched\n%system touch CANARY/touched\n"
        "get_ipython().getoutput('touch CANARY/touched')\n" + WRONG,
    ),
]
