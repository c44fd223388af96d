namespace Fairlead.Tests.Contract.Engines;

[Collection("buildkit")]
public sealed class BuildKitBuildContract(BuildKitFixture fixture) : BuildContract(fixture);
