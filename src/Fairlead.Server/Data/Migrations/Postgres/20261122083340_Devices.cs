using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fairlead.Server.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Devices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "IntervalSeconds",
                table: "oauth_requests",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "NextAt",
                table: "oauth_requests",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Revocable",
                table: "leases",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "RevokeAt",
                table: "leases",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RevokeFailures",
                table: "leases",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "IX_leases_RevokeAt",
                table: "leases",
                column: "RevokeAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_leases_RevokeAt",
                table: "leases");

            migrationBuilder.DropColumn(
                name: "IntervalSeconds",
                table: "oauth_requests");

            migrationBuilder.DropColumn(
                name: "NextAt",
                table: "oauth_requests");

            migrationBuilder.DropColumn(
                name: "Revocable",
                table: "leases");

            migrationBuilder.DropColumn(
                name: "RevokeAt",
                table: "leases");

            migrationBuilder.DropColumn(
                name: "RevokeFailures",
                table: "leases");
        }
    }
}
