using CodeExec.Core.Batches.Submitting;

namespace CodeExec.Server.Intake;

internal static class IntakeSetUp
{
    public static void AddIntakeFolder(this WebApplicationBuilder builder, string data)
    {
        IntakeOptions options = builder.Configuration.GetSection(IntakeOptions.Section).Get<IntakeOptions>() ?? new();
        string folder = Path.GetFullPath(options.Folder is { Length: > 0 } named ? named : Path.Combine(data, "intake"));
        builder.Services.AddSingleton(provider =>
        {
            Directory.CreateDirectory(Path.Combine(folder, QueuedBatch.Queue));
            return ActivatorUtilities.CreateInstance<IntakeFolder>(provider, folder);
        });
        builder.Services.AddHostedService<IntakeService>();
    }
}
