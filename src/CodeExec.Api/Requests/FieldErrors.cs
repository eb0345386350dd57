using CodeExec.Api.Problems;

namespace CodeExec.Api.Requests;

/// <summary>Collects what is wrong with a request, by field, so that a client learns of all of it at once.</summary>
internal sealed class FieldErrors
{
    /// <summary>Enough to mend a request; a hostile one does not get an answer larger than itself.</summary>
    private const int Most = 50;

    private readonly SortedDictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    public void Add(string field, string message)
    {
        if (_errors.TryGetValue(field, out string[]? earlier))
        {
            _errors[field] = [.. earlier, message];
        }
        else if (_errors.Count < Most)
        {
            _errors.Add(field, [message]);
        }
    }

    /// <exception cref="RequestRefusedException">Something was added.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
        {
            throw new RequestRefusedException(Problem.Invalid(_errors));
        }
    }
}
