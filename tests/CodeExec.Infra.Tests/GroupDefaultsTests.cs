using System.Globalization;
using CodeExec.Bench.Simulation;
using CodeExec.Infra.Tests.Bicep.Evaluation;
using CodeExec.Infra.Tests.Checks;

namespace CodeExec.Infra.Tests;

/// <summary>How container groups are used unless somebody says otherwise is what the simulation finds best (docs/decisions/0024). That it is the best, the bench's tests hold.</summary>
public sealed class GroupDefaultsTests
{
    [SkippableTheory]
    [InlineData("ExecutionsPerGroup")]
    [InlineData("MaxGroups")]
    public void Default_OfTheSettings_IsTheSimulationsBest(string setting)
    {
        Skip.If(SettingsCheck.Groups is null, "The Functions host is built without container groups.");
        int best = setting == "MaxGroups" ? Sweeps.Default.Pool : Sweeps.Default.ExecutionsPerGroup;

        int set = (int)SettingsCheck.Groups.GetProperty(setting)!.GetValue(Activator.CreateInstance(SettingsCheck.Groups))!;

        Assert.True(set == best, $"Aci:{setting} is {set} unless set, and the simulation's best is {best}. Change the one in AciOptions and docs/operations.md, or the other in bench's Sweeps with docs/scale.md.");
    }

    [Theory]
    [InlineData("Aci__MaxGroups")]
    [InlineData("Batches__Concurrency")]
    public void Template_OfEachSize_SetsTheBest(string setting)
        => Assert.All(Repository.Templates.ParameterFiles, size => Assert.Equal(
            Sweeps.Default.Pool.ToString(CultureInfo.InvariantCulture),
            AppSettings.Of(Deployment.Of(Repository.Templates, size))[setting]));
}
