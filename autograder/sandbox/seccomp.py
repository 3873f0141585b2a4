"""The system calls that a worker may make: an allow-list, built here with libseccomp and handed over as a program."""

import os

ALLOWED = """
read readv write writev pread64 close fstat newfstatat stat lstat statx lseek access faccessat faccessat2
readlink readlinkat getdents64 getcwd mmap munmap mremap mprotect madvise brk futex set_robust_list rseq
rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack clock_gettime clock_getres clock_nanosleep nanosleep
gettimeofday time getpid getppid gettid getuid geteuid getgid getegid getrusage times sched_yield
sched_getaffinity getrandom exit exit_group poll ppoll select pselect6 restart_syscall uname sysinfo dup getrlimit
""".split()
TCGETS = 0x5401
# Never F_SETOWN, F_SETSIG or O_ASYNC: the kernel would send signals, SIGKILL too, to others for it.
FCNTL_COMMANDS = (0, 1, 2, 3, 1030)  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC
PRCTL_QUESTIONS = (21, 39)  # PR_GET_SECCOMP, PR_GET_NO_NEW_PRIVS
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def build(may_open: bool = True) -> int:
    """Give a file descriptor that holds the filter as a BPF program."""
    import pyseccomp as lib

    rules = lib.SyscallFilter(defaction=lib.ERRNO(1))
    for name in ALLOWED:
        try:
            rules.add_rule(lib.ALLOW, name)
        except OSError:
            continue  # not every machine knows every call
    if may_open:
        rules.add_rule(lib.ALLOW, "openat", lib.Arg(2, lib.MASKED_EQ, WRITING, 0))
    rules.add_rule(lib.ALLOW, "ioctl", lib.Arg(1, lib.EQ, TCGETS))
    rules.add_rule(lib.ALLOW, "prlimit64", lib.Arg(0, lib.EQ, 0), lib.Arg(2, lib.EQ, 0))
    for command in FCNTL_COMMANDS:
        rules.add_rule(lib.ALLOW, "fcntl", lib.Arg(1, lib.EQ, command))
    for question in PRCTL_QUESTIONS:
        rules.add_rule(lib.ALLOW, "prctl", lib.Arg(0, lib.EQ, question))
    rules.add_rule(lib.ERRNO(38), "clone3")  # "not implemented", so that libc falls back instead of failing
    program = os.memfd_create("filter", 0)
    with os.fdopen(os.dup(program), "wb") as file:
        rules.export_bpf(file)
    return program
