using System.Text;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Contracts.Fakes;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Grading.Scoring;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Progress;
using CodeExec.Core.Specifications;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Api.Tests.Specifications;

/// <summary>A server whose engine runs validations, and whose programs print their input.</summary>
internal static class SpecificationHost
{
    public static async Task<ApiHost> StartAsync()
    {
        ApiHost host = await ApiHost.StartWithKeysAsync(services =>
        {
            services.AddSingleton(new OrchestrationRegistry().AddSpecifications(10, 10));
            services.AddSingleton<InlineEngine>();
            services.AddSingleton<IOrchestrationEngine>(provider => provider.GetRequiredService<InlineEngine>());
        });
        host.Executions.OnAccepted = (_, record, spec) => GradeAsync(host, record, spec);
        return host;
    }

    private static async Task GradeAsync(ApiHost host, ExecutionRecord record, ExecutionSpec spec)
    {
        TestSuite suite = spec.Grading!.Suite!;
        TestResult[] results = [.. suite.Tests.Select(test => Echo(suite, test))];
        InMemoryExecutionStore store = host.Services.GetRequiredService<InMemoryExecutionStore>();
        Score score = ScoreRules.Of(suite, results);
        await store.TryUpdateAsync(
            record with
            {
                Status = ExecutionStatus.Completed,
                Outcome = new ExecutionOutcome.Graded(score.Verdict),
                Grade = new Grade { Score = score, Results = results },
                EndedAt = record.CreatedAt.AddMilliseconds(20),
            },
            CancellationToken.None);
        host.Services.GetRequiredService<ExecutionSignals>().Notify(record.Id);
    }

    private static TestResult Echo(TestSuite suite, GradedTest test)
    {
        OutputCheck check = OutputCheck.For(suite.CheckerOf(test), test.Expected?.Inline ?? test.Stdin.Inline);
        check.Add(test.Stdin.Inline);
        CheckResult result = check.Complete();
        return new TestResult
        {
            Id = test.Id,
            Name = test.Name,
            Hidden = test.Hidden,
            Verdict = result.Verdict,
            Message = result.Message,
            Stdout = Encoding.UTF8.GetString(test.Stdin.Inline!),
            StdoutBytes = test.Stdin.SizeBytes,
            MaxPoints = test.Points,
            Points = result.Fraction * test.Points,
            WallMs = 10,
            CpuMs = 8,
            MemoryBytes = 1 << 20,
        };
    }
}
