namespace Azure.ResourceManager.ContainerInstance;

/// <summary>Work that ends with a group.</summary>
internal sealed class GroupOperation(AcceptedWork work, Func<Task<Response<ContainerGroupResource>>> result) : ArmOperation<ContainerGroupResource>
{
    private static readonly TimeSpan UsualPace = TimeSpan.FromSeconds(1);

    private Response<ContainerGroupResource> _value;

    public override string Id => work.Id;

    public override bool HasCompleted => work.HasCompleted;

    public override bool HasValue => _value is not null;

    public override ContainerGroupResource Value => HasValue ? _value.Value : throw new InvalidOperationException("The operation has not completed yet.");

    public override Response GetRawResponse() => work.Last;

    public static async Task<ArmOperation<ContainerGroupResource>> BeginAsync(ArmRest rest, Response first, WaitUntil waitUntil, Func<Task<Response<ContainerGroupResource>>> result, CancellationToken cancellationToken)
    {
        GroupOperation operation = new(new AcceptedWork(rest, first), result);
        if (waitUntil == WaitUntil.Completed)
        {
            await operation.WaitForCompletionAsync(cancellationToken);
        }
        return operation;
    }

    public override Response UpdateStatus(CancellationToken cancellationToken = default) => throw new NotSupportedException("The stand-in has only the asynchronous calls.");

    public override ValueTask<Response> UpdateStatusAsync(CancellationToken cancellationToken = default) => work.UpdateAsync(cancellationToken);

    public override ValueTask<Response<ContainerGroupResource>> WaitForCompletionAsync(CancellationToken cancellationToken = default)
        => WaitForCompletionAsync(UsualPace, cancellationToken);

    public override async ValueTask<Response<ContainerGroupResource>> WaitForCompletionAsync(TimeSpan pollingInterval, CancellationToken cancellationToken)
    {
        await work.WaitAsync(pollingInterval, cancellationToken);
        return _value = await result();
    }
}
