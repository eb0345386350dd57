using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Core.Access;
using CodeExec.Core.Languages.Detection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CodeExec.Api.Languages;

/// <summary>The languages of this server, those first that can be used.</summary>
internal sealed class LanguageEndpoints(InstalledLanguages languages)
{
    private readonly IReadOnlyList<LanguageView> _languages = [.. languages.Installed.Concat(languages.Missing).Select(LanguageView.Of)];

    public void Map(IEndpointRouteBuilder routes)
        => routes.MapGet("/api/languages", context => context.WriteAsync(StatusCodes.Status200OK, _languages, ApiJson.Default.IReadOnlyListLanguageView)).For(Role.Reader).OrStudents();
}
