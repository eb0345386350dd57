namespace Azure.Data.Tables;

internal sealed class NoValueResponse<T>(Response raw) : NullableResponse<T>
{
    public override bool HasValue => false;

    public override T Value => throw new InvalidOperationException("There is no such entity.");

    public override Response GetRawResponse() => raw;
}
