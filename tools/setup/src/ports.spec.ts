import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { listeningInodes, portOwner, shortened } from './port-owner';
import { checkPortsAreFree, findFreePorts, portVariables, readPorts } from './ports';

describe('the ports of a system', () => {
  it('are the usual ones unless the environment moves them', () => {
    expect(readPorts({ PORT_POLICE: '5001' })).toEqual({ gateway: 4000, police: 5001, policeExchange: 4101, banks: 4002, banksExchange: 4102, identity: 4080, postgres: 4543 });
  });

  it.each(['0', '65536', 'http', '40.5', '-1'])('are refused when the environment says %s, naming the variable', (text) => {
    expect(() => readPorts({ PORT_BANKS: text })).toThrow(`PORT_BANKS must be a port from 1 to 65535, found "${text}".`);
  });

  it.each(['1', '2049', '4045', '5060', '5061', '6000', '6665', '6669', '10080'])('are refused when browsers and fetch do not open port %s', (port) => {
    expect(() => readPorts({ PORT_GATEWAY: port, PORT_IDENTITY: '6666' })).toThrow(
      `PORT_GATEWAY: browsers refuse to open port ${port}; choose another.\nPORT_IDENTITY: browsers refuse to open port 6666; choose another.`,
    );
  });

  it('may be any for Postgres, which does not speak HTTP', () => {
    expect(readPorts({ PORT_POSTGRES: '6000' }).postgres).toBe(6000);
  });

  it('are refused when two parts would share one', () => {
    expect(() => readPorts({ PORT_BANKS: '4001' })).toThrow(/PORT_BANKS: port 4001 is already given to another part/);
  });

  it('of a system of its own are all different and free', async () => {
    const ports = await findFreePorts();

    expect(new Set(Object.values(ports)).size).toBe(Object.keys(portVariables).length);
    await expect(checkPortsAreFree(ports)).resolves.toBeUndefined();
  });
});

describe('a port in use', () => {
  let taken: Server;
  let port: number;

  beforeEach(async () => {
    taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });

  afterEach(() => void taken.close());

  it('is told with the variable that chooses another one', async () => {
    const ports = { ...(await findFreePorts()), police: port };

    await expect(checkPortsAreFree(ports)).rejects.toThrow(`PORT_POLICE=${port + 1000} npm start`);
  });

  it('is told with one that browsers open', async () => {
    const held = createServer().listen(5000, '127.0.0.1');
    await once(held, 'listening').catch(() => undefined); // held by another process: as good

    await expect(checkPortsAreFree({ ...(await findFreePorts()), police: 5000 })).rejects.toThrow('PORT_POLICE=7000 npm start');
    held.close();
  });

  it('does not matter when that part is not ours to start', async () => {
    const ports = { ...(await findFreePorts()), postgres: port };

    await expect(checkPortsAreFree(ports, ['gateway', 'police'])).resolves.toBeUndefined();
  });

  it('is told with the process that has it, where the system tells', async () => {
    const owner = await portOwner(port);

    if (process.platform === 'linux') expect(owner).toMatch(new RegExp(`jest.*\\(process ${process.pid}\\)$`));
    else expect(owner ?? '').not.toContain('undefined');
  });
});

describe('a program that has a port', () => {
  it('is named by its command line, long paths by their last folders', () => {
    expect(shortened('/srv/a way/bin/node\0--require\0/srv/a way/tools/setup/launch.cjs\0/srv/a way/dist/apps/police/src/main.js\0')).toBe('node …/apps/police/src/main.js');
  });

  it('is named in one short line, whatever it was started with', () => {
    const told = shortened(`java\0-jar\0${'x'.repeat(200)}\0`);

    expect(told).toHaveLength(80);
    expect(told).toMatch(/^java -jar x+…$/);
  });

  it('is named by the title that it has given itself', () => {
    expect(shortened('npm start\0\0\0\0')).toBe('npm start');
  });
});

it('the sockets that listen on a port are read from the table of the kernel', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0FA1 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 88321 1 0000000000000000
   1: 0100007F:0FA1 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 88999 1 0000000000000000
   2: 0100007F:0FA2 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 88322 1 0000000000000000`;

  expect(listeningInodes(table, 4001)).toEqual(['88321']);
});
