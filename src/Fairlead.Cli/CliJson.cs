using System.Text.Json.Serialization;
using Fairlead.Contracts;
using Fairlead.Contracts.Access;
using Fairlead.Contracts.Builds;
using Fairlead.Contracts.Images;
using Fairlead.Contracts.Jobs;

namespace Fairlead.Cli;

/// <summary>The wire types this program reads and writes, compiled so that it starts fast.</summary>
[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(SignedIn))]
[JsonSerializable(typeof(SetUpRequest))]
[JsonSerializable(typeof(WhoAmI))]
[JsonSerializable(typeof(Page<BuildInfo>))]
[JsonSerializable(typeof(BuildNowInput))]
[JsonSerializable(typeof(LogLine))]
[JsonSerializable(typeof(Page<ImageInfo>))]
[JsonSerializable(typeof(ImageInput))]
[JsonSerializable(typeof(ImageChange))]
[JsonSerializable(typeof(Page<TagInfo>))]
[JsonSerializable(typeof(IReadOnlyList<RuleInfo>))]
[JsonSerializable(typeof(RuleInput))]
internal sealed partial class CliJson : JsonSerializerContext;
