using System.Text.Json;
using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Core.Specifications.Submitting;

/// <summary>Rules that hold for many fields alike.</summary>
internal sealed class FieldRules(Mistakes mistakes)
{
    public const int LongestId = 64, LongestText = 2000, LongestDocument = 128 * 1024;

    public const string IdRule = "Must be 1 to 64 letters, digits, '-', '_' or '.', a letter or digit first.";

    public static bool IsId(string? id)
        => id is { Length: >= 1 and <= LongestId } && char.IsAsciiLetterOrDigit(id[0]) && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    public void CheckId(string? id, string field)
    {
        if (!IsId(id))
        {
            mistakes.Add(field, IdRule);
        }
    }

    public void CheckText(string? text, string field, int longest, bool needed)
    {
        if (text is { } given ? given.Length > longest || (needed && given.Trim().Length == 0) || Texts.ToBytes(given) is null : needed)
        {
            mistakes.Add(field, $"Must be {(needed ? "1 to" : "at most")} {longest} characters.");
        }
    }

    public void RefuseTwice(IReadOnlyList<string> ids, string field, string what)
    {
        if (ids.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            mistakes.Add(field, $"Two {what} have the id {Texts.Quote(twice.Key)}.");
        }
    }

    public void Bound(int count, int most, string field)
    {
        if (count > most)
        {
            mistakes.Add(field, $"There may be {most} at most; these are {count}.");
        }
    }

    public T OneOf<T>(string? text, T otherwise, string field)
        where T : struct, Enum
    {
        T[] all = Enum.GetValues<T>();
        if (text is null)
        {
            return otherwise;
        }

        int found = Array.FindIndex(all, value => NameOf(value) == text);
        if (found < 0)
        {
            mistakes.Add(field, $"Must be one of {string.Join(", ", all.Select(NameOf))}.");
        }

        return found < 0 ? otherwise : all[found];
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum
        => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
