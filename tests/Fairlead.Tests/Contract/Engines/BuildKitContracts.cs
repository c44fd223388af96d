namespace Fairlead.Tests.Contract.Engines;

[Collection("buildkit")]
public sealed class BuildKitBuildContract(BuildKitFixture fixture) : BuildContract(fixture);

[Collection("buildkit")]
public sealed class BuildKitFailureContract(BuildKitFixture fixture) : FailureContract(fixture);

[Collection("buildkit")]
public sealed class BuildKitLimitContract(BuildKitFixture fixture) : LimitContract(fixture);

[Collection("buildkit")]
public sealed class BuildKitEscapeContract(BuildKitFixture fixture) : EscapeContract(fixture);

[Collection("buildkit")]
public sealed class BuildKitPushContract(BuildKitFixture fixture) : PushContract(fixture);
