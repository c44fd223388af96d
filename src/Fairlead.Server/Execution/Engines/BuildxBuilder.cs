using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Execution.Engines;

/// <summary>A builder of docker's buildx plug-in, made by the operator with <c>docker buildx create</c>.</summary>
/// <param name="Name">As in <c>docker buildx ls</c>; <c>default</c> is the daemon's own.</param>
/// <param name="Configuration">What buildx keeps: the operator's <c>BUILDX_CONFIG</c>.</param>
internal sealed partial record BuildxBuilder(string Name, string Configuration)
{
    private const string DaemonsOwn = "default";

    /// <summary>What buildx reads of it; may hold keys to where it builds.</summary>
    private string Instance => Path.Combine(Configuration, "instances", Name);

    /// <summary>What a job needs of it: names below the job's directory, and where they lie now.</summary>
    public IReadOnlyDictionary<string, string> Files =>
        Name == DaemonsOwn
            ? new Dictionary<string, string>()
            : new Dictionary<string, string> { [$"buildx/instances/{Name}"] = Instance };

    /// <summary>Null when buildx can be asked for it.</summary>
    public Failure? Check() =>
        !Form().IsMatch(Name) || (Name != DaemonsOwn && !File.Exists(Instance))
            ? EngineFailures.NoBuilder(Name, Configuration)
            : null;

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_.-]{0,127}\z")]
    private static partial Regex Form();
}
