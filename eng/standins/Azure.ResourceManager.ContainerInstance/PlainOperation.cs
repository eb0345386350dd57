namespace Azure.ResourceManager.ContainerInstance;

/// <summary>Work that ends with nothing to show.</summary>
internal sealed class PlainOperation(AcceptedWork work) : ArmOperation
{
    private static readonly TimeSpan UsualPace = TimeSpan.FromSeconds(1);

    public override string Id => work.Id;

    public override bool HasCompleted => work.HasCompleted;

    public override Response GetRawResponse() => work.Last;

    public override Response UpdateStatus(CancellationToken cancellationToken = default) => throw new NotSupportedException("The stand-in has only the asynchronous calls.");

    public override ValueTask<Response> UpdateStatusAsync(CancellationToken cancellationToken = default) => work.UpdateAsync(cancellationToken);

    public override ValueTask<Response> WaitForCompletionResponseAsync(CancellationToken cancellationToken = default) => work.WaitAsync(UsualPace, cancellationToken);

    public override ValueTask<Response> WaitForCompletionResponseAsync(TimeSpan pollingInterval, CancellationToken cancellationToken = default) => work.WaitAsync(pollingInterval, cancellationToken);
}
