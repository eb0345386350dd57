using CodeExec.Core.Executions.Results;

namespace CodeExec.Core.Grading.Interacting;

/// <summary>How two programs parted.</summary>
internal sealed record InteractionEnd
{
    /// <summary>Null when we ended the program, because its time was over or nothing depended on it any more.</summary>
    public CaseFacts? Program { get; init; }

    public required CaseFacts Interactor { get; init; }

    /// <summary>It had ended before the program had, so not because of that.</summary>
    public bool InteractorFirst { get; init; }

    /// <summary>Who let its time run out while it had its turn.</summary>
    public Speaker? Late { get; init; }

    public bool InteractorRanOutOfTime => Interactor.Limit is ResourceLimit.WallTime or ResourceLimit.CpuTime;

    /// <summary>The interactor worked for most of the time in which the program waited for its first word.</summary>
    public bool InteractorKeptItWaiting { get; init; }
}
