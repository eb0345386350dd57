using System.Net;
using System.Text.Json;

namespace CodeExec.Api.Tests.Hosting;

/// <summary>A whole response.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text, string? ContentType, IReadOnlyDictionary<string, string> Headers)
{
    private JsonElement? _json;

    public JsonElement Json => _json ??= JsonDocument.Parse(Text).RootElement;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, IEnumerable<string> values) in response.Headers.NonValidated.Select(header => (header.Key, (IEnumerable<string>)header.Value))
            .Concat(response.Content.Headers.NonValidated.Select(header => (header.Key, (IEnumerable<string>)header.Value))))
        {
            headers[name] = string.Join(", ", values);
        }

        return new(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType, headers);
    }

    /// <summary>A problem as docs/api.md promises it: typed, with advice, and without anything of our inside.</summary>
    public Answer IsProblem(int status, string type)
    {
        Assert.True(status == (int)Status, $"Expected {status}, got {(int)Status}: {Text}");
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal("urn:codeexec:problem:" + type, Json.GetProperty("type").GetString());
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrWhiteSpace(Json.GetProperty("title").GetString()));
        Assert.False(string.IsNullOrWhiteSpace(Json.GetProperty("detail").GetString()));
        TellsNothingOfOurInside();
        return this;
    }

    public Answer TellsNothingOfOurInside()
    {
        foreach (string forbidden in new[] { "CodeExec.", "System.", "Microsoft.", "   at ", "Exception", ".cs:", "/work/" })
        {
            Assert.DoesNotContain(forbidden, Text, StringComparison.Ordinal);
        }

        return this;
    }

    public Answer HasError(string field)
    {
        Assert.True(Json.GetProperty("errors").TryGetProperty(field, out _), $"No error of '{field}' in {Text}");
        return this;
    }
}
