namespace CodeExec.Core.Executions;

/// <summary>Names and values that stores find executions by: labels and, in the same index, whose an execution is and the problem it answers.</summary>
public static class ExecutionMarks
{
    private const string Student = " student", Problem = " problem"; // begin with a blank, which no label's name can have

    public static IReadOnlyList<KeyValuePair<string, string>> Of(ExecutionRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return [.. Of(record.Student, record.Problem?.Id), .. record.Labels];
    }

    /// <summary>All must be there. What the fewest executions have stands first: a store begins with that.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(ExecutionQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return [.. Of(query.Student, query.Problem), .. query.Labels];
    }

    private static IEnumerable<KeyValuePair<string, string>> Of(string? student, string? problem)
    {
        if (student is not null)
        {
            yield return new(Student, student);
        }

        if (problem is not null)
        {
            yield return new(Problem, problem);
        }
    }
}
