using System.Net.ServerSentEvents;

namespace CodeExec.Client;

/// <summary>One open stream of server-sent events. Its end and its breaking are values: both are ordinary.</summary>
internal sealed class EventStreamConnection : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;
    private readonly CancellationTokenSource _silence;
    private readonly TimeSpan _idleLimit;
    private readonly CancellationToken _callersToken;

    private EventStreamConnection(
        HttpResponseMessage response, Stream body, CancellationTokenSource silence, TimeSpan idleLimit, CancellationToken callersToken)
    {
        _response = response;
        _silence = silence;
        _idleLimit = idleLimit;
        _callersToken = callersToken;
        _items = SseParser.Create(body).EnumerateAsync(silence.Token).GetAsyncEnumerator(CancellationToken.None);
    }

    public static async Task<EventStreamConnection> OpenAsync(
        HttpResponseMessage response, TimeSpan idleLimit, TimeProvider clock, CancellationToken cancellationToken)
    {
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        CancellationTokenSource silence = new(Timeout.InfiniteTimeSpan, clock);
        return new EventStreamConnection(response, body, silence, idleLimit, cancellationToken);
    }

    public async Task<EventStreamRead> ReadAsync()
    {
        using CancellationTokenRegistration callerGaveUp = _callersToken.UnsafeRegister(static s => ((CancellationTokenSource)s!).Cancel(), _silence);
        _silence.CancelAfter(_idleLimit);
        try
        {
            return await _items.MoveNextAsync() ? new EventStreamRead(_items.Current, Broken: false) : new EventStreamRead(null, Broken: false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return new EventStreamRead(null, Broken: true);
        }
        catch (OperationCanceledException) when (!_callersToken.IsCancellationRequested)
        {
            return new EventStreamRead(null, Broken: true);
        }
        catch (OperationCanceledException)
        {
            throw new OperationCanceledException(_callersToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _items.DisposeAsync();
        _response.Dispose();
        _silence.Dispose();
    }
}
