using CodeExec.Bench.Native;

namespace CodeExec.Bench.Scenarios.Hello;

/// <summary>A hello program on the bare machine, in a folder of its own.</summary>
internal sealed class BareHello : IDisposable
{
    private readonly HelloProgram _program;
    private readonly string _folder;
    private readonly BareCommand? _compile;
    private readonly BareCommand _run;
    private int _count;

    public BareHello(HelloProgram program)
    {
        _program = program;
        _folder = Directory.CreateTempSubdirectory("codeexec-bare-").FullName;
        _compile = program.Compile is null ? null : new BareCommand(_folder, program.Compile);
        string[] run = program.Run is [var own] ? [Path.Combine(_folder, own)] : program.Run;
        _run = new BareCommand(_folder, run);
        if (!program.Unique)
        {
            Write("world");
            _compile?.Run();
        }
    }

    /// <summary>Compiles if the source is new each time, runs, and looks at the output.</summary>
    public void Run()
    {
        string word = "world";
        if (_program.Unique)
        {
            word = $"bare {++_count}";
            Write(word);
            _compile!.Run();
        }
        if (!_run.Run().SequenceEqual(HelloProgram.Output(word)))
        {
            throw new BenchFailedException($"Bare {_program.Name} printed something else than hello {word}.");
        }
    }

    public void Dispose()
    {
        _compile?.Dispose();
        _run.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Write(string word) => File.WriteAllText(Path.Combine(_folder, _program.File), _program.Source(word));
}
