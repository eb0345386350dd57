namespace CodeExec.Bench.Simulation;

/// <summary>
/// One batch on container groups, event by event. A submission that waits gets a group that rests, deployed anew, or else a new one, where there is a place and an
/// allowance for it. A group takes one submission after another, rests for a while when none waits, and goes when it has had its number or is too old. One that can
/// not be deleted yet keeps its place.
/// </summary>
internal sealed class BatchSimulation
{
    private readonly Cloud _cloud;
    private readonly BatchSetting _setting;
    private readonly Dice _dice;
    private readonly ShardLine _line;
    private readonly Region[] _regions;
    private readonly PriorityQueue<Action, (double At, long Order)> _events = new();
    private readonly int _submissions;
    private Queue<Group> _resting = new();
    private long _order;
    private double _now;
    private double _lastEnd;
    private double _wakesAt = -1;
    private int _starting;
    private int _groups;
    private int _mostGroups;
    private int _created;
    private int _deleted;
    private int _deployments;
    private int _idle;
    private int _lost;
    private int _failedStarts;
    private double _busy;
    private double _billed;

    private BatchSimulation(Cloud cloud, BatchSetting setting, int submissions, ulong seed)
    {
        _cloud = cloud;
        _setting = setting;
        _submissions = submissions;
        _dice = new(seed);
        _line = new(submissions, setting, line => In(_dice.Spread(cloud.HandOut), () =>
        {
            line.Open();
            MakeGroups();
        }));
        _regions = [.. Enumerable.Range(0, cloud.Regions).Select(_ => new Region(cloud))];
    }

    public static BatchFigures Run(Cloud cloud, BatchSetting setting, int submissions, ulong seed) => new BatchSimulation(cloud, setting, submissions, seed).Run();

    private BatchFigures Run()
    {
        while (_events.TryDequeue(out Action? happens, out (double At, long Order) key))
        {
            _now = key.At;
            happens();
        }
        return new(_submissions, _lastEnd, _billed * _cloud.PerSecond, _line.Settled, _line.GivenUp, _lost, _failedStarts, _created, _deleted, _deployments, _idle, _busy, _billed, _mostGroups);
    }

    private void In(double seconds, Action happens) => At(_now + seconds, happens);

    private void At(double time, Action happens) => _events.Enqueue(happens, (time, _order++));

    /// <summary>As many as there is work for that no group is on its way to.</summary>
    private void MakeGroups()
    {
        while (_line.Waiting > _starting && _resting.TryDequeue(out Group? rested))
        {
            if (IsFit(rested))
            {
                Deploy(rested, _cloud.Restart);
            }
            else
            {
                Delete(rested);
            }
        }
        while (_line.Waiting > _starting && _groups < _setting.Pool)
        {
            Region? region = Array.Find(_regions, region => region.HasPlace && region.Creations.TryTake(_now));
            if (region is null)
            {
                AwaitAllowance();
                return;
            }
            region.Groups++;
            _created++;
            _mostGroups = Math.Max(_mostGroups, ++_groups);
            Deploy(new Group(region, _now), _cloud.Start);
        }
    }

    private void AwaitAllowance()
    {
        double next = _regions.Where(region => region.HasPlace).Select(region => region.Creations.NextAt(_now)).DefaultIfEmpty(double.PositiveInfinity).Min();
        if (double.IsFinite(next) && _wakesAt <= _now)
        {
            _wakesAt = next;
            At(next, MakeGroups);
        }
    }

    private void Deploy(Group group, Spread takes)
    {
        _deployments++;
        _starting++;
        double seconds = _dice.Spread(takes);
        bool fails = _dice.Happens(_cloud.FailsToStart);
        In(seconds, () =>
        {
            _starting--;
            _billed += seconds;
            if (fails)
            {
                _failedStarts++;
                Delete(group);
                MakeGroups();
            }
            else
            {
                Begin(group);
            }
        });
    }

    private void Begin(Group group)
    {
        if (_line.TryTake() is not { } work)
        {
            _idle++;
            Delete(group);
            return;
        }
        group.Uses++;
        double seconds = _dice.Spread(_cloud.Execution);
        bool isLost = _dice.Happens(_cloud.IsLost);
        double until = isLost ? seconds * _dice.Next() : seconds;
        In(until, () => End(group, work, until, isLost));
    }

    private void End(Group group, ShardLine.Work work, double seconds, bool isLost)
    {
        _billed += seconds;
        _lastEnd = _now;
        if (isLost)
        {
            _lost++;
            _line.Lose(work);
            Gone(group);
            return;
        }
        _busy += seconds;
        _line.Settle(work);
        if (IsFit(group))
        {
            In(_dice.Spread(_cloud.End), () => Rest(group));
        }
        else
        {
            Delete(group);
        }
        MakeGroups();
    }

    private bool IsFit(Group group) => group.Uses < _setting.ExecutionsPerGroup && _now - group.MadeAt < _cloud.LongestUse;

    private void Rest(Group group)
    {
        int use = group.Uses;
        _resting.Enqueue(group);
        MakeGroups();
        if (_resting.Contains(group))
        {
            In(_cloud.RestFor, () =>
            {
                if (group.Uses == use && _resting.Contains(group))
                {
                    _resting = new(_resting.Where(other => other != group));
                    Delete(group);
                }
            });
        }
    }

    private void Delete(Group group)
    {
        double next = group.Region.Deletions.NextAt(_now);
        if (next > _now)
        {
            At(next, () => Delete(group));
            return;
        }
        _ = group.Region.Deletions.TryTake(_now);
        _deleted++;
        Gone(group);
    }

    private void Gone(Group group)
    {
        group.Region.Groups--;
        _groups--;
        MakeGroups();
    }

    private sealed class Group(Region region, double madeAt)
    {
        public Region Region { get; } = region;

        public double MadeAt { get; } = madeAt;

        public int Uses { get; set; }
    }

    private sealed class Region(Cloud cloud)
    {
        public Allowance Creations { get; } = new((int)(cloud.CreationsPerFiveMinutes * cloud.Share), (int)(cloud.CreationsPerHour * cloud.Share));

        public Allowance Deletions { get; } = new(cloud.CreationsPerFiveMinutes, cloud.CreationsPerHour);

        public int Groups { get; set; }

        public bool HasPlace => Groups < cloud.Places;
    }
}
