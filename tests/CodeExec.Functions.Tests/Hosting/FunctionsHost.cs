using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json;
using CodeExec.Contracts.Fakes;
using CodeExec.Functions.Engine;
using CodeExec.Functions.Hosting;
using CodeExec.Functions.Tests.Engine;
using CodeExec.Functions.Triggers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CodeExec.Functions.Tests.Hosting;

/// <summary>The functions of the app, called as the Functions host calls them; its queue of instances is in memory.</summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, (SerialContext Thread, LiveContext Context)> _running = [];
    private readonly ConcurrentBag<Task> _tasks = [];
    private readonly FakeDurableClient _client = new();
    private readonly DurableClientSource _source;
    private readonly JumpingClock _clock;
    private readonly ConcurrentQueue<string> _failures = [];
    private volatile bool _isAbandoned;
    private int _calls;
    private readonly ServiceProvider _services;
    private readonly CapturedLog _log;
    private readonly Dictionary<string, (object Instance, MethodInfo Method)> _functions;

    private FunctionsHost(ServiceProvider services, CapturedLog log)
    {
        _services = services;
        _log = log;
        _source = services.GetRequiredService<DurableClientSource>();
        _clock = services.GetRequiredService<TimeProvider>() as JumpingClock ?? new();
        _functions = new[] { typeof(ExecutionFunctions), typeof(BatchFunctions), typeof(CallbackFunctions), typeof(ValidationFunctions), typeof(ScheduleFunctions) }
            .Select(type => (Instance: ActivatorUtilities.CreateInstance(services, type), Type: type))
            .SelectMany(one => one.Type.GetMethods().Select(method => (one.Instance, Method: method)))
            .Where(one => one.Method.GetCustomAttribute<FunctionAttribute>() is not null)
            .ToDictionary(one => one.Method.GetCustomAttribute<FunctionAttribute>()!.Name);
        _client.OnScheduled = Begin;
        _client.OnRaised = (id, name, payload) =>
        {
            if (_running.TryGetValue(id, out (SerialContext Thread, LiveContext Context) found))
            {
                found.Thread.Post(_ => _running.GetValueOrDefault(id).Context?.Raise(name, payload), null); // of now: it may have begun anew
            }
        };
    }

    public IServiceProvider Services => _services;

    public DurableTaskClient Client => _client;

    /// <summary>Other instances of the app, whose turn it is to do every second activity.</summary>
    public FunctionsHost? Other { get; set; }

    /// <summary>What went wrong here, and activities that failed.</summary>
    public string Complaints => string.Join('\n', _log.Lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Text).Concat(_failures));

    /// <summary>Every activity that was called, by the name of its function.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    public static Task<FunctionsHost> StartAsync(params (string Name, string Value)[] settings) => StartAsync(settings, _ => { });

    public static async Task<FunctionsHost> StartAsync((string Name, string Value)[] settings, Action<IServiceCollection> configure)
    {
        ConfigurationManager configuration = new();
        settings = [("Cells:HostName", $"t{Guid.NewGuid():n}"[..16]), .. settings]; // a machine of its own, as far as cells go
        configuration["Containers:Provider"] = "cells"; // unless a test wants another
        configuration.AddInMemoryCollection(settings.Append((Name: "Languages:Path", Value: Path.Combine(FindRoot(), "languages"))).Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        ServiceCollection services = new();
        CapturedLog log = new();
        services.AddSingleton<ILoggerProvider>(log);
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<Microsoft.Extensions.Hosting.IHostApplicationLifetime, NoLifetime>();
        await services.AddCodeExecAsync(configuration);
        configure(services);
        ServiceProvider provider = services.BuildServiceProvider();
        provider.GetRequiredService<Microsoft.Extensions.Options.IStartupValidator>().Validate();
        return new(provider, log);
    }

    /// <summary>Calls the HTTP function.</summary>
    public async Task<(int Status, JsonElement Body)> SendAsync(string method, string path, object? body = null, string? key = null)
    {
        await using AsyncServiceScope scope = _services.CreateAsyncScope();
        DefaultHttpContext context = new() { RequestServices = scope.ServiceProvider };
        string[] parts = path.Split('?', 2);
        context.Request.Method = method;
        context.Request.Scheme = "https";
        context.Request.Host = new HostString("localhost");
        context.Request.Path = parts[0];
        context.Request.QueryString = new QueryString(parts.Length > 1 ? "?" + parts[1] : "");
        if (key is not null)
        {
            context.Request.Headers["X-Api-Key"] = key;
        }
        if (body is not null)
        {
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(body);
            context.Request.ContentType = "application/json";
            context.Request.ContentLength = json.Length;
            context.Request.Body = new MemoryStream(json);
        }

        // As the Functions host leaves it: routed to the one function.
        context.SetEndpoint(new Endpoint(_ => throw new InvalidOperationException("The outer endpoint was called again."), EndpointMetadataCollection.Empty, "Api"));
        context.Request.RouteValues["path"] = parts[0];
        using MemoryStream answer = new();
        context.Response.Body = answer;
        await ActivatorUtilities.CreateInstance<ApiFunctions>(_services).RunAsync(context.Request, _client);
        await context.Response.CompleteAsync();
        string text = Encoding.UTF8.GetString(answer.ToArray());
        return (context.Response.StatusCode, text.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(text) : JsonSerializer.SerializeToElement(text));
    }

    /// <summary>Returns when no orchestration is under way.</summary>
    public Task IdleAsync() => Task.WhenAll(_tasks);

    public async ValueTask DisposeAsync()
    {
        _isAbandoned = true;
        foreach ((SerialContext _, LiveContext context) in _running.Values.Where(one => one.Context.Name.Name == "schedule"))
        {
            context.Abandon(); // of a test that failed before it deleted it
        }
        await Task.WhenAll(_tasks);
        await _services.DisposeAsync();
    }

    public static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CodeExec.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException($"There is no CodeExec.sln above {AppContext.BaseDirectory}.");
    }

    private void Begin(string name, string id, string input)
    {
        SerialContext thread = new();
        LiveContext context = new(name, id, input, _clock, CallAsync);
        _running[id] = (thread, context);
        _client.Set(id, OrchestrationRuntimeStatus.Running, name);
        _tasks.Add(RunAsync());

        async Task RunAsync()
        {
            try
            {
                (object instance, MethodInfo method) = _functions[name];
                string output = await thread.RunAsync(() => (Task<string>)method.Invoke(instance, [context])!);
                while (context.Next is not null && !_isAbandoned)
                {
                    output = await thread.RunAsync(() =>
                    {
                        context = context.Continue(); // on the thread that events come to
                        _running[id] = (thread, context);
                        return (Task<string>)method.Invoke(instance, [context])!;
                    });
                }
                _client.Set(id, OrchestrationRuntimeStatus.Completed, name, JsonSerializer.Serialize(output));
            }
            catch (Exception e)
            {
                _client.Set(id, OrchestrationRuntimeStatus.Failed, name, failure: TaskFailureDetails.FromException(e));
            }
            _running.TryRemove(id, out _);
        }
    }

    private Task<string> CallAsync(string function, string call)
    {
        Calls.Enqueue(function);
        FunctionsHost host = Other is { } other && Interlocked.Increment(ref _calls) % 2 == 1 ? other : this;
        host._source.Use(_client);
        (object instance, MethodInfo method) = host._functions[function];
        Task<string> answer = Task.Run(() => (Task<string>)method.Invoke(instance, [call, CancellationToken.None])!);
        _ = answer.ContinueWith(failed => _failures.Enqueue($"{function}: {failed.Exception}"), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return answer;
    }
}
