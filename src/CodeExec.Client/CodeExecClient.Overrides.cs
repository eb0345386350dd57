namespace CodeExec.Client;

public sealed partial class CodeExecClient
{
    /// <summary>Gives points by hand to a graded execution. The computed ones stay beside them.</summary>
    /// <param name="score">Null: the computed ones count again.</param>
    public Task<Execution> OverrideAsync(string executionId, decimal? score, string reason, CancellationToken cancellationToken)
        => SendAsync(() => OverrideRequest($"{PathOf(executionId)}/override", score, reason), ClientJson.Default.Execution, cancellationToken);

    /// <summary>Gives points by hand to a submission of a batch that has ended.</summary>
    /// <param name="score">Null: the computed ones count again.</param>
    public Task<BatchItem> OverrideAsync(string batchId, int index, decimal? score, string reason, CancellationToken cancellationToken)
        => SendAsync(() => OverrideRequest($"{BatchPath(batchId)}/results/{index}/override", score, reason), ClientJson.Default.BatchItem, cancellationToken);

    private static HttpRequestMessage OverrideRequest(string path, decimal? score, string reason)
        => WithBody(HttpMethod.Post, path, Bytes(new GradeOverride(score, reason), ClientJson.Default.GradeOverride), "application/json");
}
