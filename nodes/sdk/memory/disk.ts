/**
 * A disk in memory that knows what is synced: a killed process loses nothing that it wrote, a power failure loses what
 * was not synced, wholly or in part.
 */
import type { Random } from '../../../src/core/random.ts';
import type { DiskDamage } from '../../../src/core/seams/runtime.ts';

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

  /** Of what each file had not synced, a part of random length is still there. Returns how many bytes are gone. */
  losePower(random: Random): number {
    const before = this.#bytes();
    this.#names = new Map(this.#durableNames);
    for (const file of this.#names.values()) file.losePower(random);
    return Math.max(0, before - this.#bytes());
  }

  /** Damages its largest file; says where, or undefined when it has none that could be damaged. */
  damage(random: Random, damage: DiskDamage): string | undefined {
    const largest = this.list().toSorted((a, b) => this.#size(b) - this.#size(a))[0];
    if (largest === undefined || this.#size(largest) === 0) return undefined;
    if (damage.kind === 'flip') {
      const bit = random.integer(0, this.#size(largest) * 8 - 1);
      this.flipBit(largest, bit);
      return `bit ${bit} of ${largest}`;
    }
    const length = Math.max(0, this.#size(largest) - damage.bytes);
    this.#replace(largest, this.#file(largest).content().subarray(0, length));
    return `${largest} from byte ${length} on`;
  }

  /** Damages one bit of a file, as a disk may. */
  flipBit(name: string, bit: number): void {
    const bytes = Buffer.from(this.#file(name).content());
    bytes[bit >> 3]! ^= 1 << (bit & 7);
    this.#replace(name, bytes);
  }

  /** What was on the disk is another now, synced or not. */
  #replace(name: string, bytes: Uint8Array): void {
    const file = new MemoryFile();
    file.append(bytes);
    file.sync();
    this.#names.set(name, file);
    this.#durableNames.set(name, file);
  }

  #size(name: string): number {
    return this.#names.get(name)?.size ?? 0;
  }

  #bytes(): number {
    return [...this.#names.values()].reduce((sum, { size }) => sum + size, 0);
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

  get size(): number {
    return this.#length;
  }

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
