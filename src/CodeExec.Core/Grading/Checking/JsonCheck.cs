using System.Text.Json;

namespace CodeExec.Core.Grading.Checking;

/// <summary>The same JSON value.</summary>
internal sealed class JsonCheck(ReadOnlyMemory<byte> expected) : WholeOutputCheck
{
    private const int MaxDepth = 256;

    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = MaxDepth };

    /// <returns>What is wrong with it; null for JSON.</returns>
    public static string? FindMistake(ReadOnlyMemory<byte> json)
    {
        try
        {
            JsonDocument.Parse(json, Lenient).Dispose();
            return null;
        }
        catch (JsonException e)
        {
            return $"Is not JSON, or nested deeper than {MaxDepth}: look near line {(e.LineNumber ?? 0) + 1}.";
        }
    }

    protected override CheckResult Check(ReadOnlyMemory<byte> output)
    {
        if (FindMistake(expected) is not null)
        {
            return new CheckResult(Verdict.CheckerError, 0, "What is expected is not JSON.");
        }

        if (FindMistake(output) is { } mistake)
        {
            return CheckResult.Wrong("The output " + char.ToLowerInvariant(mistake[0]) + mistake[1..]);
        }

        return AreEqual(output) ? CheckResult.Accepted : CheckResult.Wrong("The output is another JSON value.");
    }

    private bool AreEqual(ReadOnlyMemory<byte> output)
    {
        using JsonDocument wanted = JsonDocument.Parse(expected, Lenient);
        using JsonDocument got = JsonDocument.Parse(output, Lenient);
        try
        {
            return JsonElement.DeepEquals(wanted.RootElement, got.RootElement);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentOutOfRangeException)
        {
            // Half a character, bytes that are no text, an exponent past all counting: nothing but themselves is equal to these.
            return WhiteSpace.Trim(expected.Span).SequenceEqual(WhiteSpace.Trim(output.Span));
        }
    }
}
