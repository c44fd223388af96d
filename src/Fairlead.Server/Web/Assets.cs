using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Fairlead.Server.Web;

/// <summary>
/// The console's files, in <c>wwwroot</c> beside the program. Addresses carry a digest of the content, so browsers
/// may keep a file for good and still see a new one at once.
/// </summary>
internal sealed class Assets(ILogger<Assets> log)
{
    private static readonly string[] Made = ["lib/tabler.css", "lib/icons.svg", "lib/htmx.js"];
    private readonly string _root = Path.Combine(AppContext.BaseDirectory, "wwwroot");
    private readonly Dictionary<string, string> _versions = [];

    public string Icons => field ??= At("lib/icons.svg");

    /// <summary>The address of a file under <c>wwwroot</c>.</summary>
    public string At(string path)
    {
        lock (_versions)
        {
            if (!_versions.TryGetValue(path, out var version))
                _versions[path] = version = Version(Path.Combine(_root, path));
            return $"/{path}?v={version}";
        }
    }

    public void Serve(WebApplication app)
    {
        foreach (var missing in Made.Where(path => !File.Exists(Path.Combine(_root, path))))
            log.LogWarning(
                "The console lacks wwwroot/{File} and will look bare. Run `npm ci && npm run build` in "
                    + "src/Fairlead.Server/Web/assets, then build again; `./dev` does both.",
                missing
            );
        if (!Directory.Exists(_root))
            return;
        app.Use(PreferBrotli);
        app.UseStaticFiles(
            new StaticFileOptions
            {
                FileProvider = new PhysicalFileProvider(_root),
                ContentTypeProvider = new FileExtensionContentTypeProvider
                {
                    Mappings = { [".br"] = "application/octet-stream" },
                },
                OnPrepareResponse = file => Prepare(file.Context),
            }
        );
    }

    /// <summary>
    /// Answers with the copy that build.mjs compressed, when there is one and the browser can read it.
    /// </summary>
    private Task PreferBrotli(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? "";
        if (path.StartsWith("/lib/", StringComparison.Ordinal) && !path.Contains("..", StringComparison.Ordinal))
        {
            context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
            var reads = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
            if (reads && File.Exists(Path.Combine(_root, path[1..] + ".br")))
                context.Request.Path = path + ".br";
        }
        return next(context);
    }

    private static void Prepare(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.EndsWith(".br", StringComparison.Ordinal))
        {
            context.Response.Headers.ContentEncoding = "br";
            context.Response.ContentType = Path.GetExtension(path[..^3]) switch
            {
                ".css" => "text/css",
                ".js" => "text/javascript",
                _ => "image/svg+xml",
            };
        }
        context.Response.Headers.CacheControl = context.Request.Query.ContainsKey("v")
            ? "public, max-age=31536000, immutable"
            : "no-cache";
    }

    private static string Version(string file) =>
        File.Exists(file) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))[..12] : "missing";
}
