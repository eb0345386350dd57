"""Holds a Python interpreter before the first line of its program.

Python imports this module while it starts, before it opens the program's file. So what is held here is a complete interpreter
whose command line is the program's own: when this module returns, Python goes on exactly as `python3 main.py` does, with no
frame, module or flag of ours in sight.

CODEEXEC_WARM says how it is held:
  "start"  alone in its cell; fd 3 brings the message that lets it go.
  "fork"   as the template of many cells: fd 3 is a socket of packets. Each one brings the descriptors of a new cell; the template
           forks it into namespaces of its own. In the new cell process 1 becomes the runner and process 2 waits for its message.

Nothing in here runs after user code has: a template forks, and never runs, what users send.
"""


def _hold():
    import os

    mode = os.environ.pop("CODEEXEC_WARM", None)
    if mode is None:
        return
    import sys

    before = {*sys.modules, "sitecustomize"}
    here = os.path.dirname(os.path.abspath(__file__))
    os.environ.pop("PYTHONPATH", None)
    sys.path[:] = [p for p in sys.path if os.path.abspath(p) != here]
    control = _be_template() if mode == "fork" else 3
    _wait_for_program(control)
    sys.path_importer_cache.pop(here, None)
    for name in set(sys.modules) - before:
        del sys.modules[name]
    # To the module `site`, which imports this one, that is a machine without a sitecustomize: it goes on, and nothing of us stays.
    raise ImportError(name="sitecustomize")


def _wait_for_program(control):
    import json
    import os
    import sys

    parts = []
    while True:
        part = os.read(control, 65536)
        if not part:
            break
        parts.append(part)
    os.close(control)
    message = b"".join(parts)
    if not message.endswith(b"\n"):
        os._exit(125)  # the runner has gone, or has no use for this interpreter
    program = json.loads(message)
    os.environ.clear()
    os.environ.update(program["env"])
    os.chdir(program["cwd"])
    sys.argv.extend(program["args"])
    sys.orig_argv.extend(program["args"])


def _be_template():
    """Returns only in the second process of a new cell, with the control descriptor of that process."""
    import array
    import ctypes
    import fcntl
    import gc
    import os
    import signal
    import socket
    import struct
    import sys

    # What most programs import anyway; a fork has it for nothing. Each is dropped from sys.modules again before user code.
    import json  # noqa: F401

    libc = ctypes.CDLL(None, use_errno=True)
    NEWNS, NEWCGROUP, NEWUTS, NEWIPC = 0x00020000, 0x02000000, 0x04000000, 0x08000000
    NEWPID, NEWNET = 0x20000000, 0x40000000
    MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
    MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
    SYS = {"x86_64": {"clone": 56, "capset": 126}, "aarch64": {"clone": 220, "capset": 91}}[os.uname().machine]
    PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_SECUREBITS, PR_CAP_AMBIENT, PR_SET_NO_NEW_PRIVS = 4, 22, 24, 28, 47, 38

    def check(result, what):
        if result < 0:
            number = ctypes.get_errno()
            raise OSError(number, what + ": " + os.strerror(number))
        return result

    def mount(source, target, kind, flags, data=None):
        check(libc.mount(source, target, kind, ctypes.c_ulong(flags), data), "mount " + target.decode())

    def set_up(size_mb):
        """The new cell's own file systems, over the template's read-only ones."""
        mount(b"none", b"/", None, MS_REC | MS_PRIVATE)
        size = b"size=%dm,mode=0755" % size_mb
        mount(b"tmpfs", b"/workspace", b"tmpfs", MS_NOSUID | MS_NODEV, size)
        mount(b"tmpfs", b"/tmp", b"tmpfs", MS_NOSUID | MS_NODEV, size)
        mount(b"tmpfs", b"/dev/shm", b"tmpfs", MS_NOSUID | MS_NODEV, size)
        mount(b"devpts", b"/dev/pts", b"devpts", MS_NOSUID | MS_NOEXEC, b"newinstance,ptmxmode=0666,mode=620")
        mount(b"proc", b"/proc", b"proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
        # The settings of the new namespaces would be the program's to write, and whoever writes to a pressure file has the kernel
        # watch the whole machine for him.
        mount(b"/proc/sys", b"/proc/sys", None, MS_BIND)
        mount(None, b"/proc/sys", None, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC)
        if os.path.isdir("/proc/pressure"):
            mount(b"tmpfs", b"/proc/pressure", b"tmpfs", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, b"mode=0555")
        check(libc.sethostname(b"cell", 4), "sethostname")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as lo:
            request = struct.pack("16sH14s", b"lo", 0x1 | 0x40, b"")  # IFF_UP | IFF_RUNNING
            fcntl.ioctl(lo, 0x8914, request)  # SIOCSIFFLAGS

    def install(seccomp):
        filters = ctypes.create_string_buffer(seccomp, len(seccomp))
        program = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(seccomp) // 8, ctypes.addressof(filters)))
        check(libc.prctl(PR_SET_SECCOMP, 2, program, 0, 0), "seccomp")

    def give_up_privileges():
        for capability in range(64):
            if libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0:
                break  # the kernel has no more of them
        check(libc.prctl(PR_CAP_AMBIENT, 4, 0, 0, 0), "clear ambient capabilities")
        header = ctypes.create_string_buffer(struct.pack("Ii", 0x20080522, 0))
        check(libc.syscall(SYS["capset"], header, ctypes.create_string_buffer(24)), "capset")
        check(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")

    channel = socket.socket(fileno=3)
    os.set_inheritable(3, False)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with open(os.environ.pop("CODEEXEC_SECCOMP"), "rb") as file:
        seccomp = file.read()
    with open(os.environ.pop("CODEEXEC_SHIELD"), "rb") as file:
        shield = file.read()  # keeps a program's hands off the limits and priorities of its runner
    runner = os.environ.pop("CODEEXEC_RUNNER")
    # What is here now is never garbage: a collector that does not walk it does not copy its pages into every fork.
    gc.collect()
    gc.freeze()
    channel.send(b"ready")

    while True:
        packet, ancillary, _, _ = channel.recvmsg(4096, socket.CMSG_SPACE(32 * 4))
        if not packet:
            os._exit(0)  # the host has gone
        fds = array.array("i")
        for _, _, data in ancillary:
            fds.frombytes(data[: len(data) - len(data) % 4])
        request = json.loads(packet)
        flags = NEWPID | NEWNS | NEWNET | NEWIPC | NEWUTS | signal.SIGCHLD
        child = libc.syscall(SYS["clone"], ctypes.c_ulong(flags), None, None, None, None)
        if child > 0:
            # The host needs a handle that can not be another process's by now.
            handle = os.pidfd_open(child)
            socket.send_fds(channel, [b"made"], [handle])
            os.close(handle)
            for fd in fds:
                os.close(fd)
            continue
        if child < 0:
            channel.send(b"failed " + os.strerror(ctypes.get_errno()).encode())
            for fd in fds:
                os.close(fd)
            continue
        # From here on: process 1 of the new cell.
        job, events = fds[0], fds[1]
        try:
            joins = list(fds[2 : 2 + request["joins"]])
            counters = list(fds[2 + request["joins"] :])
            for fd in joins:
                os.write(fd, b"0")
                os.close(fd)
            check(libc.unshare(NEWCGROUP), "unshare cgroup namespace")
            set_up(request["sizeMb"])
            ours = {}
            for name in ("control", "stdin", "stdout", "stderr"):
                ours[name] = os.pipe()
            channel.close()
            give_up_privileges()
            install(seccomp)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            program = os.fork()
            if program == 0:
                os.setsid()
                score = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
                os.write(score, b"1000")
                os.dup2(ours["stdin"][0], 0)
                os.dup2(ours["stdout"][1], 1)
                os.dup2(ours["stderr"][1], 2)
                os.dup2(ours["control"][0], 3, inheritable=False)
                os.closerange(4, 1024)
                install(shield)
                # What the template had for itself is never let go: letting go would write to its pages, and so copy them.
                kept = ctypes.py_object((sys.modules.copy(), libc, mount, set_up, check, install, give_up_privileges, channel, request))
                ctypes.pythonapi.Py_IncRef(kept)
                return 3
            os.dup2(job, 0)
            os.dup2(events, 1)
            os.dup2(os.open("/dev/null", os.O_WRONLY), 2)
            argv = [runner, "--warm-pid", str(program)]
            keep = {"--warm-control": ours["control"][1], "--warm-stdin": ours["stdin"][1],
                    "--warm-stdout": ours["stdout"][0], "--warm-stderr": ours["stderr"][0]}
            for option, fd in keep.items():
                os.set_inheritable(fd, True)
                argv += [option, str(fd)]
            if counters:
                for fd in counters:
                    os.set_inheritable(fd, True)
                argv += ["--cgroup", request["cgroup"] % tuple(counters)]
            os.execve(runner, argv, {})
        except BaseException as e:
            fault = {"type": "fault", "seq": 1, "message": "The cell could not be made: %s" % e}
            os.write(events, json.dumps(fault).encode() + b"\n")
            os._exit(70)


_hold()
