"""Results that lie about what they are."""

from bnlib.judging.key import practice_key

from .attack import PRELUDE, Attack


def learnt_by_heart():
    """Give a cell that knows the practice key's answers, which every learner has, and nothing else."""
    known = {
        case.inputs["Z"].tobytes(): (case.expected.values["out"].tolist(), str(case.expected.values["out"].dtype))
        for case in practice_key("normalize").cases
    }
    return (
        f"{PRELUDE}\nKNOWN = {known!r}\n\ndef normalize(Z, *_):\n    return np.array(*KNOWN.get(Z.tobytes(), (Z,)))\n"
    )


def practised(cells):
    cells["normalize"]["source"] = learnt_by_heart()


ATTACKS = [
    Attack(
        "equal_to_everything",
        "Return an object that equals whatever it is compared with.",
        """
        class Equal:
            __eq__ = __lt__ = __gt__ = __le__ = __ge__ = __bool__ = lambda *_: True
            __sub__ = __rsub__ = __abs__ = __array_wrap__ = lambda self, *_: self
            shape, dtype, size, nbytes = (), np.dtype(float), 1, 8

        def normalize(*_):
            return Equal()
        """,
        says="a Equal, not an array of numbers",
    ),
    Attack(
        "a_subclass_that_lies",
        "Return an ndarray subclass whose comparisons are always true.",
        """
        class Liar(np.ndarray):
            __eq__ = __le__ = __ge__ = lambda self, other: np.ones(np.shape(other), bool)
            __ne__ = lambda self, other: np.zeros(np.shape(other), bool)
            __sub__ = __rsub__ = lambda self, other: np.zeros(np.shape(other))
            __array_ufunc__ = lambda self, ufunc, method, *arguments, **options: np.True_
            __array_function__ = lambda self, function, kinds, arguments, options: np.True_
            all = any = lambda self, *_: True

        def normalize(Z, *_):
            return np.zeros(Z.shape).view(Liar)
        """,
    ),
    Attack(
        "a_subclass_with_a_false_shape",
        "Return an ndarray subclass whose shape, dtype and bytes are made up.",
        """
        class Liar(np.ndarray):
            shape = property(lambda self: (10**9, 10**9))
            dtype = property(lambda self: np.dtype("O"))
            nbytes = property(lambda self: -1)
            tobytes = lambda self: b"x" * 10**6
            __reduce__ = lambda self: (os._exit, (0,))

        def normalize(Z, *_):
            return np.zeros(2).view(Liar)
        """,
        says="it should have",
    ),
    Attack(
        "another_array_each_time",
        "Return an object whose `__array__` never says the same twice.",
        """
        class Moody:
            calls = itertools.count()

            def __array__(self, dtype=None, copy=None):
                return np.full(next(self.calls) + 1, 1.0)

        def normalize(*_):
            return Moody()
        """,
        says="it should have",
    ),
    Attack(
        "an_array_that_never_comes",
        "Return an object whose `__array__` never ends.",
        """
        class Slow:
            def __array__(self, dtype=None, copy=None):
                while True:
                    pass

        def normalize(*_):
            return Slow()
        """,
        says="did not end in time",
    ),
    Attack(
        "an_array_at_address_0",
        "Return an object whose array interface points nowhere.",
        """
        class Wild:
            __array_interface__ = {"shape": (10,), "typestr": "<f8", "data": (8, False), "version": 3}

        def normalize(*_):
            return Wild()
        """,
        says="process died.*SIGSEGV",
    ),
    Attack(
        "a_false_class",
        "Return an object that says that it is an ndarray.",
        """
        class False_:
            __class__ = np.ndarray
            dtype, shape, size, ndim = np.dtype(float), (3, 2), 6, 2

        def normalize(*_):
            return False_()
        """,
        says="not an array of numbers",
    ),
    Attack(
        "an_object_array",
        "Return an array of objects that equal everything.",
        """
        class Equal:
            __eq__ = lambda *_: True
            __float__ = lambda self: 0.0

        def normalize(Z, *_):
            return np.full(Z.shape, Equal(), dtype=object)
        """,
        says="not an array of numbers",
    ),
    Attack(
        "numbers_in_an_object_array",
        "Return Python's own huge integers.",
        """
        def normalize(Z, *_):
            return np.full(Z.shape, 10**400, dtype=object)
        """,
        says="not an array of numbers",
    ),
    Attack(
        "a_structured_array",
        "Return an array of records.",
        """
        def normalize(Z, *_):
            return np.zeros(Z.shape, dtype=[("right", float), ("also_right", float)])
        """,
        says="not an array of numbers",
    ),
    Attack(
        "complex_numbers",
        "Return complex numbers.",
        """
        def normalize(*arguments):
            return right(*arguments).astype(complex)
        """,
        says="not an array of numbers",
    ),
    Attack(
        "texts",
        "Return the numbers as texts.",
        """
        def normalize(*arguments):
            return right(*arguments).astype(str)
        """,
        says="not an array of numbers",
    ),
    Attack(
        "half_precision",
        "Return float16.",
        """
        def normalize(*arguments):
            return right(*arguments).astype(np.float16)
        """,
        says="holds float16 numbers",
    ),
    Attack(
        "less_precision",
        "Be right in float32 where float64 is asked for.",
        """
        def normalize(*arguments):
            return right(*arguments).astype(np.float32)
        """,
        says="holds float32 numbers",
    ),
    Attack(
        "long_doubles",
        "Return numbers that are longer than float64, and wrong.",
        """
        def normalize(*arguments):
            return right(*arguments).astype(np.longdouble) + 1
        """,
        says="none of its",
    ),
    Attack(
        "the_other_byte_order",
        "Return big-endian numbers whose bytes, read the other way, would be others.",
        """
        def normalize(Z, *_):
            return np.zeros(Z.shape, dtype=">f8")
        """,
        says="none of its|byte|holds",
    ),
    Attack(
        "right_in_the_other_byte_order",
        "Be right with big-endian numbers, which the notebook's check takes.",
        """
        def normalize(*arguments):
            return right(*arguments).astype(">f8")
        """,
        says="Tried",
        wrong=(),
    ),
    Attack(
        "nothing",
        "Return None.",
        """
        def normalize(*_):
            pass
        """,
        says="is None",
    ),
    Attack(
        "not_a_number",
        "Return NaN, which differs from everything and from itself.",
        """
        def normalize(Z, *_):
            return np.full(Z.shape, np.nan)
        """,
        says="NaN",
    ),
    Attack(
        "infinity",
        "Return infinity, so that every distance is inf or NaN.",
        """
        def normalize(Z, *_):
            return np.full(Z.shape, np.inf)
        """,
    ),
    Attack(
        "the_largest_numbers",
        "Return numbers whose difference overflows.",
        """
        def normalize(Z, *_):
            return np.full(Z.shape, -1.7976931348623157e308)
        """,
    ),
    Attack(
        "signalling_nan",
        "Return float32 NaN of the kind that makes the processor complain.",
        """
        def normalize(Z, *_):
            return np.full(Z.shape, 0x7FA00000, dtype=np.uint32).view(np.float32)
        """,
        says="NaN|holds float32",
    ),
    Attack(
        "no_numbers",
        "Return an array without elements, all of which are right.",
        """
        def normalize(Z, *_):
            return np.zeros((0, Z.shape[1]))
        """,
        says="it should have",
    ),
    Attack(
        "a_number_for_all",
        "Return one number and hope for broadcasting.",
        """
        def normalize(*_):
            return 0.0
        """,
        says="it should have",
    ),
    Attack(
        "a_masked_array",
        "Return an array with every element masked, which compares as masked.",
        """
        def normalize(Z, *_):
            return np.ma.masked_all(Z.shape)
        """,
        says=r"none of its|NaN|numbers are not|right shape",
    ),
    Attack(
        "a_list_in_itself",
        "Return a list that contains itself.",
        """
        def normalize(*_):
            ring = []
            ring.append(ring)
            return ring
        """,
        says="cannot read as an array|not an array of numbers|stopped with",
    ),
    Attack(
        "a_deeply_nested_list",
        "Return a list that is nested a hundred thousand times.",
        """
        def normalize(*_):
            nested = [1.0]
            for _ in range(100_000):
                nested = [nested]
            return nested
        """,
        says="cannot read as an array|not an array of numbers|stopped with",
    ),
    Attack(
        "an_endless_generator",
        "Return a generator that never ends.",
        """
        def normalize(*_):
            return itertools.count()
        """,
        says="not an array of numbers",
    ),
    Attack(
        "a_sequence_without_end",
        "Return a sequence that says that it is endless.",
        """
        class Endless:
            __len__ = lambda self: sys.maxsize
            __getitem__ = lambda self, index: 0.0

        def normalize(*_):
            return Endless()
        """,
        says="more memory|not an array|cannot read|stopped with|too large",
    ),
    Attack(
        "the_practice_answers_learnt_by_heart",
        "Pass the notebook's own check with the numbers of the practice key.",
        edit=practised,
    ),
    Attack(
        "the_argument_itself",
        "Return the argument, written over in place.",
        """
        def normalize(Z, *_):
            Z *= 0
            return Z
        """,
        says="none of its|changed its argument|stopped with",
    ),
    Attack(
        "right_but_the_argument_is_changed",
        "Be right, and change the caller's array on the way.",
        """
        def normalize(Z, mean, var, eps=1e-5):
            out = right(Z, mean, var, eps)
            Z += 1
            return out
        """,
        says="changed its argument `Z`",
    ),
    Attack(
        "a_function_that_is_an_object",
        "Be an object that answers every question about itself with itself.",
        """
        class Anything:
            __call__ = __getattr__ = __eq__ = lambda self, *_, **__: self
            __hash__ = None
            __bool__ = lambda self: True

        normalize = Anything()
        """,
        says="not an array of numbers|cannot read|stopped with",
    ),
    Attack(
        "an_object_that_fails_when_looked_at",
        "Be an object that raises at every look, and when it is called.",
        """
        class Prickly:
            def __getattribute__(self, name):
                raise ZeroDivisionError(name)

            def __call__(self, *_):
                raise ZeroDivisionError("called")

        normalize = Prickly()
        """,
        says="ZeroDivisionError",
    ),
]
