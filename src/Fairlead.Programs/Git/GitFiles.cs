using System.Text;
using Fairlead.Core.Secrets;

namespace Fairlead.Programs.Git;

/// <summary>
/// What one call of git reads from files: credential, key, host keys, authorities. They lie in a private directory in
/// memory and are gone when the call ends; secrets reach git no other way.
/// </summary>
internal sealed class GitFiles : IDisposable
{
    /// <summary>
    /// Debian's bundle. Git's own setting replaces it, so a connection's authorities are added to a copy.
    /// </summary>
    private const string SystemAuthorities = "/etc/ssl/certs/ca-certificates.crt";

    private readonly PrivateDirectory _directory;

    private GitFiles(PrivateDirectory directory, GitRemote remote)
    {
        _directory = directory;
        var known = (remote.Address.HostKeys ?? "").ReplaceLineEndings("\n").TrimEnd() + "\n";
        KnownHosts = directory.Save("known_hosts", Encoding.UTF8.GetBytes(known));
        if (remote.Credential is { Password: { } password, Username: { } user })
            Credentials = directory.Save("credentials", CredentialLine(remote, user, password));
        else if (remote.Credential?.Password is { } token)
            Header = directory.Save("header", HeaderOf(remote, token));
        if (remote.Credential?.SshKey is { } key)
            Key = directory.Save("key", SshKeys.Unix(key));
        if (remote.Address.CertificateAuthorities is { } own)
            Authorities = directory.Save("authorities.pem", Encoding.UTF8.GetBytes($"{System()}\n{own}\n"));
    }

    public string KnownHosts { get; }

    public string? Credentials { get; }

    /// <summary>Settings that have git send a token by itself, with which no user name goes.</summary>
    public string? Header { get; }

    public string? Key { get; }

    public string? Authorities { get; }

    /// <param name="root">A directory on tmpfs.</param>
    public static GitFiles For(GitRemote remote, string root)
    {
        if (root.Contains('\''))
            throw new ArgumentException("The directory for secrets may not have a quote in its name.", nameof(root));
        var directory = new PrivateDirectory(root);
        try
        {
            return new GitFiles(directory, remote);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    public void Dispose() => _directory.Dispose();

    private static byte[] CredentialLine(GitRemote remote, string user, Secret password)
    {
        var url = GitEnvironment.UrlOf(remote).ToString();
        var host = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var login = $"{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password.Reveal())}@";
        return Encoding.UTF8.GetBytes(url.Insert(host, login) + "\n");
    }

    /// <summary>For this address and what is below it only.</summary>
    private static byte[] HeaderOf(GitRemote remote, Secret token)
    {
        var (url, text) = (GitEnvironment.UrlOf(remote).ToString(), token.Reveal());
        // A header has one line; the host refuses what is left.
        var line = string.Concat(text.Where(sign => !char.IsControl(sign)));
        return Encoding.UTF8.GetBytes(
            $"[http {Quoted(url)}]\n\textraHeader = {Quoted($"Authorization: Bearer {line}")}\n"
        );
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    private static string System() => File.Exists(SystemAuthorities) ? File.ReadAllText(SystemAuthorities) : "";
}
