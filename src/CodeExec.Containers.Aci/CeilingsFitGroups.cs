using CodeExec.Core.Executions.Submitting;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci;

/// <summary>What a submission may ask for must fit into a group: a job that does not would be refused in the middle of its execution.</summary>
internal sealed class CeilingsFitGroups(IOptions<AciOptions> aci) : IValidateOptions<SubmissionCeilings>
{
    private const int RunnerMb = 16;

    public ValidateOptionsResult Validate(string? name, SubmissionCeilings options)
    {
        AciOptions groups = aci.Value;
        if (options.MemoryMb + RunnerMb > groups.MemoryGb * 1024)
        {
            return ValidateOptionsResult.Fail($"Submissions:MemoryMb is {options.MemoryMb}, and with {RunnerMb} MB for the runner that does not fit into a container group of {groups.MemoryGb} GB (Aci:MemoryGb). Lower the one or raise the other.");
        }

        TimeSpan longest = TimeSpan.FromMilliseconds(2.0 * (options.WallTimeMs + options.GraceMs)) + groups.StartTimeout; // each of the two steps has this limit
        return longest <= groups.LongestLife / 2
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"A compilation and a run may take {longest} together with the start of their container group (Submissions:WallTimeMs, Submissions:GraceMs, Aci:StartTimeout), and a group may be half through its life of {groups.LongestLife} when they begin (Aci:LongestLife). Lower the one or raise the other.");
    }
}
