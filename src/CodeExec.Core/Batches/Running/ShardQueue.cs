namespace CodeExec.Core.Batches.Running;

/// <summary>The shards that have something to do. One that is out is not given out a second time before it is back.</summary>
internal sealed class ShardQueue(IReadOnlyList<int> shards)
{
    private readonly Queue<int> _waiting = new(shards);
    private readonly HashSet<int> _known = [.. shards], _out = [], _again = [];

    public int Waiting => _waiting.Count;

    public void Add(IReadOnlyList<int> shards)
    {
        foreach (int shard in shards)
        {
            if (_out.Contains(shard))
            {
                _again.Add(shard);
            }
            else if (_known.Add(shard))
            {
                _waiting.Enqueue(shard);
            }
        }
    }

    public bool TryTake(out int shard)
    {
        if (!_waiting.TryDequeue(out shard))
        {
            return false;
        }

        _known.Remove(shard);
        return _out.Add(shard);
    }

    /// <param name="again">It was left before its end.</param>
    public void Return(int shard, bool again)
    {
        _out.Remove(shard);
        if (_again.Remove(shard) || again)
        {
            Add([shard]);
        }
    }

    public void Clear()
    {
        _waiting.Clear();
        _known.Clear();
        _again.Clear();
    }
}
