using System.Text;
using System.Text.Json.Nodes;

namespace CodeExec.Bench.Http;

/// <summary>Requests as they go over the wire.</summary>
/// <param name="key">API key; none for a server that runs open.</param>
internal sealed class Requests(string host, string? key)
{
    public byte[] Run(JsonObject submission, int waitSeconds) => Make("POST", $"/api/executions?wait={waitSeconds}", submission.ToJsonString());

    public byte[] Submit(JsonObject submission) => Make("POST", "/api/executions", submission.ToJsonString());

    public byte[] Get(string path) => Make("GET", path, null);

    public byte[] Post(string path) => Make("POST", path, "");

    public byte[] Post(string path, JsonObject body) => Make("POST", path, body.ToJsonString());

    /// <summary>One JSON object a line.</summary>
    public byte[] PostLines(string path, IEnumerable<JsonObject> lines)
        => Make("POST", path, string.Join('\n', lines.Select(line => line.ToJsonString())), "application/x-ndjson");

    private byte[] Make(string method, string path, string? body, string type = "application/json")
    {
        StringBuilder text = new();
        text.Append(method).Append(' ').Append(path).Append(" HTTP/1.1\r\nHost: ").Append(host).Append("\r\n");
        if (key is { Length: > 0 })
        {
            text.Append("Authorization: Bearer ").Append(key).Append("\r\n");
        }
        if (body is not null)
        {
            text.Append("Content-Type: ").Append(type).Append("\r\nContent-Length: ").Append(Encoding.UTF8.GetByteCount(body)).Append("\r\n");
        }
        return Encoding.UTF8.GetBytes(text.Append("\r\n").Append(body).ToString());
    }
}
