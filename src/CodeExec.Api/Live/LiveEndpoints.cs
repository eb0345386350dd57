using CodeExec.Api.Access;
using CodeExec.Api.Executions;
using CodeExec.Api.Live.Pushed;
using CodeExec.Api.Requests;
using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using CodeExec.Core.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Live;

/// <summary>All that happens to an execution, as it happens: server-sent events here, the hub beside it.</summary>
/// <param name="channels">A service that viewers connect to instead of to the hub here; none or one.</param>
internal sealed class LiveEndpoints(IExecutionService executions, EventStream streams, LiveEventFactory events, IEnumerable<ILiveChannel> channels)
{
    public const string HubPath = "/hubs/executions";

    /// <summary>What a viewer may leave untaken before its loops wait for it.</summary>
    private const long ViewerBuffer = 256 << 10;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/executions/{id}/events", StreamAsync).For(Role.Reader).OrStudents();
        if (channels.SingleOrDefault() is { } channel)
        {
            NegotiateEndpoint.Map(routes, channel);
        }
        else
        {
            routes.MapHub<ExecutionsHub>(HubPath, connection => connection.TransportMaxBufferSize = ViewerBuffer).WithMetadata(new RequiredRole(Role.Reader) { TakesQueryToken = true }, new StudentsMay());
        }
    }

    private async Task StreamAsync(HttpContext context)
    {
        FieldErrors errors = new();
        StreamStart start = StreamStart.Read(context.Request, new(context.Request, errors), errors);
        errors.ThrowIfAny();

        ExecutionRecord record = await context.FindExecutionAsync(executions);
        TenantId tenant = context.GetCaller().Tenant;
        await streams.RunAsync(context, record, start, async (entry, line) =>
        {
            line.Write(await events.CreateAsync(tenant, record.Id, entry, context.RequestAborted));
            if (LiveEventFactory.ProgressOf(record.Id, entry) is { } progress)
            {
                line.Write(progress);
            }
        });
    }
}
