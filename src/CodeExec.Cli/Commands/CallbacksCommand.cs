using System.CommandLine;
using System.Globalization;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands;

/// <summary>What became of callbacks, and another try.</summary>
internal sealed class CallbacksCommand : Command
{
    private readonly CommandRunner _runner;

    public CallbacksCommand(CommandRunner runner)
        : base("callbacks", "Look at the callbacks of an execution or a batch, and deliver again.")
    {
        _runner = runner;
        Add(ListCommand());
        Add(RedeliverCommand());
    }

    private Command ListCommand()
    {
        Option<string?> execution = new("--execution") { Description = "Those of this execution.", HelpName = "ID" };
        Option<string?> batch = new("--batch") { Description = "Those of this batch.", HelpName = "ID" };
        Option<bool> json = Shared.Json();
        Command list = new("list", "List deliveries and what came of them.") { execution, batch, json };
        list.SetAction(parsed => _runner.RunAsync(parsed, async (client, giveUp) =>
        {
            DeliveryList found = (parsed.GetValue(execution), parsed.GetValue(batch)) switch
            {
                ({ } id, null) => await client.ListDeliveriesAsync(id, giveUp),
                (null, { } id) => await client.ListBatchDeliveriesAsync(id, giveUp),
                _ => throw new UsageException("Say whose: --execution ID or --batch ID."),
            };
            await _runner.PrintAsync(parsed.GetValue(json) ? JsonText.Of(found) : TableOf(found));
            return ExitCodes.Success;
        }));
        return list;
    }

    private Command RedeliverCommand()
    {
        Argument<string> id = new("DELIVERY") { Description = "The delivery's id, as 'list' has it." };
        Command redeliver = new("redeliver", "Try a delivery again, whatever came of it.") { id };
        redeliver.SetAction(parsed => _runner.RunAsync(parsed, async (client, giveUp) =>
        {
            await client.RedeliverAsync(parsed.GetRequiredValue(id), giveUp);
            return ExitCodes.Success;
        }));
        return redeliver;
    }

    private static string TableOf(DeliveryList deliveries)
    {
        Table table = new("DELIVERY", "EVENT", "STATE", "TRIES", "LAST", "URL");
        foreach (Delivery delivery in deliveries.Items)
        {
            DeliveryTry? last = delivery.Tries.Count > 0 ? delivery.Tries[^1] : null;
            table.Add(
                delivery.Id,
                delivery.Event,
                delivery.State,
                delivery.Tries.Count.ToString(CultureInfo.InvariantCulture),
                last is null ? "" : $"{ExecutionText.Time(last.At)} {last.Status?.ToString(CultureInfo.InvariantCulture) ?? last.Problem}",
                delivery.Url);
        }

        return table.ToString();
    }
}
