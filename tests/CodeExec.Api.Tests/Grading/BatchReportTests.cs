using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CodeExec.Api.Grading;
using CodeExec.Core.Batches;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Overriding;
using CodeExec.Core.Tenants;

namespace CodeExec.Api.Tests.Grading;

/// <summary>The page that a teacher gets of a batch.</summary>
public sealed partial class BatchReportTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Report_HostileNamesAndReasons_AreTextAndTurnNothingRound()
    {
        string page = await MakeAsync(
            Item(0, "</td><script>alert(1)</script>"),
            Item(1, "\u202eevil") with { ComputedScore = 1, Overrides = [new GradeOverride(2, "<b>kind</b>", "teacher", Start)] },
            Item(2, "ann") with { State = BatchItemState.Dead, Verdict = null, Reason = "<img src=x onerror=alert(1)>\u001b" });

        Assert.Single(Scripts().Matches(page)); // ours
        Assert.Contains("&lt;/td&gt;&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.Contains("by hand: &lt;b&gt;kind&lt;/b&gt; (computed 1)", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;\u241b", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', page);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal); // nothing from elsewhere
    }

    [Fact]
    public async Task Report_ItsOneScript_IsTheOneThatItsPolicyLetsRun()
    {
        string script = Scripts().Match(await MakeAsync(Item(0, "ann"))).Groups["script"].Value;

        Assert.Contains($"script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'", BatchReportLook.Policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_Points_HasTheAverageAndTheMiddle()
    {
        string page = await MakeAsync(Item(0, "a") with { Score = 0 }, Item(1, "b") with { Score = 4 }, Item(2, "c") with { Score = 4 });

        Assert.Contains("66.7 % on average, 100.0 % in the middle", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_NothingGradedYet_IsAPageToo()
        => Assert.Contains("<dd>1: 0 graded, 1 to come</dd>", await MakeAsync(Item(0, "ann") with { State = BatchItemState.Waiting, Verdict = null }), StringComparison.Ordinal);

    private static BatchItem Item(int index, string key)
        => new() { Index = index, Key = key, Language = "python", State = BatchItemState.Done, Verdict = Verdict.WrongAnswer, Score = 2, MaxScore = 4, Passed = 1, Total = 2, FirstFailure = "2" };

    private static async Task<string> MakeAsync(params BatchItem[] items)
    {
        Batch batch = new()
        {
            Id = BatchId.New(TimeProvider.System),
            Tenant = TenantId.Default,
            Name = "Homework",
            State = BatchState.Completed,
            Problem = new ProblemVersion("sum", 1),
            CreatedAt = Start,
            Total = items.Length,
            ShardSize = 10,
            Concurrency = 1,
        };
        Pipe pipe = new(new PipeOptions(pauseWriterThreshold: 0));
        await BatchReport.WriteAsync(pipe.Writer, BatchSummary.Of(batch, ShardTally.Of(items), Start), items.ToAsyncEnumerable(), CancellationToken.None);
        await pipe.Writer.CompleteAsync();
        using StreamReader reader = new(pipe.Reader.AsStream());
        return await reader.ReadToEndAsync();
    }

    [GeneratedRegex("<script>(?<script>.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();
}
