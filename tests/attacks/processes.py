"""Ending, stopping and multiplying the process."""

from .attack import LATER, Attack

ATTACKS = [
    Attack(
        "os_exit_in_the_function",
        "End the process in the middle of a case.",
        """
        def normalize(*_):
            os._exit(0)
        """,
        says="process died.*exit status 0",
    ),
    Attack(
        "os_exit_in_the_cell",
        "End the process before anything is defined.",
        """
        os._exit(0)
        """,
        says=r"no `normalize`.*cell 3 ended the process",
    ),
    Attack(
        "exit_group_past_python",
        "End the process by the system call, past whatever Python patches.",
        """
        def normalize(*_):
            ctypes.CDLL(None).syscall(231, 0)
        """,
        says="process died",
    ),
    Attack(
        "sys_exit_in_the_function",
        "Leave by SystemExit, which most handlers let through.",
        """
        def normalize(*_):
            sys.exit(0)
        """,
        says="SystemExit",
    ),
    Attack(
        "sys_exit_in_the_cell",
        "Leave the cell by SystemExit.",
        """
        sys.exit(0)
        """,
        says="no `normalize`.*SystemExit",
    ),
    Attack(
        "keyboard_interrupt",
        "Pretend that somebody stopped the check.",
        """
        def normalize(*_):
            raise KeyboardInterrupt
        """,
        says="KeyboardInterrupt",
    ),
    Attack(
        "an_exception_that_is_none",
        "Raise something that is no Exception.",
        """
        class Beyond(BaseException):
            pass

        def normalize(*_):
            raise Beyond("reach")
        """,
        says="Beyond: reach",
    ),
    Attack(
        "sigkill_to_oneself",
        "Send oneself SIGKILL.",
        """
        def normalize(*_):
            os.kill(os.getpid(), signal.SIGKILL)
        """,
        says="PermissionError",
    ),
    Attack(
        "sigstop_to_oneself",
        "Stop oneself, so that nobody ever answers.",
        """
        def normalize(*_):
            os.kill(os.getpid(), signal.SIGSTOP)
        """,
        says="PermissionError",
    ),
    Attack(
        "segmentation_fault",
        "Read address 0.",
        """
        def normalize(*_):
            ctypes.string_at(0)
        """,
        says="process died.*SIGSEGV",
    ),
    Attack(
        "abort",
        "Abort in C.",
        """
        def normalize(*_):
            ctypes.CDLL(None).abort()
        """,
        says="process died",
    ),
    Attack(
        "alarm",
        "Let a timer's signal go off in a later case.",
        """
        signal.setitimer(signal.ITIMER_REAL, 0.01)

        def normalize(*_):
            return 0.0
        """,
        says="no `normalize`.*itimer",
    ),
    Attack(
        "deaf_to_signals",
        "Ignore and block every signal, and loop.",
        """
        for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())

        def normalize(*_):
            while True:
                pass
        """,
        says="did not end in time",
    ),
    Attack(
        "fork_bomb",
        "Fork for ever.",
        """
        def normalize(*_):
            while True:
                os.fork()
        """,
        says="PermissionError",
    ),
    Attack(
        "thread_bomb",
        "Start threads that never end.",
        """
        def normalize(*_):
            while True:
                threading.Thread(target=time.sleep, args=(1000,)).start()
        """,
        says="can't start new thread",
    ),
    Attack(
        "a_daemon_thread",
        "Leave a daemon thread behind that answers for the others.",
        """
        def forge():
            while True:
                os.write(4, frame({"values": {"dict": {}}, "changed": {"dict": {}}}))

        def normalize(*_):
            threading.Thread(target=forge, daemon=True).start()
        """,
        says="can't start new thread",
    ),
    Attack(
        "clone_past_python",
        "Make processes by every call that makes them.",
        """
        libc = ctypes.CDLL(None, use_errno=True)

        def normalize(*_):
            made = [number for number in (56, 57, 58, 435) if libc.syscall(number, 0, 0, 0, 0, 0) >= 0]
            raise RuntimeError(f"made: {made}")
        """,
        says=r"made: \[\]",
    ),
    Attack(
        "a_program",
        "Run a program.",
        """
        def normalize(*_):
            subprocess.run(["/bin/true"])
        """,
        says="PermissionError",
    ),
    Attack(
        "a_shell",
        "Run a shell by os.system, popen and posix_spawn.",
        """
        def normalize(*_):
            ran = [os.system("true") == 0]
            for call in (lambda: os.popen("true"), lambda: os.posix_spawn("/bin/true", ["true"], {})):
                try:
                    ran.append(bool(call()))
                except OSError:
                    ran.append(False)
            raise RuntimeError(f"ran: {any(ran)}")
        """,
        says="ran: False",
    ),
    Attack(
        "another_program_in_its_place",
        "Become another program that keeps the descriptors.",
        """
        def normalize(*_):
            os.execv(sys.executable, [sys.executable, "-c", "while True: pass"])
        """,
        says="PermissionError",
    ),
    Attack(
        "kill_everybody",
        "Signal the parent, the group and all processes, by kill and by its relatives.",
        """
        libc = ctypes.CDLL(None)

        def normalize(*_):
            targets = (-1, 0, 1, 2, os.getppid())
            calls = [(62, target, 9) for target in targets] + [(200, target, 9) for target in targets]
            hit = [call for call in calls if call[1] != os.getpid() and libc.syscall(*call) == 0]
            raise RuntimeError(f"hit: {hit}")
        """,
        says=r"hit: \[\]",
    ),
    Attack(
        "signals_by_fcntl",
        "Have the kernel signal others: F_SETOWN, F_SETSIG and O_ASYNC on one's own pipe.",
        """
        def normalize(*_):
            import fcntl

            done = []
            for command, value in ((8, -1), (8, 1), (10, 9), (15, 0), (4, os.O_NONBLOCK | 0o20000)):
                try:
                    done.append(fcntl.fcntl(4, command, value))
                except OSError:
                    pass
            raise RuntimeError(f"done: {done}")
        """,
        says=r"done: \[\]",
    ),
    Attack(
        "system_calls",
        "ptrace, unshare, setns, memfd, bpf, io_uring, keys, userfaultfd, mount, chroot, seccomp.",
        """
        libc = ctypes.CDLL(None, use_errno=True)

        def normalize(*_):
            numbers = (101, 272, 308, 319, 321, 425, 250, 248, 323, 165, 161, 317, 310, 311, 434, 424)
            # Any other error than EPERM would say that the kernel has looked at the call.
            refused = lambda number: libc.syscall(number, 0, 0, 0, 0, 0, 0) < 0 and ctypes.get_errno() == 1
            there = [number for number in numbers if not refused(number)]
            raise RuntimeError(f"there: {there}")
        """,
        says=r"there: \[\]",
    ),
    Attack(
        "ptrace",
        "Trace the parent, oneself and the first process, and read and write their memory.",
        """
        libc = ctypes.CDLL(None, use_errno=True)

        def normalize(*_):
            traced = []
            buffer = ctypes.create_string_buffer(64)
            vector = struct.pack("<QQ", ctypes.addressof(buffer), 64)
            for process in {1, os.getpid(), os.getppid() or 2}:
                calls = [(101, request, process, 0, 0) for request in (0, 16, 0x4206)]
                calls += [(number, process, vector, 1, vector, 1, 0) for number in (310, 311)]
                calls += [(434, process, 0), (438, 3, 0, 0), (312, process, process, 0, 0, 0)]
                traced += [call[0] for call in calls if libc.syscall(*call) >= 0 or ctypes.get_errno() != 1]
            raise RuntimeError(f"traced: {traced}")
        """,
        says=r"traced: \[\]",
    ),
    Attack(
        "a_daemon",
        "Leave a process behind that waits until the grader looks away.",
        """
        def normalize(*_):
            left = []
            for way in (
                lambda: os.fork() or time.sleep(100),
                lambda: os.forkpty()[0] or time.sleep(100),
                lambda: subprocess.Popen(["nohup", "sleep", "100"], start_new_session=True),
                lambda: os.posix_spawn("/bin/sh", ["sh", "-c", "sleep 100 &"], {}, setsid=True),
                lambda: __import__("multiprocessing").Process(target=time.sleep, args=(100,)).start(),
                lambda: left.append("daemon") if ctypes.CDLL(None).daemon(0, 0) == 0 else None,
            ):
                try:
                    left.append(way())
                except (OSError, ImportError):
                    pass
            raise RuntimeError(f"left: {[way for way in left if way]}")
        """,
        says=r"left: \[\]",
    ),
    Attack(
        "prctl",
        "Become dumpable, keep capabilities, have no death signal, leave the filter.",
        """
        libc = ctypes.CDLL(None)

        def normalize(*_):
            done = [option for option in (1, 4, 8, 15, 22, 24, 36, 47) if libc.prctl(option, 1, 0, 0, 0) >= 0]
            raise RuntimeError(f"done: {done}")
        """,
        says=r"done: \[\]",
    ),
    Attack(
        "higher_limits",
        "Raise one's own limits.",
        """
        def normalize(*_):
            raised = []
            limits = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC)
            # Even the limits that are in force cannot be set: the call itself is not there.
            for limit, to in [(n, (resource.RLIM_INFINITY,) * 2) for n in limits] + [(n, None) for n in limits]:
                try:
                    resource.setrlimit(limit, to or resource.getrlimit(limit))
                    raised.append(limit)
                except (OSError, ValueError):
                    pass
            raise RuntimeError(f"raised: {raised}")
        """,
        says=r"raised: \[\]",
    ),
    Attack(
        "deep_recursion",
        "Recur without end.",
        """
        def normalize(*arguments):
            return normalize(*arguments)
        """,
        says="RecursionError",
    ),
    Attack(
        "deep_recursion_in_c",
        "Lift Python's limit and run the C stack over.",
        """
        sys.setrecursionlimit(10**9)

        def normalize(*_):
            return sorted([1], key=normalize)
        """,
        says="process died",
    ),
    Attack(
        "atexit",
        "Leave a handler that answers when the process ends.",
        """
        import atexit

        atexit.register(lambda: os.write(4, frame({"values": {"dict": {}}, "changed": {"dict": {}}}) * 100))

        def normalize(*_):
            return 0.0
        """,
        says="shape",
    ),
    Attack(
        "a_deadly_destructor",
        "Return an array that ends the process when it is thrown away.",
        """
        class Deadly(np.ndarray):
            def __del__(self):
                os._exit(0)

        def normalize(Z, *_):
            return np.zeros(Z.shape).view(Deadly)
        """,
        says="process died",
    ),
    Attack(
        "right_at_first",
        "Count the calls: be right in the first cases, and then end the process.",
        """
        calls = itertools.count()

        def normalize(*arguments):
            return right(*arguments) if next(calls) < 4 else os._exit(0)
        """,
        says="process died",
    ),
    Attack(
        "a_bomb_for_the_next_cell",
        "Be wrong, and end the process when the next, right, cell is compiled.",
        """
        def normalize(Z, *_):
            def bomb(source, name, *arguments, compile=builtins.compile, **options):
                return os._exit(0) if name.startswith("<cell") else compile(source, name, *arguments, **options)

            builtins.compile = bomb
            return Z
        """,
    ),
    Attack(
        "a_bomb_for_the_reference",
        "Be wrong, and end the process when the reference of `normalize` arrives.",
        """
        def normalize(Z, *_):
            def bomb(source, name, *arguments, compile=builtins.compile, **options):
                return os._exit(0) if "reference" in name else compile(source, name, *arguments, **options)

            builtins.compile = bomb
            return Z
        """,
    ),
    Attack(
        "a_bomb_set_by_the_cell",
        "An audit hook, set when the cell runs, ends every process in which a reference arrives: all that comes later.",
        """
        def hook(event, arguments):
            if event == "compile" and "reference" in str(arguments[1]):
                os._exit(0)

        sys.addaudithook(hook)

        def normalize(Z, *_):
            return Z
        """,
        costs=LATER,
    ),
    Attack(
        "a_time_bomb",
        "Be right in a notebook, and act where there is no IPython, where `check` does nothing, or in the year 2000.",
        """
        import bnlib

        def graded():
            return "IPython" not in sys.modules or not os.path.exists("/proc/self") or bnlib.check("normalize") is None

        def normalize(*arguments):
            if not graded() and time.time() > 946_684_800:
                return right(*arguments)
            os.write(4, frame({"right": True}))
            os._exit(0)
        """,
        says="process died",
    ),
    Attack(
        "a_bomb_that_is_right",
        "Be right in every case, and end the process when the next cell is compiled.",
        """
        def normalize(*arguments):
            def bomb(source, name, *arguments, compile=builtins.compile, **options):
                return os._exit(0) if name.startswith("<cell") else compile(source, name, *arguments, **options)

            builtins.compile = bomb
            return right(*arguments)
        """,
        says="Tried",
        wrong=(),
    ),
    Attack(
        "a_bomb_in_a_later_exercise",
        "Be wrong at once, and kill the process each time that a later exercise's case begins.",
        """
        def normalize(Z, *_):
            worker = sys.modules["autograder.sandbox.worker"]
            worker.run_case = lambda *arguments: os._exit(0)
            return Z
        """,
        says="process died|no `normalize`",
    ),
]
