using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Displays;
using CodeExec.Core.Executions.Output;
using CodeExec.Core.Executions.Results;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Displays;

/// <summary>Shows to users what programs show: the small ones whole, the others by their address.</summary>
internal sealed class DisplayViews(IExecutionService executions, IOptions<DisplayOptions> options)
{
    /// <summary>As much stands in one answer, in all.</summary>
    private const int MostInline = 1 << 20;

    private readonly long _inline = (long)options.Value.InlineKb << 10;

    /// <summary>For lists.</summary>
    public static IReadOnlyList<DisplayView> Abridged(ExecutionRecord record) => record.Displays is { } all ? [.. all.Select(one => Of(record.Id, one))] : [];

    public async Task<IReadOnlyList<DisplayView>> WholeAsync(ExecutionRecord record, CancellationToken cancellationToken)
    {
        List<DisplayView> views = [];
        long left = MostInline;
        foreach (DisplayInfo display in record.Displays ?? [])
        {
            bool fits = display.SizeBytes <= left;
            DisplayView view = fits ? await WholeAsync(record, display, cancellationToken) : Of(record.Id, display);
            left -= view.Data is null ? 0 : display.SizeBytes;
            views.Add(view);
        }

        return views;
    }

    public async Task<DisplayView> WholeAsync(ExecutionRecord record, DisplayInfo display, CancellationToken cancellationToken)
    {
        DisplayView view = Of(record.Id, display);
        if (display.Id is not { } id || display.SizeBytes > _inline)
        {
            return view;
        }

        await using Stream? content = await executions.OpenDisplayAsync(record.Tenant, record.Id, id, cancellationToken);
        if (content is null)
        {
            return view; // deleted meanwhile
        }

        using MemoryStream all = new();
        await content.CopyToAsync(all, cancellationToken);
        ReadOnlySpan<byte> bytes = all.GetBuffer().AsSpan(0, (int)all.Length);
        return DisplayTypes.OfId(id) is { IsText: true }
            ? view with { Data = OutputText.Decode(bytes), Encoding = "utf8" }
            : view with { Data = Convert.ToBase64String(bytes), Encoding = "base64" };
    }

    private static DisplayView Of(ExecutionId id, DisplayInfo display)
        => new(display.Id, display.Name, display.Mime, display.SizeBytes, display.Step, display.At, display.Sequence, display.Id is null ? null : $"/api/executions/{id}/displays/{display.Id}")
        {
            Refused = display.Refused,
        };
}
