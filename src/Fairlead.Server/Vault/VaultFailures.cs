using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Vault;

/// <summary>Why the vault keeps the server from starting.</summary>
internal static class VaultFailures
{
    public static string InsideData(string path) =>
        $"The key file {path} is inside the data directory: a copy of the data would carry its own key. "
        + "Name a place elsewhere with --key-file.";

    public static string ReadableByOthers(string path) =>
        $"The key file {path} can be read by others than its owner. Run `chmod 600 {path}`.";

    public static string NotAKeyFile(string path) =>
        $"{path} is not a key file of Fairlead, or it was cut short. Restore it from your copy.";

    public static string Lost(string path) =>
        $"The key file {path} is missing, and this instance has sealed secrets that only it opens. "
        + "Restore it from your copy, or name it with --key-file.";

    public static string KeyMissing(string path, string keyId) =>
        $"The key file {path} does not hold the key {keyId}, which seals some of the secrets. "
        + "Restore the file from your copy.";

    public static Failure Broken(string sentence) =>
        new("vault.broken", sentence, 500)
        {
            Remedy = "Replace the credential; then ask whoever may write to the database how that came about.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure KeyFileRefused(string sentence) =>
        new("vault.key-file", sentence, 409) { Retry = Retry.NeedsPerson };

    public static string NotWritable(string path) =>
        $"The key file {path} could not be written. Name a place the server may write to with --key-file.";
}

/// <summary>A sealed value does not open: its row was changed, moved or rolled back, or its key is gone.</summary>
internal sealed class SealBrokenException(string owner, string field)
    : Exception(
        $"The sealed value {field} of {owner} does not open: its row was changed or moved, or its key is gone."
    );
