using CodeExec.Core.Executions;
using CodeExec.Core.Grading.Checking;

namespace CodeExec.Core.Grading.Running;

/// <summary>The tests that one container is given: as many as its memory should hold, and no more than can be judged in time to stop.</summary>
internal static class TestShard
{
    /// <summary>Where a program checks the outputs, it is known late that a test failed: so few run before that.</summary>
    private const int MostBeforeACheckerSpeaks = 16;

    public const int Most = 500;

    private const long MostKeptOutput = 64L << 20;

    /// <param name="most">1 where each test has a container of its own.</param>
    public static List<GradedTest> Take(TestSuite suite, IEnumerable<GradedTest> left, ResourceLimits limits, GradingOptions options, int most = Most)
    {
        List<GradedTest> shard = [];
        long data = 0, kept = 0;
        int checkedByProgram = 0;
        foreach (GradedTest test in left)
        {
            CheckerSpec checker = suite.CheckerOf(test);
            if (checker is CheckerSpec.Interactor)
            {
                return shard.Count == 0 ? [test] : shard; // in containers of its own
            }

            bool isProgram = checker is CheckerSpec.Program;
            data += test.Stdin.SizeBytes + test.Files.Sum(file => file.Content.SizeBytes);
            kept += isProgram ? ((long)test.LimitsFrom(limits).OutputKb << 10) + TestSuites.SizeOf(test) : 0;
            checkedByProgram += isProgram ? 1 : 0;
            bool full = shard.Count >= most || data > options.ShardBytes || kept > MostKeptOutput
                || (suite.StopOn != StopOn.Never && checkedByProgram > MostBeforeACheckerSpeaks);
            if (full && shard.Count > 0)
            {
                break;
            }

            shard.Add(test);
        }

        return shard;
    }
}
