namespace CodeExec.Api.Problems;

/// <summary>The request can not be served, for a reason the client is told. Nothing was done.</summary>
public sealed class RequestRefusedException(Problem problem) : Exception(problem?.Detail)
{
    public Problem Problem { get; } = problem!;
}
