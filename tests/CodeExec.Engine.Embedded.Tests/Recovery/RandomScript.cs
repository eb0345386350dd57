using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Orchestration;

namespace CodeExec.Engine.Embedded.Tests.Recovery;

/// <summary>
/// A random orchestration as data: what it does follows from its seed alone, so its outcome can be told beforehand, whatever
/// happens to the host in between.
/// </summary>
internal static class RandomScript
{
    public static readonly OrchestrationName<ScriptInput, long> Name = new("Script");

    private static readonly ActivityName<long, long> Mix = new("Mix");
    private static readonly ActivityName<long, long> FailOnce = new("FailOnce");
    private static readonly ActivityName<long, long> FailAlways = new("FailAlways");

    private enum Step
    {
        Activity,
        FanOut,
        FailingActivity,
        RetriedActivity,
        Child,
        Timer,
        CancelledTimer,
        Event,
        Status,
        Finally,
        Race,
    }

    public static OrchestrationRegistry Registry() => new OrchestrationRegistry()
        .Orchestration(Name, RunAsync, new OrchestrationLimits(MaxActive: 40))
        .Activity(Mix, async (_, n, _) =>
        {
            if (n % 3 == 0)
            {
                await Task.Yield();
            }
            return Mixed(n);
        }, maxConcurrent: 4)
        .Activity(FailOnce, (context, n, _) => context.Attempt == 1 ? throw new IOException("once") : Task.FromResult(Mixed(n)))
        .Activity(FailAlways, (_, _, _) => Task.FromException<long>(new IOException("always")));

    /// <summary>How many events the script waits for.</summary>
    public static int Events(ScriptInput input) => Steps(input).Count(step => step == Step.Event) + (input.Rounds > 0 ? Events(Next(input, 0)) : 0);

    public static long Expected(ScriptInput input)
    {
        long state = input.State;
        int index = 0;
        foreach (Step step in Steps(input))
        {
            index++;
            state = step switch
            {
                Step.FanOut => Enumerable.Range(0, 5).Select(n => Mixed(state + n)).Aggregate(0L, Combined),
                Step.FailingActivity => Mixed(state + 7),
                Step.Activity or Step.RetriedActivity => Mixed(state),
                Step.Child => Expected(Child(input, state, index)),
                Step.Event => Mixed(state + 1),
                Step.Finally => Mixed(Mixed(state)),
                Step.Race => Mixed(state + 3),
                _ => state,
            };
        }
        return input.Rounds > 0 ? Expected(Next(input, state)) : state;
    }

    private static async Task<long> RunAsync(OrchestrationContext context, ScriptInput input)
    {
        long state = input.State;
        int index = 0;
        foreach (Step step in Steps(input))
        {
            index++;
            state = await TakeAsync(context, input, step, state, index);
        }
        if (input.Rounds > 0)
        {
            context.ContinueAsNew(Next(input, state));
        }
        return state;
    }

    private static async Task<long> TakeAsync(OrchestrationContext context, ScriptInput input, Step step, long state, int index)
    {
        switch (step)
        {
            case Step.Activity:
                return await context.CallActivityAsync(Mix, state);
            case Step.FanOut:
                return (await Task.WhenAll(Enumerable.Range(0, 5).Select(n => context.CallActivityAsync(Mix, state + n)))).Aggregate(0L, Combined);
            case Step.FailingActivity:
                return await CatchAsync(context, state);
            case Step.RetriedActivity:
                return await context.CallActivityAsync(FailOnce, state, new(new RetryPolicy(3, TimeSpan.FromSeconds(1))));
            case Step.Child:
                return await context.CallSubOrchestrationAsync(Name, Child(input, state, index));
            case Step.Timer:
                await context.CreateTimerAsync(context.CurrentUtc.AddSeconds(1 + (input.Seed % 5)));
                return state;
            case Step.CancelledTimer:
                using (CancellationTokenSource enough = new())
                {
                    Task timer = context.CreateTimerAsync(context.CurrentUtc.AddDays(1), enough.Token);
                    enough.Cancel();
                    return timer.IsCanceled ? state : -1;
                }
            case Step.Event:
                await context.WaitForEventAsync<int>("e");
                return Mixed(state + 1);
            case Step.Status:
                context.SetCustomStatus(context.NewGuid());
                return state;
            case Step.Finally:
                return await FinallyAsync(context, state);
            default:
                // Which of the two comes first differs from life to life; the history must remember it.
                Task<long>[] both = [context.CallActivityAsync(Mix, state), context.CallActivityAsync(Mix, state + 1)];
                Task<long> first = await Task.WhenAny(both);
                await (first == both[0] ? context.CallActivityAsync(Mix, 1) : context.CallSubOrchestrationAsync(Name, new ScriptInput(0, 0, 0, 0)));
                return Mixed(state + 3);
        }
    }

    private static async Task<long> CatchAsync(OrchestrationContext context, long state)
    {
        try
        {
            return await context.CallActivityAsync(FailAlways, state);
        }
        catch (ActivityFailedException)
        {
            return await context.CallActivityAsync(Mix, state + 7);
        }
    }

    private static async Task<long> FinallyAsync(OrchestrationContext context, long state)
    {
        long result = state;
        try
        {
            result = await context.CallActivityAsync(Mix, state);
        }
        finally
        {
            result = await context.CallActivityAsync(Mix, result);
        }
        return result;
    }

    private static List<Step> Steps(ScriptInput input)
    {
        Random random = new(input.Seed);
        Step[] all = input.Depth > 0 ? Enum.GetValues<Step>() : [.. Enum.GetValues<Step>().Where(step => step is not Step.Child)];
        // Children get no events of their own: nobody knows their names in time.
        Step[] possible = input.IsChild ? [.. all.Where(step => step is not Step.Event)] : all;
        return [.. Enumerable.Range(0, input.Length).Select(_ => possible[random.Next(possible.Length)])];
    }

    private static ScriptInput Child(ScriptInput input, long state, int index) => new((input.Seed * 31) + index, state, 3, input.Depth - 1, IsChild: true);

    private static ScriptInput Next(ScriptInput input, long state) => input with { Seed = input.Seed + 1_000_003, State = state, Rounds = input.Rounds - 1 };

    private static long Combined(long sum, long next) => unchecked((sum * 1_000_003) + next);

    private static long Mixed(long n) => unchecked((n * 6_364_136_223_846_793_005) + 1_442_695_040_888_963_407) >> 3;
}

/// <param name="Length">How many steps.</param>
/// <param name="Depth">How deep sub-orchestrations may go.</param>
/// <param name="Rounds">How many times it continues as new.</param>
internal sealed record ScriptInput(int Seed, long State, int Length, int Depth, int Rounds = 0, bool IsChild = false);
