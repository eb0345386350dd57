using CodeExec.Bench.Native;

namespace CodeExec.Bench.Scenarios.Grading;

/// <summary>The same compiles and runs without a server: as many threads as processors, each with one submission after the other.</summary>
internal sealed class BareGrading(GradedProgram program) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("codeexec-bare-").FullName;

    public TimeSpan Run(IReadOnlyList<string> submissions, TimeProvider clock)
    {
        int next = -1;
        Exception? failure = null;
        Thread[] threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(worker => new Thread(() => Work(worker), maxStackSize: 256 << 10))];
        long start = clock.GetTimestamp();
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        TimeSpan taken = clock.GetElapsedTime(start);
        return failure is null ? taken : throw new BenchFailedException(failure.Message);

        void Work(int worker)
        {
            try
            {
                using Worker own = new(program, Path.Combine(_folder, $"{worker}"));
                int mine;
                while ((mine = Interlocked.Increment(ref next)) < submissions.Count && Volatile.Read(ref failure) is null)
                {
                    own.Grade(submissions[mine]);
                }
            }
            catch (Exception e) when (e is BenchFailedException or IOException)
            {
                Interlocked.CompareExchange(ref failure, e, null);
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>One processor's folder: the next submission takes the place of the one before.</summary>
    private sealed class Worker : IDisposable
    {
        private readonly GradedProgram _program;
        private readonly string _folder;
        private readonly BareCommand? _compile;
        private readonly BareCommand[] _runs;
        private readonly byte[][] _expected;

        public Worker(GradedProgram program, string folder)
        {
            _program = program;
            _folder = folder;
            Directory.CreateDirectory(folder);
            _compile = program.Compile is null ? null : new BareCommand(folder, program.Compile);
            string[] run = program.Run is [var own] ? [Path.Combine(folder, own)] : program.Run;
            _runs = [.. Enumerable.Range(1, program.Tests).Select(test => new BareCommand(folder, run, InputFile(test)))];
            _expected = [.. Enumerable.Range(1, program.Tests).Select(test => System.Text.Encoding.UTF8.GetBytes(GradedProgram.OutputOf(test)))];
        }

        public void Grade(string submission)
        {
            File.WriteAllText(Path.Combine(_folder, _program.File), _program.Source(submission));
            _compile?.Run();
            for (int test = 0; test < _runs.Length; test++)
            {
                if (!_runs[test].Run().SequenceEqual(_expected[test]))
                {
                    throw new BenchFailedException($"Bare {_program.Name} printed something else at test {test + 1}.");
                }
            }
        }

        public void Dispose()
        {
            _compile?.Dispose();
            Array.ForEach(_runs, run => run.Dispose());
        }

        private string InputFile(int test)
        {
            string file = Path.Combine(_folder, $"{test}.in");
            File.WriteAllText(file, GradedProgram.InputOf(test));
            return file;
        }
    }
}
