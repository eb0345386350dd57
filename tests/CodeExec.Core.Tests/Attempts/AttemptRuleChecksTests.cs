using CodeExec.Core.Attempts;
using CodeExec.Core.Attempts.Submitting;
using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Core.Tests.Attempts;

public sealed class AttemptRuleChecksTests
{
    [Fact]
    public void Check_TimeTotalAndPause_AreTheRules()
    {
        Mistakes mistakes = new();

        AttemptRules? rules = AttemptRuleChecks.Check(new(5, "PT1H", 20, "PT1M", null, false, false), mistakes);

        Assert.Empty(mistakes.ByField);
        Assert.Equal(new AttemptRules { Max = 5, Per = TimeSpan.FromHours(1), Total = 20, Pause = TimeSpan.FromMinutes(1), CountsCompileErrors = false, CountsFormatErrors = false, CountsSamples = false }, rules);
    }

    [Fact]
    public void Check_TotalAlone_IsTheMostInAll()
        => Assert.Equal(new AttemptRules { Max = 20 }, AttemptRuleChecks.Check(new(null, null, 20, null, null, null), new Mistakes()));

    [Theory]
    [InlineData(null, null, null, null, "attempts")]
    [InlineData(0, null, null, null, "attempts.max")]
    [InlineData(5, "soon", null, null, "attempts.per")]
    [InlineData(501, "PT1H", null, null, "attempts.max")]
    [InlineData(null, "PT1H", 3, null, "attempts.max")]
    [InlineData(5, null, 3, null, "attempts.total")]
    [InlineData(5, null, null, "PT0S", "attempts.pause")]
    [InlineData(5, "P400D", null, null, "attempts.per")]
    public void Check_OfWhatCanNotBe_SaysWhere(int? max, string? per, int? total, string? pause, string field)
    {
        Mistakes mistakes = new();

        AttemptRuleChecks.Check(new(max, per, total, pause, null, null), mistakes);

        Assert.Equal([field], mistakes.ByField.Keys);
    }
}
