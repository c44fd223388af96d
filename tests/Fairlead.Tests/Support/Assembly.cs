using Fairlead.Tests.Contract.CodeHosts;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Console;

[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: AssemblyFixture(typeof(PostgresServer))]
[assembly: AssemblyFixture(typeof(ContractTable))]
[assembly: TestCollectionOrderer(typeof(LongOnesFirst))]
