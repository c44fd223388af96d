using Fairlead.Core.Outcomes;

namespace Fairlead.Providers.Oci;

/// <summary>What a registry can answer instead of what was asked for.</summary>
public static class OciFailures
{
    public const string ManifestUnknownCode = "oci.manifest-unknown";

    public static Failure ManifestUnknown(string repository, string reference) =>
        new(ManifestUnknownCode, $"{repository} has no image {reference}.", 404) { Field = "tag" };

    public static Failure LoginNeeded(string host) =>
        new("oci.login-needed", $"{host} asks for a user name and password.", 422)
        {
            Field = "username",
            Remedy = "Enter the user name and password or access token of an account at the registry.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure LoginRefused(string host) =>
        new("oci.login-refused", $"{host} refused the user name or password.", 422)
        {
            Field = "password",
            Remedy = "Replace the credential; `docker login` with the same user name should work.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure Denied(string host, string repository) =>
        new("oci.denied", $"{host} does not let this login do that with {repository}.", 422)
        {
            Field = "repository",
            Remedy = "Give the account the right to pull and push it at the registry.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure NotARegistry(string host) =>
        new("oci.not-a-registry", $"What answers at {host} is not an image registry.", 422)
        {
            Field = "url",
            Remedy = "Enter the host that `docker login` takes.",
        };

    public static Failure Refused(string host, int status) =>
        new("oci.refused", $"{host} refused the request (HTTP {status}).", 502)
        {
            Remedy = "See the registry's logs for the reason.",
        };

    public static Failure DeleteUnsupported(string host) =>
        new("oci.delete-unsupported", $"{host} does not let images be deleted.", 422)
        {
            Remedy = "Its administrator can switch deleting on.",
        };

    public static Failure DigestMismatch(string host) =>
        new("oci.digest-mismatch", $"{host} answered with other bytes than the digest names.", 502)
        {
            Remedy = "The image is damaged at the registry, or something on the way changes it: push it again.",
        };

    public static readonly Failure RepositoryName = new(
        "oci.repository-name",
        "An image repository is named by small letters, digits and . _ - between slashes.",
        422
    )
    {
        Field = "repository",
    };

    public static readonly Failure Reference = new(
        "oci.reference",
        "An image is named by a tag (letters, digits, . _ -, at most 128) or by its sha256 digest.",
        422
    )
    {
        Field = "tag",
    };
}
