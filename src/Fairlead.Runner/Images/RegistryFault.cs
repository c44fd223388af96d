using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Runner.Trust;

namespace Fairlead.Runner.Images;

/// <summary>What can be wrong with a registry before a single layer travels.</summary>
internal enum RegistryFault
{
    Unreachable,

    /// <summary>The authority of its certificate is not trusted.</summary>
    Untrusted,
    Expired,
    WrongName,

    /// <summary>It asks for the login in another way, or at another place, than was confirmed.</summary>
    RealmMoved,
}

/// <summary>Recognises faults, and says them of a base image or of a push.</summary>
internal static partial class RegistryFaults
{
    public static RegistryFault Of(CertificateFault fault) =>
        fault switch
        {
            CertificateFault.Expired => RegistryFault.Expired,
            CertificateFault.WrongName => RegistryFault.WrongName,
            _ => RegistryFault.Untrusted,
        };

    /// <summary>In Go's words, which are docker's, skopeo's and buildah's; null when of no certificate.</summary>
    public static RegistryFault? OfWords(string error) =>
        !error.Contains("x509:", StringComparison.Ordinal) ? null
        : error.Contains("expired or is not yet valid", StringComparison.Ordinal) ? RegistryFault.Expired
        : OtherName().IsMatch(error) ? RegistryFault.WrongName
        : RegistryFault.Untrusted;

    public static Failure Base(RegistryFault fault, string image) =>
        fault switch
        {
            RegistryFault.Untrusted => BuildFailures.BaseCertificate(image),
            RegistryFault.Expired => BuildFailures.BaseCertificateExpired(image),
            RegistryFault.WrongName => BuildFailures.BaseCertificateName(image),
            RegistryFault.RealmMoved => BuildFailures.BaseRealmMoved(image),
            _ => BuildFailures.BaseUnreachable(image),
        };

    public static Failure Push(RegistryFault fault, string registry) =>
        fault switch
        {
            RegistryFault.Untrusted => BuildFailures.PushCertificate(registry),
            RegistryFault.Expired => BuildFailures.PushCertificateExpired(registry),
            RegistryFault.WrongName => BuildFailures.PushCertificateName(registry),
            RegistryFault.RealmMoved => BuildFailures.PushRealmMoved(registry),
            _ => BuildFailures.PushUnreachable(registry),
        };

    [GeneratedRegex("certificate is valid for|certificate is not valid for|cannot validate certificate for")]
    private static partial Regex OtherName();
}
