using System.Text.Json.Nodes;

namespace CodeExec.Bench.Scenarios.Soak;

/// <summary>One kind of program of a soak. A harmless one prints "ok"; an abusive one only has to come to an end that is its own.</summary>
internal sealed record SoakProgram(string Language, string Code, bool Abusive = false)
{
    public static IReadOnlyList<SoakProgram> Harmless { get; } =
    [
        new("python", "print('ok')"),
        new("python", "import json, sys\nfor i in range(2000): sys.stderr.write('line %d\\n' % i)\nprint('ok')"),
        new("javascript", "console.log('ok')"),
        new("bash", "echo ok"),
        new("c", "#include <stdio.h>\nint main(void) { puts(\"ok\"); return 0; }"),
    ];

    public static IReadOnlyList<SoakProgram> Hostile { get; } =
    [
        new("python", "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass", Abusive: true),
        new("python", "a = []\nwhile True: a.append(bytearray(1 << 20))", Abusive: true),
        new("bash", "yes flood", Abusive: true),
        new("python", "f = open('big', 'wb')\nwhile True: f.write(bytes(1 << 20))", Abusive: true),
        new("python", "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0: time.sleep(600)\n    os._exit(0)\nprint('left')", Abusive: true),
        new("bash", "while :; do :; done", Abusive: true),
        new("javascript", "process.kill(process.pid, 'SIGSTOP')", Abusive: true),
        new("c", "#include __FILE__\n#include __FILE__\nnonsense", Abusive: true),
    ];

    public JsonObject ToSubmission() => new()
    {
        ["language"] = Language,
        ["code"] = Code,
        ["limits"] = new JsonObject { ["wallTimeMs"] = Abusive ? 2000 : 20_000, ["cpuTimeMs"] = Abusive ? 1000 : 20_000 },
    };
}
