using CodeExec.Core.Executions.Submitting;
using Microsoft.Extensions.Options;

namespace CodeExec.Functions.Hosting;

/// <summary>An execution must be over before its activity's limit: what could not be is refused at the start of the host, not in the middle of a run.</summary>
internal sealed class CeilingsFit(IOptions<FunctionsHostOptions> host) : IValidateOptions<SubmissionCeilings>
{
    public ValidateOptionsResult Validate(string? name, SubmissionCeilings options)
    {
        TimeSpan longest = TimeSpan.FromMilliseconds(2.0 * options.WallTimeMs); // each of the two steps has this limit
        TimeSpan room = host.Value.ActivityLimit - host.Value.Reserve;
        return longest <= room
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"A compilation and a run may take {longest} together (Submissions), and an activity has {room} for them (Functions:ActivityLimit less Functions:Reserve). Lower the one, or raise the other together with functionTimeout in host.json.");
    }
}
