using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CodeExec.Api.Live;

/// <summary>
/// SignalR knows no optional arguments: a call must have exactly as many as the method. This lets a client leave trailing ones
/// away (<c>subscribe(id)</c> beside <c>subscribe(id, after)</c>); the method gets null for them.
/// </summary>
internal sealed class OptionalArguments(IHubProtocol inner) : IHubProtocol
{
    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        ReadOnlySequence<byte> before = input;
        if (!inner.TryParseMessage(ref input, binder, out message))
        {
            return false;
        }

        if (message is InvocationBindingFailureMessage { Target: { } target } && binder.GetParameterTypes(target) is { Count: > 1 } types && IsNullable(types[^1]))
        {
            if (inner.TryParseMessage(ref before, new OneArgumentLess(binder), out HubMessage? shorter)
                && shorter is InvocationMessage { InvocationId: var id, Arguments: { } arguments, StreamIds: var streams })
            {
                message = new InvocationMessage(id, target, [.. arguments, null], streams);
            }
        }

        return true;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    private static bool IsNullable(Type type) => Nullable.GetUnderlyingType(type) is not null;

    private sealed class OneArgumentLess(IInvocationBinder binder) : IInvocationBinder
    {
        public Type GetReturnType(string invocationId) => binder.GetReturnType(invocationId);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [.. binder.GetParameterTypes(methodName).SkipLast(1)];

        public Type GetStreamItemType(string streamId) => binder.GetStreamItemType(streamId);

        public string? GetTarget(ReadOnlySpan<byte> utf8Bytes) => binder.GetTarget(utf8Bytes);
    }
}
