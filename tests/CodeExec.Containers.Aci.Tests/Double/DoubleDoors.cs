using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CodeExec.Containers.Aci.Following;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Protocol;
using Microsoft.AspNetCore.Http;

namespace CodeExec.Containers.Aci.Tests.Double;

/// <summary>Where attach and exec lead: connections that open once, each with its word.</summary>
internal sealed class DoubleDoors(ArmDouble arm, Uri address)
{
    /// <summary>Lines come in pieces that end anywhere.</summary>
    private const int Piece = 777;

    private readonly ConcurrentDictionary<string, (DoubleGroup Group, string Purpose, string Password)> _doors = new();

    public JsonObject New(DoubleGroup group, string purpose)
    {
        string id = Guid.NewGuid().ToString("n");
        string password = Guid.NewGuid().ToString("n");
        _doors[id] = (group, purpose, password);
        return new JsonObject { ["webSocketUri"] = $"ws://{address.Authority}/door/{id}", ["password"] = password };
    }

    public async Task OpenAsync(HttpContext context, string path)
    {
        if (!_doors.TryRemove(path.Split('/')[^1], out (DoubleGroup Group, string Purpose, string Password) door)
            || (door.Purpose == "attach" && context.Request.Headers.Authorization.ToString() != door.Password))
        {
            context.Response.StatusCode = 401;
            return;
        }

        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        try
        {
            await (door.Purpose switch
            {
                "attach" => AttachAsync(door.Group, socket),
                GroupRecipe.GiveJobInside => TakeJobAsync(door.Group, door.Password, live: false, socket),
                GroupRecipe.GiveLiveInside => TakeJobAsync(door.Group, door.Password, live: true, socket),
                _ => SayAsync(socket, $"exec: {door.Purpose}: no such file or directory"),
            });
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException)
        {
            context.Abort();
        }
    }

    private static async Task AttachAsync(DoubleGroup group, WebSocket socket)
    {
        await foreach (byte[] bytes in group.Output.Listen().ReadAllAsync())
        {
            for (int at = 0; at < bytes.Length; at += Piece)
            {
                await socket.SendAsync(bytes.AsMemory(at, Math.Min(Piece, bytes.Length - at)), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
        }
    }

    // As infra/images/base/give-job and give-live do; GiveJobTests runs those.
    private async Task TakeJobAsync(DoubleGroup group, string password, bool live, WebSocket socket)
    {
        byte[] first = new byte[password.Length];
        ValueWebSocketReceiveResult said = await socket.ReceiveAsync(first.AsMemory(), CancellationToken.None);
        if (arm.Faults.ExecHangsUp || !said.EndOfMessage || Encoding.UTF8.GetString(first) != password)
        {
            return;
        }

        await SayAsync(socket, JobGiver.Ready);
        SocketLines lines = new(socket); // closed by the caller, who says good-bye
        if (await lines.ReadAsync(TimeSpan.FromMinutes(1), TimeProvider.System, CancellationToken.None) is { } job)
        {
            group.GiveJob(Encoding.UTF8.GetString(job.Span));
            await SayAsync(socket, JobGiver.Given);
            await (live ? PassOnAsync(group, lines, socket) : Task.CompletedTask);
        }
    }

    private async Task PassOnAsync(DoubleGroup group, SocketLines lines, WebSocket socket)
    {
        while (!arm.Faults.TerminalsBreak.IsCancellationRequested
            && await lines.ReadAsync(TimeSpan.FromMinutes(1), TimeProvider.System, arm.Faults.TerminalsBreak) is { } said
            && await group.SayAsync(JsonSerializer.Deserialize(said.Span, ProtocolJson.Default.RunnerCommand)!))
        {
            // The next one.
        }

        if (arm.Faults.TerminalsBreak.IsCancellationRequested)
        {
            socket.Abort();
        }
    }

    private static async Task SayAsync(WebSocket socket, string line)
        => await socket.SendAsync(Encoding.UTF8.GetBytes(line + "\r\n"), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
}
