using System.Text.RegularExpressions;
using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;

namespace CodeExec.Containers.Cells.Tests;

/// <summary>A program must not be able to tell whether its interpreter waited for it.</summary>
public sealed partial class HeldInterpreterTests(CellsFixture cells) : IClassFixture<CellsFixture>
{
    public static TheoryData<string> Programs => new()
    {
        "print('hi')",
        "import sys; print(sys.argv, sys.orig_argv, sys.flags, sys.path)",
        "import os; print(sorted(os.environ.items()), os.getcwd())",
        "print(__name__, __file__, __builtins__, sorted(globals()))",
        "1/0",
        "import sys; sys.exit(7)",
        "raise SystemExit('bye')",
        "import traceback; traceback.print_stack()",
        "def f(n):\n    return f(n + 1)\nf(0)",
        "import sys; print(sys.getrecursionlimit(), len(sys._getframe().f_code.co_filename))\nprint(input())\nprint(sys.stdin.read())",
        "import sys; print(sys.stdout.encoding, sys.stdin.encoding, sys.stdout.line_buffering, sys.stdout.errors)",
        "import signal; print([(s, signal.getsignal(s)) for s in signal.valid_signals()])",
        "import os; print(sorted(os.listdir('/proc/self/fd')))",
        "import atexit, sys; atexit.register(lambda: print('end')); print('x', end='')",
        "import sys; print(sorted(sys.modules))",
        "import ctypes, json, socket, array, struct, random, threading, subprocess; t = threading.Thread(target=lambda: print('t')); t.start(); t.join(); print(subprocess.run(['echo', 'sub'], capture_output=True).stdout)",
        "import gc; print(gc.isenabled(), gc.get_threshold())",
        "import os, sys, atexit\nclass Last:\n    def __del__(self): import os, random; print('del', os.getpid() > 0, len(sys.modules) > 0)\nkept = Last()\natexit.register(lambda: print('modules', len(sys.modules), 'os' in sys.modules))",
        "class Ring:\n    def __del__(self): import time; print('ring', time is not None)\na = Ring(); a.me = a",
        "import sys, threading\nclass Weird:\n    def __del__(self): sys.stdout.write('bye\\n')\nthreading.Thread(target=lambda: print('late')).start()\nw = Weird()\nsys.exit('with text')",
        "import sys; sys.setprofile(lambda frame, event, arg: print(event, frame.f_code.co_name)); print('x')",
        "import resource; print(resource.getrlimit(resource.RLIMIT_NOFILE), resource.getrlimit(resource.RLIMIT_CORE), resource.getrlimit(resource.RLIMIT_STACK))",
    };

    [SkippableTheory]
    [MemberData(nameof(Programs))]
    public async Task RunAsync_InterpreterWasHeld_ProgramSeesNoDifference(string program)
    {
        Skip.If(cells.Problem is not null, cells.Problem);
        JobResult cold = await RunAsync(CellsFixture.Plain, program, warm: false);
        JobResult started = await RunAsync(CellsFixture.Started, program, warm: true);
        JobResult forked = await RunAsync(CellsFixture.Forked, program, warm: true);

        Assert.Equal(Summary(cold), Summary(started));
        Assert.Equal(Summary(cold), Summary(forked));
    }

    private async Task<JobResult> RunAsync(ContainerSpec spec, string program, bool warm)
    {
        await using IContainer cell = await cells.Provider.CreateAsync(spec, CancellationToken.None);
        return await cell.RunAsync(ContainerHarness.Python(program, stdin: "line\nrest\n", warm: warm, args: ["a", "b c"]));
    }

    private static string Summary(JobResult result) =>
        Addresses().Replace($"exit {result.Case.ExitCode} signal {result.Case.Signal} limit {result.Case.Limit}\n{result.Stdout}\n---\n{result.Stderr}", "0x…");

    [GeneratedRegex("0x[0-9a-f]+")]
    private static partial Regex Addresses();
}
