import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { encodeFrame, FrameError, frameBytesMax, FrameReader } from './frames.ts';
import type { Frame } from './network.ts';

const frames = fc.array(
  fc.record({ kind: fc.string(), value: fc.jsonValue() }) as fc.Arbitrary<Frame>,
  { maxLength: 8 },
);

/** A frame's bytes with these bytes of JSON. */
function framed(json: string): Buffer {
  const bytes = Buffer.alloc(4 + Buffer.byteLength(json));
  bytes.writeUInt32BE(bytes.length - 4, 0);
  bytes.write(json, 4);
  return bytes;
}

describe('frames', () => {
  test.prop([frames, fc.array(fc.integer({ min: 1, max: 30 }))])(
    'come out as they went in, in whatever pieces the bytes come',
    (sent, pieces) => {
      const bytes = Buffer.concat(sent.map((frame) => encodeFrame(frame)));
      const reader = new FrameReader();
      const received: Frame[] = [];
      let at = 0;
      for (let n = 0; at < bytes.length; n++) {
        const length = pieces.length === 0 ? bytes.length : pieces[n % pieces.length]!;
        received.push(...reader.push(bytes.subarray(at, (at += length))));
      }
      expect(received).toEqual(JSON.parse(JSON.stringify(sent)));
    },
  );

  test('begin with their length, four bytes, big-endian', () => {
    const bytes = encodeFrame({ kind: 'é' });
    expect([...bytes.subarray(0, 4)]).toEqual([0, 0, 0, 13]);
    expect(Buffer.from(bytes.subarray(4)).toString()).toBe('{"kind":"é"}');
  });

  test('above the limit are not sent', () => {
    const frame = { kind: 'large', text: 'x'.repeat(frameBytesMax) };
    expect(() => encodeFrame(frame)).toThrow(FrameError);
  });

  test('above the limit are refused by their length alone, before their bytes come', () => {
    expect(() => new FrameReader().push(Buffer.from([0xff, 0xff, 0xff, 0xff]))).toThrow(FrameError);
  });

  test.each([
    ['no JSON', '{'],
    ['no object', '7'],
    ['null', 'null'],
    ['an object without a kind', '{"a":1}'],
    ['an object whose kind is no text', '{"kind":1}'],
  ])('that hold %s are refused', (_, json) => {
    expect(() => new FrameReader().push(framed(json))).toThrow(FrameError);
  });
});
