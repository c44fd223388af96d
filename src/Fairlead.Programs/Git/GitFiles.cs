using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Core.Secrets;

namespace Fairlead.Programs.Git;

/// <summary>
/// What one call of git reads from files: credential, key, host keys, authorities. A directory of its own (mode 0700)
/// in memory, gone when the call ends; secrets reach git no other way.
/// </summary>
internal sealed class GitFiles : IDisposable
{
    /// <summary>Debian's bundle. Git's own setting replaces it, so a connection's authorities are added to a copy.</summary>
    private const string SystemAuthorities = "/etc/ssl/certs/ca-certificates.crt";

    private readonly string _directory;

    private GitFiles(string root)
    {
        _directory = Path.Combine(root, "fairlead-git-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));
        Directory.CreateDirectory(
            _directory,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
    }

    public string? Credentials { get; private set; }

    public string? Key { get; private set; }

    public string? Authorities { get; private set; }

    public string KnownHosts => Path.Combine(_directory, "known_hosts");

    /// <param name="root">A directory on tmpfs.</param>
    public static GitFiles For(GitRemote remote, string root)
    {
        if (root.Contains('\''))
            throw new ArgumentException("The directory for secrets may not have a quote in its name.", nameof(root));
        var files = new GitFiles(root);
        try
        {
            files.Write(remote);
            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private void Write(GitRemote remote)
    {
        File.WriteAllText(KnownHosts, (remote.Address.HostKeys ?? "").ReplaceLineEndings("\n").TrimEnd() + "\n");
        if (remote.Credential is { Password: { } password } login)
            Credentials = Save("credentials", CredentialLine(remote, login.Username ?? "git", password));
        if (remote.Credential?.SshKey is { } key)
            Key = Save("key", [.. key.Bytes, (byte)'\n']);
        if (remote.Address.CertificateAuthorities is { } extra)
            Authorities = Save("authorities.pem", Encoding.UTF8.GetBytes($"{System()}\n{extra}\n"));
    }

    private static byte[] CredentialLine(GitRemote remote, string user, Secret password)
    {
        var url = GitEnvironment.UrlOf(remote).ToString();
        var host = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var login = $"{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password.Reveal())}@";
        return Encoding.UTF8.GetBytes(url.Insert(host, login) + "\n");
    }

    private static string System() => File.Exists(SystemAuthorities) ? File.ReadAllText(SystemAuthorities) : "";

    private string Save(string name, byte[] content)
    {
        var path = Path.Combine(_directory, name);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var file = new FileStream(path, options))
            file.Write(content);
        CryptographicOperations.ZeroMemory(content);
        return path;
    }
}
