using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Submitting;

namespace CodeExec.Core.Specifications.Submitting;

/// <summary>Checks what came, part by part. Ids that were left away are made.</summary>
internal sealed class SpecificationRules(SubmissionValidator submissions, Mistakes mistakes)
{
    private const int MostRequirements = 500, MostCriteria = 2000, MostExamples = 50, MostTasks = 200, MostCovers = 100;

    private readonly FieldRules _fields = new(mistakes);

    /// <param name="prefix">Of the fields' names, where the content is a member of something.</param>
    /// <returns>What may be used if no mistake was noted.</returns>
    public SpecificationContent CheckContent(SubmittedContent content, string prefix)
    {
        IReadOnlyList<SubmittedRequirement> submitted = content.Requirements ?? [];
        _fields.Bound(submitted.Count, MostRequirements, prefix + "requirements");
        Requirement[] requirements = [.. submitted.Select((one, index) => CheckRequirement(one, index, $"{prefix}requirements[{index}]"))];
        AcceptanceCriterion[] criteria = CheckCriteria(content, submitted, requirements, prefix);
        string[] ids = [.. requirements.Select(one => one.Id), .. criteria.Select(one => one.Id)];
        _fields.RefuseTwice(ids, prefix + "requirements", "requirements or criteria");

        ValidationRule[] rules = [.. (content.ValidationRules ?? []).Select((rule, index) => new RuleRules(mistakes).Check(rule, index, $"{prefix}validationRules[{index}]"))];
        _fields.RefuseTwice([.. rules.Select(rule => rule.Id)], prefix + "validationRules", "rules");
        SubmittedTest[] tests = [.. (content.TestCases ?? []).Select((test, index) => test with { Id = test.Id ?? $"{index + 1}" })];
        CheckLinks(rules.Select(rule => rule.RequirementIds), ids, prefix + "validationRules");
        CheckLinks(tests.Select(test => test.RequirementIds ?? []), ids, prefix + "testCases");
        SubmittedSuite suite = new() { Tests = tests, Checker = content.Checker };
        CheckSuite(suite, prefix);
        return new SpecificationContent { Requirements = requirements, Criteria = criteria, Rules = rules, Suite = suite, Covers = CoversOf(content, tests, prefix) };
    }

    /// <summary>More tests, behind those that are there.</summary>
    /// <returns>What may be used if no mistake was noted.</returns>
    public SpecificationContent CheckMore(SpecificationContent content, SubmittedContent more)
    {
        int first = content.Tests.Count;
        SubmittedTest[] tests = [.. (more.TestCases ?? []).Select((test, index) => test with { Id = test.Id ?? $"{first + index + 1}" })];
        CheckLinks(tests.Select(test => test.RequirementIds ?? []), IdsOf(content), "testCases");
        SubmittedSuite suite = content.Suite with { Tests = [.. content.Tests, .. tests] };
        CheckSuite(suite, "", first);
        Dictionary<string, IReadOnlyList<string>> covers = new(content.Covers, StringComparer.Ordinal);
        foreach ((string id, IReadOnlyList<string> own) in CoversOf(more, tests, ""))
        {
            covers[id] = own;
        }

        return content with { Suite = suite, Covers = covers };
    }

    public IReadOnlyList<SpecificationTask> CheckTasks(IReadOnlyList<SubmittedTask> tasks, SpecificationContent content)
    {
        _fields.Bound(tasks.Count, MostTasks, "tasks");
        for (int i = 0; i < tasks.Count; i++)
        {
            _fields.CheckId(tasks[i].Id, $"tasks[{i}].id");
            _fields.CheckText(tasks[i].Title, $"tasks[{i}].title", FieldRules.LongestText, needed: true);
            _fields.CheckText(tasks[i].Description, $"tasks[{i}].description", FieldRules.LongestDocument, needed: false);
        }

        SpecificationTask[] all = [.. tasks.Select(task => new SpecificationTask(task.Id ?? "", task.Title ?? "", task.Description, task.RequirementIds ?? []))];
        _fields.RefuseTwice([.. all.Select(task => task.Id)], "tasks", "tasks");
        CheckLinks(all.Select(task => task.RequirementIds), IdsOf(content), "tasks");
        return all;
    }

    private Requirement CheckRequirement(SubmittedRequirement submitted, int index, string at)
    {
        (string? id, string? text) = submitted.Id is null ? Part(submitted.Text) : (submitted.Id, submitted.Text);
        id ??= $"R{index + 1}";
        _fields.CheckId(id, at + ".id");
        _fields.CheckText(text, at + ".text", FieldRules.LongestText, needed: true);
        _fields.CheckText(submitted.Description, at + ".description", FieldRules.LongestDocument, needed: false);
        return new Requirement(id, text ?? "", _fields.OneOf(submitted.Priority, RequirementPriority.Must, at + ".priority"), submitted.Description);
    }

    // "R1: adds two numbers"
    private static (string? Id, string? Text) Part(string? text)
    {
        int colon = text?.IndexOf(": ", StringComparison.Ordinal) ?? -1;
        string? id = colon > 0 ? text![..colon] : null;
        return FieldRules.IsId(id) && id!.Any(char.IsAsciiDigit) ? (id, text![(colon + 2)..].Trim()) : (null, text);
    }

    private AcceptanceCriterion[] CheckCriteria(SubmittedContent content, IReadOnlyList<SubmittedRequirement> submitted, Requirement[] requirements, string prefix)
    {
        List<AcceptanceCriterion> criteria = [];
        for (int i = 0; i < submitted.Count; i++)
        {
            IReadOnlyList<SubmittedCriterion> own = submitted[i].AcceptanceCriteria ?? [];
            criteria.AddRange(own.Select((one, index) => CheckCriterion(
                one with { Id = one.Id ?? $"{requirements[i].Id}.{index + 1}", RequirementId = requirements[i].Id }, $"{prefix}requirements[{i}].acceptanceCriteria[{index}]")));
        }

        IReadOnlyList<SubmittedCriterion> all = content.AcceptanceCriteria ?? [];
        for (int i = 0; i < all.Count; i++)
        {
            string at = $"{prefix}acceptanceCriteria[{i}]";
            string? requirement = all[i].RequirementId ?? (requirements.Length == 1 ? requirements[0].Id : null);
            if (requirement is not null && requirements.All(one => one.Id != requirement))
            {
                mistakes.Add(at + ".requirementId", $"There is no requirement {Texts.Quote(requirement)}.");
            }

            criteria.Add(CheckCriterion(all[i] with { Id = all[i].Id ?? $"AC{i + 1}", RequirementId = requirement }, at));
        }

        _fields.Bound(criteria.Count, MostCriteria, prefix + "acceptanceCriteria");
        return [.. criteria];
    }

    private AcceptanceCriterion CheckCriterion(SubmittedCriterion one, string at)
    {
        _fields.CheckId(one.Id, at + ".id");
        string? text = one.Text ?? Sentence(one);
        _fields.CheckText(text, at + ".text", FieldRules.LongestText, needed: true);
        _fields.Bound(one.Examples?.Count ?? 0, MostExamples, at + ".examples");
        return new AcceptanceCriterion
        {
            Id = one.Id!,
            RequirementId = one.RequirementId,
            Text = text ?? "",
            Given = one.Given,
            When = one.When,
            Then = one.Then,
            Examples = one.Examples ?? [],
        };
    }

    private static string? Sentence(SubmittedCriterion one)
    {
        (string Word, string? Text)[] parts = [("given", one.Given), ("when", one.When), ("then", one.Then)];
        return string.Join(", ", parts.Where(part => part.Text is { Length: > 0 }).Select(part => $"{part.Word} {part.Text}")) is { Length: > 0 } sentence ? sentence : null;
    }

    /// <param name="first">The first test that the client sent; those before it were there.</param>
    private void CheckSuite(SubmittedSuite suite, string prefix, int first = 0)
    {
        if (suite.Tests is not { Count: > 0 })
        {
            return; // a specification may begin with none
        }

        submissions.ValidateSuite(suite, out IReadOnlyDictionary<string, string[]> errors);
        foreach ((string field, string message) in errors.SelectMany(one => one.Value, (one, message) => (one.Key, message)))
        {
            mistakes.Add(prefix + NameOf(field, first), message);
        }
    }

    // "tests[7].stdin" of the suite is what the client knows as "testCases[2].stdin", when five were there.
    private static string NameOf(string field, int first)
    {
        int end = field.IndexOf(']', StringComparison.Ordinal);
        return !field.StartsWith("tests", StringComparison.Ordinal) ? field
            : end > 0 && int.TryParse(field.AsSpan()["tests[".Length..end], out int index) && index >= first ? $"testCases[{index - first}{field[end..]}"
            : "testCases" + field["tests".Length..];
    }

    private static string[] IdsOf(SpecificationContent content) => [.. content.Requirements.Select(one => one.Id), .. content.Criteria.Select(one => one.Id)];

    private Dictionary<string, IReadOnlyList<string>> CoversOf(SubmittedContent content, SubmittedTest[] tests, string prefix)
    {
        Dictionary<string, IReadOnlyList<string>> covers = new(StringComparer.Ordinal);
        for (int i = 0; i < Math.Min(tests.Length, content.Covers?.Count ?? 0); i++)
        {
            if (content.Covers![i] is not { Count: > 0 } own)
            {
                continue;
            }

            covers[tests[i].Id!] = own;
            if (own.Count > MostCovers || own.Any(one => one.Length is 0 or > 256))
            {
                mistakes.Add($"{prefix}testCases[{i}].covers", $"May name {MostCovers} files or functions at most, each of 1 to 256 characters: \"lib/a.py\", \"lib/\", \"parse()\".");
            }
        }

        return covers;
    }

    private void CheckLinks(IEnumerable<IReadOnlyList<string>> links, string[] known, string field)
    {
        int index = 0;
        foreach (IReadOnlyList<string> ids in links)
        {
            foreach (string id in ids.Where(id => !known.Contains(id, StringComparer.Ordinal)))
            {
                mistakes.Add($"{field}[{index}].requirementIds", $"There is no requirement or criterion {Texts.Quote(id)}.");
            }

            index++;
        }
    }
}
