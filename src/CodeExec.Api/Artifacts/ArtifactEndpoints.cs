using CodeExec.Api.Access;
using CodeExec.Api.Executions;
using CodeExec.Api.Problems;
using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Artifacts;

/// <summary>
/// Files that a program left. They are strangers' bytes: always a download, never of a type that a browser would run. A path is only
/// ever compared with those of the execution's record, so there is nothing for a clever spelling to reach.
/// </summary>
internal sealed class ArtifactEndpoints(IExecutionService executions, DirectLinks links)
{
    public void Map(IEndpointRouteBuilder routes)
        => routes.MapGet("/api/executions/{id}/artifacts/{**path}", DownloadAsync).For(Role.Reader);

    private async Task DownloadAsync(HttpContext context)
    {
        ExecutionRecord record = await context.FindExecutionAsync(executions);
        string path = context.GetRouteValue("path") as string ?? "";
        ArtifactInfo? artifact = record.Artifacts.FirstOrDefault(one => one.Path == path && one.Refused is null);
        if (artifact is not null && await links.TryAnswerAsync(context, ExecutionBlobs.Artifact(record.Id, artifact.Path), NameOf(artifact)))
        {
            return;
        }

        await using Stream? content = artifact is null ? null : await executions.OpenArtifactAsync(record.Tenant, record.Id, artifact.Path, context.RequestAborted);
        if (artifact is null || content is null)
        {
            throw new RequestRefusedException(new(ProblemTypes.NotFound, "The execution has no such artifact. 'artifacts' of the execution lists those it has."));
        }

        context.BeginDownload(NameOf(artifact), artifact.SizeBytes);
        await content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static string NameOf(ArtifactInfo artifact) => artifact.Path[(artifact.Path.LastIndexOf('/') + 1)..];
}
