namespace CodeExec.Client;

public sealed partial class CodeExecClient
{
    private const string Specifications = "api/specifications";

    /// <summary>Tests that a specification is missing. Nothing is stored.</summary>
    public Task<SuggestedTests> SuggestTestsOfSpecificationAsync(string id, SuggestedTestsRequest request, CancellationToken cancellationToken)
        => SuggestAsync($"{Specifications}/{Segment(id)}", request, cancellationToken);

    /// <summary>Tests that a problem is missing. Nothing is stored.</summary>
    public Task<SuggestedTests> SuggestTestsOfProblemAsync(string id, SuggestedTestsRequest request, CancellationToken cancellationToken)
        => SuggestAsync(ProblemPath(id), request, cancellationToken);

    /// <summary>Adds tests to a specification: a new version of it.</summary>
    public Task<SpecificationSummary> AcceptTestsAsync(string specificationId, ChosenTests chosen, CancellationToken cancellationToken)
    {
        byte[] body = Bytes(chosen, ClientJson.Default.ChosenTests);
        string path = $"{Specifications}/{Segment(specificationId)}/suggested-tests/accept";
        return SendAsync(() => WithBody(HttpMethod.Post, path, body, "application/json"), ClientJson.Default.SpecificationSummary, cancellationToken);
    }

    private Task<SuggestedTests> SuggestAsync(string of, SuggestedTestsRequest request, CancellationToken cancellationToken)
    {
        byte[] body = Bytes(request, ClientJson.Default.SuggestedTestsRequest);
        return SendAsync(() => WithBody(HttpMethod.Post, $"{of}/suggested-tests", body, "application/json"), ClientJson.Default.SuggestedTests, cancellationToken);
    }

    private static string Segment(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return Uri.EscapeDataString(id);
    }
}
