"""Holds a Python interpreter before the first line of its program.

Python imports this module while it starts, before it opens the program's file. So what is held here is a complete interpreter
whose command line is the program's own: when this module is done, Python goes on exactly as `python3 main.py` does, with no
frame, module or flag of ours in sight. Closing fd 4 says that it waits; fd 3 brings the message that lets it go; nothing in here
runs after user code has.

Cells have one that can also fork (src/CodeExec.Containers.Cells/Warm). Here every container starts an interpreter of its own, so
what the start costs counts: this one is small, and imports next to nothing.
"""


def _hold():
    import os

    if os.environ.pop("CODEEXEC_WARM", None) is None:
        return
    import sys

    before = {*sys.modules, "sitecustomize"}
    here = os.path.dirname(os.path.abspath(__file__))
    _, _, own = os.environ.pop("PYTHONPATH", "").partition(":")
    if own:
        os.environ["PYTHONPATH"] = own  # the program's
    sys.path[:] = [p for p in sys.path if os.path.abspath(p) != here]
    parse = _parser()
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
    program = parse(message.decode())
    os.environ.clear()
    os.environ.update(program["env"])
    os.chdir(program["cwd"])
    sys.argv.extend(program["args"])
    sys.orig_argv.extend(program["args"])
    sys.path_importer_cache.pop(here, None)
    for name in set(sys.modules) - before:
        del sys.modules[name]
    # To the module `site`, which imports this one, that is a machine without a sitecustomize: it goes on, and nothing of us stays.
    raise ImportError(name="sitecustomize")


def _parser():
    try:
        # The scanner in C alone: the package around it costs more than half of what the whole interpreter takes to start.
        from _json import make_scanner

        class Settings:
            strict, object_hook, object_pairs_hook = True, None, None
            parse_float, parse_int, parse_constant = float, int, None

        scan = make_scanner(Settings)
        return lambda text: scan(text, 0)[0]
    except (ImportError, AttributeError):
        import json

        return json.loads


_hold()
