/**
 * A disk in memory that knows what is synced: a killed process loses nothing that it wrote, a power failure loses what
 * was not synced, wholly or in part.
 */
import type { Random } from '../../../src/core/random.ts';

export class MemoryDisk {
  #names = new Map<string, MemoryFile>();
  #durableNames = new Map<string, MemoryFile>();

  read(name: string): Uint8Array | undefined {
    return this.#names.get(name)?.content();
  }

  append(name: string, bytes: Uint8Array): void {
    this.#file(name).append(bytes);
  }

  truncate(name: string, length: number): void {
    this.#file(name).truncate(length);
  }

  rename(from: string, to: string): void {
    const file = this.#names.get(from);
    if (file === undefined) throw new Error(`there is no file ${from}`);
    this.#names.delete(from);
    this.#names.set(to, file);
  }

  remove(name: string): void {
    this.#names.delete(name);
  }

  list(): string[] {
    return [...this.#names.keys()].toSorted();
  }

  syncFile(name: string): void {
    this.#file(name).sync();
  }

  syncFolder(): void {
    this.#durableNames = new Map(this.#names);
  }

  /** Of what each file had not synced, a part of random length is still there. */
  losePower(random: Random): void {
    this.#names = new Map(this.#durableNames);
    for (const file of this.#names.values()) file.losePower(random);
  }

  /** Damages one bit of a file, as a disk may. */
  flipBit(name: string, bit: number): void {
    const bytes = Buffer.from(this.#file(name).content());
    bytes[bit >> 3]! ^= 1 << (bit & 7);
    const damaged = new MemoryFile();
    damaged.append(bytes);
    damaged.sync();
    this.#names.set(name, damaged);
    this.#durableNames.set(name, damaged);
  }

  #file(name: string): MemoryFile {
    const file = this.#names.get(name) ?? new MemoryFile();
    this.#names.set(name, file);
    return file;
  }
}

class MemoryFile {
  #bytes: Buffer = Buffer.alloc(256);
  #length = 0;
  /** What a power failure would leave, but for a part of what comes behind it … */
  #durableLength = 0;
  /** … where these bytes stand in place of the present ones, for a cut that is not synced may be undone. */
  #cut: { readonly from: number; readonly bytes: Buffer } | undefined;

  content(): Uint8Array {
    return Uint8Array.from(this.#bytes.subarray(0, this.#length));
  }

  append(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(length, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = length;
  }

  truncate(length: number): void {
    if (length >= this.#length) return;
    const intact = this.#cut?.from ?? this.#durableLength;
    if (length < intact) {
      const behind = this.#cut?.bytes ?? Buffer.alloc(0);
      const bytes = Buffer.concat([this.#bytes.subarray(length, intact), behind]);
      this.#cut = { from: length, bytes };
    }
    this.#length = length;
  }

  sync(): void {
    this.#durableLength = this.#length;
    this.#cut = undefined;
  }

  losePower(random: Random): void {
    if (this.#cut !== undefined && random.chance(0.5)) {
      const { from, bytes } = this.#cut;
      this.#length = from;
      this.append(bytes);
    } else {
      const durable = Math.min(this.#length, this.#durableLength);
      this.#length = random.integer(durable, this.#length);
    }
    this.sync();
  }
}
