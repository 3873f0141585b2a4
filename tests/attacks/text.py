"""Texts that a person or a program reads: what an attack makes of error messages."""

from .attack import Attack

ATTACKS = [
    Attack(
        "control_codes",
        "Clear the terminal, ring its bell, and rename its window.",
        """
        def normalize(*_):
            raise ValueError("\\x1b[2J\\x1b]0;owned\\x07\\r\\b\\x00\\x7f\\x9b31mdone")
        """,
        says=r"\\x1b\[2J",
    ),
    Attack(
        "writing_from_right_to_left",
        "Turn the message round with marks that cannot be seen.",
        """
        def normalize(*_):
            raise ValueError("\\u202egnorw\\u2066\\ufeff\\u200b")
        """,
        says=r"\\u202e",
    ),
    Attack(
        "half_a_character",
        "Give a text that no encoding can write.",
        """
        def normalize(*_):
            raise ValueError("half: \\ud83d")
        """,
        says=r"half: \\ud83d",
    ),
    Attack(
        "html",
        "Put a script into the page that shows the message.",
        """
        def normalize(*_):
            raise ValueError("</pre><script>alert(1)</script><img src=x onerror=alert(1)> `<b>code</b>`")
        """,
        says="<script>",
    ),
    Attack(
        "a_message_that_says_correct",
        "Imitate the grader's own words.",
        """
        def normalize(*_):
            raise ValueError("\\n\\n✓ normalize is right in all 9 cases.")
        """,
        says="ValueError",
    ),
    Attack(
        "a_text_of_ten_million_characters",
        "Make the message longer than anybody reads.",
        """
        def normalize(*_):
            raise ValueError("x" * 10**7)
        """,
        says="ValueError: xxx",
    ),
    Attack(
        "a_name_of_a_million_characters",
        "Make the exception's name longer than anybody reads.",
        """
        def normalize(*_):
            raise type("E" * 10**6, (Exception,), {})("long")
        """,
        says="EEE",
    ),
    Attack(
        "a_name_with_control_codes",
        "Hide control codes in the exception's name.",
        """
        def normalize(*_):
            raise type("\\x1b[31mRed", (Exception,), {})
        """,
        says=r"\\x1b\[31mRed",
    ),
    Attack(
        "a_text_that_raises",
        "Raise an exception whose text raises.",
        """
        class Mute(Exception):
            def __str__(self):
                raise ZeroDivisionError("no text")

        def normalize(*_):
            raise Mute
        """,
        says="Mute|ZeroDivisionError",
    ),
    Attack(
        "a_text_that_raises_in_the_cell",
        "Raise such an exception in the cell.",
        """
        class Mute(Exception):
            def __str__(self):
                raise ZeroDivisionError("no text")

        raise Mute
        """,
        says="no `normalize`.*Mute: its text cannot be printed",
    ),
    Attack(
        "a_text_that_never_ends",
        "Raise an exception whose text is computed for ever.",
        """
        class Endless(Exception):
            def __str__(self):
                while True:
                    pass

        def normalize(*_):
            raise Endless
        """,
        says="did not end in time",
    ),
    Attack(
        "a_text_that_is_none",
        "Raise an exception whose text is a number.",
        """
        class Number(Exception):
            __str__ = lambda self: 7

        def normalize(*_):
            raise Number
        """,
        says="Number|TypeError",
    ),
    Attack(
        "a_text_that_ends_the_process",
        "Raise an exception whose text ends the process.",
        """
        class Deadly(Exception):
            __str__ = lambda self: os._exit(0)

        def normalize(*_):
            raise Deadly
        """,
        says="process died",
    ),
    Attack(
        "a_class_that_lies",
        "Raise an exception that claims to be of another class each time.",
        """
        class Liar(Exception):
            __class__ = property(lambda self: next(classes))

        classes = itertools.cycle((NotImplementedError, KeyboardInterrupt, MemoryError, int))

        def normalize(*_):
            raise Liar("who?")
        """,
        says="`normalize`|who",
    ),
    Attack(
        "an_exception_without_a_class",
        "Raise an exception that hides its class.",
        """
        class Hidden(Exception):
            __class__ = property(lambda self: 1 / 0)

        def normalize(*_):
            raise Hidden("here")
        """,
        says="Hidden|ZeroDivisionError",
    ),
    Attack(
        "a_group_of_groups",
        "Raise a group of nested groups.",
        """
        def normalize(*_):
            group = ValueError("core")
            for _ in range(10_000):
                group = ExceptionGroup("shell", [group])
            raise group
        """,
        says="ExceptionGroup|process died",
    ),
    Attack(
        "a_chain_of_causes",
        "Raise an exception that is its own cause.",
        """
        def normalize(*_):
            error = ValueError("ring")
            error.__cause__ = error.__context__ = error
            raise error
        """,
        says="ValueError: ring",
    ),
    Attack(
        "a_recursive_repr",
        "Raise an exception whose argument's repr recurs.",
        """
        class Ring:
            def __repr__(self):
                return f"<{self!r}>"

        def normalize(*_):
            raise ValueError(Ring())
        """,
        says="ValueError|RecursionError",
    ),
    Attack(
        "warnings",
        "Warn with control codes.",
        """
        import warnings

        def normalize(Z, *_):
            warnings.warn("\\x1b[2Jwarned")
            return Z
        """,
        says=r"none of its.*numpy warned: \\x1b\[2Jwarned",
    ),
    Attack(
        "a_syntax_error_with_false_lines",
        "Raise a SyntaxError that points to nowhere.",
        """
        def normalize(*_):
            raise SyntaxError("odd", ("\\x1b[31m/etc/passwd", -5, 10**9, "x" * 10**6, None, None))
        """,
        says="SyntaxError: odd",
    ),
    Attack(
        "a_line_with_control_codes",
        "Hide control codes in the source line that the message quotes.",
        "def normalize(*_):\n    raise ValueError('quoted')  # \x1b[2J <script>",
        says=r"Your line: .*\\x1b\[2J",
    ),
    Attack(
        "false_line_numbers",
        "Have the message quote other lines than those that ran.",
        """
        def normalize(*_):
            import linecache

            linecache.getline = lambda *_: "\\x1b[2J" + "x" * 10**6
            raise ValueError("false line")
        """,
        says="ValueError: false line",
    ),
]
