namespace CodeExec.Api.Judge0;

/// <summary>What Judge0 runs without a language of its own: here a shell does.</summary>
/// <param name="SourceFile">What the source lies in; null where there is none.</param>
internal sealed record Judge0Script(int Id, string Name, string? SourceFile, string Text)
{
    /// <summary>A zip with two scripts, "compile" and "run".</summary>
    public const int MultiFile = 89;

    /// <summary>So that no file of a client has it.</summary>
    public const string FileName = ".judge0/start.sh";

    /// <summary>How a zip that was not built ends, and how its errors then begin.</summary>
    public const int NotBuilt = 251;

    public const string NotBuiltMark = "judge0: compile failed\n";

    public static IReadOnlyList<Judge0Script> All { get; } =
    [
        new(43, "Plain Text", "text.txt", "exec cat text.txt\n"),
        new(44, "Executable", "a.out", "chmod +x a.out && exec ./a.out \"$@\"\n"),
        new(MultiFile, "Multi-file program", null, $$"""
            for script in compile.sh compile; do
              if [ -f $script ]; then
                bash $script > .judge0/output 2>&1 < /dev/null || { printf '{{NotBuiltMark.Replace("\n", "\\n", StringComparison.Ordinal)}}' >&2; cat .judge0/output >&2; exit {{NotBuilt}}; }
                break
              fi
            done
            for script in run.sh run; do
              if [ -f $script ]; then exec bash $script; fi
            done
            echo 'The zip has no run, which says how its program is started.' >&2
            exit 1

            """),
    ];

    public static Judge0Script? Find(int id) => All.FirstOrDefault(one => one.Id == id);
}
