using System.Diagnostics;
using CodeExec.Protocol;

namespace CodeExec.Sender;

/// <summary>
/// Reads ahead, so that the runner need not wait while a piece is on its way: up to one piece, which is all the memory this takes. After that the runner waits, and with
/// it the program that says so much.
/// </summary>
internal sealed class Gathering(Stream input)
{
    /// <summary>What has come is sent after so long at the latest: a blob takes 50,000 pieces, so that a day is possible.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly object _gate = new();
    private byte[] _filling = new byte[SealedEvents.LongestPiece];
    private byte[] _spare = new byte[SealedEvents.LongestPiece];
    private int _length;
    private bool _ended;

    public void Begin() => new Thread(ReadAll) { IsBackground = true }.Start();

    /// <summary>Waits until more than so much has come, or all that ever will. Leaves it where it is.</summary>
    public bool WaitForMoreThan(int bytes)
    {
        lock (_gate)
        {
            while (_length <= bytes && !_ended)
            {
                Monitor.Wait(_gate);
            }

            return _length > bytes;
        }
    }

    /// <summary>Waits for the next piece, not longer than <see cref="LongestWait"/> after its first byte. Good until the next call; empty at the end.</summary>
    public ReadOnlySpan<byte> Take()
    {
        lock (_gate)
        {
            WaitForMoreThan(0);
            long begun = Stopwatch.GetTimestamp();
            while (!_ended && _length < _filling.Length && LongestWait - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } left)
            {
                Monitor.Wait(_gate, left);
            }

            (_filling, _spare) = (_spare, _filling);
            int length = _length;
            _length = 0;
            Monitor.PulseAll(_gate);
            return _spare.AsSpan(0, length);
        }
    }

    private void ReadAll()
    {
        byte[] buffer = new byte[64 * 1024];
        int read;
        while ((read = input.Read(buffer)) > 0)
        {
            Add(buffer.AsSpan(0, read));
        }

        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            while (true)
            {
                int fits = Math.Min(bytes.Length, _filling.Length - _length);
                bytes[..fits].CopyTo(_filling.AsSpan(_length));
                _length += fits;
                Monitor.PulseAll(_gate);
                bytes = bytes[fits..];
                if (bytes.IsEmpty)
                {
                    return;
                }

                Monitor.Wait(_gate);
            }
        }
    }
}
