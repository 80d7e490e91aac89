/** The superuser's URL of a throw-away Postgres for benchmarks. */
export function benchServerUrl(): string {
  const url = process.env['BENCH_DATABASE_URL'];
  if (!url) throw new Error('BENCH_DATABASE_URL is not set: give the superuser URL of a throw-away Postgres; its settings and databases are changed');
  return url;
}
