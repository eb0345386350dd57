using System.Security.Cryptography;
using System.Text;
using CodeExec.Api.Problems;
using CodeExec.Core.Access;
using CodeExec.Core.Attempts.Submitting;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Api.Access;

/// <summary>What a student does is the student's own: nobody submits as another, and nobody sees what is another's.</summary>
internal static class OwnWork
{
    public static SubmittedBy SubmitsAs(this Caller caller) => caller.Role == Role.Admin ? SubmittedBy.Author : SubmittedBy.Participant;

    /// <summary>A student's submission has the student's name; that of others the name they say, or none.</summary>
    /// <exception cref="RequestRefusedException">403: it has another's name.</exception>
    public static Submission Own(this Caller caller, Submission submission)
        => caller.Student is not { } student ? submission
            : submission.Student is null || submission.Student == student ? submission with { Student = student }
            : throw new RequestRefusedException(new(ProblemTypes.Forbidden, "You submit as yourself: leave 'student' away."));

    /// <summary>Students choose keys without knowing of each other: each has keys of their own.</summary>
    public static IdempotencyKey? Own(this Caller caller, IdempotencyKey? key)
        => key is null || caller.Student is not { } student ? key
            : key with { Key = $" student {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(student)).AsSpan(0, 16))} {key.Key}" }; // begins with a blank, which no client's key can have

    /// <summary>Whose work a list is asked for; a student's is always the student's own.</summary>
    /// <param name="named">Null: everybody's.</param>
    /// <exception cref="RequestRefusedException">403: it is another's.</exception>
    public static string? Own(this Caller caller, string? named, string what)
        => named is null || caller.MaySee(named) ? named ?? caller.Student : throw new RequestRefusedException(new(ProblemTypes.Forbidden, $"You see your own {what}: leave 'student' away."));

    public static bool MaySee(this Caller caller, string? student) => caller.Student is null || caller.Student == student;
}
