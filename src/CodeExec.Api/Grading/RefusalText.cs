using CodeExec.Api.Problems;

namespace CodeExec.Api.Grading;

/// <summary>What is wrong with a request, in one line.</summary>
internal static class RefusalText
{
    public static string Of(RequestRefusedException refusal)
        => refusal.Problem.Errors is { Count: > 0 } errors ? string.Join("; ", errors.Select(error => $"{error.Key}: {error.Value[0]}")) : refusal.Problem.Detail;
}
