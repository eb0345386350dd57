using CodeExec.Core.Executions;
using CodeExec.Core.Tenants;

namespace CodeExec.Api.Judge0;

/// <summary>All submissions of a tenant that came this way, newest first. Judge0 counts pages, stores here do not: they are walked through.</summary>
internal sealed class Judge0Listing(IExecutionService executions)
{
    /// <summary>What is older than so many is not counted.</summary>
    public const int Most = 100_000;

    private const int Step = 1000;

    public async Task<Judge0Page> PageAsync(TenantId tenant, int page, int perPage, CancellationToken cancellationToken)
    {
        long first = (page - 1L) * perPage;
        int count = 0;
        List<ExecutionRecord> shown = [];
        await foreach (ExecutionRecord record in AllAsync(tenant, cancellationToken))
        {
            if (count >= first && shown.Count < perPage)
            {
                shown.Add(record);
            }

            count++;
        }

        return new Judge0Page(shown, page, Math.Max(1, (count + perPage - 1) / perPage), count);
    }

    public async IAsyncEnumerable<ExecutionRecord> AllAsync(TenantId tenant, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        int count = 0;
        do
        {
            ExecutionPage page = await executions.ListAsync(new ExecutionQuery { Tenant = tenant, Labels = [Judge0Submission.AnyLabel], Limit = Step, Cursor = cursor }, cancellationToken);
            foreach (ExecutionRecord record in page.Items)
            {
                yield return record;
            }

            count += page.Items.Count;
            cursor = page.Cursor;
        }
        while (cursor is not null && count < Most);
    }
}

internal sealed record Judge0Page(IReadOnlyList<ExecutionRecord> Shown, int Number, int Pages, int Total)
{
    public int? Next => Number < Pages ? Number + 1 : null;

    public int? Previous => Number > 1 ? Number - 1 : null;
}
