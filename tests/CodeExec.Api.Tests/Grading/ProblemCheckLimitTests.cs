using System.Net;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Orchestration;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Api.Tests.Grading;

public sealed class ProblemCheckLimitTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartWithKeysAsync(services => services.AddSingleton<IOrchestrationEngine>(new AcceptingEngine()), ("Checks:MostOfATenant", "2"));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Post_MoreChecksThanATenantMayHave_Is429AndNothingIsStored()
    {
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Created], [(await SaveAsync("a")).Status, (await SaveAsync("b")).Status]);

        Answer refused = await SaveAsync("c");

        Assert.Equal((HttpStatusCode.TooManyRequests, "5"), (refused.Status, refused.Headers["Retry-After"]));
        Assert.Equal(HttpStatusCode.NotFound, (await _host.GetAsync("/api/problems/c", ApiHost.AdminKey)).Status);
        Assert.Equal(HttpStatusCode.Created, (await _host.PostAsync("/api/problems", """{"id": "plain", "title": "P", "tests": [{"stdin": "1"}]}""", ApiHost.AdminKey)).Status); // has nothing to check
        Assert.Equal(HttpStatusCode.Created, (await SaveAsync("c", ApiHost.OtherKey)).Status);
    }

    [Fact]
    public async Task Delete_OneThatIsChecked_MakesRoom()
    {
        await SaveAsync("a");
        await SaveAsync("b");

        Assert.Equal(HttpStatusCode.NoContent, (await _host.SendAsync(HttpMethod.Delete, "/api/problems/a", null, ApiHost.AdminKey)).Status);

        Assert.Equal(HttpStatusCode.Created, (await SaveAsync("c")).Status);
    }

    private Task<Answer> SaveAsync(string id, string key = ApiHost.AdminKey) => _host.PostAsync(
        "/api/problems",
        $$"""{"id": "{{id}}", "title": "P", "tests": [{"stdin": "1", "expected": "1"}], "solutions": [{"name": "s", "language": "python", "code": "print(input())"}]}""",
        key);
}
