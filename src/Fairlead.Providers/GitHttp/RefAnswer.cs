using System.Text;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git;

namespace Fairlead.Providers.GitHttp;

/// <summary>
/// Reads a list of refs as a host writes it. A list that does not come to its end would look like deleted refs, so it
/// is a failure, like anything else that is not as the protocol has it.
/// </summary>
/// <param name="remote">Whose answer it is, for the sentence.</param>
internal sealed class RefAnswer(GitRemote remote, GitUrl url)
{
    /// <summary>As many as git's own listing may have here. More are a host's mistake, or its malice.</summary>
    private const int Most = 400_000;

    private const string Peeled = "^{}";
    private const string SymbolicHead = "symref=HEAD:refs/heads/";
    private const string SymbolicTarget = "symref-target:refs/heads/";
    private const string PeeledTo = "peeled:";

    private readonly Dictionary<string, RefHead> _heads = [];
    private string? _default;
    private int _lines;

    /// <param name="reader">Stands before the first ref.</param>
    /// <param name="version">2: what <c>ls-refs</c> is answered with; below: what a host shows by itself.</param>
    public Outcome<RefList> Read(ref PktReader reader, int version)
    {
        PktKind kind;
        while ((kind = reader.Read(out var text)) == PktKind.Line)
        {
            if (++_lines > Most)
                return GitFailures.TooManyRefs;
            if (text.StartsWith("ERR "u8))
                return GitErrors.Explain(remote, Encoding.UTF8.GetString(text));
            var line = Encoding.UTF8.GetString(text);
            if (!(version == 2 ? TakeListed(line) : TakeShown(line)))
                return GitFailures.NotGit(url);
        }
        return kind switch
        {
            PktKind.Flush when reader.Read(out _) == PktKind.End => new RefList([.. _heads.Values], _default),
            PktKind.End or PktKind.Cut => ReachFailures.CutOff(url.Host),
            _ => GitFailures.NotGit(url),
        };
    }

    /// <summary><c>ID NAME [symref-target:NAME] [peeled:ID]</c> (gitprotocol-v2, "ls-refs").</summary>
    private bool TakeListed(string line)
    {
        var parts = line.Split(' ');
        if (parts.Length < 2 || !CommitSha.TryParse(parts[0], out var commit))
            return false;
        foreach (var more in parts.AsSpan(2))
            if (more.StartsWith(PeeledTo, StringComparison.Ordinal))
            {
                if (!CommitSha.TryParse(more[PeeledTo.Length..], out commit))
                    return false;
            }
            else if (parts[1] == "HEAD" && more.StartsWith(SymbolicTarget, StringComparison.Ordinal))
                _default = more[SymbolicTarget.Length..];
        Take(parts[1], commit);
        return true;
    }

    /// <summary>
    /// <c>ID NAME</c> (gitprotocol-pack, "Reference Discovery"). A tag's commit follows it under the name with
    /// <c>^{}</c>; behind a NUL, the first line tells what the host can do.
    /// </summary>
    private bool TakeShown(string line)
    {
        var (shown, abilities) = line.Split('\0', 2) is [var one, var two] ? (one, two) : (line, "");
        if (shown.StartsWith("shallow ", StringComparison.Ordinal))
            return true;
        if (shown.Split(' ') is not [var id, var name] || !CommitSha.TryParse(id, out var commit))
            return false;
        if (_lines == 1)
            _default = abilities
                .Split(' ')
                .FirstOrDefault(ability => ability.StartsWith(SymbolicHead, StringComparison.Ordinal))
                ?[SymbolicHead.Length..];
        var isPeeled = name.EndsWith(Peeled, StringComparison.Ordinal);
        if (!commit.IsZero)
            Take(isPeeled ? name[..^Peeled.Length] : name, commit);
        return true;
    }

    /// <summary>
    /// Refs whose names a command line could misread are left out, as nothing here could act on them. A host of the
    /// older versions shows all its refs.
    /// </summary>
    private void Take(string name, CommitSha commit)
    {
        if (GitRef.TryParse(name, out var known) && known.Kind is RefKind.Branch or RefKind.Tag)
            _heads[name] = new RefHead(known, commit);
    }
}
