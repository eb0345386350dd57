using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.History;
using CodeExec.Engine.Embedded.Runs;

namespace CodeExec.Engine.Embedded.Store;

/// <summary>All that one step of an instance changes, written in one transaction: what happened to it and what it decided upon that.</summary>
internal sealed class InstanceBatch(InstanceRow instance, int run, int firstSequence)
{
    public InstanceRow Instance { get; } = instance;

    public int Run { get; } = run;

    /// <summary>The place of the first line in the history. Two writers cannot both put a line there.</summary>
    public int FirstSequence { get; } = firstSequence;

    /// <summary>The instance itself is not in the store yet.</summary>
    public bool IsStart { get; init; }

    /// <summary>What starts together with it.</summary>
    public StartCompanion? With { get; init; }

    public List<HistoryEvent> History { get; } = [];

    public List<InstanceRow> Children { get; } = [];

    /// <summary>Mail that is in the history now.</summary>
    public List<long> ConsumedMail { get; } = [];

    /// <summary>Mail to keep for later.</summary>
    public List<StoredMail> KeptMail { get; } = [];

    public bool CustomStatusChanged { get; set; }

    public string? CustomStatus { get; set; }

    /// <summary>Set when the instance leaves memory or returns from having been suspended.</summary>
    public InstanceState? NewState { get; set; }

    public string? Output { get; set; }

    public FailureDetails? Failure { get; set; }

    /// <summary>Set for continue-as-new.</summary>
    public RunStart? Next { get; set; }

    /// <summary>Everything that the instance has started ends with it.</summary>
    public bool EndsChildren { get; set; }

    /// <summary>Set by the write: children whose id belonged to another instance already.</summary>
    public IReadOnlyList<InstanceRow> RefusedChildren { get; set; } = [];

    /// <summary>Set by the write: what ended with the instance.</summary>
    public TerminatedInstances Terminated { get; set; } = new([]);

    /// <summary>True once a write of it has failed: it may have taken effect all the same.</summary>
    public bool IsRepeated { get; set; }

    public DateTimeOffset At { get; set; }

    public bool IsEmpty => !IsStart && History.Count == 0 && ConsumedMail.Count == 0 && KeptMail.Count == 0 && NewState is null && !CustomStatusChanged;
}

/// <summary>What became of a batch.</summary>
internal enum BatchResult
{
    Written,

    /// <summary>A start whose id was known already.</summary>
    AlreadyKnown,

    /// <summary>The instance was ended by somebody else (its parent's end): nothing was written.</summary>
    Lost,
}
