using System.Text.Json;
using Anthropic;
using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using CodeExec.Core.Operations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Reviews.Claude;

/// <summary>Asks Claude: one request to Anthropic's Messages API, by the official package; no policy but patience.</summary>
public sealed class ClaudeMessages : IDependencyCheck, IDisposable
{
    private readonly TimeProvider _clock;
    private readonly ILogger<ClaudeMessages> _logger;
    private readonly HttpClient _http;
    private readonly AnthropicClient _client;
    private volatile string? _lastFailure;

    public ClaudeMessages(IOptions<ClaudeOptions> options, TimeProvider clock, ILogger<ClaudeMessages> logger)
        : this(options, clock, logger, new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }, Random.Shared.NextDouble)
    {
    }

    internal ClaudeMessages(IOptions<ClaudeOptions> options, TimeProvider clock, ILogger<ClaudeMessages> logger, HttpMessageHandler transport, Func<double> random)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options.Value;
        _clock = clock;
        _logger = logger;

        // The deadline is ours (below), on our clock.
        _http = new HttpClient(new RetryHandler(Options.Attempts, clock, random, logger) { InnerHandler = transport }) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        ClientOptions client = new() { ApiKey = Options.ApiKey, HttpClient = _http, MaxRetries = 0, Timeout = TimeSpan.FromHours(1) };
        _client = new AnthropicClient(Options.BaseUrl is { } address ? client with { BaseUrl = address.ToString().TrimEnd('/') } : client);
    }

    /// <inheritdoc cref="IDependencyCheck.Name"/>
    public string Name => ClaudeReviewer.ReviewerName;

    internal ClaudeOptions Options { get; }

    /// <param name="read">Reads the JSON object that stands in the answer.</param>
    /// <exception cref="ClaudeUnavailableException">No answer that could be read, after all tries.</exception>
    internal async Task<T> AskAsync<T>(string system, string prompt, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(Options.Timeout, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            Message answer = await _client.Messages.Create(
                new MessageCreateParams
                {
                    Model = Options.Model,
                    MaxTokens = Options.MaxTokens,
                    System = system,
                    Messages = [new() { Role = Role.User, Content = prompt }],
                },
                either.Token);
            _logger.Answered(Options.Model, answer.Usage.InputTokens, answer.Usage.OutputTokens);
            using JsonDocument document = ObjectIn(TextOf(answer));
            T value = read(document.RootElement);
            _lastFailure = null;
            return value;
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Unavailable($"no answer within {Options.Timeout.TotalSeconds:0} s", e);
        }
        catch (AnthropicUnauthorizedException e)
        {
            throw Unavailable("its key is not accepted: see the setting Reviews:Claude:ApiKey", e);
        }
        catch (AnthropicApiException e)
        {
            throw Unavailable($"it answered with status {(int)e.StatusCode}", e);
        }
        catch (Exception e) when (e is AnthropicException or HttpRequestException)
        {
            throw Unavailable("it can not be reached", e);
        }
        catch (JsonException e)
        {
            throw Unavailable("its answer could not be read", e);
        }
    }

    /// <summary>By how the last question went: a check that asked would cost money each time.</summary>
    public Task<DependencyState> CheckAsync(CancellationToken cancellationToken)
        => Task.FromResult(_lastFailure is { } failure ? new DependencyState(DependencyHealth.Degraded, $"Reviews and suggested tests are by rules alone: {failure}.") : DependencyState.Up);

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
    }

    private static string TextOf(Message answer)
    {
        List<string> texts = [];
        foreach (ContentBlock block in answer.Content)
        {
            if (block.TryPickText(out TextBlock? text))
            {
                texts.Add(text.Text);
            }
        }

        return string.Concat(texts);
    }

    // Around the object there may be words.
    private static JsonDocument ObjectIn(string text)
    {
        int start = text.IndexOf('{', StringComparison.Ordinal), end = text.LastIndexOf('}');
        return start < 0 || end < start ? throw new JsonException("The answer has no JSON object.") : JsonDocument.Parse(text.AsMemory(start, end - start + 1));
    }

    private ClaudeUnavailableException Unavailable(string reason, Exception inner)
    {
        _lastFailure = reason;
        return new ClaudeUnavailableException(reason, inner);
    }
}

/// <param name="reason">For users: no address, no key.</param>
internal sealed class ClaudeUnavailableException(string reason, Exception inner) : Exception(reason, inner);
