/** What the two logins may do with one table, and which rows the runtime login sees. */
export interface RowSecurity {
  /** The table, with its schema where that is not `public`, as in `ledger.account`. */
  readonly table: string;
  /** SQL condition over the table's columns and the `caller.*` settings: the rows that the runtime login sees. */
  readonly runtime: string;
  /** Condition for new and changed rows; default: the same as `runtime`. */
  readonly runtimeCheck?: string;
  readonly grants?: { readonly runtime?: string; readonly worker?: string };
}

/** The statements with which a migration puts a table under forced row-level security. The worker login sees every row. */
export function rowSecurity({ table, runtime, runtimeCheck = runtime, grants = {} }: RowSecurity): string[] {
  const policy = table.replace('.', '_');
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy ${policy}_runtime on ${table} to lianfang_runtime using (${runtime}) with check (${runtimeCheck})`,
    `create policy ${policy}_worker on ${table} to lianfang_worker using (true) with check (true)`,
    `grant ${grants.runtime ?? 'select, insert, update'} on ${table} to lianfang_runtime`,
    `grant ${grants.worker ?? 'select, insert, update, delete'} on ${table} to lianfang_worker`,
  ];
}
