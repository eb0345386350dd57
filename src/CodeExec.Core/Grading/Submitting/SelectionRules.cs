using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Core.Grading.Submitting;

/// <summary>The tests that a submission picks: they must be there.</summary>
internal static class SelectionRules
{
    /// <param name="suite">Null if it could not be had: that is said elsewhere.</param>
    /// <returns>Null for all tests.</returns>
    public static TestSelection? Check(Submission submission, TestSuite? suite, Mistakes mistakes)
    {
        bool samples = submission.Samples == true;
        if (submission.TestIds is { } ids)
        {
            CheckIds(ids, samples, suite, mistakes);
            return new TestSelection(ids);
        }

        if (samples && suite?.Tests.All(test => test.Hidden) == true)
        {
            mistakes.Add("samples", "All tests are hidden: there are no samples.");
        }

        return samples ? new TestSelection(Ids: null) : null;
    }

    private static void CheckIds(IReadOnlyList<string> ids, bool samples, TestSuite? suite, Mistakes mistakes)
    {
        if (samples || ids.Count == 0)
        {
            mistakes.Add("testIds", samples ? "Name tests or ask for the samples, not both." : "Name at least one test, or leave this away for all.");
        }

        for (int i = 0; i < ids.Count; i++)
        {
            if (suite?.Tests.Any(test => test.Id == ids[i]) == false)
            {
                mistakes.Add($"testIds[{i}]", $"There is no test {Texts.Quote(ids[i])}.");
            }
        }
    }
}
