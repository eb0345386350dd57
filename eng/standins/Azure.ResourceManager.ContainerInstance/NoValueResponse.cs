namespace Azure.ResourceManager.ContainerInstance;

internal sealed class NoValueResponse<T>(Response raw) : NullableResponse<T>
{
    public override bool HasValue => false;

    public override T Value => throw new InvalidOperationException("There is no such resource.");

    public override Response GetRawResponse() => raw;
}
