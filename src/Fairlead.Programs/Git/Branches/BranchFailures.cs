using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;

namespace Fairlead.Programs.Git.Branches;

/// <summary>Why branches were not compared or changed.</summary>
public static class BranchFailures
{
    public const string ProtectedCode = "branch.protected";
    public const string RefusedCode = "branch.refused";

    private const string Again = "Compare again, then repeat.";

    public static Failure NameMalformed(string field) =>
        new("branch.name", "This is no name that a branch can have.", 422)
        {
            Field = field,
            Remedy = "Use letters, digits, and . _ - / between them, at most 255 in all, such as release/1.2.",
        };

    public static Failure Unknown(GitRef branch, string field) =>
        new("branch.unknown", $"There is no branch {branch.Name} at the host.", 404)
        {
            Field = field,
            Remedy = "See `fairlead branch list`.",
        };

    public static Failure RefUnknown(string name) =>
        new("branch.from-unknown", $"There is no branch, tag or whole commit id {Short(name)} at the host.", 404)
        {
            Field = "from",
            Remedy = "See `fairlead repo branches` and `fairlead repo tags`; a commit is named by its 40 digits.",
        };

    /// <summary>Hosts give out commits of forks too, so that the host has one says nothing.</summary>
    public static Failure CommitElsewhere(CommitSha commit) =>
        new("branch.commit-elsewhere", $"No branch or tag of this repository leads to the commit {commit.Short}.", 422)
        {
            Field = "from",
            Remedy = "Push the commit on a branch of this repository first.",
        };

    public static Failure Exists(GitRef branch) =>
        new("branch.exists", $"There already is a branch {branch.Name} at the host.", 409)
        {
            Field = "name",
            Remedy = "Choose another name, or delete that branch first.",
        };

    public static Failure InTheWay(GitRef branch, GitRef other) =>
        new("branch.in-the-way", $"Git cannot keep {branch.Name} beside the branch {other.Name}.", 409)
        {
            Field = "name",
            Remedy = "Choose a name that is not the beginning of another, up to a slash.",
        };

    public static readonly Failure RepositoryEmpty = new("branch.empty", "The repository has no branches yet.", 409)
    {
        Remedy = "Push a first commit.",
    };

    public static readonly Failure Same = new("branch.same", "A branch is not merged into itself.", 422)
    {
        Field = "source",
        Remedy = "Name two branches.",
    };

    public static Failure IsDefault(GitRef branch) =>
        new("branch.default", $"{branch.Name} is the default branch, which is not deleted.", 409)
        {
            Field = "name",
            Remedy = "Make another branch the default one at the host first.",
        };

    public static Failure Moved(GitRef branch) =>
        new("branch.moved", $"The branch {branch.Name} was changed at the host meanwhile; nothing was done.", 409)
        {
            Remedy = Again,
        };

    public static Failure Unrelated(GitRef source, GitRef target) =>
        new("branch.unrelated", $"{source.Name} and {target.Name} have no commit in common.", 422)
        {
            Field = "source",
            Remedy = "Such histories are joined by hand: git merge --allow-unrelated-histories.",
        };

    public static Failure Conflict(GitRef source, GitRef target, IReadOnlyList<string> paths) =>
        new("branch.conflict", $"{source.Name} and {target.Name} changed the same lines; nothing was merged.", 409)
        {
            Paths = paths,
            Remedy = $"Merge {target.Name} into {source.Name} in a clone, mend these files, and push.",
        };

    public static Failure Protected(GitRef branch, string host) =>
        new(ProtectedCode, $"{host} protects the branch {branch.Name} and refused to change it.", 409)
        {
            Remedy = "Let this account push to it by the host's rules for protected branches, or make a request there.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure Refused(GitRef branch, string host) =>
        new(RefusedCode, $"A rule of {host} refused the change of the branch {branch.Name}.", 409)
        {
            Remedy = "See the repository's rules and hooks at the host: it did not say which one.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure ReadOnly(string host) =>
        new("branch.read-only", $"{host} lets this credential read the repository and not write to it.", 422)
        {
            Field = "connection",
            Remedy = "Give it the right to write code at the host, or use a connection that has it.",
            Retry = Retry.NeedsPerson,
        };

    public static readonly Failure TooLarge = new(
        "branch.too-long",
        "The host did not send these branches in time.",
        504
    )
    {
        Remedy = "Merge in a clone: this repository is too large, or the host too slow at the moment.",
        Retry = Retry.Later,
    };

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
