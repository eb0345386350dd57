using System.Text.Json.Nodes;

namespace CodeExec.Bench.Scenarios.Grading;

/// <summary>A program that adds two numbers, as many submit it: each a little different, so that none is known from before.</summary>
/// <param name="Source">Its text, for a number that no other has.</param>
/// <param name="Tests">Runs of each.</param>
/// <param name="Part">One for so many Python submissions.</param>
/// <param name="BareEvery">Bare, one of so many is compiled and run, and the time taken times so much.</param>
internal sealed record GradedProgram(string Name, string Figure, string Language, string File, Func<string, string> Source, int Tests, int Part, int BareEvery, string[]? Compile, string[] Run)
{
    private static readonly string[] Compiler = ["/usr/bin/g++", "-O2", "-std=c++17", "main.cpp", "-o", "main"];

    public static IReadOnlyList<GradedProgram> All { get; } =
    [
        new("Python", "python", "python", "main.py", Python, Tests: 10, Part: 1, BareEvery: 2, null, ["/usr/bin/python3", "main.py"]),
        new("C++ with bits/stdc++.h", "cppBits", "cpp", "main.cpp", id => Cpp("bits/stdc++.h", id), Tests: 20, Part: 5, BareEvery: 4, Compiler, ["main"]),
        new("C++ without", "cppOther", "cpp", "main.cpp", id => Cpp("iostream", id), Tests: 20, Part: 5, BareEvery: 2, Compiler, ["main"]),
    ];

    public static string InputOf(int test) => $"{test} {test + 1}\n";

    public static string OutputOf(int test) => $"{(2 * test) + 1}\n";

    public JsonObject ProblemOf(string id) => new()
    {
        ["id"] = id,
        ["title"] = "A + B",
        ["checker"] = "tokens",
        ["tests"] = new JsonArray([.. Enumerable.Range(1, Tests).Select(test => new JsonObject { ["stdin"] = InputOf(test), ["expected"] = OutputOf(test) })]),
    };

    public JsonObject Submission(string id) => new() { ["id"] = id, ["language"] = Language, ["code"] = Source(id) };

    private static string Python(string id) => $"# {id}\na, b = map(int, input().split())\nprint(a + b)\n";

    private static string Cpp(string header, string id) => $"#include <{header}>\n// {id}\nint main() {{ long a, b; std::cin >> a >> b; std::cout << a + b << \"\\n\"; }}\n";
}
