namespace CodeExec.Bench.Simulation;

/// <summary>So many in any five minutes, and so many in any hour.</summary>
internal sealed class Allowance(int inFiveMinutes, int inAnHour)
{
    private readonly Queue<double> _lastFiveMinutes = new();
    private readonly Queue<double> _lastHour = new();

    /// <summary>When the next one may be taken.</summary>
    public double NextAt(double now)
    {
        Forget(now);
        double fiveMinutes = _lastFiveMinutes.Count < inFiveMinutes ? now : _lastFiveMinutes.Peek() + 300;
        double hour = _lastHour.Count < inAnHour ? now : _lastHour.Peek() + 3600;
        return Math.Max(fiveMinutes, hour);
    }

    public bool TryTake(double now)
    {
        if (NextAt(now) > now)
        {
            return false;
        }
        _lastFiveMinutes.Enqueue(now);
        _lastHour.Enqueue(now);
        return true;
    }

    private void Forget(double now)
    {
        while (_lastFiveMinutes.TryPeek(out double first) && first <= now - 300)
        {
            _lastFiveMinutes.Dequeue();
        }
        while (_lastHour.TryPeek(out double first) && first <= now - 3600)
        {
            _lastHour.Dequeue();
        }
    }
}
