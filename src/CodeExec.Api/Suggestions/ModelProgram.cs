using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Api.Suggestions;

/// <summary>A program whose outputs may be taken for right.</summary>
/// <param name="From">As a client asks for it.</param>
/// <param name="Read">Only when it is asked for: it may be long.</param>
internal sealed record ModelProgram(string From, Func<CancellationToken, Task<Submission?>> Read)
{
    /// <summary>What came with the request.</summary>
    public const string Code = "code";

    /// <summary>The newest implementation that passed all tests and rules of a specification.</summary>
    public const string Implementation = "implementation";

    /// <summary>The main solution of a problem.</summary>
    public const string Solution = "solution";
}
