using CodeExec.Core.Access;

namespace CodeExec.Api.Access;

/// <summary>Roles as they stand on the wire.</summary>
internal static class RoleNames
{
    public const string All = "student, reader, submitter or admin";

    public static string Of(Role role) => role switch
    {
        Role.Student => "student",
        Role.Reader => "reader",
        Role.Submitter => "submitter",
        _ => "admin",
    };

    public static bool TryParse(string? text, out Role role)
    {
        (bool known, role) = text switch
        {
            "student" => (true, Role.Student),
            "reader" => (true, Role.Reader),
            "submitter" => (true, Role.Submitter),
            "admin" => (true, Role.Admin),
            _ => (false, Role.Student),
        };
        return known;
    }
}
