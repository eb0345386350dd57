using CodeExec.Engine.Embedded.Store;

namespace CodeExec.Engine.Embedded.Instances;

/// <summary>
/// What has come for an instance, and who works on it: one at a time, which begins busy (its history is being loaded) and is idle only
/// when nothing waits.
/// </summary>
internal sealed class InstanceInbox
{
    private readonly Lock _gate = new();
    private readonly WorkGauge _gauge;
    private List<InstanceMessage> _messages = [];
    private HashSet<long> _loadedMail = [];
    private bool _busy = true;
    private bool _closed;

    public InstanceInbox(WorkGauge gauge)
    {
        _gauge = gauge;
        gauge.Up();
    }

    public bool IsClosed => Volatile.Read(ref _closed);

    public Reception Post(InstanceMessage message)
    {
        lock (_gate)
        {
            if (message is Happening { Mail: { } mail } && _loadedMail.Contains(mail))
            {
                return Reception.Queued; // it was found in the mailbox already
            }
            if (_closed)
            {
                return Reception.TooLate;
            }
            _messages.Add(message);
            if (_busy)
            {
                return Reception.Queued;
            }
            _busy = true;
            _gauge.Up();
            return Reception.Yours;
        }
    }

    /// <summary>Takes all there is. The caller works on until it gets null.</summary>
    /// <param name="evenIfEmpty">There is something to do also without a message.</param>
    /// <returns>Null if there is nothing to do (any more).</returns>
    public List<InstanceMessage>? TakeAll(bool evenIfEmpty)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return null;
            }
            if (_messages.Count == 0 && !evenIfEmpty)
            {
                _busy = false;
                _gauge.Down();
                return null;
            }
            List<InstanceMessage> all = _messages;
            _messages = [];
            return all;
        }
    }

    /// <summary>Puts what came earlier before what came meanwhile.</summary>
    public void PutFirst(IEnumerable<InstanceMessage> earlier)
    {
        lock (_gate)
        {
            _messages.InsertRange(0, earlier);
        }
    }

    /// <summary>Puts what the mailbox had before what came meanwhile. Mail that was posted as well counts once.</summary>
    public void PutMailFirst(IEnumerable<StoredMail> mail)
    {
        lock (_gate)
        {
            HashSet<long> posted = [.. _messages.OfType<Happening>().Select(happening => happening.Mail).OfType<long>()];
            _loadedMail = [.. mail.Select(item => item.No)];
            _messages.InsertRange(0, mail.Where(item => !posted.Contains(item.No)).Select(Happening.From));
        }
    }

    /// <returns>What nobody will work on any more; null if it was closed before.</returns>
    public List<InstanceMessage>? Close()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return null;
            }
            _closed = true;
            if (_busy)
            {
                _gauge.Down();
            }
            List<InstanceMessage> late = _messages;
            _messages = [];
            return late;
        }
    }
}

/// <summary>What whoever brings a message has to do now.</summary>
internal enum Reception
{
    /// <summary>Nothing: somebody is at work.</summary>
    Queued,

    /// <summary>Work on it.</summary>
    Yours,

    /// <summary>The instance is not in memory any more.</summary>
    TooLate,
}
