import { describe, expect, it } from 'vitest';
import { isSaying } from './saying.ts';

const LONG = 'x'.repeat(2_000);
/** As records are cut. */
const cut = (text: string): string => (text.length > 1_024 ? `${text.slice(0, 1_024)}…` : text);

/** What begins a test's name is short. */
const named = ([text = '', data = '']: readonly string[]) => [text.slice(0, 50), data.slice(0, 50), text, data] as const;

describe('a packet', () => {
  it.each(
    [
      ['42["chat","hi"]', '["chat","hi"]'],
      ['42["chat"]', '["chat"]'],
      ['4217["chat","hi"]', '["chat","hi"]'],
      ['42/admin,["chat","hi"]', '["chat","hi"]'],
      ['42/admin,3["chat",[1]]', '["chat",[1]]'],
      ['42["chat","hi","Q8AdyGS"]', '["chat","hi"]'],
      ['42["chat","Q8AdyGS"]', '["chat"]'],
      ['42["chat","hi","Q8AdyGS.0"]', '["chat","hi"]'],
      ['451-["file",{"_placeholder":true,"num":0}]', '["file",{"0":1,"1":2}]'],
      ['451-["file",{"_placeholder":true,"num":0},"Q8AdyGS"]', '["file",{"type":"Buffer","data":[1,2]}]'],
      ['451-4["file","a",{"of":{"_placeholder":true,"num":0}}]', '["file","a",{"of":{}}]'],
      [cut(`42["chat","${LONG}"]`), cut(`["chat","${LONG}"]`)],
      [cut(`42["chat","${LONG.slice(0, 1_005)}","Q8AdyGS"]`), cut(`["chat","${LONG.slice(0, 1_005)}"]`)],
    ].map(named),
  )('%s says %s', (_text, _data, text, data) => {
    expect(isSaying(text, data)).toBe(true);
  });

  it.each(
    [
      ['42["chat",12]', '["chat",1]'],
      ['42["chat","hi there"]', '["chat","hi"]'],
      ['42["chat","hi","a","b"]', '["chat","hi"]'],
      ['42["chat","hi",["a"]]', '["chat","hi"]'],
      ['42["say",["chat","hi"]]', '["chat","hi"]'],
      ['42["chat","hi"]', '["chat","hi","there"]'],
      ['42["chat","hi"]', '["chat","ho"]'],
      ['42["chat","hi"]', ''],
      ['451-["file",{"_placeholder":true,"num":0}]', '["chat",{"0":1}]'],
      ['451-["file",{"_placeholder":true,"num":0}]', '["file","name"]'],
      [cut(`42["chat","a${LONG}"]`), cut(`["chat","b${LONG}"]`)],
    ].map(named),
  )('%s does not say %s', (_text, _data, text, data) => {
    expect(isSaying(text, data)).toBe(false);
  });
});
