using System.Net.WebSockets;
using System.Text;
using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Core.Containers;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci.Following;

/// <summary>
/// Gives a waiting runner its job: starts the image's give-job in the group, and tells it the job over its terminal. It says when it can
/// take a line as it is, and when the runner has it (infra/images/base/give-job).
/// </summary>
internal sealed class JobGiver(ArmGroups arm, IOptions<AciOptions> options, TimeProvider clock)
{
    public const string Ready = "codeexec: give";
    public const string Given = "codeexec: given";

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private readonly AciOptions _options = options.Value;

    /// <param name="announced">Ends when others can know that this group has a job: nothing is given before.</param>
    /// <exception cref="ContainerLostException">It took none, or nobody knows.</exception>
    public async Task GiveAsync(string group, ReadOnlyMemory<byte> line, Task announced, CancellationToken cancellationToken)
    {
        (WebSocket socket, SocketLines terminal) = await GiveAsync(group, GroupRecipe.GiveJobInside, line, announced, cancellationToken);
        await terminal.DisposeAsync();
        socket.Dispose();
    }

    /// <summary>The same with a job that is spoken to while it runs.</summary>
    /// <inheritdoc cref="GiveAsync(string, ReadOnlyMemory{byte}, Task, CancellationToken)"/>
    public async Task<LiveLine> GiveLiveAsync(string group, ReadOnlyMemory<byte> line, Task announced, CancellationToken cancellationToken)
    {
        (WebSocket socket, SocketLines terminal) = await GiveAsync(group, GroupRecipe.GiveLiveInside, line, announced, cancellationToken);
        return new LiveLine(socket, terminal, clock);
    }

    private async Task<(WebSocket, SocketLines)> GiveAsync(string group, string command, ReadOnlyMemory<byte> line, Task announced, CancellationToken cancellationToken)
    {
        try
        {
            WebSocket socket = await Sockets.ExecAsync(await OpenAsync(group, command, cancellationToken), cancellationToken);
            return (socket, await GiveAsync(socket, line, announced, cancellationToken));
        }
        catch (Exception e) when (e is AciException or WebSocketException or TimeoutException or InvalidDataException)
        {
            throw new ContainerLostException($"Container group {group} took no job: {e.Message}", outOfMemory: false, e);
        }
    }

    private async Task<SocketLines> GiveAsync(WebSocket socket, ReadOnlyMemory<byte> line, Task announced, CancellationToken cancellationToken)
    {
        SocketLines terminal = new(socket);
        try
        {
            await ExpectAsync(terminal, Ready, cancellationToken);
            await announced;
            await Sockets.SayAsync(socket, line, cancellationToken);
            await ExpectAsync(terminal, Given, cancellationToken);
            return terminal;
        }
        catch
        {
            await terminal.DisposeAsync();
            throw;
        }
    }

    // What is refused for the moment is asked for once more: nothing has been given yet.
    private async Task<Door> OpenAsync(string group, string command, CancellationToken cancellationToken)
    {
        try
        {
            return await arm.ExecAsync(group, command, cancellationToken);
        }
        catch (AciNoRoomException e)
        {
            await Task.Delay(e.RetryAfter ?? _options.LookEvery, clock, cancellationToken);
            return await arm.ExecAsync(group, command, cancellationToken);
        }
    }

    private async Task ExpectAsync(SocketLines terminal, string word, CancellationToken cancellationToken)
    {
        StringBuilder said = new();
        while (true)
        {
            ReadOnlyMemory<byte> line = await terminal.ReadAsync(Silence, clock, cancellationToken)
                ?? throw new InvalidDataException($"its give-job ended before its time. {said}".TrimEnd());
            string text = Encoding.UTF8.GetString(line.Span).Trim();
            if (text == word)
            {
                return;
            }

            said.Append(text.AsSpan(0, Math.Min(200, text.Length))).Append(' ');
            if (said.Length > 1000)
            {
                throw new InvalidDataException($"it says what no give-job says: {said}");
            }
        }
    }
}
