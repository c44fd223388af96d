using Fairlead.Tests.Contract.CodeHosts;
using Fairlead.Tests.Support;

[assembly: AssemblyFixture(typeof(PostgresServer))]
[assembly: AssemblyFixture(typeof(ContractTable))]
