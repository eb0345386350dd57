using System.Text.Json;
using Anthropic;
using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using CodeExec.Core.Operations;
using CodeExec.Core.Reviews;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Reviews.Claude;

/// <summary>Has Claude review. One request to Anthropic's Messages API, by the official package; no policy but patience.</summary>
public sealed class ClaudeReviewer : IReviewer, IDependencyCheck, IDisposable
{
    public const string ReviewerName = "claude";

    private readonly ClaudeOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<ClaudeReviewer> _logger;
    private readonly HttpClient _http;
    private readonly AnthropicClient _client;
    private volatile string? _lastFailure;

    public ClaudeReviewer(IOptions<ClaudeOptions> options, TimeProvider clock, ILogger<ClaudeReviewer> logger)
        : this(options, clock, logger, new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }, Random.Shared.NextDouble)
    {
    }

    internal ClaudeReviewer(IOptions<ClaudeOptions> options, TimeProvider clock, ILogger<ClaudeReviewer> logger, HttpMessageHandler transport, Func<double> random)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _clock = clock;
        _logger = logger;

        // The deadline is ours (below), on our clock.
        _http = new HttpClient(new RetryHandler(_options.Attempts, clock, random, logger) { InnerHandler = transport }) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        ClientOptions client = new() { ApiKey = _options.ApiKey, HttpClient = _http, MaxRetries = 0, Timeout = TimeSpan.FromHours(1) };
        _client = new AnthropicClient(_options.BaseUrl is { } address ? client with { BaseUrl = address.ToString().TrimEnd('/') } : client);
    }

    /// <inheritdoc cref="IReviewer.Name"/>
    public string Name => ReviewerName;

    public async Task<CodeReview> ReviewAsync(ReviewRequest request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(_options.Timeout, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            Message answer = await _client.Messages.Create(
                new MessageCreateParams
                {
                    Model = _options.Model,
                    MaxTokens = _options.MaxTokens,
                    System = ReviewPrompt.System,
                    Messages = [new() { Role = Role.User, Content = ReviewPrompt.Make(request, _options.MaxCode) }],
                },
                either.Token);
            _logger.Reviewed(_options.Model, answer.Usage.InputTokens, answer.Usage.OutputTokens);
            CodeReview review = ReviewAnswer.Read(TextOf(answer), request, _options.Model);
            _lastFailure = null;
            return review;
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Unavailable($"no answer within {_options.Timeout.TotalSeconds:0} s", e);
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

    /// <summary>By how the last review went: a check that asked would cost money each time.</summary>
    public Task<DependencyState> CheckAsync(CancellationToken cancellationToken)
        => Task.FromResult(_lastFailure is { } failure ? new DependencyState(DependencyHealth.Degraded, $"Reviews are by rules alone: {failure}.") : DependencyState.Up);

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

    private ReviewUnavailableException Unavailable(string reason, Exception inner)
    {
        _lastFailure = reason;
        return new ReviewUnavailableException(ReviewerName, reason, inner);
    }
}
