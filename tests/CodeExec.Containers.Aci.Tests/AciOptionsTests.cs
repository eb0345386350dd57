using CodeExec.Core.Executions.Submitting;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci.Tests;

public sealed class AciOptionsTests
{
    private const string Identity = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/ids/providers/Microsoft.ManagedIdentity/userAssignedIdentities/pull";

    public static TheoryData<string, Action<AciOptions>> Mistakes => new()
    {
        { "Aci:SubscriptionId is missing", options => options.SubscriptionId = "" },
        { "must be a GUID", options => options.SubscriptionId = "mine" },
        { "Aci:ResourceGroup is missing", options => options.ResourceGroup = "" },
        { "Aci:Regions is empty", options => options.Regions.Clear() },
        { "more than once", options => options.Regions.Add(new AciRegion { Name = "WestEurope", ClosedSubnet = AciFixture.Subnet("two") }) },
        { "could reach the internet", options => options.Regions[0].ClosedSubnet = null },
        { "must be the resource id of a subnet", options => options.Regions[0].OpenSubnet = "open" },
        { "are the same", options => options.Regions[0].OpenSubnet = options.Regions[0].ClosedSubnet },
        { "no spot groups in virtual networks", options => options.Spot = true },
        { "at most 4 processors", options => (options.Spot, options.Cpu) = (true, 8) },
        { "belong together", options => (options.Registry, options.RegistryUser) = ("acme.azurecr.io", "pull") },
        { "Aci:Registry is missing", options => (options.RegistryUser, options.RegistryPassword) = ("pull", "x") },
        { "can ask for the tokens", options => (options.Registry, options.RegistryIdentity) = ("acme.azurecr.io", Identity) },
        { "exclude each other", options => (options.Registry, options.RegistryUser, options.RegistryPassword, options.RegistryIdentity) = ("acme.azurecr.io", "pull", "x", Identity) },
        { "must be the resource id of a user-assigned identity", options => (options.Registry, options.RegistryIdentity, options.AllowReachableIdentity) = ("acme.azurecr.io", "pull", true) },
        { "before it has started", options => (options.StartTimeout, options.LongestLife) = (TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(10)) },
        { "must be two numbers above 0", options => options.User = "0:0" },
        { "Cpu", options => options.Cpu = 0 },
    };

    [Fact]
    public void Validate_AsDocumented_IsAccepted() => Assert.True(new AciOptionsValidator().Validate(null, Good()).Succeeded);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Validate_AMistake_SaysWhatToDo(string expected, Action<AciOptions> mistake)
    {
        ArgumentNullException.ThrowIfNull(mistake);
        AciOptions options = Good();
        mistake(options);

        ValidateOptionsResult result = new AciOptionsValidator().Validate(null, options);

        Assert.Contains(expected, result.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2048, 600_000, true)]
    [InlineData(2200, 600_000, false)]
    [InlineData(2048, 900_000, false)]
    public void Ceilings_WhatDoesNotFitIntoAGroup_IsRefusedAtStart(int memoryMb, int wallTimeMs, bool fits)
        => Assert.Equal(fits, new CeilingsFitGroups(Options.Create(Good())).Validate(null, new SubmissionCeilings { MemoryMb = memoryMb, WallTimeMs = wallTimeMs }).Succeeded);

    private static AciOptions Good() => new()
    {
        SubscriptionId = "11111111-2222-3333-4444-555555555555",
        ResourceGroup = "runs",
        Regions = [new AciRegion { Name = "westeurope", ClosedSubnet = AciFixture.Subnet("closed") }],
    };
}
