using CodeExec.Api.Access;
using CodeExec.Api.Executions;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Rules;
using CodeExec.Core.Specifications.Submitting;
using CodeExec.Core.Suggestions;
using CodeExec.Core.Tenants;
using Microsoft.AspNetCore.Http;

namespace CodeExec.Api.Suggestions;

/// <summary>Has tests suggested for a request, finds out what to expect where it asks for that, and answers it.</summary>
internal sealed class SuggestionRequests(
    SuggestionService suggestions, ExpectedOutputs outputs, SpecificationValidator validator, PatientWait waits)
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(60);

    /// <param name="request">Without the program of the body.</param>
    /// <param name="models">Those that the caller may have run, beside the program of the body.</param>
    public async Task AnswerAsync(HttpContext context, SuggestionBody body, SuggestionRequest request, IReadOnlyList<ModelProgram> models)
    {
        if (body.Suggester is { } named && !suggestions.Names.Contains(named, StringComparer.Ordinal))
        {
            throw new RequestRefusedException(Problem.Invalid("suggester", $"This server has {string.Join(", ", suggestions.Names)}."));
        }

        Submission? program = body.Program is null ? null : Checked(body.Program);
        IReadOnlyList<ModelProgram> all = program is null ? models : [new ModelProgram(ModelProgram.Code, _ => Task.FromResult<Submission?>(program)), .. models];
        ModelProgram? model = body.ExpectedFrom is { } from ? Named(all, from) : null;
        TestSuggestions found = await suggestions.SuggestAsync(
            request with { Count = body.Count, Language = program?.Language, Files = program is null ? [] : ProgramSources.Read(program) }, body.Suggester, context.RequestAborted);
        (IReadOnlyList<SuggestedTest> tests, ExecutionId? execution) = model is null ? (found.Tests, null) : await RunAsync(context, found.Tests, model);
        SuggestedTestsView view = new(
            found.Suggester, found.Model, found.Degraded, found.Uncovered, [.. all.Select(one => one.From)], execution?.ToString(), [.. tests.Select(SuggestedTestView.Of)]);
        await context.WriteAsync(StatusCodes.Status200OK, view, ApiJson.Default.SuggestedTestsView);
    }

    private Submission Checked(Submission program)
        => validator.Check(program, new SpecificationContent(), out IReadOnlyDictionary<string, string[]> errors) ?? throw new RequestRefusedException(Problem.Invalid(errors));

    private static ModelProgram Named(IReadOnlyList<ModelProgram> all, string from)
        => all.FirstOrDefault(one => one.From == from) ?? throw new RequestRefusedException(Problem.Invalid(
            "expectedFrom",
            all.Count == 0 ? "There is no program to run: send one that is right as 'code', with its language." : $"May be {string.Join(" or ", all.Select(one => $"\"{one.From}\""))} here."));

    private async Task<(IReadOnlyList<SuggestedTest>, ExecutionId?)> RunAsync(HttpContext context, IReadOnlyList<SuggestedTest> tests, ModelProgram model)
    {
        if (!ExpectedOutputs.CanRun(tests) || await model.Read(context.RequestAborted) is not { } program)
        {
            return (tests, null);
        }

        TenantId tenant = context.GetCaller().Tenant;
        ExecutionRecord record = (await outputs.SubmitAsync(tenant, program, tests, CancellationToken.None)).RecordOrRefuse();
        record = await waits.WaitAsync(context, record.Id, LongestRun) ?? record;
        return (await outputs.ReadAsync(tests, record, model.From, context.RequestAborted), record.Id);
    }
}
