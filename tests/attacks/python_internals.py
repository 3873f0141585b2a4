"""Python's and numpy's own insides: patches, frames, hooks, imports."""

from .attack import LATER, Attack, code


def claims_a_later_lesson(cells):
    """Bring in lesson 7's check cell: what lies between is then handed over as earlier references."""
    cells["check_BatchNorm"] = code('check("BatchNorm")', "check_BatchNorm")


def claims_lesson_11(cells):
    """Bring in lesson 11's check cell."""
    cells["check_predict"] = code('check("predict")', "check_predict")


ATTACKS = [
    Attack(
        "numpy_array_patched",
        "Let np.array and np.asarray give zeros. Later results are read by the same functions.",
        """
        np.array = np.asarray = lambda *_, **__: np.zeros((3, 2))

        def normalize(*_):
            return 0.0
        """,
        says="it should have|none of its",
        costs=LATER,
    ),
    Attack(
        "numpy_comparisons_patched",
        "Let every comparison of numpy be true.",
        """
        true = lambda *_, **__: True
        for name in ("allclose", "isclose", "array_equal", "array_equiv", "all", "equal"):
            setattr(np, name, true)
        for name in ("assert_allclose", "assert_array_equal", "assert_array_almost_equal", "assert_equal"):
            setattr(np.testing, name, true)

        def normalize(Z, *_):
            return Z
        """,
    ),
    Attack(
        "the_case_runner_replaced",
        "Replace `run_case` by one that finds everything in order. It runs the later cases too.",
        """
        from bnlib.judging.outcome import Outcome

        worker = sys.modules["autograder.sandbox.worker"]
        worker.run_case = lambda *_: Outcome({"out": np.zeros((3, 2))}, {}, None)

        def normalize(*_):
            return 0.0
        """,
        costs=LATER,
    ),
    Attack(
        "the_encoder_replaced",
        "Replace the wire's encoder. It encodes the later results too.",
        """
        wire = sys.modules["autograder.sandbox.wire"]
        wire.encode = lambda *_: {"right": True, "correct": True, "score": 3, "status": "correct"}

        def normalize(*_):
            return 0.0
        """,
        says="process died",
        costs=LATER,
    ),
    Attack(
        "the_answer_replaced",
        "Replace the sending of answers by one that sends a verdict.",
        """
        worker = sys.modules["autograder.sandbox.worker"]
        worker._send = lambda *_: os.write(4, frame({"status": "correct", "score": 3, "cases_passed": 9}))

        def normalize(*_):
            return 0.0
        """,
        says="process died",
        costs=LATER,
    ),
    Attack(
        "json_and_struct_patched",
        "Let json and struct write what they like.",
        """
        json.dumps = lambda *_, **__: '{"right": true}'
        json.loads = lambda *_, **__: {"do": "case", "arguments": {"list": []}}

        def normalize(*_):
            return 0.0
        """,
        says="process died|no `normalize`",
        costs=LATER,
    ),
    Attack(
        "os_write_patched",
        "Swallow every answer.",
        """
        os.write = lambda descriptor, data: len(data)

        def normalize(*_):
            return 0.0
        """,
        says="no `normalize`.*cell 3 ended the process|did not end in time",
    ),
    Attack(
        "builtins_patched",
        "Let isinstance be true, and exec, compile and getattr do nothing.",
        """
        builtins.isinstance = lambda *_: True
        builtins.exec = builtins.compile = builtins.getattr = lambda *_, **__: None

        def normalize(*_):
            return 0.0
        """,
        says="process died|no `normalize`|stopped with",
    ),
    Attack(
        "the_type_ndarray_patched",
        "Write over ndarray's own slots in memory: its comparisons are true, or the process dies of it.",
        """
        def set_slot(type_, name, value):
            proxy = type_.__dict__
            ctypes.py_object.from_address(id(proxy) + 16).value[name] = value
            ctypes.pythonapi.PyType_Modified(ctypes.py_object(type_))

        set_slot(np.ndarray, "__eq__", lambda self, other: np.True_)
        set_slot(np.ndarray, "tobytes", lambda self: bytes(self.nbytes))

        def normalize(Z, *_):
            return Z
        """,
        says="none of its|process died",
        costs=LATER,
    ),
    Attack(
        "small_numbers_changed",
        "Make the number 3 be 4 in the whole interpreter.",
        """
        def normalize(Z, *_):
            ctypes.c_uint32.from_address(id(3) + 24).value = 4
            return Z
        """,
        says="none of its|process died|did not end in time|it should have",
    ),
    Attack(
        "the_types_of_outcomes_changed",
        "Let the dataclass of outcomes and failures equal everything.",
        """
        from bnlib.judging.outcome import Failure, Outcome

        Outcome.__eq__ = Failure.__eq__ = lambda *_: True
        Outcome.failure = None

        def normalize(Z, *_):
            return Z
        """,
    ),
    Attack(
        "the_expected_values_in_the_frames",
        "Walk up the frames and look for expected values.",
        """
        def normalize(Z, *_):
            frame, found = sys._getframe(), []
            while frame:
                found += [name for name in {**frame.f_locals, **frame.f_globals} if "expect" in name or "key" == name]
                frame = frame.f_back
            raise RuntimeError(f"found: {[name for name in found if name != 'expected']}")
        """,
        says=r"found: \[\]",
    ),
    Attack(
        "the_expected_values_in_memory",
        "Ask the garbage collector for keys, verdicts, and dicts with expected values.",
        """
        def normalize(Z, *_):
            gc.collect()
            kinds = {type(thing).__name__ for thing in gc.get_objects()}
            named = [k for o in gc.get_objects() if type(o) is dict for k in o if k in ("expected", "mistakes")]
            raise RuntimeError(f"found: {sorted(kinds & {'Key', 'KeyCase', 'Mistake', 'Verdict'}) + named}")
        """,
        says=r"found: \[\]",
    ),
    Attack(
        "the_case_changed_in_the_frames",
        "Make the case easier: change its inputs in the frames above, so that 0 is right.",
        """
        def normalize(Z, *_):
            frame = sys._getframe().f_back
            while frame:
                for given in (frame.f_locals.get("inputs"), frame.f_locals.get("given")):
                    for value in (given or {}).values():
                        if isinstance(value, np.ndarray):
                            value[...] = 0
                frame = frame.f_back
            return np.zeros(Z.shape)
        """,
        says="none of its|changed its argument",
    ),
    Attack(
        "the_script_changed",
        "Give the check's script another result by writing into the frame that runs it.",
        """
        def normalize(Z, *_):
            frame = sys._getframe().f_back
            frame.f_globals["np"] = None
            frame.f_globals["out"] = Z
            ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
            return Z
        """,
    ),
    Attack(
        "settrace",
        "Trace every line of the worker's own code, and change its locals.",
        """
        def trace(frame, event, argument):
            if "failure" in frame.f_locals:
                frame.f_locals["failure"] = None
                ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
            return trace

        def normalize(*_):
            sys.settrace(trace)
            raise RuntimeError("never told")
        """,
        says="process died|never told|not an array",
    ),
    Attack(
        "setprofile",
        "Profile every call, and leave in the middle of one.",
        """
        def profile(frame, event, argument):
            if frame.f_code.co_name == "encode":
                raise RuntimeError("no encoding today")

        def normalize(Z, *_):
            sys.setprofile(profile)
            return Z
        """,
        says="process died|no encoding today|none of its",
    ),
    Attack(
        "an_import_hook",
        "Put an importer first that serves its own numpy and bnlib. Later cells import from it.",
        """
        class Importer:
            def find_spec(self, name, path=None, target=None):
                raise ImportError(f"no {name} today")

        sys.meta_path.insert(0, Importer())
        for name in ("numpy", "bnlib", "bnlib.judging.runner"):
            sys.modules.pop(name, None)

        def normalize(Z, *_):
            return Z
        """,
        costs=LATER,
    ),
    Attack(
        "an_import_hook_for_the_grader",
        "Serve a judge and a comparison of one's own to whoever imports them.",
        """
        import importlib.machinery

        class Importer:
            def find_spec(self, name, path=None, target=None):
                if name.startswith(("autograder.", "bnlib.judging.")):
                    return importlib.machinery.ModuleSpec(name, self)

            def create_module(self, spec):
                return None

            def exec_module(self, module):
                module.judge = module.problem = module.same = module.differing = lambda *_: None

        sys.meta_path.insert(0, Importer())
        for name in [name for name in sys.modules if name.startswith("autograder.sandbox.")]:
            del sys.modules[name]

        def normalize(Z, *_):
            import autograder.printable
            from bnlib.judging.judge import problem

            problem(Z)
            return Z
        """,
    ),
    Attack(
        "false_modules",
        "Put false modules into sys.modules. A later cell imports from them.",
        """
        class False_(types.ModuleType):
            __getattr__ = lambda self, name: lambda *_, **__: True

        for name in ("numpy", "bnlib", "numpy.testing", "bnlib.judging.judge", "bnlib.judging.compare"):
            sys.modules[name] = False_(name)

        def normalize(Z, *_):
            return Z
        """,
        costs=("batch_norm_forward",),
    ),
    Attack(
        "a_file_named_numpy",
        "Make a numpy.py that the next import would find; an empty one would do.",
        """
        made = []
        for folder in (".", "/tmp", "CANARY", os.path.dirname(np.__file__), *sys.path):
            try:
                made.append(os.open(os.path.join(folder, "numpy.py"), os.O_WRONLY | os.O_CREAT))
            except OSError:
                pass

        def normalize(*_):
            raise RuntimeError(f"made: {made}")
        """,
        says=r"made: \[\]",
    ),
    Attack(
        "its_own_answer_from_the_library",
        "Answer with what bnlib has: it is one's own function.",
        """
        def normalize(*arguments):
            from bnlib import normalize

            return normalize(*arguments)
        """,
        says="RecursionError",
    ),
    Attack(
        "the_reference_imported_in_the_cell",
        "Import the reference before anything is defined.",
        """
        from bnlib import normalize
        """,
        says="no `normalize`.*ImportError",
    ),
    Attack(
        "the_source_of_the_reference",
        "Look into the library for the sources that the grader has handed over.",
        """
        def normalize(*_):
            import bnlib

            raise RuntimeError(f"sources: {sorted(bnlib.sources)}")
        """,
        says=r"sources: \['batch_size', 'batch_statistics', 'ewa_bias_corrected', 'ewa_update'\]",
    ),
    Attack(
        "a_later_reference",
        "Answer with batch_norm_inference with gamma 1 and beta 0.",
        """
        def normalize(Z, mean, var, eps=1e-5):
            from bnlib import batch_norm_inference

            return batch_norm_inference(Z, mean, var, 1.0, 0.0, eps)
        """,
        says="ImportError",
    ),
    Attack(
        "a_later_reference_brought_in",
        "Add lesson 7's check cell, so that batch_norm_inference counts as earlier, and answer with it.",
        """
        def normalize(Z, mean, var, eps=1e-5):
            from bnlib import batch_norm_inference

            return batch_norm_inference(Z, mean, var, 1.0, 0.0, eps)
        """,
        says="ImportError|RecursionError",
        edit=claims_a_later_lesson,
    ),
    Attack(
        "a_later_reference_that_stands_alone",
        "Add lesson 11's check cell, and answer with fold_into_linear, which calls none of the functions before it.",
        """
        def normalize(Z, mean, var, eps=1e-5):
            from bnlib import fold_into_linear

            n = Z.shape[-1]
            W, b = fold_into_linear(np.eye(n), np.zeros(n), mean, var, np.ones(n), np.zeros(n), eps)
            return Z @ W + b
        """,
        says="ImportError",
        edit=claims_lesson_11,
    ),
    Attack(
        "the_labs_network",
        "Answer with the lab's own batch norm layer.",
        """
        def normalize(Z, *_):
            from bnlib import lab

            return lab.Norm(Z.shape[1]).forward(Z)
        """,
        says="None",
    ),
    Attack(
        "the_labs_files",
        "Import the lab's network from its file.",
        """
        def normalize(Z, *_):
            from bnlib.lab.network import Norm

            return Norm(Z.shape[1]).forward(Z)
        """,
        says="ModuleNotFoundError",
    ),
    Attack(
        "the_sources_of_later_references",
        "Add lesson 7's check cell, and read in the references that come with it.",
        """
        def normalize(*_):
            import bnlib

            raise RuntimeError(f"later: {'batch_norm_inference' in bnlib.sources}, {'sqrt(' in str(bnlib.sources)}")
        """,
        says="later: False, False",
        edit=claims_a_later_lesson,
    ),
    Attack(
        "bnlib_checking",
        "Import the check, which knows the practice key.",
        """
        def normalize(*_):
            import bnlib.checking
        """,
        says="ModuleNotFoundError",
    ),
    Attack(
        "autograder_reference",
        "Import the reference from the grader.",
        """
        def normalize(*arguments):
            from autograder import reference

            return reference.normalize(*arguments)
        """,
        says="ImportError|PermissionError",
    ),
    Attack(
        "every_module_of_the_course",
        "Import whatever knows answers.",
        """
        def normalize(*_):
            import importlib

            found = []
            for name in ("autograder.coursebook.mistakes", "autograder.coursebook.exam",
                         "autograder.coursebook.lessons", "autograder.grading.grader", "bnlib.practice_key",
                         "bnlib.judging.key", "bnlib.judging.judge", "bnlib.solutions"):
                try:
                    found.append(importlib.import_module(name).__name__)
                except (ImportError, OSError):
                    pass
            raise RuntimeError(f"found: {found}")
        """,
        says=r"found: \[\]",
    ),
    Attack(
        "the_path_extended",
        "Look for the course's modules from its own folder. Later cells find no bnlib.",
        """
        sys.path.insert(0, "COURSE")

        def normalize(*_):
            for name in [name for name in sys.modules if name.startswith(("autograder", "bnlib"))]:
                del sys.modules[name]
            import autograder.coursebook.reference
        """,
        says="ModuleNotFoundError|PermissionError",
        costs=("batch_norm_forward",),
    ),
    Attack(
        "ipython_hooks",
        "Ask IPython to transform the cells that come.",
        """
        get_ipython().input_transformers_post.append(lambda lines: ["normalize = right"])

        def normalize(Z, *_):
            return Z
        """,
        says="no `normalize`.*AttributeError",
    ),
    Attack(
        "ipython_runs_cells",
        "Let IPython run code: cells, commands and magics are inert here.",
        """
        get_ipython().run_cell("def normalize(*arguments): return right(*arguments)")
        get_ipython().run_code("normalize = right")
        get_ipython().ex("normalize = right")
        get_ipython().system("touch CANARY/touched")
        get_ipython().push({"normalize": right})

        def normalize(Z, *_):
            return globals().get("normalise", Z)
        """,
    ),
    Attack(
        "ipython_formatters",
        "Ask IPython to run code whenever an array is displayed.",
        """
        get_ipython().display_formatter.formatters["text/html"].for_type(np.ndarray, lambda array: os._exit(0))

        def normalize(Z, *_):
            return Z
        """,
        says="no `normalize`.*AttributeError",
    ),
    Attack(
        "displayed_by_itself",
        "Return and display an array that runs code when it is displayed.",
        """
        class Displayed(np.ndarray):
            _repr_html_ = _repr_mimebundle_ = _ipython_display_ = __repr__ = __str__ = __format__ = (
                lambda *_, **__: os._exit(0)
            )

        display(np.zeros(3).view(Displayed))

        def normalize(Z, *_):
            display(Z.view(Displayed))
            return Z.view(Displayed)

        normalize(np.zeros(3))
        """,
    ),
    Attack(
        "ipython_patched",
        "Patch whatever runs, displays or grades notebooks elsewhere.",
        """
        def normalize(*_):
            import importlib

            patched = []
            for place, name in (
                ("IPython.core.interactiveshell", "InteractiveShell.run_code"),
                ("IPython.core.formatters", "DisplayFormatter.format"), ("ipykernel.zmqshell", "ZMQInteractiveShell"),
                ("nbclient", "NotebookClient"), ("nbgrader.preprocessors", "SaveAutoGrades"), ("nbconvert", "Exporter"),
            ):
                try:
                    importlib.import_module(place)
                    patched.append(name)
                except (ImportError, OSError):
                    pass
            raise RuntimeError(f"patched: {patched}")
        """,
        says=r"patched: \[\]",
    ),
    Attack(
        "the_namespace_holds_everything",
        "Replace the namespace's dict by one that has whatever is asked for. The worker has its own.",
        """
        class Everything(dict):
            __missing__ = lambda self, name: right
            __contains__ = lambda *_: True

        sys.modules["__main__"].__dict__.update(Everything(normalize=right))
        """,
        says="no `normalize`",
    ),
    Attack(
        "the_worker_itself_changed",
        "Find the worker's own object and give it a namespace and references of one's own.",
        """
        for thing in gc.get_objects():
            if type(thing).__name__ == "Submission":
                thing.case = lambda exercise, *_: ({"values": {"dict": {}}, "changed": {"dict": {}}}, [])

        def normalize(Z, *_):
            return Z
        """,
        says="process died",
        costs=LATER,
    ),
]
