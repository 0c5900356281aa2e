import { isIP } from 'node:net';
import type { Socket } from 'socket.io';

/**
 * Tells a visitor's address. Behind a proxy that is the last entry of X-Forwarded-For: our own proxy wrote it, while the
 * ones before it may be invented by the visitor.
 */
export function createAddressOf(trustProxy: boolean): (socket: Pick<Socket, 'handshake'>) => string {
  return ({ handshake }) => {
    const forwarded = trustProxy ? String(handshake.headers['x-forwarded-for'] ?? '') : '';
    const last = forwarded.split(',').at(-1)?.trim() ?? '';
    return isIP(last) > 0 ? last : handshake.address;
  };
}
