import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line between two processes that can be cut and mended. */
export interface Line {
  readonly port: number;
  /** Where it leads; set once that is known. */
  leadTo(port: number): void;
  /** Nothing passes from now on, and what is connected is cut. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Lays a line on a free port of this machine. */
export async function layLine(): Promise<Line> {
  let target = 0;
  let isCut = false;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    if (isCut || target === 0) return void near.destroy();
    const far = connect(target, '127.0.0.1');
    for (const [socket, other] of [[near, far], [far, near]] as const) {
      sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    leadTo: (port) => void (target = port),
    cut,
    mend: () => void (isCut = false),
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
