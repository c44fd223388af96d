using Fairlead.Core.Secrets;
using Fairlead.Server.Access;

namespace Fairlead.Server.Leases;

/// <summary>What opens our own registry to one job: 190 random bits, of which only the SHA-256 is kept.</summary>
internal static class LeaseSecret
{
    public const string Prefix = "fll_";

    public static (Secret Value, byte[] Hash) Make()
    {
        var text = Prefix + RandomText.Make();
        return (new Secret(text), RandomText.Hash(text));
    }
}
