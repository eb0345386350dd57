namespace CodeExec.Core.Queues;

/// <summary>What a queue may be called, here and on Azure: 3 to 40 lower-case letters, digits and single '-', a letter or digit first and last.</summary>
public static class QueueNames
{
    private const string PoisonEnding = "-poison";

    /// <summary>Where messages go that were tried too often. A queue like any other, but nothing in it is moved on.</summary>
    public static string PoisonOf(string queue)
    {
        Require(queue);
        return queue + PoisonEnding;
    }

    public static bool IsPoison(string queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return queue.EndsWith(PoisonEnding, StringComparison.Ordinal);
    }

    /// <exception cref="ArgumentException">Not a name for a queue.</exception>
    public static void Require(string queue)
    {
        ArgumentException.ThrowIfNullOrEmpty(queue);
        bool good = queue.Length is >= 3 and <= 40
            && queue.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            && queue[0] != '-' && queue[^1] != '-' && !queue.Contains("--", StringComparison.Ordinal);
        if (!good)
        {
            throw new ArgumentException($"'{queue}' is no name for a queue: 3 to 40 lower-case letters, digits and single '-' between them.", nameof(queue));
        }
    }
}
