using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Registries;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;

namespace Fairlead.Core.Providers;

/// <summary>Says whether a connection works, as whom, and until when.</summary>
public interface IVerify
{
    /// <summary>Never throws for what an outside system does; the caller sets the deadline (10 s).</summary>
    Task<Verdict> Verify(Target target, CancellationToken cancel);
}

/// <summary>
/// Completes a credential on this machine: makes the key nobody typed, works out the part that may be shown.
/// </summary>
public interface IPrepareCredential
{
    Task<Outcome<PreparedCredential>> Prepare(
        IReadOnlyDictionary<string, string> settings,
        IReadOnlyDictionary<string, Secret> secrets,
        CancellationToken cancel
    );
}

/// <param name="Secrets">What is sealed, by field name.</param>
/// <param name="Shown">What anybody may see beside it, such as a public key.</param>
public sealed record PreparedCredential(
    IReadOnlyDictionary<string, Secret> Secrets,
    IReadOnlyDictionary<string, string> Shown
);

/// <summary>Has Git repositories.</summary>
public interface ICodeHost
{
    /// <summary>
    /// Where to clone <paramref name="repository"/> from. The name is what image repositories are bound to: a path at
    /// the host, or empty when the connection itself is one repository.
    /// </summary>
    Outcome<RepositoryAddress> Locate(Target target, string repository);
}

/// <summary>Lists branches and tags without cloning.</summary>
public interface IListRefs
{
    /// <param name="known">
    /// The <see cref="RefList.Mark"/> of an earlier answer: where it is answered again, <see cref="RefList.IsSame"/> is
    /// all that is said. Null asks for the list in any case.
    /// </param>
    Task<Outcome<RefList>> ListRefs(Target target, string repository, string? known, CancellationToken cancel);
}

/// <summary>Gives a job what it needs to clone one repository, as narrow as the host can mint.</summary>
public interface IMintGitCredential
{
    Task<Outcome<GitCredential>> MintGitCredential(Target target, string repository, CancellationToken cancel);
}

/// <summary>Takes back what was minted for a job, once the job is over.</summary>
public interface IRevokeGitCredential
{
    /// <param name="handle">As <see cref="GitCredential.Handle"/> told it. One that is gone already is revoked.</param>
    Task<Outcome<Done>> RevokeGitCredential(Target target, Secret handle, CancellationToken cancel);
}

/// <summary>Gives a job what it needs to pull or push one image repository.</summary>
public interface IMintRegistryCredential
{
    Task<Outcome<RegistryCredential>> MintRegistryCredential(
        Target target,
        string repository,
        bool push,
        CancellationToken cancel
    );
}

/// <summary>Speaks the OCI distribution protocol: what the tags page and re-tagging need.</summary>
public interface IImageRegistry
{
    /// <summary>The host and port that stand before the repository in an image reference.</summary>
    string Host(Target target);

    /// <summary>It is spoken to over http, without TLS.</summary>
    bool PlainHttp(Target target);

    /// <summary>All tags of a repository; empty when the registry does not know it.</summary>
    Task<Outcome<IReadOnlyList<string>>> Tags(Target target, string repository, CancellationToken cancel);

    /// <summary>The manifest a tag or digest names; <c>registry.manifest-unknown</c> when there is none.</summary>
    Task<Outcome<ImageManifest>> Manifest(Target target, string repository, string reference, CancellationToken cancel);

    /// <summary>Stores the very bytes of a manifest under another tag of the same repository.</summary>
    Task<Outcome<Done>> PutManifest(
        Target target,
        string repository,
        string tag,
        ImageManifest manifest,
        CancellationToken cancel
    );

    /// <summary>Deletes a manifest by digest, and with it every tag that names it.</summary>
    Task<Outcome<Done>> DeleteManifest(Target target, string repository, string digest, CancellationToken cancel);
}

/// <summary>What git needs to fetch: a user and password for https, or a private key and host keys for ssh.</summary>
/// <param name="Username">Null with a password: it is a token that goes by itself, as a bearer's.</param>
/// <param name="Static">True when it is the stored secret itself, because the host cannot mint a narrower one.</param>
/// <param name="ExpiresAt">When it stops working; null when unknown.</param>
public sealed record GitCredential(
    string? Username,
    Secret? Password,
    Secret? SshKey,
    bool Static,
    DateTimeOffset? ExpiresAt
)
{
    /// <summary>
    /// What takes it back at the host before its end, such as the key itself or its number; null where nothing can.
    /// </summary>
    public Secret? Handle { get; init; }

    /// <summary>Nothing: the repository is public.</summary>
    public static readonly GitCredential Anonymous = new(null, null, null, false, null);
}

/// <summary>What a registry client needs. An empty user means anonymous.</summary>
public sealed record RegistryCredential(string Username, Secret Password, bool Static, DateTimeOffset? ExpiresAt)
{
    /// <summary>
    /// The token service a person confirmed, which alone may see the password; null when only the registry itself may.
    /// </summary>
    public string? Realm { get; init; }
}
