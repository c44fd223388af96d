namespace Fairlead.Tests.Contract.Engines;

[Collection("buildah")]
public sealed class BuildahBuildContract(BuildahFixture fixture) : BuildContract(fixture);

[Collection("buildah")]
public sealed class BuildahFailureContract(BuildahFixture fixture) : FailureContract(fixture);

[Collection("buildah")]
public sealed class BuildahLimitContract(BuildahFixture fixture) : LimitContract(fixture);

[Collection("buildah")]
public sealed class BuildahEscapeContract(BuildahFixture fixture) : EscapeContract(fixture);

[Collection("buildah")]
public sealed class BuildahPushContract(BuildahFixture fixture) : PushContract(fixture);

[Collection("buildah")]
public sealed class BuildahPlatformContract(BuildahFixture fixture) : PlatformContract(fixture);

[Collection("buildah")]
public sealed class BuildahTrustContract(BuildahFixture fixture) : TrustContract(fixture);

[Collection("buildah")]
public sealed class BuildahApartTests(BuildahFixture fixture) : ApartContract(fixture);
