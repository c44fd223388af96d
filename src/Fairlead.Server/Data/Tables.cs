using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Authorisations;
using Fairlead.Server.Authorisations.Apps;
using Fairlead.Server.Builds;
using Fairlead.Server.Connections;
using Fairlead.Server.Credentials;
using Fairlead.Server.Events;
using Fairlead.Server.Hosts;
using Fairlead.Server.Images;
using Fairlead.Server.Leases;
using Fairlead.Server.Vault;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Data;

/// <summary>
/// Every table, mapped where its row stands. Listed and not searched for: a search loads every type of the program,
/// which costs each start five megabytes.
/// </summary>
internal static class Tables
{
    public static void Map(ModelBuilder model) =>
        model
            .ApplyConfiguration(new ApiTokenRow.Map())
            .ApplyConfiguration(new GroupMemberRow.Map())
            .ApplyConfiguration(new GroupRow.Map())
            .ApplyConfiguration(new OneTimeLinkRow.Map())
            .ApplyConfiguration(new PersonRow.Map())
            .ApplyConfiguration(new SessionRow.Map())
            .ApplyConfiguration(new AuditRow.Map())
            .ApplyConfiguration(new ApplicationRow.Map())
            .ApplyConfiguration(new AppRow.Map())
            .ApplyConfiguration(new GrantRequestRow.Map())
            .ApplyConfiguration(new GrantRow.Map())
            .ApplyConfiguration(new BuildLogRow.Map())
            .ApplyConfiguration(new BuildRow.Map())
            .ApplyConfiguration(new ConnectionGrantRow.Map())
            .ApplyConfiguration(new ConnectionRow.Map())
            .ApplyConfiguration(new ReachRuleRow.Map())
            .ApplyConfiguration(new CredentialRow.Map())
            .ApplyConfiguration(new DeliveryBodyRow.Map())
            .ApplyConfiguration(new DeliveryRow.Map())
            .ApplyConfiguration(new EventRow.Map())
            .ApplyConfiguration(new RefHeadRow.Map())
            .ApplyConfiguration(new RequestRow.Map())
            .ApplyConfiguration(new SourceRow.Map())
            .ApplyConfiguration(new HookRow.Map())
            .ApplyConfiguration(new StatusRow.Map())
            .ApplyConfiguration(new ImageRow.Map())
            .ApplyConfiguration(new NamespaceRow.Map())
            .ApplyConfiguration(new RuleRow.Map())
            .ApplyConfiguration(new TagRow.Map())
            .ApplyConfiguration(new LeaseRow.Map())
            .ApplyConfiguration(new SealedRow.Map());
}
