using System.Text.Json.Serialization;

namespace Fairlead.Contracts;

/// <summary>How everything here is written as JSON: camel case, nulls left out, enumerations by name.</summary>
[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(Problem))]
public sealed partial class ContractsJson : JsonSerializerContext;
