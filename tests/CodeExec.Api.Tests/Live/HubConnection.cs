using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using CodeExec.Api.Tests.Hosting;

namespace CodeExec.Api.Tests.Live;

/// <summary>A small client of SignalR's JSON protocol over a WebSocket.</summary>
internal sealed class HubConnection(ClientWebSocket socket) : IDisposable
{
    private const char RecordEnd = '\u001e';

    private readonly StringBuilder _received = new();
    private int _calls;

    public static async Task<HubConnection> OpenAsync(ApiHost host, string? key = null, string? queryKey = null, string? origin = null)
    {
        ClientWebSocket socket = new();
        if (key is not null)
        {
            socket.Options.SetRequestHeader("Authorization", "Bearer " + key);
        }

        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        string query = queryKey is null ? "" : "?access_token=" + Uri.EscapeDataString(queryKey);
        await socket.ConnectAsync(new($"ws://{host.Address.Authority}/hubs/executions{query}"), CancellationToken.None);
        HubConnection connection = new(socket);
        await connection.SendRawAsync("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", (await connection.NextAsync())!.Value.GetRawText());
        return connection;
    }

    /// <summary>Calls a method of the hub, and returns its error, if there is one.</summary>
    public async Task<string?> CallAsync(string method, params object?[] arguments)
    {
        string id = $"{++_calls}";
        await SendRawAsync(JsonSerializer.Serialize(new { type = 1, invocationId = id, target = method, arguments }));
        while (await NextAsync() is { } message)
        {
            if (message.GetProperty("type").GetInt32() == 3 && message.GetProperty("invocationId").GetString() == id)
            {
                return message.TryGetProperty("error", out JsonElement error) ? error.GetString() : null;
            }

            Early.Enqueue(message);
        }

        throw new InvalidOperationException("The hub closed the connection.");
    }

    /// <summary>Events that came while a call was answered.</summary>
    public Queue<JsonElement> Early { get; } = [];

    /// <summary>The next event from the hub; null when it closed the connection.</summary>
    public async Task<(string Name, JsonElement Data)?> NextEventAsync()
    {
        while ((Early.TryDequeue(out JsonElement early) ? early : await NextAsync()) is { } message)
        {
            if (message.GetProperty("type").GetInt32() == 1)
            {
                return (message.GetProperty("target").GetString()!, message.GetProperty("arguments")[0]);
            }
        }

        return null;
    }

    public async Task<List<(string Name, JsonElement Data)>> UntilResultAsync()
    {
        List<(string Name, JsonElement Data)> events = [];
        while (await NextEventAsync() is { } next)
        {
            events.Add(next);
            if (next.Name == "result")
            {
                return events;
            }
        }

        throw new InvalidOperationException("The hub closed the connection before the result.");
    }

    public Task SendRawAsync(string json) => socket.SendAsync(Encoding.UTF8.GetBytes(json + RecordEnd), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <returns>Null when the connection was closed.</returns>
    public async Task<JsonElement?> NextAsync()
    {
        byte[] buffer = new byte[16 << 10];
        while (true)
        {
            string text = _received.ToString();
            int end = text.IndexOf(RecordEnd, StringComparison.Ordinal);
            if (end >= 0)
            {
                _received.Remove(0, end + 1);
                return JsonDocument.Parse(text[..end]).RootElement;
            }

            WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            _received.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
        }
    }

    public void Dispose() => socket.Dispose();
}
