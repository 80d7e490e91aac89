/** The statements that put a table under forced row-level security and open it to the worker login alone. Nothing is ever deleted. */
export const forWorkerOnly = (table: string): string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy ${table}_worker on ${table} to lianfang_worker using (true) with check (true)`,
  `grant select, insert, update on ${table} to lianfang_worker`,
];
