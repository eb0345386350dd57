namespace CodeExec.Bench.Measuring;

/// <summary>Durations in milliseconds.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];
    private bool _sorted;

    public int Count => _values.Count;

    public double Median => Percentile(50);

    public void Add(TimeSpan duration)
    {
        _values.Add(duration.TotalMilliseconds);
        _sorted = false;
    }

    public void AddAll(Samples others)
    {
        _values.AddRange(others._values);
        _sorted = false;
    }

    /// <summary>Nearest rank: a value that was measured, never one in between.</summary>
    public double Percentile(double percent)
    {
        if (_values.Count == 0)
        {
            return double.NaN;
        }
        if (!_sorted)
        {
            _values.Sort();
            _sorted = true;
        }
        int rank = (int)Math.Ceiling(percent / 100 * _values.Count);
        return _values[Math.Clamp(rank - 1, 0, _values.Count - 1)];
    }
}
