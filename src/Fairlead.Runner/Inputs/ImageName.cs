namespace Fairlead.Runner.Inputs;

/// <summary>The registry and repository that an image reference names, by docker's rules.</summary>
/// <param name="Registry">Host and port; <c>docker.io</c> when the reference has none.</param>
internal sealed record ImageName(string Registry, string Repository)
{
    private const string DockerHub = "docker.io";

    /// <summary>Null when the text cannot be a reference.</summary>
    public static ImageName? Parse(string reference)
    {
        var name = reference.Split('@')[0];
        var slash = name.IndexOf('/');
        var first = slash < 0 ? "" : name[..slash];
        var hasHost = first.Contains('.') || first.Contains(':') || first == "localhost";
        var path = hasHost ? name[(slash + 1)..] : name;
        var tag = path.LastIndexOf(':');
        var repository = tag < 0 ? path : path[..tag];
        if (repository.Length == 0 || repository.Any(letter => char.IsControl(letter) || letter == ' '))
            return null;
        return hasHost
            ? new ImageName(first, repository)
            : new ImageName(DockerHub, slash < 0 ? $"library/{repository}" : repository);
    }
}
