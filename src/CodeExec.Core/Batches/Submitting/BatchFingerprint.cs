using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Batches.Submitting;

/// <summary>A hash over all that was sent, in whatever form: it grows with each submission.</summary>
internal sealed class BatchFingerprint : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public BatchFingerprint(BatchDraft draft) => _hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(draft, OrchestrationJson.Options));

    /// <param name="hash">See <see cref="SubmissionHash"/>.</param>
    public void Add(BatchSubmission submission, string hash)
        => _hash.AppendData(Encoding.UTF8.GetBytes($"\n{submission.Key}\n{hash}\n{JsonSerializer.Serialize(submission.Submission.Labels, OrchestrationJson.Options)}{submission.Submission.Student}"));

    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    public static async Task<string> OfAsync(BatchDraft draft, IAsyncEnumerable<BatchSubmission> submissions, CancellationToken cancellationToken)
    {
        using BatchFingerprint fingerprint = new(draft);
        await foreach (BatchSubmission submission in submissions.WithCancellation(cancellationToken))
        {
            fingerprint.Add(submission, SubmissionHash.Of(submission.Submission));
        }

        return fingerprint.Finish();
    }
}
