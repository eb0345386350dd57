using System.Text.Json;

namespace Azure.Data.Tables;

/// <summary>What the service says of a refused request.</summary>
internal sealed record TableFailure(string Code, string Message)
{
    public static TableFailure Of(string body)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            JsonElement error = json.RootElement.GetProperty("odata.error");
            return new(error.GetProperty("code").GetString(), error.GetProperty("message").GetProperty("value").GetString());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new(null, body);
        }
    }
}
