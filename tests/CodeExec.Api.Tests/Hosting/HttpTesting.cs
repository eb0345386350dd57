using System.Net;
using System.Text;
using System.Text.Json;

namespace CodeExec.Api.Tests.Hosting;

internal static class HttpTesting
{
    public static HttpRequestMessage Request(HttpMethod method, string path, string? json = null, string? key = null, params (string Name, string Value)[] headers)
    {
        HttpRequestMessage request = new(method, path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    public static async Task<Answer> SendAsync(this ApiHost host, HttpMethod method, string path, string? json = null, string? key = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = Request(method, path, json, key, headers);
        using HttpResponseMessage response = await host.Http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    public static Task<Answer> GetAsync(this ApiHost host, string path, string? key = null) => host.SendAsync(HttpMethod.Get, path, null, key);

    public static Task<Answer> PostAsync(this ApiHost host, string path, string json, string? key = null, params (string Name, string Value)[] headers)
        => host.SendAsync(HttpMethod.Post, path, json, key, headers);

    /// <summary>Submits a program that echoes its stdin, and returns its id.</summary>
    public static async Task<string> SubmitAsync(this ApiHost host, string stdin = "", string? key = null)
    {
        Answer answer = await host.PostAsync("/api/executions", JsonSerializer.Serialize(new { language = "python", code = "x", stdin }), key);
        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        return answer.Json.GetProperty("id").GetString()!;
    }
}
