using System.Text.Json;
using CodeExec.Core.Callbacks;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Languages.Detection;
using CodeExec.Core.Orchestration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Judge0;

/// <summary>Judge0's configuration variables, as they are here.</summary>
internal sealed class Judge0Configuration(InstalledLanguages languages, IOptions<SubmissionCeilings> ceilings, IOptions<CallbackOptions> callbacks, IServiceProvider services)
{
    /// <summary>What a program gets that asks for nothing.</summary>
    public const double CpuSeconds = 5, WallSeconds = 10;

    private const int KbPerMb = 1024, BytesPerKb = 1024;
    private const double MsPerSecond = 1000;

    public void Write(Utf8JsonWriter json)
    {
        SubmissionCeilings most = ceilings.Value;
        ResourceLimits[] usual = [.. languages.Installed.Select(one => one.Language.Limits)];
        int memoryKb = Least(usual, limits => limits.MemoryMb, most.MemoryMb) * KbPerMb;
        json.WriteStartObject();
        json.WriteBoolean("maintenance_mode", false);
        json.WriteBoolean("enable_wait_result", true);
        json.WriteBoolean("enable_compiler_options", true);
        json.WriteStartArray("allowed_languages_for_compile_options"); // all that are compiled
        json.WriteEndArray();
        json.WriteBoolean("enable_command_line_arguments", true);
        json.WriteBoolean("enable_submission_delete", true);
        json.WriteBoolean("enable_callbacks", true);
        json.WriteNumber("callbacks_max_tries", CallbackOrchestration.MostTries);
        json.WriteNumber("callbacks_timeout", callbacks.Value.Patience.TotalSeconds);
        json.WriteBoolean("enable_additional_files", true);
        json.WriteNumber("max_queue_size", MostPending());
        json.WriteNumber("cpu_time_limit", CpuSeconds);
        json.WriteNumber("max_cpu_time_limit", most.CpuTimeMs / MsPerSecond);
        json.WriteNumber("cpu_extra_time", 0);
        json.WriteNumber("max_cpu_extra_time", most.GraceMs / MsPerSecond);
        json.WriteNumber("wall_time_limit", WallSeconds);
        json.WriteNumber("max_wall_time_limit", most.WallTimeMs / MsPerSecond);
        json.WriteNumber("memory_limit", memoryKb); // each language has its own: the least of them
        json.WriteNumber("max_memory_limit", (long)most.MemoryMb * KbPerMb);
        json.WriteNumber("stack_limit", memoryKb);
        json.WriteNumber("max_stack_limit", most.StackKb ?? (long)most.MemoryMb * KbPerMb);
        json.WriteNumber("max_processes_and_or_threads", Least(usual, limits => limits.Processes, most.Processes));
        json.WriteNumber("max_max_processes_and_or_threads", most.Processes);
        json.WriteBoolean("enable_per_process_and_thread_time_limit", false);
        json.WriteBoolean("allow_enable_per_process_and_thread_time_limit", true); // taken, and passed over
        json.WriteBoolean("enable_per_process_and_thread_memory_limit", false);
        json.WriteBoolean("allow_enable_per_process_and_thread_memory_limit", true);
        json.WriteNumber("max_file_size", Least(usual, limits => limits.WorkspaceMb, most.WorkspaceMb) * KbPerMb);
        json.WriteNumber("max_max_file_size", most.FileSizeKb ?? (long)most.WorkspaceMb * KbPerMb);
        json.WriteNumber("number_of_runs", 1);
        json.WriteNumber("max_number_of_runs", most.Runs);
        json.WriteBoolean("redirect_stderr_to_stdout", false);
        json.WriteNumber("max_extract_size", most.FileBytes / BytesPerKb);
        json.WriteBoolean("enable_batched_submissions", true);
        json.WriteNumber("max_submission_batch_size", Judge0Endpoints.MostInBatch);
        json.WriteNumber("submission_cache_duration", 0);
        json.WriteBoolean("use_docs_as_homepage", false);
        json.WriteBoolean("allow_enable_network", true);
        json.WriteBoolean("enable_network", false);
        json.WriteBoolean("disable_implicit_base64_encoding", true);
        json.WriteEndObject();
    }

    // Some hosts know no bound: their queue is as long as their storage.
    private int MostPending()
        => services.GetService<OrchestrationRegistry>() is { } registry && registry.TryGetOrchestration(ExecutionActivities.Orchestration.Value, out OrchestrationRegistration? found)
            ? found.Limits.MaxPending
            : int.MaxValue;

    private static int Least(ResourceLimits[] usual, Func<ResourceLimits, int> limit, int most) => Math.Min(most, usual.Length == 0 ? most : usual.Min(limit));
}
