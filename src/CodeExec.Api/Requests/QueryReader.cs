using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CodeExec.Api.Requests;

/// <summary>The query of a request. What is given twice, or is not what it should be, is an error of its parameter.</summary>
internal sealed class QueryReader(HttpRequest request, FieldErrors errors)
{
    private const int MaxTextLength = 1024;

    public string? Text(string name)
    {
        if (!request.Query.TryGetValue(name, out StringValues values) || values.Count == 0)
        {
            return null;
        }

        if (values.Count > 1)
        {
            errors.Add(name, "May be given only once.");
            return null;
        }

        string value = values[0] ?? "";
        if (value.Length > MaxTextLength)
        {
            errors.Add(name, $"May have {MaxTextLength} characters at most.");
            return null;
        }

        return value.Length == 0 ? null : value;
    }

    public IReadOnlyList<string> Texts(string name)
        => request.Query.TryGetValue(name, out StringValues values) ? [.. values.Where(v => !string.IsNullOrEmpty(v)).Select(v => v!)] : [];

    /// <summary>NAME:VALUE, as often as wanted.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels(string name)
    {
        List<KeyValuePair<string, string>> labels = [];
        foreach (string text in Texts(name))
        {
            int colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                labels.Add(new(text[..colon], text[(colon + 1)..]));
            }
            else
            {
                errors.Add(name, "Must be NAME:VALUE.");
            }
        }

        return labels;
    }

    public long Integer(string name, long smallest, long largest, long otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= smallest && value <= largest)
        {
            return value;
        }

        errors.Add(name, $"Must be a whole number from {smallest} to {largest}.");
        return otherwise;
    }

    /// <summary>Null when left out.</summary>
    public TimeSpan? Seconds(string name, int largest)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value >= 0 && value <= largest)
        {
            return TimeSpan.FromSeconds(value);
        }

        errors.Add(name, $"Must be a number of seconds from 0 to {largest}.");
        return null;
    }

    /// <summary>Null when left out. Without an offset it is UTC.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        // A '+' of an offset that was not escaped has become a space on its way here.
        if (DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            && text[0] is >= '0' and <= '9' && text.Length >= 8 && text[4..].Contains('-', StringComparison.Ordinal))
        {
            return time;
        }

        errors.Add(name, "Must be an ISO 8601 time such as 2026-01-31T12:00:00Z.");
        return null;
    }

    public T? OneOf<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        foreach (T value in Enum.GetValues<T>())
        {
            if (JsonName(value).Equals(text, StringComparison.Ordinal))
            {
                return value;
            }
        }

        errors.Add(name, $"Must be one of {string.Join(", ", Enum.GetValues<T>().Select(JsonName))}.");
        return null;
    }

    private static string JsonName<T>(T value)
        where T : struct, Enum
        => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
