using CodeExec.Api.Access;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Problems;
using CodeExec.Core.Problems.Importing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Grading;

/// <summary>A problem, or a new version of one, out of an archive.</summary>
internal sealed class ProblemImportEndpoint(ProblemCatalog problems, ProblemEndpoints answers, ArchiveBody archives)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/problems/{id}/import", ImportAsync).For(Role.Admin);

    private async Task ImportAsync(HttpContext context)
    {
        FieldErrors errors = new();
        QueryReader query = new(context.Request, errors);
        string? title = query.Text("title"), checker = query.Text("checker"), hidden = query.Text("hidden"), stopOn = query.Text("stopOn"), check = query.Text("check");
        if (hidden is not (null or "true" or "false"))
        {
            errors.Add("hidden", "Must be true or false.");
        }

        if (check is not (null or "true" or "false"))
        {
            errors.Add("check", "Must be true or false.");
        }

        errors.ThrowIfAny();
        CheckWait.Of(context);
        ProblemDraft given = new()
        {
            Id = context.GetRouteValue("id") as string,
            Title = title,
            Suite = new SubmittedSuite { Checker = checker is null ? null : new SubmittedChecker { Type = checker }, StopOn = stopOn },
        };
        SafeArchive archive = await archives.ReadAsync(context);
        ProblemDraft draft;
        try
        {
            draft = ProblemImport.Make(archive, given, hidden != "false", check != "false");
        }
        catch (ArchiveRefusedException e)
        {
            throw new RequestRefusedException(Problems.Problem.Invalid("archive", e.Message));
        }

        await answers.AnswerAsync(context, await problems.SaveAsync(context.GetCaller().Tenant, draft, create: null, CancellationToken.None));
    }
}
