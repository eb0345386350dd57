"""Holds a Python interpreter before the first line of its program.

Python imports this module while it starts, before it opens the program's file. So what is held here is a complete interpreter
whose command line is the program's own: when this module returns, Python goes on exactly as `python3 main.py` does, with no
frame, module or flag of ours in sight.

CODEEXEC_WARM says how it is held:
  "start"  alone in its cell; fd 3 brings the message that lets it go. Closing fd 4 says that it waits.
  "fork"   as the template of many cells: fd 3 is a socket of packets. Each one brings the descriptors of a new cell; the template
           forks it into namespaces of its own (cell.c does). In the new cell process 2 waits for its message.

Nothing in here runs after user code has: a template forks, and never runs, what users send.
"""


def _hold():
    import os

    mode = os.environ.pop("CODEEXEC_WARM", None)
    if mode is None:
        return
    import sys

    before = {*sys.modules, "sitecustomize"}
    import json

    here = os.path.dirname(os.path.abspath(__file__))
    _, _, own = os.environ.pop("PYTHONPATH", "").partition(":")
    if own:
        os.environ["PYTHONPATH"] = own  # the program's
    sys.path[:] = [p for p in sys.path if os.path.abspath(p) != here]
    sys.path_importer_cache.pop(here, None)
    if mode == "fork":
        set_limits = _be_template(before)
    else:
        set_limits = None
        _forget(before)
        os.close(4)

    parts = []
    while True:
        part = os.read(3, 65536)
        if not part:
            break
        parts.append(part)
    os.close(3)
    message = b"".join(parts)
    if not message.endswith(b"\n"):
        os._exit(125)  # the runner has gone, or has no use for this interpreter
    program = json.loads(message)
    if set_limits is not None:
        set_limits(program["cpuSeconds"], program["fileBytes"], program["openFiles"], program["stackBytes"], program["mostStackBytes"])
    if os.environ != program["env"]:
        os.environ.clear()
        os.environ.update(program["env"])
    os.chdir(program["cwd"])
    sys.argv.extend(program["args"])
    sys.orig_argv.extend(program["args"])
    # To the module `site`, which imports this one, that is a machine without a sitecustomize: it goes on, and nothing of us stays.
    raise ImportError(name="sitecustomize")


def _forget(before):
    """Of the modules, what was loaded for us: a program that imports one loads it like any other."""
    import sys

    for name in [name for name in sys.modules if name not in before]:
        del sys.modules[name]


def _be_template(before):
    """Returns only in the second process of a new cell, with what sets the limits of that process."""
    import atexit
    import ctypes
    import gc
    import os
    import socket
    import sys

    cells = ctypes.PyDLL(os.environ.pop("CODEEXEC_CELLS"), use_errno=True)
    cells.cell_limit.argtypes = [ctypes.c_ulonglong] * 5
    runner = os.environ.pop("CODEEXEC_RUNNER")
    with open(os.environ.pop("CODEEXEC_SECCOMP"), "rb") as file:
        seccomp = file.read()

    def check(result):
        if result < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

    # One unprivileged process beside the cells, not in them, follows what their programs do.
    followers, attendant = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    check(cells.cell_give_up_gaining())
    if os.fork() == 0:
        os.dup2(os.open("/dev/null", os.O_RDWR), 0)
        os.dup2(0, 1)
        attendant.set_inheritable(True)
        check(cells.cell_give_up(seccomp, len(seccomp) // 8))
        os.execve(runner, [runner, "--attend", str(attendant.fileno())], {})
    attendant.close()
    os.set_inheritable(3, False)

    # A page that a fork writes to is copied, and a program's end writes to most: the interpreter empties every module it has, and
    # what that lets go of is freed. So the modules that are here already are taken from it before its last clean-up, after the
    # program's own exit handlers; and nothing that is here now is ever freed, or walked by the collector.
    main = sys.modules["__main__"]
    kept = [*sys.modules.values()]
    kept.remove(main)
    _forget(before)
    names = [name for name in sys.modules if name not in ("__main__", "sys", "builtins")]
    atexit.register(all, map(sys.modules.pop, names, names))  # no code of ours: a program that traces itself sees nothing
    gc.collect()
    # The program's own module is not meant: it ends as ever, by the collector. Nothing made here may hold it: what is made here stays.
    interpreter = ctypes.pythonapi
    for function in (interpreter.PyObject_GC_UnTrack, interpreter.PyObject_GC_Track, interpreter.Py_IncRef):
        function.argtypes = [ctypes.py_object]
    interpreter.PyObject_GC_UnTrack(main)
    interpreter.PyObject_GC_UnTrack(main.__dict__)
    # Nor its streams: their last characters go out when they are freed.
    streams = {id(part) for stream in (sys.stdin, sys.stdout, sys.stderr) for part in (stream, stream.buffer, stream.buffer.raw)}
    kept += [thing for thing in gc.get_objects() if id(thing) not in streams]
    interpreter.Py_IncRef(kept)
    gc.freeze()
    interpreter.PyObject_GC_Track(main)
    interpreter.PyObject_GC_Track(main.__dict__)

    cells.cell_serve(3, followers.fileno(), runner.encode(), seccomp, len(seccomp) // 8)
    ctypes.pythonapi.PyOS_AfterFork_Child()

    def set_limits(*limits):
        check(cells.cell_limit(*limits))

    return set_limits


_hold()
