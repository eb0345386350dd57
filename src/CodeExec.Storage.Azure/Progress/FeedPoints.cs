using System.Collections.Concurrent;
using CodeExec.Core.Executions;

namespace CodeExec.Storage.Azure.Progress;

/// <summary>
/// Where in a feed earlier reads had come to, so that a viewer who looks again every second does not fetch the whole each time. Losing it
/// costs a longer read, nothing else.
/// </summary>
internal sealed class FeedPoints
{
    private const int MostFeeds = 2000;
    private const int MostPoints = 256;

    private readonly ConcurrentDictionary<ExecutionId, List<FeedPoint>> _feeds = [];
    private readonly ConcurrentQueue<ExecutionId> _order = [];

    /// <summary>The last known place that is not behind a sequence.</summary>
    public FeedPoint Find(ExecutionId id, long after)
    {
        if (!_feeds.TryGetValue(id, out List<FeedPoint>? points))
        {
            return FeedPoint.Start;
        }
        lock (points)
        {
            int index = points.FindLastIndex(point => point.After <= after);
            return index < 0 ? FeedPoint.Start : points[index];
        }
    }

    public void Add(ExecutionId id, FeedPoint point)
    {
        List<FeedPoint> points = _feeds.GetOrAdd(id, key =>
        {
            _order.Enqueue(key);
            return [];
        });
        lock (points)
        {
            if (points.Count > 0 && points[^1].After >= point.After)
            {
                return;
            }
            if (points.Count == MostPoints)
            {
                List<FeedPoint> everySecond = [.. points.Where((_, index) => index % 2 == 1)]; // half as dense, as far back
                points.Clear();
                points.AddRange(everySecond);
            }
            points.Add(point);
        }
        while (_order.Count > MostFeeds && _order.TryDequeue(out ExecutionId oldest))
        {
            _feeds.TryRemove(oldest, out _);
        }
    }

    public void Forget(ExecutionId id) => _feeds.TryRemove(id, out _);
}
