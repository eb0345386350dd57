using System.Security.Cryptography;
using System.Text.Json;
using CodeExec.Core.Grading;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Problems.Authoring;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Problems;

/// <summary>The tests of problems. Large data stand once for all versions, by their hash.</summary>
public sealed class ProblemBlobs(IBlobStore blobs)
{
    /// <returns>Where the suite stands.</returns>
    public async Task<string> StoreAsync(TenantId tenant, string problem, TestSuite suite, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(suite);
        string prefix = Prefix(tenant, problem);
        List<GradedTest> tests = new(suite.Tests.Count);
        foreach (GradedTest test in suite.Tests)
        {
            List<TestFile> files = [];
            foreach (TestFile file in test.Files)
            {
                files.Add(file with { Content = await StoreAsync(prefix, file.Content, cancellationToken) });
            }

            tests.Add(test with
            {
                Stdin = await StoreAsync(prefix, test.Stdin, cancellationToken),
                Expected = test.Expected is { } expected ? await StoreAsync(prefix, expected, cancellationToken) : null,
                Files = files,
            });
        }

        string key = $"{prefix}suites/{Guid.NewGuid():n}";
        await blobs.WriteAsync(key, JsonSerializer.SerializeToUtf8Bytes(suite with { Tests = tests }, OrchestrationJson.Options), cancellationToken);
        return key;
    }

    /// <summary>Large data of a test that was made, where those of the others are.</summary>
    public Task<TestData> StoreAsync(TenantId tenant, string problem, TestData data, CancellationToken cancellationToken) => StoreAsync(Prefix(tenant, problem), data, cancellationToken);

    /// <returns>Where the programs stand.</returns>
    public async Task<string> StoreAsync(TenantId tenant, string problem, AuthorKit kit, CancellationToken cancellationToken)
    {
        string key = $"{Prefix(tenant, problem)}kits/{Guid.NewGuid():n}";
        await blobs.WriteAsync(key, JsonSerializer.SerializeToUtf8Bytes(kit, OrchestrationJson.Options), cancellationToken);
        return key;
    }

    /// <returns>An empty one, if the problem has none or was deleted meanwhile.</returns>
    public async Task<AuthorKit> ReadKitAsync(Problem problem, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(problem);
        await using Stream? stored = problem.KitBlob is { } key ? await blobs.OpenReadAsync(key, cancellationToken) : null;
        return stored is null ? AuthorKit.Empty : (await JsonSerializer.DeserializeAsync<AuthorKit>(stored, OrchestrationJson.Options, cancellationToken))!;
    }

    public static string ReportKey(TenantId tenant, string problem, string check) => $"{Prefix(tenant, problem)}checks/{check}";

    public Task DeleteSuiteAsync(string key, CancellationToken cancellationToken) => blobs.DeleteAsync(key, cancellationToken);

    public Task DeleteAllAsync(TenantId tenant, string problem, CancellationToken cancellationToken) => blobs.DeleteAsync(Prefix(tenant, problem), cancellationToken);

    private async Task<TestData> StoreAsync(string prefix, TestData data, CancellationToken cancellationToken)
    {
        if (data.Inline is not { Length: > TestData.MostInline } bytes)
        {
            return data;
        }

        string key = $"{prefix}data/{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
        await using Stream? there = await blobs.OpenReadAsync(key, cancellationToken);
        if (there is null)
        {
            await blobs.WriteAsync(key, bytes, cancellationToken);
        }

        return new TestData(null, key, bytes.Length);
    }

    private static string Prefix(TenantId tenant, string problem) => $"problems/{BlobKey.Segment(tenant.Value)}/{BlobKey.Segment(problem)}/";
}
