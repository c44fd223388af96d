using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fairlead.Server.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Requests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "RequestsFailure",
                table: "sources",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RequestsListedAt",
                table: "sources",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Forks",
                table: "rules",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Recovered",
                table: "events",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Recovered",
                table: "deliveries",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "requests",
                columns: table => new
                {
                    SourceId = table.Column<long>(type: "bigint", nullable: false),
                    Ref = table.Column<string>(type: "text", nullable: false),
                    Title = table.Column<string>(type: "text", nullable: false),
                    Target = table.Column<string>(type: "text", nullable: false),
                    FromFork = table.Column<bool>(type: "boolean", nullable: false),
                    FetchRef = table.Column<string>(type: "text", nullable: true),
                    IsOpen = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests", x => new { x.SourceId, x.Ref });
                    table.ForeignKey(
                        name: "FK_requests_sources_SourceId",
                        column: x => x.SourceId,
                        principalTable: "sources",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "resends",
                columns: table => new
                {
                    SourceId = table.Column<long>(type: "bigint", nullable: false),
                    Key = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_resends", x => new { x.SourceId, x.Key });
                    table.ForeignKey(
                        name: "FK_resends_sources_SourceId",
                        column: x => x.SourceId,
                        principalTable: "sources",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "requests");

            migrationBuilder.DropTable(
                name: "resends");

            migrationBuilder.DropColumn(
                name: "RequestsFailure",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "RequestsListedAt",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "Forks",
                table: "rules");

            migrationBuilder.DropColumn(
                name: "Recovered",
                table: "events");

            migrationBuilder.DropColumn(
                name: "Recovered",
                table: "deliveries");
        }
    }
}
