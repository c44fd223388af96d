using Fairlead.Emulators.Programs;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>Clears away what engines keep: it belongs to ids of their own range.</summary>
internal static class EngineStore
{
    public static async Task Clear(TempDir directory)
    {
        // Without root, only as root of a namespace that has the same range.
        if (!Environment.IsPrivilegedProcess)
            await Tool.Run("rootlesskit", ["rm", "-rf", directory["s/slot-0"], directory["s/slot-1"]]);
        await Tool.Run("chmod", ["-R", "u+rwX", directory]);
        directory.Dispose();
    }
}
