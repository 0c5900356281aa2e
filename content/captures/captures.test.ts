import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCapture } from '#wire/capture/capture.ts';
import captures from './index.json' with { type: 'json' };

it('every capture of this folder is in the index', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.pcap'));
  expect(captures.map(({ file }) => file).sort()).toEqual(files.sort());
});

describe.each(captures)('$file', ({ file, packets, lookFor }) => {
  it('has as many packets as the index says, and those that it points at', () => {
    const capture = readCapture(readFileSync(`${import.meta.dirname}/${file}`));
    expect(capture.packets).toHaveLength(packets);
    expect(capture.errors).toEqual([]);
    for (const { packet } of lookFor) expect(packet).toBeLessThanOrEqual(packets);
  });
});
