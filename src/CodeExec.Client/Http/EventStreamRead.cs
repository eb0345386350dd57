using System.Net.ServerSentEvents;

namespace CodeExec.Client;

/// <param name="Item">Null at the end of the stream.</param>
/// <param name="Broken">The end was a connection that broke, not the server's own.</param>
internal readonly record struct EventStreamRead(SseItem<string>? Item, bool Broken);
