namespace CodeExec.Infra.Tests.Bicep.Evaluation;

/// <summary>A value that only Azure knows.</summary>
internal sealed class Unknown
{
    /// <summary>What stands in a text for it.</summary>
    public const string InText = "known-after-deployment";

    public static readonly Unknown Value = new();

    private Unknown()
    {
    }
}
