import { describe, expect, it } from 'vitest';
import { eventLabel, readEventData, readPacketText } from './packet-text.ts';

describe('the text of a packet', () => {
  it.each([
    ['2', 'heartbeat', 'ping'],
    ['3', 'heartbeat', 'pong'],
    ['40', 'control', 'connect'],
    ['40{"sid":"x"}', 'control', 'connect'],
    ['40/admin,', 'control', 'connect /admin'],
    ['41', 'control', 'disconnect'],
    ['41/admin,', 'control', 'disconnect /admin'],
    ['44{"message":"no"}', 'control', 'refused'],
    ['42["chat"]', 'event', 'chat'],
    ['42["chat","hi",7]', 'event', 'chat "hi", 7'],
    ['42/admin,3["kick","bo"]', 'event', 'kick "bo"'],
    ['430[]', 'ack', 'ack 0'],
    ['437["saved",true]', 'ack', 'ack 7 "saved", true'],
    ['451-["file",{"_placeholder":true,"num":0}]', 'event', 'file {"_placeholder":true,"…'],
    ['461-2[{"_placeholder":true,"num":0}]', 'ack', 'ack 2 {"_placeholder":true,…'],
    ['42["chat","cut sh…', 'event', '42["chat","cut sh…'],
    ['42["connect"]', 'event', '42["connect"]'],
    ['bAQ==', 'event', 'bAQ=='],
    ['0{"sid":"x"}', 'event', '0{"sid":"x"}'],
    ['', 'event', ''],
  ])('%j is read', (text, what, label) => {
    expect(readPacketText(text)).toMatchObject({ what, label });
  });

  it('gives the name and the arguments of an event, and the arguments of an ack', () => {
    expect(readPacketText('42["chat","hi",{"a":1}]').event).toEqual({ name: 'chat', args: ['hi', { a: 1 }] });
    expect(readPacketText('430["saved"]').event).toEqual({ name: '', args: ['saved'] });
  });

  it.each(['2', '40', '42["chat","cut sh…', 'bAQ=='])('%j holds no event', (text) => {
    expect(readPacketText(text).event).toBeUndefined();
  });
});

describe('a label', () => {
  it('is at most 28 characters long', () => {
    expect(eventLabel('chat', ['x'.repeat(19)])).toBe(`chat "${'x'.repeat(19)}"`);
    expect(eventLabel('chat', ['x'.repeat(23)])).toBe(`chat "${'x'.repeat(21)}…`);
  });

  it('has a word for what JSON has none for', () => {
    expect(eventLabel('chat', [undefined, null])).toBe('chat undefined, null');
  });
});

describe('the data of an emit', () => {
  it.each([
    ['["chat","hi",1]', { name: 'chat', args: ['hi', 1] }],
    ['["chat"]', { name: 'chat', args: [] }],
    ['{"chat":1}', undefined],
    ['"chat"', undefined],
    ['["chat","cut sh…', undefined],
    ['', undefined],
  ])('%j', (data, event) => {
    expect(readEventData(data)).toEqual(event);
  });
});
