"""Using up time, memory and the room for output."""

from .attack import LATER, Attack, code


def prints_a_lot(cells):
    """The next cell is right, and prints what is allowed."""
    cells["scale_and_shift"]["source"] = "print('x' * 200_000)\n" + cells["scale_and_shift"]["source"]


def with_first(source, count):
    """Give an edit that puts many cells of one kind before all others."""

    def edit(cells):
        others = dict(cells)
        cells.clear()
        cells |= {f"first {number}": code(source) for number in range(count)} | others

    return edit


def magic_cells(cells):
    """Text that IPython's syntax reader goes through once for each of its magics, in many cells."""
    cells |= {f"magic {number}": code("\n".join(["!ls"] * 30 + ["x=1"] * 4900)) for number in range(2)}


def blank_cells(cells):
    """Text in which a pattern for the beginning of a line begins anew at each of its lines."""
    cells |= {f"blank {number}": code("x" + "\n" * 19_990) for number in range(3)}


ATTACKS = [
    Attack(
        "an_endless_loop",
        "Loop for ever in the function.",
        """
        def normalize(*_):
            while True:
                pass
        """,
        says="did not end in time",
    ),
    Attack(
        "an_endless_cell",
        "Loop for ever in the cell.",
        """
        while True:
            pass
        """,
        says="no `normalize`.*cell 3 ended the process: the time limit",
    ),
    Attack(
        "sleep",
        "Sleep, which uses no computing time.",
        """
        def normalize(*_):
            time.sleep(10**6)
        """,
        says="did not end in time",
    ),
    Attack(
        "a_loop_that_catches_everything",
        "Survive every exception.",
        """
        def normalize(*_):
            while True:
                try:
                    while True:
                        pass
                except BaseException:
                    continue
        """,
        says="did not end in time",
    ),
    Attack(
        "an_endless_loop_in_numpy",
        "Compute in C, where Python hears no signal.",
        """
        def normalize(*_):
            Z = np.ones((4000, 4000))
            while True:
                Z = Z @ Z * 0
        """,
        says="did not end in time",
    ),
    Attack(
        "a_catastrophic_pattern",
        "Let a regular expression try 2**100 ways.",
        """
        def normalize(*_):
            return re.match("(a+)+$", "a" * 100 + "b")
        """,
        says="did not end in time",
    ),
    Attack(
        "a_huge_power",
        "Compute 7**(10**9) in one operation that cannot be interrupted.",
        """
        def normalize(*_):
            return 7 ** (10**9)
        """,
        says="did not end in time",
    ),
    Attack(
        "slow_only_sometimes",
        "Be right in the first cases, and then never end.",
        """
        calls = itertools.count()

        def normalize(*arguments):
            while next(calls) > 4:
                pass
            return right(*arguments)
        """,
        says="did not end in time",
    ),
    Attack(
        "many_slow_cells",
        "Add cells that each stay under their limit, and together take hours.",
        edit=with_first("import time\ntime.sleep(0.32)", 20),
        says="as a whole took too long",
        costs=("batch_statistics", *LATER),
        seconds=1.5,
    ),
    Attack(
        "two_endless_cells_first",
        "Put two cells that never end before everything else.",
        edit=with_first("while True: pass", 2),
    ),
    Attack(
        "cells_that_are_slow_to_read",
        "Keep the trusted side busy with the reading of IPython syntax: each magic takes another pass.",
        edit=magic_cells,
    ),
    Attack(
        "blank_lines",
        "Keep the trusted side busy with the search for magics in blank lines.",
        edit=blank_cells,
    ),
    Attack(
        "a_huge_array",
        "Ask for 80 GB at once.",
        """
        def normalize(*_):
            return np.ones(10**10)
        """,
        says="more memory than there is",
    ),
    Attack(
        "memory_bit_by_bit",
        "Ask for memory until there is none.",
        """
        def normalize(*_):
            kept = []
            while True:
                kept.append(np.empty(10**7))
        """,
        says="more memory than there is",
    ),
    Attack(
        "a_huge_text",
        "Build a text of 10 GB.",
        """
        def normalize(*_):
            return "x" * 10**10
        """,
        says="more memory than there is",
    ),
    Attack(
        "a_huge_view",
        "Return a view with 10**12 elements on a single number.",
        """
        def normalize(*_):
            return np.broadcast_to(0.0, (10**6, 10**6))
        """,
        says="more memory than there is",
    ),
    Attack(
        "a_large_result",
        "Return more than may cross the border.",
        """
        def normalize(*_):
            return np.zeros((3000, 4000))
        """,
        says="far too many numbers",
    ),
    Attack(
        "memory_that_stays_full",
        "Hold nearly all memory for the rest of the process.",
        """
        def normalize(*_):
            for size in (10**8, 10**7, 10**6, 10**5, 10**4):
                try:
                    while True:
                        builtins.kept = (getattr(builtins, "kept", None), np.empty(size))
                except MemoryError:
                    pass
            return 0.0
        """,
        says="more memory than there is|process died|it should have",
    ),
    Attack(
        "a_flood_of_prints",
        "Print for ever in the function.",
        """
        def normalize(*_):
            while True:
                print("x" * 10**6)
        """,
        says="more memory than there is|did not end in time",
    ),
    Attack(
        "a_flood_of_prints_in_the_cell",
        "Print for ever in the cell.",
        """
        while True:
            print("x" * 10**6)
        """,
        says="no `normalize`.*more than a million characters printed",
    ),
    Attack(
        "a_flood_on_standard_error",
        "Write to descriptor 2 for ever, past whatever Python redirects.",
        """
        def normalize(*_):
            while True:
                os.write(2, b"x" * 10**6)
        """,
        says="more than a million characters printed",
    ),
    Attack(
        "output_for_two",
        "Print as much as is allowed, so that the next, right, cell prints too much.",
        """
        print("x" * 900_000)

        def normalize(Z, *_):
            return Z
        """,
        edit=prints_a_lot,
    ),
    Attack(
        "a_compiler_bomb",
        "Give the compiler more nesting than it takes.",
        "x = " + "-" * 100_000 + "1",
        says="no `normalize`",
    ),
    Attack(
        "a_constant_bomb",
        "Let the compiler itself compute huge constants.",
        """
        def normalize(Z, *_):
            return (1 << 10**9) or "x" * 10**9
        """,
        says="did not end in time|more memory|no plain|not an array|cannot read",
    ),
]
