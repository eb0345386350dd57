using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Core.Specifications.Submitting;

/// <summary>Checks specifications, challenges and programs as they come. Everything that is wrong is said at once.</summary>
public sealed class SpecificationValidator(SubmissionValidator submissions)
{
    private const int LongestName = 200;

    /// <returns>Null with errors, by field.</returns>
    public (SpecificationContent Content, IReadOnlyList<SpecificationTask> Tasks)? Check(SubmittedSpecification specification, out IReadOnlyDictionary<string, string[]> errors)
    {
        ArgumentNullException.ThrowIfNull(specification);
        Mistakes mistakes = new();
        FieldRules fields = new(mistakes);
        fields.CheckText(specification.Name, "name", LongestName, needed: true);
        fields.CheckText(specification.Description, "description", FieldRules.LongestDocument, needed: false);
        fields.CheckText(specification.Design, "design", FieldRules.LongestDocument, needed: false);
        SpecificationRules rules = new(submissions, mistakes);
        SpecificationContent content = rules.CheckContent(specification.Content, "");
        IReadOnlyList<SpecificationTask> tasks = rules.CheckTasks(specification.Tasks ?? [], content);
        errors = mistakes.ByField;
        return mistakes.Any ? null : (content, tasks);
    }

    /// <inheritdoc cref="Check(SubmittedSpecification, out IReadOnlyDictionary{string, string[]})"/>
    public SpecificationContent? Check(SubmittedChallenge challenge, out IReadOnlyDictionary<string, string[]> errors)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        Mistakes mistakes = new();
        FieldRules fields = new(mistakes);
        fields.CheckText(challenge.Title, "title", LongestName, needed: true);
        fields.CheckText(challenge.Description, "description", FieldRules.LongestDocument, needed: false);
        SpecificationContent content = new SpecificationRules(submissions, mistakes).CheckContent(challenge.Content, "");
        errors = mistakes.ByField;
        return mistakes.Any ? null : content;
    }

    /// <summary>What came with a request, as its member "specifications".</summary>
    /// <inheritdoc cref="Check(SubmittedSpecification, out IReadOnlyDictionary{string, string[]})"/>
    public SpecificationContent? Check(SubmittedContent content, string prefix, out IReadOnlyDictionary<string, string[]> errors)
    {
        ArgumentNullException.ThrowIfNull(content);
        Mistakes mistakes = new();
        SpecificationContent whole = new SpecificationRules(submissions, mistakes).CheckContent(content, prefix);
        errors = mistakes.ByField;
        return mistakes.Any ? null : whole;
    }

    /// <summary>Test cases for a content that is there; what was right before is not said to be wrong.</summary>
    /// <returns>The content with these tests, too; null with errors, by field.</returns>
    public SpecificationContent? CheckMore(SpecificationContent content, SubmittedContent more, out IReadOnlyDictionary<string, string[]> errors)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(more);
        Mistakes mistakes = new();
        SpecificationContent whole = new SpecificationRules(submissions, mistakes).CheckMore(content, more);
        errors = mistakes.ByField;
        return mistakes.Any ? null : whole;
    }

    /// <summary>An implementation, with the tests it would be run by.</summary>
    /// <returns>The program, with the language named by its id; null with errors, by field.</returns>
    public Submission? Check(Submission program, SpecificationContent content, out IReadOnlyDictionary<string, string[]> errors)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(content);
        Submission whole = content.Tests.Count > 0 ? program with { Suite = content.Suite } : program;
        return submissions.TryValidate(whole, out ExecutionSpec? spec, out errors) ? program with { Language = spec.Language } : null;
    }
}
