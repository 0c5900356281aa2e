/**
 * A client that costs as little as possible: Engine.IO and Socket.IO spoken by hand on a raw WebSocket, so that one
 * process can load several servers.
 */
import { WebSocket } from 'ws';

export type Connection = {
  /** Sends one Engine.IO packet. */
  send(text: string): void;
  /** Hears every packet of Socket.IO after the connection: `2…` event, `3…` acknowledgement, as bytes. */
  onPacket: (packet: Buffer) => void;
  /** Hears that the server closed the connection, or the network did. */
  onLost: () => void;
  /** Closes, and resolves when the server has agreed. */
  close(): Promise<void>;
};

const MESSAGE = '4'.charCodeAt(0);
const PING = '2'.charCodeAt(0);

/** Connects to the namespace `/` of the server at `url`, and resolves when it has been let in. */
export function connect(
  url: string,
  { auth = {}, headers = {} }: { auth?: object; headers?: Record<string, string> } = {},
): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url}?EIO=4&transport=websocket`, { headers, perMessageDeflate: false });
    const lost = () => reject(new Error(`No connection to ${url}`));
    const connection: Connection = {
      send: (text) => socket.send(text),
      onPacket: () => resolve(connection),
      onLost: lost,
      close() {
        connection.onLost = () => undefined;
        return new Promise((closed) => {
          socket.once('close', () => closed());
          socket.close();
        });
      },
    };
    socket.on('error', () => connection.onLost());
    socket.on('close', () => connection.onLost());
    socket.on('message', (data: Buffer) => {
      if (data[0] === MESSAGE) connection.onPacket(data.subarray(1));
      else if (data[0] === PING) socket.send('3');
      else socket.send(`40${JSON.stringify(auth)}`);
    });
  });
}
