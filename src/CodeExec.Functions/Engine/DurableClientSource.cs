using Microsoft.DurableTask.Client;

namespace CodeExec.Functions.Engine;

/// <summary>
/// The Functions host gives its client to functions, as a parameter, and to nobody else. Each function that may need the engine hands it on to here; one client
/// is as good as another.
/// </summary>
internal sealed class DurableClientSource
{
    private DurableTaskClient? _client;

    public DurableTaskClient Client => _client ?? throw new InvalidOperationException("No function has handed on the host's client yet: the engine can be asked from within functions only.");

    public void Use(DurableTaskClient client) => _client = client;
}
