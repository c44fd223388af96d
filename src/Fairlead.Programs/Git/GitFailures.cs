using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;

namespace Fairlead.Programs.Git;

/// <summary>What can go wrong between git and a host. <see cref="GitErrors"/> says when.</summary>
public static class GitFailures
{
    public const string HostKeyChangedCode = "git.host-key-changed";
    public const string HostKeyUnknownCode = "git.host-key-unknown";
    public const string NotGitCode = "git.not-a-repository";

    public static Failure LoginNeeded(string host) =>
        new(
            "git.login-needed",
            $"{host} asks for a user name and password to read this repository: it is private.",
            422
        )
        {
            Field = "auth",
            Remedy = "Choose a login and enter a user name with its password or access token.",
            Retry = Retry.NeedsPerson,
        };

    public const string LoginRefusedCode = "git.login-refused";

    public static Failure LoginRefused(string host) =>
        new("git.login-refused", $"{host} refused the user name or password.", 422)
        {
            Field = "password",
            Remedy = "Replace the credential; many hosts take an access token in place of the account's password.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure Forbidden(string host) =>
        new("git.forbidden", $"{host} knows this login but does not let it read the repository, which is private.", 422)
        {
            Field = "username",
            Remedy = "Give the account read access at the host, or use the credential of one that has it.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure KeyRefused(string host) =>
        new("git.key-refused", $"{host} refused the SSH key.", 422)
        {
            Field = "sshKey",
            Remedy = "Add the connection's public key to the repository or account at the host, with read access.",
            Retry = Retry.NeedsPerson,
        };

    public static readonly Failure KeyUnreadable = new("git.key-unreadable", "The SSH key cannot be read.", 422)
    {
        Field = "sshKey",
        Remedy = "Paste a whole private key in OpenSSH or PEM form, without a passphrase, or let one be made here.",
    };

    public static readonly Failure KeyHasPassphrase = new(
        "git.key-passphrase",
        "The SSH key is locked with a passphrase, which nobody could type here.",
        422
    )
    {
        Field = "sshKey",
        Remedy = "Paste a key without a passphrase, or let one be made here.",
    };

    public static Failure HostKeyUnknown(string host) =>
        new(HostKeyUnknownCode, $"The host keys of {host} have not been confirmed yet.", 422)
        {
            Field = "hostKeys",
            Remedy = "Compare the fingerprints with those the host publishes, then confirm them.",
        };

    public static Failure HostKeyChanged(string host) =>
        new(HostKeyChangedCode, $"{host} shows another host key than the one that was confirmed.", 422)
        {
            Field = "hostKeys",
            Remedy = "Ask its administrator whether the key was changed; only then confirm the new fingerprints.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure NotFound(string host) =>
        new(
            "git.repository-not-found",
            $"{host} has no such repository, or hides it from this login because it is private.",
            422
        )
        {
            Field = "url",
            Remedy = "Check the path, whether it was deleted or made private, and that the login may read it.",
        };

    public static Failure NotGit(GitUrl url) =>
        new(NotGitCode, $"{url.Host} answers at this address with {Instead(url)}, not with Git.", 422)
        {
            Field = "url",
            Remedy = "Enter the clone address, as it stands behind `git clone`.",
        };

    private static string Instead(GitUrl url) => url.IsSsh ? "text for people" : "a web page or the like";

    public static readonly Failure RefGone = new("git.ref-gone", "The branch or tag is no longer there.", 422)
    {
        Field = "ref",
        Remedy = "Push it again, or choose another.",
    };

    public static readonly Failure CommitGone = new("git.commit-gone", "The host no longer has the commit.", 422)
    {
        Field = "commit",
        Remedy = "It was probably replaced by a forced push: build the branch or tag again.",
    };

    public static readonly Failure TooManyRefs = new(
        "git.too-many-refs",
        "The repository has more branches and tags than can be followed (some 400,000).",
        422
    )
    {
        Field = "url",
        Remedy = "Delete the ones nobody needs, or use a mirror with fewer.",
    };

    public static readonly Failure DiskFull = new(
        "git.disk-full",
        "The disk is full, so git could not store the repository.",
        507
    )
    {
        Remedy = "Free space where Fairlead keeps its work, then build again.",
        Retry = Retry.Later,
    };

    public static readonly Failure HostileObjects = new(
        "git.hostile-objects",
        "The repository holds objects that git's consistency check refuses.",
        422
    )
    {
        Remedy = "Run `git fsck` in a clone: it names the objects to rewrite.",
    };

    public static readonly Failure Unnamed = new("git.failed", "Git failed for a reason it did not make clear.", 502)
    {
        Remedy = "Try again; when it stays, run `fairlead doctor` and try the address with git by hand.",
        Retry = Retry.Later,
    };
}
