namespace CodeExec.Core.Suggestions.Inputs;

/// <summary>Nothing shows what inputs look like: a value stands for itself.</summary>
internal sealed class UnknownShape : InputShape
{
    public override IEnumerable<ShapedInput> Edges(ValueRange range) => [];

    public override IEnumerable<string> WithValue(long value) => [Number(value)];
}
