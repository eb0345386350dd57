namespace CodeExec.Bench.Simulation;

/// <summary>Submissions in their shards: a few shards at once, and of each a few submissions at once, as the batch's orchestration hands them out.</summary>
internal sealed class ShardLine
{
    private const int Tries = 3;

    private readonly Action<ShardLine> _handOut;
    private readonly int _eachAtOnce;
    private readonly Queue<Shard> _closed = new();
    private readonly List<Shard> _open = [];

    /// <param name="handOut">Is called for each shard that can be handed out; it is, when <see cref="Open"/> is called in answer.</param>
    public ShardLine(int submissions, BatchSetting setting, Action<ShardLine> handOut)
    {
        _handOut = handOut;
        for (int first = 0; first < submissions; first += setting.ShardSize)
        {
            _closed.Enqueue(new Shard(Math.Min(setting.ShardSize, submissions - first)));
        }

        int shardsAtOnce = Math.Min(Math.Min(setting.ShardsAtOnce, setting.Pool), _closed.Count); // few shards have the places of those that there are not
        _eachAtOnce = Math.Max(1, setting.Pool / shardsAtOnce);
        for (int i = 0; i < shardsAtOnce; i++)
        {
            handOut(this);
        }
    }

    public int Settled { get; private set; }

    public int GivenUp { get; private set; }

    /// <summary>Whether a submission waits for a group now.</summary>
    public bool AnyWaits => _open.Any(shard => shard.Waits(_eachAtOnce));

    public int Waiting => _open.Sum(shard => shard.WaitingAtMost(_eachAtOnce));

    /// <summary>The next submission, if one may begin.</summary>
    public Work? TryTake()
    {
        Shard? shard = _open.Find(shard => shard.Waits(_eachAtOnce));
        return shard?.Take();
    }

    public void Settle(Work work)
    {
        Settled++;
        Leave(work);
    }

    /// <summary>It was lost: again, or given up.</summary>
    public void Lose(Work work)
    {
        if (work.Try < Tries)
        {
            work.Shard.Return(work);
            return;
        }
        GivenUp++;
        Leave(work);
    }

    private void Leave(Work work)
    {
        if (work.Shard.Leave())
        {
            _open.Remove(work.Shard);
            _handOut(this);
        }
    }

    /// <summary>Hands out one more shard, if there is one.</summary>
    public void Open()
    {
        if (_closed.TryDequeue(out Shard? next))
        {
            _open.Add(next);
        }
    }

    internal sealed record Work(Shard Shard, int Try);

    internal sealed class Shard(int size)
    {
        private readonly Queue<int> _triesOfReturned = new();
        private int _fresh = size;
        private int _left = size;
        private int _underWay;

        public bool Waits(int atOnce) => WaitingAtMost(atOnce) > 0;

        public int WaitingAtMost(int atOnce) => Math.Min(_fresh + _triesOfReturned.Count, atOnce - _underWay);

        public Work Take()
        {
            _underWay++;
            if (_triesOfReturned.TryDequeue(out int tries))
            {
                return new Work(this, tries + 1);
            }
            _fresh--;
            return new Work(this, 1);
        }

        public void Return(Work work)
        {
            _underWay--;
            _triesOfReturned.Enqueue(work.Try);
        }

        /// <returns>Whether it was the last.</returns>
        public bool Leave()
        {
            _underWay--;
            return --_left == 0;
        }
    }
}
