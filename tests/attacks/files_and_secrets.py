"""Reading what is none of the submission's business, writing anywhere, and talking to others."""

from .attack import Attack

ATTACKS = [
    Attack(
        "the_secret",
        "Read a file of this machine, and tell it in the message.",
        """
        def normalize(*_):
            raise RuntimeError(open("CANARY/secret").read())
        """,
        says="FileNotFoundError|PermissionError",
    ),
    Attack(
        "the_course",
        "Read the keys, the seed, the gradebook, the lessons and the solutions.",
        """
        def normalize(*_):
            read = []
            for path in ("bnlib/practice_key/normalize.json", "course/lessons/normalise.md", "nbgrader_config.py",
                         "solutions/batchnorm/3_normalise.ipynb", "notebooks/batchnorm/3_normalise.ipynb",
                         "course/normalize/mistakes.py", "autograder/coursebook/exam.py", "tests/attacks/attack.py"):
                try:
                    read.append(os.open("COURSE/" + path, os.O_RDONLY))
                except OSError:
                    pass
            raise RuntimeError(f"read: {read}")
        """,
        says=r"read: \[\]",
    ),
    Attack(
        "the_class",
        "Read the exam seed, the gradebook, the kept verdicts and another learner's notebook, in every way.",
        """
        def normalize(*_):
            import linecache

            read, libc = [], ctypes.CDLL(None)
            for file in ("exam_seed", "gradebook.db", "verdicts/00/11.json",
                         "submitted/other/batchnorm/3_normalise.ipynb"):
                path = "CANARY/" + file
                for way in (
                    lambda: open(path, "rb").read(), lambda: os.open(path, os.O_RDONLY),
                    lambda: os.listdir(os.path.dirname(path)), lambda: np.fromfile(path), lambda: np.load(path),
                    lambda: linecache.getline(path, 1), lambda: __import__("runpy").run_path(path),
                    lambda: __import__("sqlite3").connect(path).execute("select * from sqlite_master").fetchall(),
                    lambda: libc.open(path.encode(), 0) >= 0,
                ):
                    try:
                        if way():
                            read.append(file)
                    except Exception:
                        pass
            raise RuntimeError(f"read: {read}")
        """,
        says=r"read: \[\]",
    ),
    Attack(
        "the_sandboxs_own_files",
        "Go through all that the sandbox shows, and look for answers.",
        """
        def normalize(*_):
            found = []
            for folder, _, files in os.walk("/sandbox"):
                for name in files if "/packages" not in folder else ():
                    text = open(os.path.join(folder, name), "rb").read()
                    known = (b'"expected"', b"class Key", b"@misconception", b"BEGIN SOLUTION", b"np.sqrt(var + eps)")
                    found += [name] if any(part in text for part in known) or "key" in folder + name else []
            raise RuntimeError(f"found: {found}")
        """,
        says=r"found: \[\]",
    ),
    Attack(
        "the_folders",
        "List the course's folder, temporary ones, processes and everybody's submissions.",
        """
        def normalize(*_):
            seen = []
            for path in ("COURSE", "COURSE/autograder", "CANARY", "/tmp", "/var/tmp", "/var/spool", "/proc", "/run"):
                try:
                    seen += os.listdir(path)
                except OSError:
                    pass
            raise RuntimeError(f"seen: {seen}")
        """,
        says=r"seen: \[\]",
    ),
    Attack(
        "the_system",
        "Read passwords, processes and memory.",
        """
        def normalize(*_):
            read = []
            for path in ("/etc/passwd", "/etc/shadow", "/proc/self/environ", "/proc/self/maps", "/proc/1/cmdline",
                         "/proc/self/mem", "/dev/mem", "/dev/kmsg", "/sys/kernel", "/run", "/dev/shm", "/etc/hostname"):
                try:
                    read.append(os.open(path, os.O_RDONLY))
                except OSError:
                    pass
            raise RuntimeError(f"read: {read}")
        """,
        says=r"read: \[\]",
    ),
    Attack(
        "the_environment",
        "Read environment variables, by Python and out of the process's memory.",
        """
        libc = ctypes.CDLL(None)
        libc.getenv.restype = ctypes.c_char_p

        def normalize(*_):
            raise RuntimeError(f"read: {dict(os.environ)}, {libc.getenv(b'AUTOGRADER_CANARY')}, {libc.getenv(b'HOME')}")
        """,
        says=r"read: \{\}, None, None",
    ),
    Attack(
        "the_arguments",
        "Read the command line that started the process.",
        """
        def normalize(*_):
            raise RuntimeError(f"seed: {'seed' in str(sys.argv + sys.orig_argv)}")
        """,
        says="seed: False",
    ),
    Attack(
        "writing",
        "Write, append, make folders, links and temporary files, wherever that might be allowed.",
        """
        def normalize(*_):
            import tempfile

            wrote = []
            for folder in ("CANARY", "COURSE", ".", "/", "/tmp", "/var/tmp", "/dev/shm", "/root", "/sandbox"):
                file = folder + "/attack"
                for write in (
                    lambda: open(file, "w"), lambda: open(file, "ab"), lambda: os.mkdir(file), lambda: os.mkfifo(file),
                    lambda: os.symlink("/etc", file), lambda: tempfile.NamedTemporaryFile(dir=folder),
                    lambda: os.open(folder, os.O_TMPFILE | os.O_RDWR), lambda: np.save(file, np.zeros(1)),
                ):
                    try:
                        write()
                        wrote.append(file)
                    except (OSError, RuntimeError):
                        pass
            raise RuntimeError(f"wrote: {wrote}")
        """,
        says=r"wrote: \[\]",
    ),
    Attack(
        "damage",
        "Delete, rename, truncate and open up what is there.",
        """
        def normalize(*_):
            done = []
            for name in ("CANARY/secret", "CANARY/gradebook.db", "COURSE/README.md", np.__file__, "/usr/bin/env"):
                for change in (os.remove, lambda p: os.rename(p, p + "~"), lambda p: os.truncate(p, 0),
                               lambda p: os.chmod(p, 0o777), lambda p: os.utime(p), lambda p: os.link(p, p + "~")):
                    try:
                        change(name)
                        done.append(name)
                    except OSError:
                        pass
            raise RuntimeError(f"done: {done}")
        """,
        says=r"done: \[\]",
    ),
    Attack(
        "shared_memory",
        "Share memory with others: POSIX, System V and anonymous files.",
        """
        def normalize(*_):
            calls = (29, 1, 4096, 0o1666), (64, 1, 1, 0o1666), (240, b"x", 66, 0o666), (319, b"x", 0)
            shared = [call for call in calls if ctypes.CDLL(None).syscall(*call) >= 0]
            try:
                from multiprocessing import shared_memory

                shared.append(shared_memory.SharedMemory("attack", create=True, size=4096).name)
            except (ImportError, OSError):
                pass
            raise RuntimeError(f"shared: {shared}")
        """,
        says=r"shared: \[\]",
    ),
    Attack(
        "sockets",
        "Open sockets of every family.",
        """
        def normalize(*_):
            opened = []
            for family, kind in itertools.product(range(46), (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW)):
                try:
                    opened.append(socket.socket(family, kind))
                except OSError:
                    pass
            raise RuntimeError(f"opened: {opened}")
        """,
        says=r"opened: \[\]",
    ),
    Attack(
        "an_abstract_socket",
        "Listen on an abstract socket, which no file system guards.",
        """
        def normalize(*_):
            server = socket.socket(socket.AF_UNIX)
            server.bind("\\0attack")
            server.listen()
        """,
        says="PermissionError",
    ),
    Attack(
        "the_network",
        "Ask a server for the answer.",
        """
        def normalize(*_):
            import urllib.request

            return urllib.request.urlopen("http://127.0.0.1/answer").read()
        """,
        says="Operation not permitted",
    ),
    Attack(
        "a_mapped_file",
        "Return an array that is a file on the disk.",
        """
        def normalize(Z, *_):
            return np.memmap("CANARY/mapped", mode="w+", shape=Z.shape)
        """,
        says="FileNotFoundError|PermissionError|ImportError",
    ),
    Attack(
        "a_saved_figure",
        "Let matplotlib write a file.",
        """
        def normalize(*_):
            import matplotlib.pyplot as plt

            plt.savefig("CANARY/figure.png")
        """,
        says="FileNotFoundError|PermissionError|OSError",
    ),
    Attack(
        "a_library",
        "Load a shared library that lies in the class's folder.",
        """
        def normalize(*_):
            ctypes.CDLL("CANARY/library.so")
        """,
        says="OSError",
    ),
    Attack(
        "the_terminal",
        "Write to the terminal, and push characters into its input.",
        """
        def normalize(*_):
            libc = ctypes.CDLL(None, use_errno=True)
            refused = lambda descriptor: libc.ioctl(descriptor, 0x5412, b"x") < 0 and ctypes.get_errno() == 1
            done = [descriptor for descriptor in range(5) if not refused(descriptor)]
            for path in ("/dev/tty", "/dev/console", "/dev/pts/0", "/dev/ptmx"):
                try:
                    done.append(os.open(path, os.O_RDWR))
                except OSError:
                    pass
            raise RuntimeError(f"done: {done}")
        """,
        says=r"done: \[\]",
    ),
]
