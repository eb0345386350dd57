using System.Text.Json;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Tenants;

namespace CodeExec.Contracts.Executions;

/// <summary>Executions as tests need them.</summary>
public static class ExecutionSamples
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly ResourceLimits Limits = new() { WallTimeMs = 10_000, CpuTimeMs = 10_000, MemoryMb = 256, Processes = 64, OutputKb = 1024, WorkspaceMb = 64 };

    /// <summary>One that was just accepted.</summary>
    public static ExecutionRecord Queued(DateTimeOffset? createdAt = null, TenantId? tenant = null, string language = "python", params (string Name, string Value)[] labels) => new()
    {
        Id = new ExecutionId(Guid.CreateVersion7(createdAt ?? Start)),
        Tenant = tenant ?? TenantId.Default,
        Status = ExecutionStatus.Queued,
        Language = language,
        Version = "3.11.2",
        Provider = "cells",
        CreatedAt = createdAt ?? Start,
        Labels = labels.ToDictionary(label => label.Name, label => label.Value),
    };

    public static ExecutionSpec Spec(string code = "print(1)") => new()
    {
        Language = "python",
        Version = "3.11.2",
        Files = [new SourceFile("main.py", System.Text.Encoding.UTF8.GetBytes(code))],
        Entry = "main.py",
        Limits = Limits,
        CompileLimits = Limits,
        Provider = "cells",
    };

    public static ExecutionRecord Ended(this ExecutionRecord record, ExecutionOutcome outcome, TimeSpan duration, double cpuMs = 1, long memoryBytes = 1024)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(outcome);
        return record with
        {
            Status = outcome.ToStatus(),
            Outcome = outcome,
            EndedAt = record.CreatedAt + duration,
            Run = new StepResult { Stdout = CapturedOutput.Empty, Stderr = CapturedOutput.Empty, CpuMs = cpuMs, MemoryBytes = memoryBytes },
        };
    }

    /// <summary>Equal in every field; records with lists in them are not equal by themselves.</summary>
    public static void AssertSame<T>(T expected, T actual) => Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));
}
