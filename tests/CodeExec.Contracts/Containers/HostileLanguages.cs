namespace CodeExec.Contracts.Containers;

/// <summary>Class by language: which programs there are, which are left out and why. TypeScript runs as the JavaScript that it becomes, so only its compiler has rows of its own (<see cref="CompileBombs"/>).</summary>
public static class HostileLanguages
{
    private const string OfC = "the language has no way to it but the kernel's: C's row";
    private const string ShownInC = "the limit is the same whoever reaches it: C's and Python's rows";
    private const string NoRawCalls = "there are no raw system calls";
    private const string NoSignals = "it can not send signals but by starting a shell: Bash's row";
    private const string NoLimitsApi = "it has no call for rlimits or priorities";

    public static IReadOnlyList<HostileLanguage> All { get; } =
    [
        new("c", [("main.c", "main.c")], None(), None()),
        new("cpp", [("main.cpp", "main.cpp"), ("main.c", "classes.h")], None(), None()),
        new("go", [("main.go", "main.go")],
            new Dictionary<string, string>
            {
                ["memory at 60 % of the limit"] = ShownInC,
                ["memory at 150 % of the limit"] = ShownInC,
                ["vfork storm"] = OfC,
                ["zombies"] = OfC,
                ["chain that respawns itself"] = "it can not fork: C's row",
                ["writes to other descriptors"] = "its own poller has descriptors there; C's row",
                ["reaches for the runner's limits and priority"] = OfC,
                ["aborts"] = OfC,
                ["wants a core file"] = OfC,
                ["foreign architecture"] = OfC,
            },
            new Dictionary<string, string>
            {
                ["crashes with partial output"] = "exit 2", // the runtime makes a panic of the signal
                ["divides by zero"] = "exit 2",
                ["deep recursion"] = "exit 2 or limit Memory",
                ["one big file"] = "limit Workspace or exit 1 or exit 2 or signal 25",
                ["sparse file beyond the limit"] = "limit Workspace or exit 1 or exit 2 or signal 25",
            }),
        new("java", [("Main.java", "Main.java")],
            new Dictionary<string, string>
            {
                ["memory of many small processes"] = "a process of its own is another program: Bash's row",
                ["much reserved, little touched"] = "the JVM does it by itself in every row",
                ["memory at 60 % of the limit"] = ShownInC,
                ["memory at 150 % of the limit"] = ShownInC,
                ["vfork storm"] = OfC,
                ["zombies"] = "the JVM waits for what it starts",
                ["chain that respawns itself"] = "it can not fork: C's row",
                ["raises its own limits"] = NoLimitsApi,
                ["takes a better priority"] = NoLimitsApi,
                ["writes to other descriptors"] = "files have no numbers in it",
                ["deep folders and odd names"] = "names that are not text can not be said; C's and Bash's rows",
                ["signals everybody"] = NoSignals,
                ["reaches for the runner's limits and priority"] = NoLimitsApi,
                ["divides by zero"] = "an exception like any other",
                ["wants a core file"] = NoLimitsApi,
                ["forbidden system calls"] = NoRawCalls,
                ["foreign architecture"] = NoRawCalls,
                ["terminal injection"] = NoRawCalls,
            },
            new Dictionary<string, string>
            {
                ["memory of one process"] = "exit 1 or limit Memory", // a heap of its own notices first
                ["crashes with partial output"] = "signal 6 or exit 134", // the JVM writes its report, then aborts
            }),
        new("javascript", [("main.js", "main.js")],
            new Dictionary<string, string>
            {
                ["memory at 60 % of the limit"] = ShownInC,
                ["memory at 150 % of the limit"] = ShownInC,
                ["vfork storm"] = OfC,
                ["zombies"] = "Node waits for what it starts",
                ["chain that respawns itself"] = "it can not fork: C's row",
                ["raises its own limits"] = NoLimitsApi,
                ["writes to other descriptors"] = "its own event loop has descriptors there; C's row",
                ["reaches for the runner's limits and priority"] = NoLimitsApi,
                ["divides by zero"] = "a number like any other",
                ["wants a core file"] = NoLimitsApi,
                ["forbidden system calls"] = NoRawCalls,
                ["foreign architecture"] = NoRawCalls,
                ["terminal injection"] = NoRawCalls,
            },
            new Dictionary<string, string>
            {
                ["thread storm"] = "exit 0 or exit 1 or limit Processes or limit Memory or signal 5 or signal 6",
            }),
        new("bash", [("main.sh", "main.sh")],
            new Dictionary<string, string>
            {
                ["much reserved, little touched"] = "memory is not reserved in it",
                ["memory at 60 % of the limit"] = ShownInC,
                ["memory at 150 % of the limit"] = ShownInC,
                ["vfork storm"] = OfC,
                ["thread storm"] = "it has no threads",
                ["writes to other descriptors"] = "it keeps copies of its own there; C's row",
                ["divides by zero"] = "an error like any other",
                ["foreign architecture"] = NoRawCalls,
                ["terminal injection"] = NoRawCalls,
                ["its own loopback"] = "it can not listen",
            },
            new Dictionary<string, string>
            {
                ["memory in shared files"] = "limit Memory or limit Workspace or exit 1",
                ["one big file"] = "limit Workspace or exit 1 or exit 153 or signal 25",
                ["deep recursion"] = "signal 11 or limit Memory or limit CpuTime or limit WallTime", // its calls are slow
            }),
    ];

    public static HostileLanguage Of(string language) => All.Single(side => side.Language == language);

    private static Dictionary<string, string> None() => [];
}
