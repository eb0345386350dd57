using System.Text.Json.Nodes;

namespace CodeExec.Bench.Scenarios.Hello;

/// <summary>A program that prints one line, in a language.</summary>
/// <param name="Source">Its text, with a word to print.</param>
/// <param name="Unique">A new source each time, so that nothing can be kept from an earlier run.</param>
/// <param name="Compile">What a bare machine runs first, when the source is new; null for none.</param>
/// <param name="Run">What a bare machine runs.</param>
internal sealed record HelloProgram(
    string Name, string Language, string File, Func<string, string> Source, bool Unique, int Count, int QuickCount, string[]? Compile, string[] Run)
{
    public JsonObject Submission(string word) => new() { ["language"] = Language, ["code"] = Source(word) };

    public static byte[] Output(string word) => System.Text.Encoding.UTF8.GetBytes($"hello {word}\n");
}
