using CodeExec.Core.Access;

namespace CodeExec.Api.Access;

/// <summary>Roles as they stand on the wire.</summary>
internal static class RoleNames
{
    public const string All = "reader, submitter or admin";

    public static string Of(Role role) => role switch
    {
        Role.Reader => "reader",
        Role.Submitter => "submitter",
        _ => "admin",
    };

    public static bool TryParse(string? text, out Role role)
    {
        (bool known, role) = text switch
        {
            "reader" => (true, Role.Reader),
            "submitter" => (true, Role.Submitter),
            "admin" => (true, Role.Admin),
            _ => (false, Role.Reader),
        };
        return known;
    }
}
