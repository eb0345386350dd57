using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CodeExec.Api.Tests.Hosting;

namespace CodeExec.Api.Tests.Grading;

/// <summary>What is said of batches that can not be taken in: which part of the request is wrong, and what would be right.</summary>
public sealed class BatchCreationTests : IAsyncLifetime
{
    private const string Line = """{"language":"python","code":"print(3)"}""", Tests = "\"tests\":[{\"expected\":\"3\"}]";

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("?problem=nope", "problem", "There is no problem 'nope'.")]
    [InlineData("?problem=nope&version=3", "problem", "There is no version 3 of a problem 'nope'.")]
    [InlineData("", "problem", "Name a problem, or send tests.")]
    [InlineData("?problem=nope&force=maybe", "force", "Must be true or false.")]
    [InlineData("?problem=nope&concurrency=0", "concurrency", "Must be at least 1.")]
    public async Task Post_WrongLines_SaysWhatAndWhere(string query, string field, string message)
        => Assert.Equal(message, (await RefusedAsync(HttpStatusCode.BadRequest, query, Line, "application/x-ndjson")).GetProperty("errors").GetProperty(field)[0].GetString());

    [Fact]
    public async Task Post_ASubmissionWithWhatIsTheBatchs_NamesIt()
    {
        string body = "{" + Tests + ",\"submissions\":[" + Line + """,{"language":"python","code":"x","secrets":{"A":"B"}}]}""";

        JsonElement problem = await RefusedAsync(HttpStatusCode.BadRequest, "", body, "application/json");

        Assert.Contains("secrets", problem.GetProperty("errors").GetProperty("submissions[1].secrets")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/x-ndjson")]
    [InlineData("application/zip")]
    public async Task Post_WithAContentEncoding_IsRefused(string type)
    {
        JsonElement problem = await RefusedAsync(HttpStatusCode.UnsupportedMediaType, "?problem=sum", Line, type, "gzip");

        Assert.Contains("Content-Encoding", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_OfAnotherType_NamesThoseThereAre()
        => Assert.Contains("application/x-ndjson", (await RefusedAsync(HttpStatusCode.UnsupportedMediaType, "", Line, "text/plain")).GetProperty("detail").GetString(), StringComparison.Ordinal);

    private async Task<JsonElement> RefusedAsync(HttpStatusCode status, string query, string body, string type, string? encoding = null)
    {
        using StringContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using HttpResponseMessage answer = await _host.Http.PostAsync(new Uri("/api/batches" + query, UriKind.Relative), content);
        Assert.Equal(status, answer.StatusCode);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
    }
}
