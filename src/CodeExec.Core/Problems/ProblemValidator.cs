using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Languages;
using CodeExec.Core.Problems.Authoring;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Problems;

/// <summary>Checks a problem as its author sends it. Everything that is wrong is said at once.</summary>
public sealed class ProblemValidator(SubmissionValidator submissions, LanguageCatalog languages, IOptions<SubmissionCeilings> options)
{
    private const int LongestId = 64, LongestTitle = 200, LongestStatement = 128 * 1024;

    /// <returns>Null with errors, by field.</returns>
    public CheckedProblem? Check(ProblemDraft draft, out IReadOnlyDictionary<string, string[]> errors)
    {
        ArgumentNullException.ThrowIfNull(draft);
        Mistakes mistakes = new();
        if (!IsId(draft.Id))
        {
            mistakes.Add("id", $"Must be 1 to {LongestId} small letters, digits, '-', '_' or '.', a letter or digit first.");
        }

        if (draft.Title is not { Length: > 0 and <= LongestTitle } title || title.Any(char.IsControl) || Texts.ToBytes(title) is null)
        {
            mistakes.Add("title", $"Must be 1 to {LongestTitle} characters, without control characters.");
        }

        if (draft.Statement is { } statement && (Texts.ToBytes(statement) is not { } bytes || bytes.Length > LongestStatement))
        {
            mistakes.Add("statement", $"May have {LongestStatement} bytes at most.");
        }

        MetadataRules.CheckLabels(draft.Labels, options.Value, mistakes);
        CheckedProblem whole = CheckTests(draft, mistakes);
        errors = mistakes.ByField;
        return mistakes.Any ? null : whole;
    }

    /// <summary>The part that a submission's grade depends on: tests, languages, limits and harness.</summary>
    /// <returns>What may be used if there are no mistakes.</returns>
    internal CheckedProblem CheckTests(ProblemDraft draft, Mistakes mistakes)
    {
        CheckLanguages(draft, mistakes);
        bool made = draft.Authoring?.Solutions?.Any(one => one.Main) == true;
        TestSuite suite = submissions.ValidateSuite(draft.Suite with { AnswersAreMade = made }, out IReadOnlyDictionary<string, string[]> ofSuite);
        mistakes.AddAll(ofSuite);
        IReadOnlyDictionary<string, Harness> harness = CheckHarness(draft, mistakes);
        Problem submittedTo = ProblemMaking.ForSolutions(draft, harness);
        AuthorKit kit = new AuthorKitRules(submissions, options.Value, mistakes).Check(draft.Authoring, suite, submittedTo);
        if (made && kit.Main is null && suite.Tests.Any(test => MissingAnswers.Of(suite, test)))
        {
            mistakes.Add("solutions", $"The main solution can not be run, and tests need its answers. {string.Join(' ', kit.LeftOut.Where(one => one.What == "solution").Select(one => one.Why))}".TrimEnd());
        }

        return new CheckedProblem(suite, harness) { Kit = kit };
    }

    public static bool IsId(string? id)
        => id is { Length: >= 1 and <= LongestId }
            && id.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_' or '.')
            && char.IsAsciiLetterOrDigit(id[0]);

    private void CheckLanguages(ProblemDraft draft, Mistakes mistakes)
    {
        for (int i = 0; i < draft.Languages?.Count; i++)
        {
            RefuseUnknown(draft.Languages[i], $"languages[{i}]", mistakes);
        }

        foreach ((string language, SubmittedLimits limits) in draft.Limits ?? new Dictionary<string, SubmittedLimits>())
        {
            if (language != Problem.AnyLanguage)
            {
                RefuseUnknown(language, $"limits.{language}", mistakes);
            }

            LimitRules.Check(limits, LimitRules.AnyDefaults, $"limits.{language}", options.Value, mistakes);
        }
    }

    private Dictionary<string, Harness> CheckHarness(ProblemDraft draft, Mistakes mistakes)
    {
        HarnessRules rules = new(submissions, mistakes);
        Dictionary<string, Harness> harness = new(StringComparer.Ordinal);
        foreach ((string language, SubmittedHarness submitted) in draft.Harness ?? new Dictionary<string, SubmittedHarness>())
        {
            if (RefuseUnknown(language, $"harness.{language}", mistakes) && rules.Check(language, submitted) is { } one)
            {
                harness[language] = one;
            }
        }

        return harness;
    }

    // By its id, not by an alias: a submission's language is compared with it.
    private bool RefuseUnknown(string language, string field, Mistakes mistakes)
    {
        if (languages.Find(language)?.Id is not { } id)
        {
            mistakes.Add(field, $"{Texts.Quote(language)} is not a language of this server.");
        }
        else if (id != language)
        {
            mistakes.Add(field, $"Name the language by its id, {id}.");
        }
        else
        {
            return true;
        }

        return false;
    }
}

/// <summary>What a problem's submissions are graded by.</summary>
/// <param name="Harness">By language.</param>
public sealed record CheckedProblem(TestSuite Suite, IReadOnlyDictionary<string, Harness> Harness)
{
    public AuthorKit Kit { get; init; } = AuthorKit.Empty;

    /// <summary>Inputs or answers have yet to be made.</summary>
    public bool IsIncomplete => Suite.Tests.Any(test => test.Generate is not null || NeedsAnswer(test));

    /// <summary>Whether the main solution has to say what is expected.</summary>
    private bool NeedsAnswer(GradedTest test) => Kit.Main is not null && MissingAnswers.Of(Suite, test);
}
