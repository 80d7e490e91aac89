import { join } from 'node:path';
import { readConfig } from './config';
import { root } from './root';

describe('what npm start is asked for', () => {
  it('is a demo with embedded parts, kept in .data, when nothing is said', () => {
    expect(readConfig({})).toMatchObject({ production: false, dataFolder: join(root, '.data'), databaseUrls: {}, keycloakUrl: undefined, loadsDemo: true });
  });

  it('may name servers of its own and leave the demo out', () => {
    const config = readConfig({ DATABASE_URL_POLICE: 'postgres://a@b/c', KEYCLOAK_URL: 'https://login.example', DEMO: 'off' });

    expect(config).toMatchObject({ databaseUrls: { police: 'postgres://a@b/c' }, keycloakUrl: 'https://login.example', loadsDemo: false });
  });

  it('is refused in production with the whole list of what belongs to the demo', () => {
    const environment = { NODE_ENV: 'production', CLOCK_OFFSET: '49h', DATABASE_URL_POLICE: 'postgres://a@b/c' };

    expect(() => readConfig(environment)).toThrow(/DATABASE_URL_BANKS is missing[\s\S]*KEYCLOAK_URL is missing[\s\S]*CLOCK_OFFSET is set/);
    expect(() => readConfig(environment)).not.toThrow(/DATABASE_URL_POLICE/);
  });

  it('never loads the demo world in production', () => {
    const environment = { NODE_ENV: 'production', KEYCLOAK_URL: 'https://login.example', DATABASE_URL_POLICE: 'postgres://a@b/c', DATABASE_URL_BANKS: 'postgres://a@b/d' };

    expect(readConfig(environment).loadsDemo).toBe(false);
  });
});
