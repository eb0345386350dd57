using Microsoft.Extensions.Options;

namespace CodeExec.Functions.Hosting;

/// <summary>A slice ends by itself before its activity's limit ends it.</summary>
internal sealed class SliceFits : IValidateOptions<FunctionsHostOptions>
{
    private static readonly TimeSpan Leaving = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, FunctionsHostOptions options)
        => options.Slice + Leaving <= options.ActivityLimit
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Functions:Slice is {options.Slice}; it must be at least {Leaving} less than Functions:ActivityLimit, which is {options.ActivityLimit}.");
}
