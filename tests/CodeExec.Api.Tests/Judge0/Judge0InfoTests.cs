using System.Net;
using System.Text.Json;
using CodeExec.Api.Tests.Hosting;

namespace CodeExec.Api.Tests.Judge0;

/// <summary>Judge0's lists, and what it says of itself.</summary>
public sealed class Judge0InfoTests : IAsyncLifetime
{
    private const string Root = "/api/judge0";

    /// <summary>As Judge0's documentation and its configuration have them.</summary>
    private static readonly string[] Variables =
    [
        "maintenance_mode", "enable_wait_result", "enable_compiler_options", "allowed_languages_for_compile_options", "enable_command_line_arguments", "enable_submission_delete", "enable_callbacks",
        "callbacks_max_tries", "callbacks_timeout", "enable_additional_files", "max_queue_size", "cpu_time_limit", "max_cpu_time_limit", "cpu_extra_time", "max_cpu_extra_time", "wall_time_limit",
        "max_wall_time_limit", "memory_limit", "max_memory_limit", "stack_limit", "max_stack_limit", "max_processes_and_or_threads", "max_max_processes_and_or_threads",
        "enable_per_process_and_thread_time_limit", "allow_enable_per_process_and_thread_time_limit", "enable_per_process_and_thread_memory_limit", "allow_enable_per_process_and_thread_memory_limit",
        "max_file_size", "max_max_file_size", "number_of_runs", "max_number_of_runs", "redirect_stderr_to_stdout", "max_extract_size", "enable_batched_submissions", "max_submission_batch_size",
        "submission_cache_duration", "use_docs_as_homepage", "allow_enable_network", "enable_network", "disable_implicit_base64_encoding",
    ];

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartWithKeysAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task List_Pages_AreNewestFirstAndCounted()
    {
        for (int i = 1; i <= 5; i++)
        {
            await SubmitAsync($"{i}");
        }

        await _host.PostAsync("/api/executions", """{"language": "python", "code": "x"}""", ApiHost.SubmitterKey); // did not come this way
        JsonElement second = (await GetAsync("/submissions?page=2&per_page=2&fields=stdout,language_id")).Json;

        Assert.Equal("""[{"stdout":"3","language_id":71},{"stdout":"2","language_id":71}]""", second.GetProperty("submissions").GetRawText());
        Assert.Equal("""{"current_page":2,"next_page":3,"prev_page":1,"total_pages":3,"total_count":5}""", second.GetProperty("meta").GetRawText());
        JsonElement first = (await GetAsync("/submissions?base64_encoded=true")).Json;
        Assert.Equal(["NQ==", "NA==", "Mw==", "Mg==", "MQ=="], first.GetProperty("submissions").EnumerateArray().Select(one => one.GetProperty("stdout").GetString()));
        Assert.Equal("""{"current_page":1,"next_page":null,"prev_page":null,"total_pages":1,"total_count":5}""", first.GetProperty("meta").GetRawText());
        Assert.Equal("""{"submissions":[],"meta":{"current_page":1,"next_page":null,"prev_page":null,"total_pages":1,"total_count":0}}""", (await _host.GetAsync(Root + "/submissions", ApiHost.OtherKey)).Text);
    }

    [Theory]
    [InlineData("page=-4", "invalid page: -4")]
    [InlineData("page=x", "invalid page: x")]
    [InlineData("per_page=-2", "invalid per_page: -2")]
    [InlineData("per_page=5000", "invalid per_page: 5000 (1000 is the most)")]
    [InlineData("fields=colour", "invalid fields: [colour]")]
    public async Task List_Mistakes_Are400(string query, string error)
    {
        Answer answer = await GetAsync("/submissions?" + query);

        Assert.Equal((HttpStatusCode.BadRequest, error), (answer.Status, answer.Json.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task ConfigInfo_HasAllOfJudge0sVariables()
    {
        JsonElement configuration = (await GetAsync("/config_info")).Json;

        Assert.Equal(Variables, configuration.EnumerateObject().Select(one => one.Name));
        Assert.Equal((5, 600, 100), (configuration.GetProperty("cpu_time_limit").GetInt32(), configuration.GetProperty("max_cpu_time_limit").GetInt32(), configuration.GetProperty("max_submission_batch_size").GetInt32()));
    }

    [Fact]
    public async Task Statistics_CountByLanguageStatusAndDay_UntilToldToCountAnew()
    {
        await SubmitAsync("a", expected: "a");
        await SubmitAsync("a", expected: "b");
        await SubmitAsync("a");

        JsonElement counted = (await GetAsync("/statistics")).Json;
        await SubmitAsync("a");

        JsonElement submissions = counted.GetProperty("submissions");
        int[] days = [.. submissions.GetProperty("last_30_days").EnumerateObject().Select(day => day.Value.GetInt32())];
        Assert.Equal((3, 30, 3), (submissions.GetProperty("total").GetInt32(), days.Length, days.Sum() + submissions.GetProperty("today").GetInt32())); // it may be midnight
        Assert.Equal("""[{"language":{"id":71,"name":"Python (3.11.2)"},"count":3}]""", counted.GetProperty("languages").GetRawText());
        Assert.Equal("""[{"status":{"id":3,"name":"Accepted"},"count":2},{"status":{"id":4,"name":"Wrong Answer"},"count":1}]""", counted.GetProperty("statuses").GetRawText());
        Assert.Equal(counted.GetRawText(), (await GetAsync("/statistics")).Text);
        Assert.Equal(4, (await GetAsync("/statistics?invalidate_cache=true")).Json.GetProperty("submissions").GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Others_AreAnswered()
    {
        Assert.Equal(["queue", "size", "available", "idle", "working", "paused", "failed"], (await GetAsync("/workers")).Json[0].EnumerateObject().Select(one => one.Name));
        Assert.Equal(["version", "homepage", "source_code", "maintainer"], (await GetAsync("/about")).Json.EnumerateObject().Select(one => one.Name));
        Assert.StartsWith("1.13.1+codeexec.", (await GetAsync("/version")).Text, StringComparison.Ordinal);
        Assert.Equal($"{Environment.ProcessorCount}", (await GetAsync("/system_info")).Json.GetProperty("CPU(s)").GetString());
        Assert.Contains("not used", (await GetAsync("/isolate")).Text, StringComparison.Ordinal);
        Assert.Contains("CodeExec", (await GetAsync("/license")).Text, StringComparison.Ordinal);
    }

    private Task<Answer> GetAsync(string path) => _host.GetAsync(Root + path, ApiHost.ReaderKey);

    private Task<Answer> SubmitAsync(string stdin, string? expected = null)
        => _host.PostAsync(Root + "/submissions", JsonSerializer.Serialize(new { source_code = "x", language_id = 71, stdin, expected_output = expected }), ApiHost.SubmitterKey);
}
