"""The pipes themselves: forged, half, huge and early frames, and descriptors closed or stolen."""

from .attack import LATER, Attack

ATTACKS = [
    Attack(
        "a_forged_verdict",
        "Answer the case oneself: with marks instead of results.",
        """
        def normalize(*_):
            os.write(4, frame({"right": True, "status": "correct", "score": 3, "values": True, "changed": {}}))
        """,
        says="process died",
    ),
    Attack(
        "forged_results",
        "Answer the case oneself, with zeros of the right shape, and never again.",
        """
        def normalize(Z, *_):
            zeros = {"dict": {"out": {"array": "<f8", "shape": list(Z.shape)}}}
            os.write(4, frame({"values": zeros, "changed": {"dict": {}}, "failure": None}, bytes(8 * Z.size)))
            time.sleep(1000)
        """,
        says="did not end in time|none of its",
    ),
    Attack(
        "all_answers_forged",
        "Take over: answer every request with the same frame.",
        """
        def normalize(*_):
            while True:
                head, tail = struct.unpack("<II", os.read(3, 8))
                os.write(4, frame({"values": {"dict": {"out": {"array": "<f8", "shape": []}}},
                                   "changed": {"dict": {}}}, bytes(8)))
                os.read(3, head + tail)
        """,
        says="process died|did not end in time|it should have",
    ),
    Attack(
        "an_earlier_answer_again",
        "Keep the first answer, which is right, and send it for every later case.",
        """
        worker = sys.modules["autograder.sandbox.worker"]
        send, kept = worker._send, []

        def replay(answer, body):
            if "values" in answer:
                kept.append((answer, body))
            send(*(kept[0] if kept and "values" in answer else (answer, body)))

        worker._send = replay

        def normalize(*arguments):
            return right(*arguments)
        """,
        says="it should have",
        costs=LATER,
    ),
    Attack(
        "answers_before_the_requests",
        "Write the answers to all cases before they are asked for. Later cells are answered by what is left over.",
        """
        os.write(4, frame({"values": {"dict": {}}, "changed": {"dict": {}}}) * 20)

        def normalize(*_):
            return 0.0
        """,
        says="process died|no `normalize`",
        costs=LATER,
    ),
    Attack(
        "one_answer_too_many",
        "Be wrong, and leave one more answer in the pipe for whatever is asked next.",
        """
        calls = itertools.count(1)

        def normalize(Z, *_):
            if next(calls) == 9:
                os.write(4, frame({"failure": ["raised", "Error", "", ""]}))
            return Z
        """,
    ),
    Attack(
        "answers_for_the_next_exercise",
        "Be wrong, and answer whatever is asked next: that there is no such function. Later exercises are not run.",
        """
        calls = itertools.count(1)

        def normalize(Z, *_):
            if next(calls) == 9:
                for _ in range(40):
                    os.write(4, frame({"missing": True}))
                    time.sleep(0.002)
            return Z
        """,
        costs=LATER,
    ),
    Attack(
        "huge_lengths",
        "Announce a frame of 8 GB.",
        """
        def normalize(*_):
            os.write(4, b"\\xff" * 8)
        """,
        says="process died.*too long",
    ),
    Attack(
        "half_a_frame",
        "Announce a frame, send half of it and fall silent.",
        """
        def normalize(*_):
            os.write(4, struct.pack("<II", 1000, 1000) + b"{" * 500)
            time.sleep(1000)
        """,
        says="did not end in time",
    ),
    Attack(
        "a_slow_drip",
        "Send a byte now and then: there is always something new.",
        """
        def normalize(*_):
            os.write(4, struct.pack("<II", 1 << 20, 0))
            while True:
                os.write(4, b"{")
                time.sleep(0.01)
        """,
        says="did not end in time",
    ),
    Attack(
        "a_flood_of_frames",
        "Send answers for ever.",
        """
        def normalize(*_):
            while True:
                os.write(4, frame({"values": {"dict": {}}, "changed": {"dict": {}}}))
        """,
        says="process died",
    ),
    Attack(
        "a_frame_that_is_not_json",
        "Send a header that is not JSON.",
        """
        def normalize(*_):
            os.write(4, frame(b"\\xff\\x00{'values'"))
        """,
        says="process died.*not JSON",
    ),
    Attack(
        "a_header_nested_too_deep",
        "Send a header that is nested half a million times.",
        """
        def normalize(*_):
            data = memoryview(frame(b"[" * 500_000))
            while data:
                data = data[os.write(4, data) :]
        """,
        says="process died.*not JSON",
    ),
    Attack(
        "a_number_of_a_million_digits",
        "Send a header with a number that takes long to read.",
        """
        def normalize(*_):
            data = memoryview(frame(b'{"values": ' + b"9" * 1_000_000 + b"}"))
            while data:
                data = data[os.write(4, data) :]
        """,
        says="process died.*not JSON",
    ),
    Attack(
        "a_dtype_that_is_a_list",
        "Send an array whose dtype cannot be looked up in a set.",
        """
        def normalize(*_):
            os.write(4, frame({"values": {"array": [], "shape": [1]}, "changed": {"dict": {}}}))
        """,
        says="process died",
    ),
    Attack(
        "a_dtype_that_is_no_number",
        "Send an array of Python objects: eight bytes that would be taken for a pointer.",
        """
        def normalize(*_):
            values = {"dict": {"out": {"array": "|O", "shape": [1]}}}
            os.write(4, frame({"values": values, "changed": {"dict": {}}}, bytes(8)))
        """,
        says="process died.*dtype",
    ),
    Attack(
        "a_shape_that_overflows",
        "Send an empty array whose other axes are too long for numpy.",
        """
        def normalize(*_):
            values = {"dict": {"out": {"array": "<f8", "shape": [0, 2**26, 2**26, 2**26]}}}
            os.write(4, frame({"values": values, "changed": {"dict": {}}}))
        """,
        says="process died",
    ),
    Attack(
        "a_shape_larger_than_the_bytes",
        "Announce a large array, and send none of it.",
        """
        def normalize(*_):
            values = {"dict": {"out": {"array": "<f8", "shape": [100_000]}}}
            os.write(4, frame({"values": values, "changed": {"dict": {}}}))
        """,
        says="process died.*larger than the bytes",
    ),
    Attack(
        "negative_sizes",
        "Send sizes that are negative, true, or no whole numbers.",
        """
        shapes = itertools.cycle(([-1], [True], [1.0], ["1"], [None], {}, "1", [1] * 40))

        def normalize(*_):
            values = {"dict": {"out": {"array": "<f8", "shape": next(shapes)}}}
            os.write(4, frame({"values": values, "changed": {"dict": {}}}, bytes(8)))
        """,
        says="process died",
    ),
    Attack(
        "truths_that_are_neither",
        "Send booleans whose bytes are neither 0 nor 1.",
        """
        def normalize(Z, *_):
            values = {"dict": {"out": {"array": "|b1", "shape": list(Z.shape)}}}
            os.write(4, frame({"values": values, "changed": {"dict": {}}}, b"\\xff" * Z.size))
            time.sleep(1000)
        """,
        says="did not end in time|holds bool numbers",
    ),
    Attack(
        "a_changed_argument_that_is_none",
        "Say that an argument was changed which does not exist.",
        """
        def normalize(*_):
            values = {"dict": {"out": {"array": "<f8", "shape": []}}}
            changed = {"dict": {"the gradebook": {"plain": 1}}}
            os.write(4, frame({"values": values, "changed": changed}, bytes(8)))
        """,
        says="process died.*malformed",
    ),
    Attack(
        "a_failure_that_is_none",
        "Send failures that are not four texts.",
        """
        failures = itertools.cycle((True, [], ["raised"] * 5, [1, 2, 3, 4], {"kind": "right"}))

        def normalize(*_):
            os.write(4, frame({"failure": next(failures)}))
        """,
        says="process died",
    ),
    Attack(
        "a_failure_that_shouts",
        "Send a failure whose texts are long, and full of control codes and HTML, past the worker's own cut.",
        """
        calls = itertools.count(1)

        def normalize(*arguments):
            if next(calls) < 9:
                return right(*arguments)
            text = "\\x1b[2J\\x00\\u202e\\ud83d<script>alert(1)</script><img src=x onerror=alert(1)>"
            data = memoryview(frame({"failure": ["raised", text * 2000, text * 2000, text * 2000]}))
            while data:
                data = data[os.write(4, data) :]
            time.sleep(1000)
        """,
        says=r"\\x1b\[2J",
    ),
    Attack(
        "a_warning_that_is_none",
        "Send warnings that are no text.",
        """
        warnings = itertools.cycle((None, ["warned"], {"numpy": "warned"}, 1))

        def normalize(Z, *_):
            zeros = {"dict": {"out": {"array": "<f8", "shape": list(Z.shape)}}}
            header = {"values": zeros, "changed": {"dict": {}}, "warned": next(warnings)}
            os.write(4, frame(header, bytes(8 * Z.size)))
        """,
        says="process died.*malformed",
    ),
    Attack(
        "a_warning_that_shouts",
        "Send a warning that is long, and full of control codes and HTML, past the worker's own cut.",
        """
        calls = itertools.count(1)

        def normalize(Z, *others):
            if next(calls) < 9:
                return right(Z, *others)
            text = "\\x1b[2J\\x00\\u202e\\ud83d<script>alert(1)</script><img src=x onerror=alert(1)>"
            zeros = {"dict": {"out": {"array": "<f8", "shape": list(Z.shape)}}}
            header = {"values": zeros, "changed": {"dict": {}}, "warned": text * 2000}
            data = memoryview(frame(header, bytes(8 * Z.size)))
            while data:
                data = data[os.write(4, data) :]
            time.sleep(1000)
        """,
        says=r"numpy warned: \\x1b\[2J",
    ),
    Attack(
        "failures_of_other_kinds",
        "Send failures whose kind is not a worker's to say, or unknown.",
        """
        kinds = itertools.cycle(("correct", "timeout", "crashed", "missing", "memory"))

        def normalize(*_):
            os.write(4, frame({"failure": [next(kinds), "Own", "goal", ""]}))
            time.sleep(1000)
        """,
        says="Own: goal|did not end in time",
    ),
    Attack(
        "the_request_stolen",
        "Read the next request away from the worker.",
        """
        def normalize(*_):
            os.read(3, 1 << 20)
        """,
        says="did not end in time",
    ),
    Attack(
        "the_requests_closed",
        "Close the pipe on which requests come.",
        """
        def normalize(*_):
            os.close(3)
            return 0.0
        """,
        says="process died|it should have",
    ),
    Attack(
        "the_answers_closed",
        "Close the pipe on which answers go, and live on.",
        """
        def normalize(*_):
            os.close(4)
            time.sleep(1000)
        """,
        says="process died",
    ),
    Attack(
        "everything_closed",
        "Close every descriptor, and live on.",
        """
        def normalize(*_):
            os.closerange(0, 1024)
            while True:
                pass
        """,
        says="process died",
    ),
    Attack(
        "output_into_the_answers",
        "Let print go where the answers go, and the answers where print goes.",
        """
        def normalize(*_):
            os.close(1)
            os.dup(4)
            os.close(4)
            os.dup(2)
            os.write(1, b"right right right")
        """,
        says="process died|did not end in time",
    ),
    Attack(
        "other_descriptors",
        "Look for descriptors that somebody has left open.",
        """
        def normalize(*_):
            found = []
            for descriptor in range(5, 1024):
                try:
                    found.append((descriptor, os.fstat(descriptor)))
                except OSError:
                    pass
            raise RuntimeError(f"found: {found}")
        """,
        says=r"found: \[\]",
    ),
    Attack(
        "the_pipes_opened_again",
        "Open others' pipes and one's own memory through /proc.",
        """
        def normalize(*_):
            opened = []
            for path in ("/proc/1/fd/4", f"/proc/{os.getppid()}/fd/0", "/proc/self/mem", "/proc/self/task"):
                try:
                    opened.append(os.open(path, os.O_RDONLY))
                except OSError:
                    pass
            raise RuntimeError(f"opened: {opened}")
        """,
        says=r"opened: \[\]",
    ),
]
