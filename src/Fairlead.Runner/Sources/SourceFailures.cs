using Fairlead.Core.Outcomes;

namespace Fairlead.Runner.Sources;

/// <summary>
/// What can be wrong with the commit that is to be built; talking to the host fails in git's own words.
/// </summary>
internal static class SourceFailures
{
    public const string MirrorBrokenCode = "source.mirror-broken";

    public static readonly Failure MirrorBroken = new(
        MirrorBrokenCode,
        "The local copy of the repository was damaged and could not be made again.",
        500
    )
    {
        Remedy = "Check the disk that Fairlead keeps its mirrors on.",
        Retry = Retry.Later,
    };

    public static readonly Failure BadSpec = new(
        "source.bad-spec",
        "The server asked for a commit or mirror by a name that is none.",
        500
    );

    public static Failure NoDirectory(string path, string commit, string there) =>
        new("source.no-directory", $"Commit {commit} has no directory {path}; it has {there}.", 422)
        {
            Field = "directory",
            Remedy = "Add it, or mend the directory in the build rule.",
        };

    public static Failure NoDockerfile(string path, string commit, string there) =>
        new("source.no-dockerfile", $"Commit {commit} has no file {path}; its directory has {there}.", 422)
        {
            Field = "dockerfile",
            Remedy = "Add it, or mend directory and file name in the build rule.",
        };

    public static Failure NotADirectory(string path) =>
        new("source.not-a-directory", $"{path} is not a directory.", 422)
        {
            Field = "directory",
            Remedy = "Name the directory that holds what is built.",
        };

    public static Failure NotAFile(string path) =>
        new("source.not-a-file", $"{path} is not a file.", 422)
        {
            Field = "dockerfile",
            Remedy = "Name the Dockerfile itself.",
        };

    public static Failure Outside(string field, string path) =>
        new("source.outside", $"{path} leads out of {Bounds(field)}.", 422)
        {
            Field = field,
            Remedy = "Name a path inside it: no .., no leading slash, no symbolic link that leads away.",
        };

    public static Failure BadPath(string field) =>
        new("source.bad-path", $"The {field} has characters that no path here may have.", 422)
        {
            Field = field,
            Remedy = "Use letters, digits, dots, dashes and slashes.",
        };

    public static readonly Failure DockerfileTooLarge = new(
        "source.dockerfile-too-large",
        "The Dockerfile is larger than 1 MiB.",
        422
    )
    {
        Field = "dockerfile",
        Remedy = "Check that the build rule names the right file.",
    };

    private static string Bounds(string field) =>
        field == "directory" ? "the repository" : "the directory that is built";
}
