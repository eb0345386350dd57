using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Compliance;

namespace CodeExec.Core.Tests.Specifications;

public sealed class ComplianceCalculationTests
{
    private static readonly SpecificationContent Content = new()
    {
        Requirements = [new("R1", "adds"), new("R2", "multiplies", RequirementPriority.Should), new("R3", "divides", RequirementPriority.Could)],
        Criteria = [new() { Id = "R1.1", RequirementId = "R1", Text = "1 + 1 is 2" }, new() { Id = "R1.2", RequirementId = "R1", Text = "0 is neutral" }],
        Suite = new SubmittedSuite { Tests = [new() { Id = "t1", RequirementIds = ["R1.1"] }, new() { Id = "t2", RequirementIds = ["R2"] }] },
    };

    [Fact]
    public void Make_AllPassed_ButOneRequirementUntested_IsPartial()
    {
        ComplianceReport report = Make(Test("t1", "R1.1"), Test("t2", "R2"));

        Assert.Equal(ComplianceResult.Partial, report.Result);
        Assert.Equal([RequirementStatus.Met, RequirementStatus.Met, RequirementStatus.Untested], report.Requirements.Select(one => one.Status));
        Assert.Equal(["R3"], report.Coverage.Missing);
        Assert.Equal((3, 2, 2, 66.7), (report.Coverage.Total, report.Coverage.Covered, report.Coverage.Tested, report.Coverage.Percentage));
        Assert.Equal(83.3, report.Score); // 3 + 2 of 3 + 2 + 1
    }

    [Fact]
    public void Make_TestNamesACriterion_CountsForItsRequirementAndNotForTheOtherCriterion()
    {
        RequirementCompliance adds = Make(Test("t1", "R1.1")).Requirements[0];

        Assert.Equal(RequirementStatus.Met, adds.Status);
        Assert.Equal([RequirementStatus.Met, RequirementStatus.Untested], adds.Criteria.Select(one => one.Status));
    }

    [Theory]
    [InlineData(Verdict.WrongAnswer, RequirementStatus.Partial)]
    [InlineData(Verdict.TimeLimit, RequirementStatus.Partial)]
    [InlineData(Verdict.InternalError, RequirementStatus.Partial)]
    [InlineData(Verdict.Accepted, RequirementStatus.Met)]
    public void Make_OneOfTwoTests_DecidesWithTheOther(Verdict second, RequirementStatus expected)
        => Assert.Equal(expected, Make(Test("a", "R2"), Test("b", "R2", second)).Requirements[1].Status);

    [Fact]
    public void Make_WhatWeFailedToDo_MarksNobodyDown()
    {
        ComplianceReport report = Make(Test("t1", "R1", Verdict.InternalError));

        Assert.Equal(RequirementStatus.Untested, report.Requirements[0].Status);
        Assert.Contains(report.Suggestions, one => one.Contains("not the code's fault", StringComparison.Ordinal));
    }

    [Fact]
    public void Make_BrokenRule_FailsItsRequirement_AndAWarningDoesNot()
    {
        ValidationRule rule = new() { Id = "V1", Type = ValidationRuleType.ForbiddenCall, Text = "eval", RequirementIds = ["R1"] };
        ComplianceReport broken = ComplianceCalculation.Make(Content, [Test("t1", "R1")], [new(rule, false, "no eval")]);
        ComplianceReport warned = ComplianceCalculation.Make(Content, [Test("t1", "R1")], [new(rule with { IsWarning = true }, false, "no eval")]);

        Assert.Equal((RequirementStatus.Partial, RequirementStatus.Met), (broken.Requirements[0].Status, warned.Requirements[0].Status));
        Assert.Contains(warned.Suggestions, one => one.Contains("no eval", StringComparison.Ordinal));
    }

    [Fact]
    public void Make_NothingIsLinked_EachTestCountsForAll()
    {
        SpecificationContent unlinked = new() { Requirements = Content.Requirements, Suite = new SubmittedSuite { Tests = [new() { Id = "t" }] } };

        ComplianceReport report = ComplianceCalculation.Make(unlinked, [new(new TestResult { Id = "t", Verdict = Verdict.Accepted })], []);

        Assert.Equal(ComplianceResult.Passed, report.Result);
        Assert.Contains(report.Suggestions, one => one.Contains("give them requirementIds", StringComparison.Ordinal));
    }

    [Fact]
    public void Make_NothingWasChecked_IsNotPassed()
        => Assert.Equal(ComplianceResult.Failed, ComplianceCalculation.Make(new SpecificationContent(), [], []).Result);

    [Fact]
    public void Make_HiddenTestFails_SuggestionsTellItsVerdictOnly()
    {
        TestResult hidden = new() { Id = "t1", Hidden = true, Verdict = Verdict.WrongAnswer, RequirementIds = ["R1"], Message = "Word 1 differs: canary.", Stdout = "canary", Name = "canary" };

        ComplianceReport report = ComplianceCalculation.Make(Content, [new(hidden)], []);

        Assert.Contains(report.Suggestions, one => one.Contains("t1", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Suggestions, one => one.Contains("canary", StringComparison.Ordinal));
        Assert.DoesNotContain("canary", ComplianceHtml.Make(Run(), report.ForSubmitter(), null), StringComparison.Ordinal);
    }

    [Fact]
    public void Html_TextsOfUsers_AreEncoded()
    {
        SpecificationContent hostile = new() { Requirements = [new("R1", "<script>alert(1)</script>")] };
        TestResult result = new() { Id = "t\"><b", Verdict = Verdict.WrongAnswer, Diff = "<img src=x>", Message = "</pre>", RequirementIds = ["R1"] };

        string page = ComplianceHtml.Make(Run(), ComplianceCalculation.Make(hostile, [new(result)], []), "<b>name</b>");

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;name", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"><b", page, StringComparison.Ordinal);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
    }

    [Fact]
    public void For_SomeRequirements_KeepsTheirTestsAndCriteriaOnly()
    {
        SpecificationContent part = Content.For(["R1"]);

        Assert.Equal((["R1"], ["R1.1", "R1.2"], ["t1"]), (part.Requirements.Select(one => one.Id), part.Criteria.Select(one => one.Id), part.Tests.Select(one => one.Id)), Comparer);
    }

    private static readonly IEqualityComparer<(IEnumerable<string>, IEnumerable<string>, IEnumerable<string?>)> Comparer
        = EqualityComparer<(IEnumerable<string>, IEnumerable<string>, IEnumerable<string?>)>.Create(
            (a, b) => a.Item1.SequenceEqual(b.Item1) && a.Item2.SequenceEqual(b.Item2) && a.Item3.SequenceEqual(b.Item3), _ => 0);

    private static CodeExec.Core.Specifications.Running.ValidationRun Run() => new()
    {
        Id = "run",
        Tenant = CodeExec.Core.Tenants.TenantId.Default,
        Subject = new() { Kind = CodeExec.Core.Specifications.Running.SubjectKind.Specification },
        Status = CodeExec.Core.Specifications.Running.ValidationStatus.Completed,
        Language = "python",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private static ComplianceReport Make(params ValidatedTest[] tests) => ComplianceCalculation.Make(Content, tests, []);

    private static ValidatedTest Test(string id, string requirement, Verdict verdict = Verdict.Accepted)
        => new(new TestResult { Id = id, Verdict = verdict, RequirementIds = [requirement] });
}
