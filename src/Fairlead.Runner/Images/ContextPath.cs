using Fairlead.Core.Outcomes;

namespace Fairlead.Runner.Images;

/// <summary>Where the build directory and the Dockerfile really are: inside the repository, through no link.</summary>
/// <param name="Context">Absolute.</param>
/// <param name="Dockerfile">Absolute.</param>
internal sealed record ContextPath(string Context, string Dockerfile)
{
    /// <summary>Finds both for a build; the paths are a stranger's words.</summary>
    public static Outcome<ContextPath> Of(ImageBuild build)
    {
        if (Step(build.Source, build.Directory, "directory").Try(out var context, out var wrong) is false)
            return wrong;
        if (!Directory.Exists(context))
            return BuildFailures.NoContext(build.Directory);
        if (Step(context, build.Dockerfile, "dockerfile").Try(out var dockerfile, out wrong) is false)
            return wrong;
        return File.Exists(dockerfile)
            ? new ContextPath(context, dockerfile)
            : BuildFailures.NoDockerfile(Path.Combine(build.Directory, build.Dockerfile));
    }

    private static Outcome<string> Step(string root, string relative, string field)
    {
        var path = root;
        foreach (var part in relative.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."))
        {
            path = Path.Combine(path, part);
            if (part == ".." || relative.Contains('\0') || new FileInfo(path).LinkTarget is not null)
                return BuildFailures.Outside(field, relative);
        }
        return relative.StartsWith('/') ? BuildFailures.Outside(field, relative) : path;
    }
}
