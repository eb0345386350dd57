using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CodeExec.Client;

internal static class AnswerReader
{
    /// <exception cref="CodeExecException">The answer is not what this API says.</exception>
    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException e)
        {
            throw new CodeExecException(
                $"{response.RequestMessage?.RequestUri} answered with something else than CodeExec's API. Check the server's address and version. ({e.Message})", e)
            {
                Status = response.StatusCode,
            };
        }
    }
}
