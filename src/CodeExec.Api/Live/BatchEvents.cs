using System.Text.Json.Serialization;
using CodeExec.Api.Grading;
using CodeExec.Core.Batches;

namespace CodeExec.Api.Live;

/// <summary>What a viewer of a batch is told.</summary>
/// <param name="Sequence">Grows with what is settled; what was put back to work makes it less.</param>
internal abstract record BatchEvent([property: JsonPropertyOrder(-3)] BatchId BatchId, [property: JsonPropertyOrder(-2)] long Sequence, [property: JsonPropertyOrder(-1)] DateTimeOffset Timestamp) : ILiveEvent
{
    [JsonIgnore]
    public abstract string Name { get; }
}

/// <param name="Done">Graded, set aside or cancelled.</param>
internal sealed record BatchProgressEvent(
    BatchId BatchId, long Sequence, DateTimeOffset Timestamp, BatchState State, int Done, int Total, double Percentage, double RatePerMinute, DateTimeOffset? EstimatedEnd)
    : BatchEvent(BatchId, Sequence, Timestamp)
{
    [JsonIgnore]
    public override string Name => "progress";

    public static BatchProgressEvent Of(BatchSummary now, DateTimeOffset at)
    {
        BatchProgressView progress = BatchProgressView.Of(now);
        return new(now.Batch.Id, progress.Done, at, now.Batch.State, progress.Done, progress.Total, progress.Percentage, progress.RatePerMinute, progress.EstimatedEnd);
    }
}

internal sealed record BatchResultEvent(BatchId BatchId, long Sequence, DateTimeOffset Timestamp, BatchView Result) : BatchEvent(BatchId, Sequence, Timestamp)
{
    [JsonIgnore]
    public override string Name => "result";

    /// <summary>Behind the last of its progress.</summary>
    public static BatchResultEvent Of(BatchSummary now, DateTimeOffset at) => new(now.Batch.Id, now.Batch.Total + 1, at, BatchView.Of(now));
}
