using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Checking;

namespace CodeExec.Core.Problems.Authoring;

/// <summary>Tests that lack an answer which a main solution gives (or gave, when they were checked before). Where an interactor speaks, or a pattern is looked for, there is none to be had.</summary>
internal static class MissingAnswers
{
    public static bool Of(TestSuite suite, GradedTest test) => (test.Expected is null || test.AnswerMade == true) && suite.CheckerOf(test) is not (CheckerSpec.Interactor or CheckerSpec.Regex);
}
