namespace CodeExec.House.Tests.Scripts;

public class SumTestsScriptTests
{
    private const string Results = """
        <?xml version="1.0" encoding="utf-8"?>
        <TestRun><Results>
          <UnitTestResult testName="A.Good" duration="00:00:01" outcome="Passed" testType="x"><Output><StdOut>&lt;UnitTestResult outcome="Failed"</StdOut></Output></UnitTestResult>
          <UnitTestResult testName="A.AlsoGood(text: &quot;outcome=Failed&quot;)" outcome="Passed" />
          <UnitTestResult testName="A.Skipped" outcome="NotExecuted"><Output><ErrorInfo><Message>no &lt;cgroup&gt; &amp;
        no right</Message></ErrorInfo></Output></UnitTestResult>
        </Results></TestRun>
        """;

    [Fact]
    public async Task Sum_PassedAndSkipped_CountsAndTellsTheReason()
    {
        using ScriptFolder folder = new();
        folder.WithFile("a.trx", Results);
        folder.WithFile("b.trx", Results);

        (int exitCode, string output) = await Script.RunAsync("eng/sum-tests.sh", [folder.Path]);

        Assert.Equal(0, exitCode);
        Assert.Contains("skipped: A.Skipped: no <cgroup> & no right\n", output, StringComparison.Ordinal);
        Assert.EndsWith("\n4 passed, 0 failed, 2 skipped\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sum_OneFailure_NamesItAndFails()
    {
        using ScriptFolder folder = new();
        folder.WithFile("a.trx", Results.Replace("outcome=\"Passed\" />", "outcome=\"Failed\" />", StringComparison.Ordinal));

        (int exitCode, string output) = await Script.RunAsync("eng/sum-tests.sh", [folder.Path]);

        Assert.Equal(1, exitCode);
        Assert.Contains("failed: A.AlsoGood(text: \"outcome=Failed\")\n", output, StringComparison.Ordinal);
        Assert.EndsWith("\n1 passed, 1 failed, 1 skipped\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sum_AProjectThatGaveNoResult_Fails()
    {
        using ScriptFolder folder = new();
        folder.WithFile("a.trx", Results);

        (int exitCode, string output) = await Script.RunAsync("eng/sum-tests.sh", [folder.Path, "B gave no result"]);

        Assert.Equal(1, exitCode);
        Assert.EndsWith("failed: B gave no result\n2 passed, 1 failed, 1 skipped\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sum_NoResultAtAll_Fails()
    {
        using ScriptFolder folder = new();

        (int exitCode, string output) = await Script.RunAsync("eng/sum-tests.sh", [folder.Path]);

        Assert.Equal(1, exitCode);
        Assert.EndsWith("No test was run.\n0 passed, 0 failed, 0 skipped\n", output, StringComparison.Ordinal);
    }
}
