using System.Globalization;

namespace CodeExec.Core.Languages;

/// <summary>How a runtime with a stack of its own is told how large it may be. Used only where a submission asks for a stack.</summary>
/// <param name="Arguments">With <c>{stackKb}</c> in them.</param>
/// <param name="LeastKb">Less than that a runtime does not take.</param>
/// <param name="MostKb">Nor more.</param>
/// <param name="LeaveKb">What it needs of the program's stack besides.</param>
public sealed record StackArguments(IReadOnlyList<string> Arguments, int LeastKb, int MostKb, int LeaveKb)
{
    public const string Placeholder = "{stackKb}";

    public IReadOnlyList<string> For(int stackKb)
    {
        string size = Math.Clamp(stackKb - LeaveKb, LeastKb, MostKb).ToString(CultureInfo.InvariantCulture);
        return [.. Arguments.Select(argument => argument.Replace(Placeholder, size, StringComparison.Ordinal))];
    }
}
