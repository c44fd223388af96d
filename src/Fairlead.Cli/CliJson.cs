using System.Text.Json.Serialization;
using Fairlead.Cli.Commands;
using Fairlead.Contracts;
using Fairlead.Contracts.Access;
using Fairlead.Contracts.Audit;
using Fairlead.Contracts.Authorisations;
using Fairlead.Contracts.Builds;
using Fairlead.Contracts.Connections;
using Fairlead.Contracts.Credentials;
using Fairlead.Contracts.Events;
using Fairlead.Contracts.Images;
using Fairlead.Contracts.Jobs;
using Fairlead.Contracts.Vault;

namespace Fairlead.Cli;

/// <summary>The wire types this program reads and writes, compiled so that it starts fast.</summary>
[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(BranchDifference))]
[JsonSerializable(typeof(NewBranch))]
[JsonSerializable(typeof(BranchInfo))]
[JsonSerializable(typeof(BranchMerge))]
[JsonSerializable(typeof(MergeInfo))]
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
[JsonSerializable(typeof(Page<RuleInfo>))]
[JsonSerializable(typeof(RuleInput))]
[JsonSerializable(typeof(Page<NamespaceInfo>))]
[JsonSerializable(typeof(NamespaceInput))]
[JsonSerializable(typeof(Page<ConnectionView>))]
[JsonSerializable(typeof(NewConnection))]
[JsonSerializable(typeof(Page<ApplicationInfo>))]
[JsonSerializable(typeof(NewApplication))]
[JsonSerializable(typeof(Page<AppInfo>))]
[JsonSerializable(typeof(AppKey))]
[JsonSerializable(typeof(Page<InstallationInfo>))]
[JsonSerializable(typeof(InstallationStart))]
[JsonSerializable(typeof(NewGrant))]
[JsonSerializable(typeof(GrantStart))]
[JsonSerializable(typeof(DeviceGrant))]
[JsonSerializable(typeof(DeviceGrantState))]
[JsonSerializable(typeof(ConnectionChange))]
[JsonSerializable(typeof(ProposalConfirmation))]
[JsonSerializable(typeof(RefsInfo))]
[JsonSerializable(typeof(Page<RepositoryInfo>))]
[JsonSerializable(typeof(Page<HookInfo>))]
[JsonSerializable(typeof(Page<ConnectionUser>))]
[JsonSerializable(typeof(IReadOnlyList<KindInfo>))]
[JsonSerializable(typeof(Page<ReachRuleInfo>))]
[JsonSerializable(typeof(NewReachRule))]
[JsonSerializable(typeof(Page<CredentialInfo>))]
[JsonSerializable(typeof(NewCredential))]
[JsonSerializable(typeof(CredentialReplacement))]
[JsonSerializable(typeof(CredentialChange))]
[JsonSerializable(typeof(Page<EventInfo>))]
[JsonSerializable(typeof(Page<DeliveryInfo>))]
[JsonSerializable(typeof(Page<SourceInfo>))]
[JsonSerializable(typeof(ReplayInput))]
[JsonSerializable(typeof(ReplayResult))]
[JsonSerializable(typeof(HookShown))]
[JsonSerializable(typeof(Page<Person>))]
[JsonSerializable(typeof(NewPerson))]
[JsonSerializable(typeof(PersonMade))]
[JsonSerializable(typeof(PersonChange))]
[JsonSerializable(typeof(LinkMade))]
[JsonSerializable(typeof(Page<Group>))]
[JsonSerializable(typeof(NewGroup))]
[JsonSerializable(typeof(Page<ApiToken>))]
[JsonSerializable(typeof(NewToken))]
[JsonSerializable(typeof(TokenMade))]
[JsonSerializable(typeof(KeyRotation))]
[JsonSerializable(typeof(List<DoctorCheck>))]
[JsonSerializable(typeof(Page<Session>))]
[JsonSerializable(typeof(PasswordChange))]
[JsonSerializable(typeof(Page<AuditEntry>))]
[JsonSerializable(typeof(AuditVerdict))]
[JsonSerializable(typeof(QueueInfo))]
[JsonSerializable(typeof(DeliveryDetail))]
internal sealed partial class CliJson : JsonSerializerContext;
