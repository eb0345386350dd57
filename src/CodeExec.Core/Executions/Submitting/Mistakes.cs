namespace CodeExec.Core.Executions.Submitting;

/// <summary>What is wrong with a submission, by field as the client names it.</summary>
internal sealed class Mistakes
{
    /// <summary>Enough to mend a submission; a hostile one does not get an answer larger than itself.</summary>
    private const int Most = 50;

    private readonly SortedDictionary<string, string[]> _byField = new(StringComparer.Ordinal);

    /// <summary>All of them in one sentence.</summary>
    public static string TextOf(IReadOnlyDictionary<string, string[]> errors) => string.Join("; ", errors.Select(error => $"{error.Key}: {string.Join(' ', error.Value)}"));

    public bool Any => _byField.Count > 0;

    public IReadOnlyDictionary<string, string[]> ByField => _byField;

    public void Add(string field, string message)
    {
        if (_byField.TryGetValue(field, out string[]? earlier))
        {
            _byField[field] = [.. earlier, message];
        }
        else if (_byField.Count < Most)
        {
            _byField.Add(field, [message]);
        }
    }

    /// <param name="at">What stands before each field.</param>
    public void AddAll(IReadOnlyDictionary<string, string[]> errors, string at = "")
    {
        foreach ((string field, string[] messages) in errors)
        {
            foreach (string message in messages)
            {
                Add(at + field, message);
            }
        }
    }
}
