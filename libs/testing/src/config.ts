/** The superuser's URL of a throw-away Postgres for specs; `npm test` starts one and sets it. */
export function testServerUrl(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const url = environment['TEST_DATABASE_URL'];
  if (!url) throw new Error('TEST_DATABASE_URL is not set: run `npm test`, or give the superuser URL of a throw-away Postgres 18 (its databases come and go)');
  return url;
}
