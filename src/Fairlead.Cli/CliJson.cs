using System.Text.Json.Serialization;
using Fairlead.Contracts;
using Fairlead.Contracts.Access;

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
internal sealed partial class CliJson : JsonSerializerContext;
