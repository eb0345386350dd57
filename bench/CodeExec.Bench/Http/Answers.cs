using System.Text.Json;

namespace CodeExec.Bench.Http;

/// <summary>What an answer must hold for its time to count.</summary>
internal static class Answers
{
    /// <exception cref="BenchFailedException">The program's output is not the expected one.</exception>
    public static void RequireOutput(HttpAnswer answer, ReadOnlySpan<byte> expected)
    {
        if (answer.Status != 200 || !RunHasOutput(answer.Body.Span, expected))
        {
            throw new BenchFailedException("The server answered: " + answer.Beginning);
        }
    }

    /// <returns>The new execution's id.</returns>
    public static string RequireAccepted(HttpAnswer answer)
    {
        if (answer.Status is not (200 or 202))
        {
            throw new BenchFailedException("The server answered: " + answer.Beginning);
        }
        using JsonDocument json = JsonDocument.Parse(answer.Body);
        return json.RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>Whether "stdout" of "run" is the expected text; reads no more than it must.</summary>
    private static bool RunHasOutput(ReadOnlySpan<byte> body, ReadOnlySpan<byte> expected)
    {
        Utf8JsonReader reader = new(body);
        bool inRun = false;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }
            if (reader.CurrentDepth == 1)
            {
                inRun = reader.ValueTextEquals("run"u8);
                reader.Read();
                if (!inRun)
                {
                    reader.Skip();
                }
            }
            else if (inRun && reader.ValueTextEquals("stdout"u8))
            {
                reader.Read();
                return reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(expected);
            }
        }
        return false;
    }
}
