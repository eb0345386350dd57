using System.Globalization;
using System.Text;

namespace CodeExec.Client;

/// <summary>Builds a path with a query; what is null is left out.</summary>
internal sealed class Query(string path)
{
    private readonly StringBuilder _text = new(path);
    private char _separator = '?';

    public Query With(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            _separator = '&';
        }
        return this;
    }

    public Query With(string name, long? value) => With(name, value?.ToString(CultureInfo.InvariantCulture));

    public Query With(string name, DateTimeOffset? value) => With(name, value?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    public Query With<T>(string name, T? value)
        where T : struct, Enum
        => With(name, value is { } given ? char.ToLowerInvariant(given.ToString()[0]) + given.ToString()[1..] : null);

    public override string ToString() => _text.ToString();
}
