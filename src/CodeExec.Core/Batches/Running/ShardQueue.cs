namespace CodeExec.Core.Batches.Running;

/// <summary>The shards that have something to do. One that is out is not given out a second time before it is back.</summary>
/// <param name="putBackFirst">What is put back goes before all that waits.</param>
internal sealed class ShardQueue(IReadOnlyList<int> shards, bool putBackFirst)
{
    private readonly LinkedList<int> _waiting = new(shards);
    private readonly HashSet<int> _known = [.. shards], _out = [], _again = [];

    public int Waiting => _waiting.Count;

    public void Add(IReadOnlyList<int> shards)
    {
        foreach (int shard in shards)
        {
            Add(shard, first: false);
        }
    }

    /// <summary>Something of it was put back to work: somebody waits for that.</summary>
    public void PutBack(int shard) => Add(shard, putBackFirst);

    public bool TryTake(out int shard)
    {
        shard = _waiting.First?.Value ?? -1;
        if (_waiting.First is not { } first)
        {
            return false;
        }

        _waiting.Remove(first);
        _known.Remove(shard);
        return _out.Add(shard);
    }

    /// <param name="again">It was left before its end.</param>
    public void Return(int shard, bool again)
    {
        _out.Remove(shard);
        if (_again.Remove(shard))
        {
            PutBack(shard);
        }
        else if (again)
        {
            Add(shard, first: false);
        }
    }

    public void Clear()
    {
        _waiting.Clear();
        _known.Clear();
        _again.Clear();
    }

    private void Add(int shard, bool first)
    {
        if (_out.Contains(shard))
        {
            _again.Add(shard);
        }
        else if (_known.Add(shard))
        {
            _ = first ? _waiting.AddFirst(shard) : _waiting.AddLast(shard);
        }
        else if (first && _waiting.Remove(shard))
        {
            _waiting.AddFirst(shard); // it waited already
        }
    }
}
