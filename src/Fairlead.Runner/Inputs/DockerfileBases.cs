namespace Fairlead.Runner.Inputs;

/// <summary>
/// The images a Dockerfile starts from or copies from. Reading errs on one side only: what could be read in more than
/// one way makes it uncertain, and then nothing is reused.
/// </summary>
/// <param name="Images">References as the file names them, arguments put in; each once, in order.</param>
/// <param name="Certain">Whether they are all, and right.</param>
internal sealed record DockerfileBases(IReadOnlyList<string> Images, bool Certain)
{
    /// <summary>
    /// What FROM says of an image's platform, as written (<c>$BUILDPLATFORM</c>); the first one counts.
    /// </summary>
    public IReadOnlyDictionary<string, string> Platforms { get; private init; } = new Dictionary<string, string>();

    private const string Scratch = "scratch";
    private const string Platform = "--platform=";
    private const string KnownFrontEnd = "docker/dockerfile";

    public static DockerfileBases Read(string dockerfile, IReadOnlyDictionary<string, string> arguments)
    {
        var lines = DockerfileLines.Read(dockerfile);
        var reader = new Reader(arguments);
        foreach (var line in lines.Instructions)
            reader.Instruction(line);
        return new DockerfileBases(
            reader.Images.Distinct().ToList(),
            lines.Certain && reader.Certain && reader.Stages > 0 && IsKnown(lines.Syntax)
        )
        {
            Platforms = reader.Platforms,
        };
    }

    /// <summary>Another front end may read the rest in its own way.</summary>
    private static bool IsKnown(string? syntax) =>
        syntax is null || syntax.Split(':', '@')[0] is KnownFrontEnd or "docker.io/" + KnownFrontEnd;

    private sealed class Reader(IReadOnlyDictionary<string, string> given)
    {
        private readonly Dictionary<string, string> _globals = [];
        private readonly HashSet<string> _stages = new(StringComparer.OrdinalIgnoreCase);

        public List<string> Images { get; } = [];

        public Dictionary<string, string> Platforms { get; } = [];

        public bool Certain { get; private set; } = true;

        public int Stages { get; private set; }

        public void Instruction(string line)
        {
            var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            switch (words[0].ToUpperInvariant())
            {
                case "ARG" when Stages == 0:
                    foreach (var word in words.Skip(1))
                        Argument(word);
                    break;
                case "FROM":
                    var flag = words
                        .Skip(1)
                        .TakeWhile(IsFlag)
                        .FirstOrDefault(one => one.StartsWith(Platform, Ignoring));
                    From([.. words.Skip(1).SkipWhile(IsFlag)], flag?[Platform.Length..]);
                    break;
                case "COPY" or "ADD" or "RUN":
                    Flags(words);
                    break;
                case "ONBUILD":
                    Certain &= !line.Contains("from=", StringComparison.OrdinalIgnoreCase);
                    break;
            }
        }

        private void Argument(string word)
        {
            var at = word.IndexOf('=');
            var name = at < 0 ? word : word[..at];
            if (given.TryGetValue(name, out var value))
                _globals[name] = value;
            else if (
                at >= 0
                && Unquoted(word[(at + 1)..]) is { } text
                && ArgumentText.Expand(text, _globals) is { } set
            )
                _globals[name] = set;
            else
                _globals.Remove(name);
        }

        private void From(string[] words, string? platform)
        {
            Stages++;
            if (words is not ([_] or [_, _, _]) || (words.Length == 3 && !words[1].Equals("as", Ignoring)))
                Certain = false;
            else if (ArgumentText.Expand(words[0], _globals) is not { } image)
                Certain = false;
            else
            {
                Image(image);
                if (platform is not null)
                    Platforms.TryAdd(image, platform);
            }
            if (words.Length == 3)
                _stages.Add(words[2]);
        }

        private void Flags(string[] words)
        {
            foreach (var flag in words.Skip(1).TakeWhile(IsFlag))
            {
                var from =
                    flag.StartsWith("--from=", Ignoring) ? flag[7..]
                    : flag.StartsWith("--mount=", Ignoring) ? MountedFrom(flag[8..])
                    : null;
                if (from is null || int.TryParse(from, out _))
                    continue;
                if (ArgumentText.Expand(from, new Dictionary<string, string>()) is { } image)
                    Image(image);
                else
                    Certain = false;
            }
            if (words[0].Equals("ADD", Ignoring) && words.Any(word => word.Contains("://") || word.StartsWith("git@")))
                Certain = false;
        }

        private static string? MountedFrom(string mount) =>
            mount.Split(',').FirstOrDefault(part => part.StartsWith("from=", Ignoring))?[5..];

        private void Image(string image)
        {
            if (!_stages.Contains(image) && !image.Equals(Scratch, StringComparison.Ordinal))
                Images.Add(image);
        }

        private static bool IsFlag(string word) => word.StartsWith("--", StringComparison.Ordinal);

        private static string Unquoted(string text) =>
            text.Length >= 2 && (text[0] is '"' or '\'') && text[^1] == text[0] ? text[1..^1] : text;

        private const StringComparison Ignoring = StringComparison.OrdinalIgnoreCase;
    }
}
