using System.CommandLine;
using CodeExec.Client;

namespace CodeExec.Cli.Commands;

/// <summary>What teachers do with challenges from a shell.</summary>
internal sealed class ChallengeCommand : Command
{
    public ChallengeCommand(CommandRunner runner)
        : base("challenge", "Look at students' attempts at a challenge, and give more.")
    {
        Add(new AttemptsCommand(runner, "challenge", AttemptSubject.OfChallenge));
        Add(new GiveAttemptsCommand(runner, "challenge", AttemptSubject.OfChallenge));
    }
}
